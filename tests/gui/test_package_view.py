"""What a package says in the window: its signers, its evidence and where it is, the signatures in it."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from cchc_desktop.domain.package_head import PackagedEvidence, PackOf
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.package.writer import Part
from tests.gui.hands import AnsweringDialogs, settle
from tests.gui.package_hands import LOOSE, at_rest, look
from tests.package.samples import head, on_disk, packed, parts, pinned, signer_of
from tests.services.test_signed_documents import signed_elsewhere
from ui.package_window import PackageWindow


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
