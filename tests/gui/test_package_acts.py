"""What a receiver does with a package: hear the code, open a file of it, sign over it, give a receipt."""

from __future__ import annotations

import stat
from pathlib import Path

from PySide6.QtWidgets import QApplication

from cchc_desktop.domain.signer_choice import SignerChoice, SignerKind
from cchc_desktop.services import office, office_certificates, office_enrolment
from tests.gui.hands import AnsweringDialogs, click, settle
from tests.gui.package_hands import SCRIPTED, at_rest, look
from tests.gui.test_signers import PASSWORD, file_of
from tests.package.samples import pinned, signer_of
from ui.package_window import PackageWindow
from ui.signing.countersign_dialog import CountersignDialog

SECRET = "một câu của văn phòng"


def test_unknown_signer_becomes_known_by_the_code_that_was_heard(
    viewer: PackageWindow, dialogs: AnsweringDialogs, package: Path
) -> None:
    look(viewer, package)
    assert viewer.desk.outcome_word() == "Chưa rõ người ký"
    dialogs.answers = ["AAAA-BBBB-CCCC-DDDD-EEEE-FFFF"]
    click(viewer.desk.acts.hear)
    at_rest(viewer)
    assert any("trust.code_differs" in words for _kind, words in dialogs.asked)
    assert viewer.desk.outcome_word() == "Chưa rõ người ký"
    dialogs.answers = [signer_of().certificate.spoken_code.lower().replace("-", " ")]
    click(viewer.desk.acts.hear)
    settle(lambda: viewer.desk.outcome_word() == "Hợp lệ", 30.0)
    assert not viewer.desk.acts.hear.isVisible()


def test_what_a_file_could_do_is_said_before_it_is_opened(
    viewer: PackageWindow, dialogs: AnsweringDialogs, package: Path
) -> None:
    """Threat: PDF with JavaScript. Only who says so opens it, as a read-only copy outside the package."""
    viewer.desk.reading.add([pinned(package.parent)])
    look(viewer, package)
    table = viewer.desk.view.evidence
    table.table.go_to_cell(0, "name")
    click(table.open)
    at_rest(viewer)
    assert dialogs.asked[-1] == ("choose", "Trước khi mở Quyết định 12.pdf")
    dialogs.answers = [0]
    click(table.open)
    at_rest(viewer)
    assert dialogs.asked[-1][0] == "choose"
    dialogs.answers = [1]
    click(table.open)
    at_rest(viewer)
    kind, opened = dialogs.asked[-1]
    copy = Path(opened)
    assert kind == "open_path"
    assert copy.read_bytes() == SCRIPTED
    assert not copy.stat().st_mode & stat.S_IWUSR
    assert copy.parent.parent.name.startswith("cchc-")
    viewer.close()
    assert not copy.exists()


def test_harmless_document_opens_at_once(
    viewer: PackageWindow, dialogs: AnsweringDialogs, package: Path
) -> None:
    viewer.desk.reading.add([pinned(package.parent)])
    look(viewer, package)
    viewer.desk.acts.open_entry("documents/selfscore.pdf")
    at_rest(viewer)
    assert [kind for kind, _words in dialogs.asked] == ["open_path"]
    assert dialogs.asked[0][1].endswith("Bảng tự chấm điểm năm 2026.pdf")


def test_head_signs_over_the_package_on_this_pc(
    viewer: PackageWindow, dialogs: AnsweringDialogs, package: Path, tmp_path: Path
) -> None:
    """The file from the focal point stays; the copy with two signatures, in order, is shown next."""
    before = package.read_bytes()
    look(viewer, package)
    click(viewer.desk.acts.countersign)
    (dialog,) = viewer.findChildren(CountersignDialog)
    settle(lambda: dialog._signed is not None)
    dialog._choice = SignerChoice(SignerKind.PKCS12, path=str(file_of(tmp_path)[0]))
    dialog._fit_acts()
    dialogs.answers = [PASSWORD]
    click(dialog.sign)
    settle(lambda: len(viewer.desk.view.signers.words()) > 5, 30.0)
    dialog.reject()
    said = viewer.desk.view.signers.words()
    assert [words[:2] for words in said if words[:2] in ("1.", "2.")] == ["1.", "2."]
    assert any("các chữ ký đứng trước" in words for words in said)
    assert package.read_bytes() == before


def test_office_takes_the_package_in_and_signs_its_receipt(
    qapp: QApplication, dialogs: AnsweringDialogs, package: Path, tmp_path: Path
) -> None:
    from cchc_desktop.trust import key_room

    data, out = tmp_path / "Sở", tmp_path / "ra"
    out.mkdir()
    folder = office.office_folder(data)
    office_certificates.create(folder, "Sở Nội vụ tỉnh mẫu", "SNV-MAU", SECRET, SECRET)
    office_enrolment.pin_certificate(folder, pinned(tmp_path), signer_of().certificate.spoken_code)
    key_room._unlocked.clear()
    viewer = PackageWindow([package], data, dialogs)
    viewer.show()
    at_rest(viewer)
    assert viewer.desk.outcome_word() == "Hợp lệ", "the office pinned the unit"
    dialogs.answers = [out, SECRET]
    click(viewer.desk.acts.receipt)
    settle(lambda: bool(viewer.desk.note.words()), 30.0)
    at_rest(viewer)
    (receipt,) = out.glob("*.asice")
    assert receipt.name in viewer.desk.note.words()
    assert [row.package_id for row in office.received(folder)] == [viewer.desk.verification.package_id]  # type: ignore[union-attr]
    assert viewer.desk.outcome_word() == "Hợp lệ, có lưu ý", "seen again, it was taken in before"
    viewer.close()
