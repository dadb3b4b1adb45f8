"""Looking at packages in the window: nothing is imported, and nothing is opened without a word about it."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from reportlab.pdfgen.canvas import Canvas

from cchc_desktop.domain.package_head import PackagedEvidence, PackOf
from cchc_desktop.domain.signer_choice import SignerChoice, SignerKind
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.package.writer import Part
from cchc_desktop.services import office, office_certificates, office_enrolment
from tests.gui.guards import all_faults
from tests.gui.hands import AnsweringDialogs, click, settle
from tests.gui.test_deep_guards import NAMES as SHOWN_NAMES
from tests.gui.test_signers import PASSWORD, file_of
from tests.package.samples import head, on_disk, packed, parts, pinned, signer_of
from tests.services.test_signed_documents import signed_elsewhere
from ui.main_window import MainWindow
from ui.package_window import PackageWindow
from ui.pages.submit.page import Page as SubmitPage
from ui.signing.countersign_dialog import CountersignDialog

ROOT = Path(__file__).resolve().parents[2]
SCRIPTED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n%%EOF\n"
)
LOOSE = b"%PDF-1.4\n% apart\n%%EOF\n"
CHECK_CODE = re.compile(r"foreign word: [a-f]{1,4}")
NAMES = frozenset(["Ea", "Kao", "asice", "CSV"])

GUARDED = NAMES | SHOWN_NAMES


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A light package: one scan with a script, one picture, and one file that travels apart."""
    files = parts()
    digest = hashlib.sha256(SCRIPTED).hexdigest()
    files[1] = Part("evidence/0001.pdf", SCRIPTED, "Quyết định 12.pdf", len(SCRIPTED), digest)
    plain = head()
    scan = PackagedEvidence("e1", "Quyết định 12.pdf", len(SCRIPTED), digest, "evidence/0001.pdf")
    loose = PackagedEvidence("e3", "Biên bản họp.pdf", len(LOOSE), hashlib.sha256(LOOSE).hexdigest())
    content = packed(replace(plain, evidence=(scan, plain.evidence[1], loose)), files)[0]
    return on_disk(tmp_path, content)


@pytest.fixture
def viewer(qapp: QApplication, tmp_path: Path, dialogs: AnsweringDialogs) -> Iterator[PackageWindow]:
    made = PackageWindow([], tmp_path / "no profile", dialogs)
    made.resize(1100, 768)
    made.show()
    yield made
    made.close()


def look(viewer: PackageWindow, *paths: Path) -> None:
    viewer.show_paths(paths)
    at_rest(viewer)


def at_rest(viewer: PackageWindow | MainWindow) -> None:
    settle(lambda: not viewer.work.running, 30.0)


def drop(widget: QWidget, *paths: Path) -> bool:
    """Drag files in and let go. False when the widget does not take them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(5, 5), action, data, button, keys)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), action, data, button, keys))
    return True


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


def test_signers_and_evidence_are_told(viewer: PackageWindow, package: Path) -> None:
    look(viewer, package)
    said = " ".join(viewer.desk.view.signers.words())
    assert "1. UBND xã Ea Kao (XA-EA-KAO)" in said
    assert signer_of().certificate.spoken_code in said
    rows = viewer.desk.view.evidence.rows
    shown = [(rows.shown(row, "name"), rows.shown(row, "presence")) for row in range(rows.count())]
    assert shown == [
        ("Quyết định 12.pdf", "trong gói này"),
        ("Ảnh một cửa.png", "trong gói này"),
        ("Biên bản họp.pdf", "chưa có"),
    ]
    viewer.desk.view.evidence.search.setText("quyet dinh")
    assert [rows.shown(row, "name") for row in range(rows.count())] == ["Quyết định 12.pdf"]


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


def test_nothing_of_a_changed_package_is_shown_as_its_word_or_opened(
    viewer: PackageWindow, dialogs: AnsweringDialogs, package: Path
) -> None:
    content = bytearray(package.read_bytes())
    content[content.index(b"app.alert")] ^= 1
    changed = on_disk(package.parent, bytes(content), "đổi.asice")
    viewer.desk.reading.add([pinned(package.parent)])
    look(viewer, changed)
    assert viewer.desk.outcome_word() == "Không hợp lệ"
    assert not viewer.desk.view.evidence.isVisible()
    assert not viewer.desk.view.score.isVisible()
    viewer.desk.acts.open_entry("documents/selfscore.pdf")
    at_rest(viewer)
    assert [kind for kind, _words in dialogs.asked] == ["message"]


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)], ids=["100", "200"])
def test_guards_hold_for_package_and_folder(
    viewer: PackageWindow, package: Path, size: tuple[int, int]
) -> None:
    viewer.resize(*size)
    on_disk(package.parent, packed(head(revision=1))[0], "L01.asice")
    on_disk(package.parent, b"x", "hong.asice")
    viewer.desk.reading.add([pinned(package.parent)])
    faults = []
    for path in (package, package.parent):
        look(viewer, path)
        faults += [fault for fault in all_faults(viewer, NAMES) if not CHECK_CODE.fullmatch(fault)]
    assert faults == []


def test_evidence_packs_beside_a_light_package_are_ticked_off(
    viewer: PackageWindow, package: Path, tmp_path: Path
) -> None:
    """By their digests; a stranger's pack counts for nothing."""
    own = package.rename(tmp_path / "XA-EA-KAO_TCD_2026_L00.asice")
    viewer.desk.reading.add([pinned(tmp_path)])
    look(viewer, own)
    (digest,) = [one.sha256 for one in viewer.desk.view.look.missing]  # type: ignore[union-attr]
    manifest = viewer.desk.verification.manifest_sha256  # type: ignore[union-attr]
    light = viewer.desk.verification.package_id  # type: ignore[union-attr]
    scan = PackagedEvidence("e3", "Biên bản họp.pdf", len(LOOSE), digest, "evidence/0001.pdf")
    pack = head(documents=(), evidence=(scan,), pack_of=PackOf(light, manifest, 1, 1))
    part = Part("evidence/0001.pdf", LOOSE, "Biên bản họp.pdf", len(LOOSE), digest)
    beside = tmp_path / "XA-EA-KAO_TCD_2026_L00_MC01.asice"
    stranger = signer_of("UBND xã Ea Kao", "XA-EA-KAO-2")
    beside.write_bytes(packed(pack, [part], stranger)[0])
    look(viewer, own)
    assert viewer.desk.view.evidence.rows.shown(2, "presence") == "chưa có"
    beside.write_bytes(packed(pack, [part])[0])
    look(viewer, own)
    assert viewer.desk.view.evidence.rows.shown(2, "presence") == f"trong {beside.name}"
    look(viewer, beside)
    assert "gói minh chứng 1/1" in viewer.desk.about_words()


def test_signatures_inside_documents_are_told(viewer: PackageWindow, tmp_path: Path) -> None:
    plain = tmp_path / "plain.pdf"
    canvas = Canvas(str(plain))
    canvas.drawString(72, 720, "Bang tu cham")
    canvas.save()
    signed = signed_elsewhere(plain).read_bytes()
    files = parts()
    files[0] = Part("documents/selfscore.pdf", signed, "Bảng tự chấm điểm năm 2026.pdf")
    look(viewer, on_disk(tmp_path, packed(files=files)[0]))
    settle(lambda: any("Trong văn bản có chữ ký của" in said for said in viewer.desk.view.documents.words()))


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


# --- folders ----------------------------------------------------------------------------------------------


def test_folder_as_table_one_package_and_back(viewer: PackageWindow, package: Path, tmp_path: Path) -> None:
    on_disk(tmp_path, packed(head(revision=1))[0], "L01.asice")
    on_disk(tmp_path, b"no package", "hong.asice")
    viewer.desk.reading.add([pinned(tmp_path)])
    assert drop(viewer, tmp_path)
    at_rest(viewer)
    folder = viewer.desk.folder
    assert folder.summary_words().startswith("3 gói của 1 đơn vị có người ký đã biết")
    assert folder.rows.counts() == {"all": 3, "newest": 1, "remarks": 1, "refused": 1}
    names = [folder.rows.shown(row, "file") for row in range(folder.rows.count())]
    assert names == ["L01.asice", package.name, "hong.asice"]
    assert [folder.rows.muted(row) for row in range(3)] == [False, True, False]
    folder.chips.set_value("refused")
    assert [folder.rows.shown(row, "file") for row in range(folder.rows.count())] == ["hong.asice"]
    folder.chips.set_value("all")
    folder.table.go_to_cell(0, "sender")
    click(folder.open)
    at_rest(viewer)
    assert viewer.desk.outcome_word() == "Hợp lệ"
    click(viewer.desk.to_folder)
    assert folder.isVisible()
    assert not viewer.desk.to_folder.isVisible()


def test_table_is_written_where_the_user_says(
    viewer: PackageWindow, dialogs: AnsweringDialogs, package: Path, tmp_path: Path
) -> None:
    look(viewer, tmp_path)
    dialogs.answers = [tmp_path / "bảng kê"]
    click(viewer.desk.folder.csv)
    at_rest(viewer)
    rows = list(csv.DictReader((tmp_path / "bảng kê.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [(row["Đơn vị"], row["Kết quả"]) for row in rows] == [("UBND xã Ea Kao", "Chưa rõ người ký")]
    dialogs.answers = [tmp_path / "bảng.xlsx"]
    click(viewer.desk.folder.xlsx)
    at_rest(viewer)
    assert (tmp_path / "bảng.xlsx").read_bytes().startswith(b"PK")


def test_work_shows_its_progress_and_stops(
    viewer: PackageWindow, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder on a slow stick: stopping leaves what was shown before."""
    import threading

    from cchc_desktop.services import verification

    look(viewer, package)
    reached, held = threading.Event(), threading.Event()
    real = verification.verified_texts

    def slow(*arguments: object) -> object:
        reached.set()
        held.wait(10)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(verification, "verified_texts", slow)
    viewer.show_paths([tmp_path])
    assert reached.wait(10)
    settle(viewer.desk.progress.isVisible, 5.0)
    viewer.desk.progress.stop.click()
    held.set()
    at_rest(viewer)
    assert viewer.desk.note.words() == "Đã dừng theo yêu cầu."
    assert viewer.desk.view.isVisible()
    assert not viewer.desk.progress.isVisible()


# --- the office -------------------------------------------------------------------------------------------

SECRET = "một câu của văn phòng"


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


# --- double click, drop, and the running program ----------------------------------------------------------


def test_drop_on_the_main_window_shows_the_package_and_imports_nothing(
    window: MainWindow, package: Path, tmp_path: Path
) -> None:
    window.go_to("evidence")
    before = sorted(window.context.profile.evidence_folder.rglob("*"))
    assert drop(window.page("evidence"), package), "the page of evidence leaves packages to the window"
    page = window.page("submit")
    assert isinstance(page, SubmitPage)
    settle(lambda: page.package.isVisible() and page.package.verification is not None, 30.0)
    assert window.page_id() == "submit"
    assert page.package.outcome_word() == "Chưa rõ người ký"
    assert sorted(window.context.profile.evidence_folder.rglob("*")) == before
    assert not drop(window, tmp_path / "x.pdf")
    click(page.package.back)
    assert not page.package.isVisible()


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)], ids=["100", "200"])
def test_guards_hold_in_the_main_window(window: MainWindow, package: Path, size: tuple[int, int]) -> None:
    window.resize(*size)
    on_disk(package.parent, packed(head(revision=1))[0], "L01.asice")
    page = window.page("submit")
    assert isinstance(page, SubmitPage)
    faults = []
    for path in (package, package.parent):
        window.go_to("submit", (path,))
        at_rest(window)
        settle(page.package.isVisible)
        faults += [fault for fault in all_faults(window, GUARDED) if not CHECK_CODE.fullmatch(fault)]
    assert faults == []


@pytest.mark.slow
def test_double_click_works_while_the_program_holds_its_profile(
    window: MainWindow, package: Path, tmp_path: Path
) -> None:
    """`cchc FILE.asice` in a process of its own, on the very profile that this process has locked."""
    script = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QTimer; import ui.app as app\n"
        "import ui.package_window as place\n"
        "real = place.PackageWindow.__init__\n"
        "def made(self, *given):\n"
        "    real(self, *given)\n"
        "    def look():\n"
        "        if self.work.running: return QTimer.singleShot(20, look)\n"
        "        print(self.desk.outcome_word(), flush=True); self.close()\n"
        "    QTimer.singleShot(20, look)\n"
        "place.PackageWindow.__init__ = made\n"
        "from cchc_desktop.__main__ import main\n"
        "sys.exit(main())\n"
    )
    data = window.context.profile.folder
    ran = subprocess.run(
        [sys.executable, "-c", script, "--data", str(data), str(package)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "Chưa rõ người ký"


def test_file_that_is_gone_is_advice(
    viewer: PackageWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    look(viewer, tmp_path / "không có.asice")
    assert any("package.missing" in words for _kind, words in dialogs.asked)
    assert viewer.desk.verification is None


def test_every_outcome_has_a_word_and_an_advice() -> None:
    from cchc_desktop.language import text

    for outcome in Outcome:
        assert text(f"package_view.advice_{outcome.value}").endswith(".")
        assert text(f"verification.name_{outcome.value}")
