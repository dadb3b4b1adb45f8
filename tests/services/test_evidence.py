"""Taking evidence in: within bounds, all that is wrong at once, and a sentence for each."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.file_names import cleaned
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.language import render
from cchc_desktop.language.vi import active_content
from cchc_desktop.services import evidence, history, rounds
from cchc_desktop.services.profile import Profile, create_profile

RECORD = EvidenceRecord(
    "12/KH-UBND", date(2026, 1, 31), "UBND xã Ea Kao", "Kế hoạch CCHC năm 2026", "trang 3"
)
ROW = EvidenceLink(LinkKind.ROW, "ke_hoach_ban_hanh")


@pytest.fixture
def profile(data_folder: Path) -> Iterator[Profile]:
    unit = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO")
    packs = (PackRef("xa-mau-2026", 1), PackRef("ke-hoach-xa", 1))
    with create_profile(data_folder, unit, 2026, *packs) as made:
        yield made


@pytest.fixture
def round_id(profile: Profile) -> str:
    return rounds.rounds(profile)[0].id


def file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def zipped(*names: str, mimetype: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, b"x")
    return buffer.getvalue()


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
GOOD = {
    "a.pdf": PDF,
    "b.JPG": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "c.png": b"\x89PNG\r\n\x1a\n",
    "d.tif": b"II*\0",
    "e.tiff": b"MM\0*",
    "f.docx": zipped("[Content_Types].xml", "word/document.xml"),
    "g.xlsx": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "h.pptx": zipped("[Content_Types].xml", "ppt/presentation.xml"),
    "i.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "k.odt": zipped(mimetype="application/vnd.oasis.opendocument.text"),
    "l.asice": zipped(mimetype="application/vnd.etsi.asic-e+zip"),
    "m.zip": zipped("a.txt"),
    "n.csv": "Họ tên;Số\n".encode(),
    "o.txt": "chữ".encode("utf-16"),
    "p.xml": b'<?xml version="1.0"?><a/>',
}


@pytest.mark.parametrize("name", GOOD)
def test_every_allowed_type_is_taken(profile: Profile, round_id: str, tmp_path: Path, name: str) -> None:
    path = file(tmp_path, name, GOOD[name])
    assert evidence.inspect(path, profile).problems == ()
    changes, made = evidence.add(profile, round_id, path, RECORD, [ROW])
    assert changes.subjects == {"evidence", "evidence_links"}
    assert (made.name, made.size, made.record) == (name, len(GOOD[name]), RECORD)
    assert made.sha256 == hashlib.sha256(GOOD[name]).hexdigest()
    assert evidence.all_evidence(profile, round_id) == (made,)


@pytest.mark.parametrize("name", [name for name in GOOD if name not in ("n.csv", "o.txt", "p.xml")])
def test_content_that_is_not_what_the_name_says_is_refused(
    profile: Profile, round_id: str, tmp_path: Path, name: str
) -> None:
    for content in (b"MZ\x90\x00\x03\x00\x00\x00" * 100, b"<html>", zipped("setup.exe")[:-1] + b"\0"):
        if name == "m.zip" and content.startswith(b"PK"):
            continue
        path = file(tmp_path, name, content)
        (problem,) = evidence.inspect(path, profile).problems
        assert problem.id == "evidence.type_differs"
        with pytest.raises(KnownError) as fault:
            evidence.add(profile, round_id, path, RECORD)
        assert fault.value.code == "evidence.type_differs"
    assert evidence.all_evidence(profile, round_id) == ()


def test_text_with_binary_in_it_is_no_text(profile: Profile, tmp_path: Path) -> None:
    (problem,) = evidence.inspect(file(tmp_path, "a.csv", b"MZ\0\0"), profile).problems
    assert problem.id == "evidence.type_differs"


@pytest.mark.parametrize("name", ["a.exe", "a.docm", "a.html", "a.pdf.js", "khong-duoi", "a.svg", "a.lnk"])
def test_other_types_are_refused(profile: Profile, round_id: str, tmp_path: Path, name: str) -> None:
    path = file(tmp_path, name, PDF)
    (problem,) = evidence.inspect(path, profile).problems
    assert problem.id == "evidence.type_not_allowed"
    assert ".pdf" in render(problem)
    with pytest.raises(KnownError, match=r"evidence\.type_not_allowed"):
        evidence.add(profile, round_id, path, RECORD)


def test_all_that_is_wrong_is_told_at_once(profile: Profile, tmp_path: Path) -> None:
    problems = evidence.inspect(file(tmp_path, "a.exe", b""), profile).problems
    assert [problem.id for problem in problems] == ["evidence.type_not_allowed", "evidence.empty"]


def test_missing_empty_unreadable(profile: Profile, round_id: str, tmp_path: Path) -> None:
    pipe = tmp_path / "ống.pdf"
    os.mkfifo(pipe)
    loop = tmp_path / "vòng.pdf"
    loop.symlink_to(loop)
    (tmp_path / "thư mục.pdf").mkdir()
    for path, code in (
        (tmp_path / "không có.pdf", "evidence.missing"),
        (file(tmp_path, "rỗng.pdf", b""), "evidence.empty"),
        (tmp_path / "thư mục.pdf", "evidence.not_a_file"),
        (pipe, "evidence.not_a_file"),
        (loop, "evidence.unreadable"),
    ):
        (problem,) = evidence.inspect(path, profile).problems
        assert problem.id == code
        sentence = render(problem)
        assert path.name in sentence
        assert sentence.count(".") >= 2
        with pytest.raises(KnownError) as fault:
            evidence.add(profile, round_id, path, RECORD)
        assert fault.value.code == code


def test_the_size_limit_can_be_changed(profile: Profile, round_id: str, tmp_path: Path) -> None:
    assert evidence.size_limit(profile) == 100_000_000
    big = tmp_path / "lớn.pdf"
    with big.open("wb") as hollow:
        hollow.write(PDF)
        hollow.truncate(100_000_001)
    (problem,) = evidence.inspect(big, profile).problems
    assert problem.id == "evidence.too_large"
    assert "100,0 MB" in render(problem)
    evidence.set_size_limit(profile, 20)
    assert evidence.inspect(file(tmp_path, "vừa.pdf", PDF), profile).problems == ()
    over = file(tmp_path, "quá.pdf", PDF + b"123456")
    with pytest.raises(KnownError, match=r"evidence\.too_large"):
        evidence.add(profile, round_id, over, RECORD)
    evidence.set_size_limit(profile, 21)
    evidence.add(profile, round_id, over, RECORD)
    with pytest.raises(KnownError, match=r"evidence\.bad_limit"):
        evidence.set_size_limit(profile, 0)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (unicodedata.normalize("NFD", "Kế hoạch.pdf"), "Kế hoạch.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ("a\u200bb\u2066c\u00ad.pdf", "abc.pdf"),
        ("a\nb\tc\x07.pdf", "abc.pdf"),
        ("con.pdf", "_con.pdf"),
        ("CON .pdf", "_CON.pdf"),
        ("Lpt1.2026.pdf", "_Lpt1.2026.pdf"),
        ("console.pdf", "console.pdf"),
        ('a<b>c:"d|e?f*.pdf', "a_b_c__d_e_f_.pdf"),
        ("../../etc/passwd.pdf", "_.._etc_passwd.pdf"),
        ("a\\b.pdf", "a_b.pdf"),
        ("a.pdf. . ", "a.pdf"),
        ("   .pdf", "pdf"),
        ("\u202e", "tep"),
        ("", "tep"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_from_elsewhere_are_mended(given: str, kept: str) -> None:
    assert cleaned(given) == kept
    assert cleaned(kept) == kept, "mending twice is mending once"


def test_a_name_in_nfd_is_kept_in_nfc(profile: Profile, round_id: str, tmp_path: Path) -> None:
    path = file(tmp_path, unicodedata.normalize("NFD", "Kế hoạch số 12.pdf"), PDF)
    assert evidence.inspect(path, profile).name == "Kế hoạch số 12.pdf"
    assert evidence.add(profile, round_id, path, RECORD)[1].name == "Kế hoạch số 12.pdf"


@pytest.mark.parametrize(
    ("name", "abstract", "signs"),
    [
        ("Kế hoạch 2026.pdf", "Kế hoạch cải cách hành chính", []),
        ("DANH SACH can bo.xlsx", "", ["evidence.personal_words"]),
        ("bảng.xlsx", "Danh sách kèm số CCCD", ["evidence.personal_words"]),
        ("066090012345.pdf", "", ["evidence.personal_number"]),
        ("a.pdf", "liên hệ 0905123456", ["evidence.personal_phone"]),
        ("vanban_20260131_0012.pdf", "Quyết định 876/QĐ-BNV", []),
        ("so 1234567890123.pdf", "", []),
    ],
)
def test_signs_of_personal_data_warn_and_do_not_forbid(
    profile: Profile, tmp_path: Path, name: str, abstract: str, signs: list[str]
) -> None:
    content = GOOD["g.xlsx"] if name.endswith("xlsx") else PDF
    found = evidence.inspect(file(tmp_path, name, content), profile, abstract)
    assert [warning.id for warning in found.warnings] == signs
    assert found.problems == ()
    assert all(render(warning).endswith(".") for warning in found.warnings)


def test_links_records_and_removal(profile: Profile, round_id: str, tmp_path: Path) -> None:
    path = file(tmp_path, "a.pdf", PDF)
    made = evidence.add(profile, round_id, path, RECORD, [ROW, ROW])[1]
    assert made.links == (ROW,)
    other = EvidenceLink(LinkKind.ROW, "ke_hoach_hoan_thanh")
    evidence.link(profile, made.id, [other])
    assert [piece.id for piece in evidence.evidence_of(profile, round_id, other)] == [made.id]
    evidence.unlink(profile, made.id, [ROW])
    assert evidence.evidence_of(profile, round_id, ROW) == ()
    evidence.update_record(profile, made.id, EvidenceRecord(number="13/KH-UBND"))
    (found,) = evidence.all_evidence(profile, round_id)
    assert (found.record.number, found.links) == ("13/KH-UBND", (other,))
    evidence.remove(profile, [made.id])
    assert evidence.all_evidence(profile, round_id) == ()
    history.undo(profile, round_id)
    assert evidence.all_evidence(profile, round_id) == (found,)
    assert evidence.open_copy(profile, made.id).read_bytes() == PDF, "the file outlives its removal"


def test_the_copy_for_opening_is_not_the_original(profile: Profile, round_id: str, tmp_path: Path) -> None:
    made = evidence.add(profile, round_id, file(tmp_path, "Kế hoạch.pdf", PDF), RECORD)[1]
    copy = evidence.open_copy(profile, made.id)
    assert (copy.name, copy.read_bytes()) == ("Kế hoạch.pdf", PDF)
    assert not stat.S_IMODE(copy.stat().st_mode) & 0o222
    assert not copy.is_relative_to(profile.folder)
    profile.close()
    assert not copy.exists()


def test_stopping_leaves_nothing(profile: Profile, round_id: str, tmp_path: Path) -> None:
    path = file(tmp_path, "a.pdf", PDF + b"x" * 3_000_000)
    progress = Progress()
    progress.report = lambda _step, done, _total: progress.stop() if done > 1_000_000 else None
    with pytest.raises(Cancelled):
        evidence.add(profile, round_id, path, RECORD, progress=progress)
    assert evidence.all_evidence(profile, round_id) == ()
    assert [found for found in profile.evidence_folder.rglob("*") if found.is_file()] == []


def test_what_the_receiver_will_be_told_is_told_before_adding(profile: Profile, tmp_path: Path) -> None:
    plain, active = tmp_path / "a.pdf", tmp_path / "b.pdf"
    plain.write_bytes(b"%PDF-1.7\n1 0 obj<</S/URI/URI(http://x.vn)>>endobj\n%%EOF")
    active.write_bytes(plain.read_bytes().replace(b"/S/URI", b"/S/Launch"))
    assert evidence.inspect(plain, profile).warnings == ()
    found = evidence.inspect(active, profile)
    assert found.problems == (), "advice, not a refusal"
    (said,) = [render(warning) for warning in found.warnings]
    assert said.startswith("Tệp có lệnh chạy chương trình khác. Nơi nhận sẽ được nhắc thận trọng khi mở")
    active.write_bytes(active.read_bytes() + b"1 0 obj<</S/JavaScript>>endobj")
    (said,) = [render(warning) for warning in evidence.inspect(active, profile).warnings]
    assert said.startswith("Tệp có lệnh chạy chương trình khác, đoạn mã tự chạy. ")


def test_every_finding_has_a_short_name() -> None:
    own = {id_ for id_ in active_content.TEXTS if not id_.startswith("short_")} - {"looking", "pdf_link"}
    assert {f"short_{id_}" for id_ in own} == {
        id_ for id_ in active_content.TEXTS if id_.startswith("short_")
    }
