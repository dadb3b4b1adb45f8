"""A file inside somebody's package is opened as a read-only copy, or not at all."""

from __future__ import annotations

import hashlib
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_desktop.domain.file_names import cleaned
from cchc_desktop.domain.package_head import PackagedEvidence
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.language import render
from cchc_desktop.message import Message
from cchc_desktop.package.writer import Part
from cchc_desktop.services import packages
from cchc_desktop.services.profile import Profile
from tests.hostile.forge import forge
from tests.package.samples import PDF, head, on_disk, packed, parts, pinned, signer_of
from tests.services.handing_in import sample_profile

ENTRY = "evidence/0001.pdf"


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Profile]:
    with sample_profile(tmp_path_factory.mktemp("mở") / "hồ sơ", key=False) as (opened, _round_id):
        yield opened


@pytest.fixture
def trust(tmp_path: Path) -> list[Path]:
    return [pinned(tmp_path)]


def titled(name: str, content: bytes = PDF, entry: str = "evidence/0001.pdf") -> bytes:
    """A validly signed package whose one evidence file bears this title."""
    digest = hashlib.sha256(content).hexdigest()
    one = PackagedEvidence("e1", name, len(content), digest, entry)
    document, *_ = parts()
    return packed(head(evidence=(one,)), [document, Part(entry, content, name)])[0]


def copies(profile: Profile) -> set[Path]:
    return set(profile.copies_folder().rglob("*"))


def test_copy_is_read_only_and_has_the_signed_bytes_and_the_title(
    profile: Profile, trust: list[Path], tmp_path: Path
) -> None:
    package = on_disk(tmp_path, packed()[0])
    opened = packages.open_evidence(profile, package, "evidence/0001.pdf", trust)
    assert opened.path.read_bytes() == PDF
    assert stat.S_IMODE(opened.path.stat().st_mode) == 0o400
    assert (opened.path.name, opened.title) == ("Quyết định 12.pdf", "Quyết định 12.pdf")
    assert opened.findings == ()
    assert profile.copies_folder() in opened.path.parents
    again = packages.open_evidence(profile, package, "evidence/0001.pdf", trust)
    assert again.path != opened.path and again.path.read_bytes() == PDF


def test_document_opens_too(profile: Profile, trust: list[Path], tmp_path: Path) -> None:
    opened = packages.open_evidence(profile, on_disk(tmp_path, packed()[0]), "documents/selfscore.pdf", trust)
    assert opened.title == "Bảng tự chấm điểm năm 2026.pdf"


def test_changed_file_is_not_opened_and_leaves_no_copy(
    profile: Profile, trust: list[Path], tmp_path: Path
) -> None:
    good = packed()[0]
    package = on_disk(tmp_path, good)
    packages.open_evidence(profile, package, "evidence/0001.pdf", trust)
    before = copies(profile)
    forged = forge()
    forged.entries[3].content = b"%PDF-1.4\n% forged\n%%EOF\n"
    for broken in (forged.to_bytes(), good[:-1], good.replace(b"% a scan", b"% a scam")):
        package.write_bytes(broken)
        with pytest.raises(KnownError) as refused:
            packages.open_evidence(profile, package, "evidence/0001.pdf", trust)
        assert refused.value.code == "packages.not_whole"
        assert render(refused.value.message)
    assert copies(profile) == before


def test_other_file_of_a_changed_package_is_not_opened_either(
    profile: Profile, trust: list[Path], tmp_path: Path
) -> None:
    forged = forge()
    forged.entries[3].content = b"%PDF-1.4\n% forged\n%%EOF\n"
    with pytest.raises(KnownError, match=r"packages\.not_whole"):
        packages.open_evidence(profile, on_disk(tmp_path, forged.to_bytes()), "evidence/0002.png", trust)


def test_unknown_signers_file_opens_with_a_word_on_it(profile: Profile, tmp_path: Path) -> None:
    opened = packages.open_evidence(profile, on_disk(tmp_path, packed()[0]), "evidence/0001.pdf", ())
    assert [finding.id for finding in opened.findings] == ["packages.unknown_signer"]


@pytest.mark.parametrize(
    "entry",
    ["head.json", "SHA256SUMS", "META-INF/signature001.p7s", "mimetype", "evidence/0009.pdf", "../x", ""],
)
def test_only_evidence_and_documents_of_the_package_open(
    entry: str, profile: Profile, trust: list[Path], tmp_path: Path
) -> None:
    before = copies(profile)
    with pytest.raises(KnownError, match=r"packages\.no_such_file"):
        packages.open_evidence(profile, on_disk(tmp_path, packed()[0]), entry, trust)
    assert copies(profile) == before


@pytest.mark.parametrize(
    "title",
    ["Quyết định.exe", "bao cao.pdf.js", "a.lnk", "x.docm", "trang.html", "không đuôi", "tep.PDF.bat"],
)
def test_file_that_could_run_is_not_opened(
    title: str, profile: Profile, trust: list[Path], tmp_path: Path
) -> None:
    package = on_disk(tmp_path, titled(title))
    with pytest.raises(KnownError) as refused:
        packages.open_evidence(profile, package, "evidence/0001.pdf", trust)
    assert refused.value.code == "packages.kind_not_opened"
    assert cleaned(title) in render(refused.value.message)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("con.pdf", "_con.pdf"),
        ("a: b|c?.pdf", "a_ b_c_.pdf"),
        ("x" * 240 + ".pdf", "x" * 116 + ".pdf"),
        ("...pdf.pdf", "pdf.pdf"),
        ("Quyết định.pdf . .", "Quyết định.pdf"),
    ],
)
def test_title_becomes_a_safe_name(
    title: str, name: str, profile: Profile, trust: list[Path], tmp_path: Path
) -> None:
    opened = packages.open_evidence(profile, on_disk(tmp_path, titled(title)), "evidence/0001.pdf", trust)
    assert opened.path.name == name
    assert opened.path.parent.parent == profile.copies_folder()


def test_what_the_file_could_do_is_said(profile: Profile, trust: list[Path], tmp_path: Path) -> None:
    content = b"%PDF-1.7\n1 0 obj<</S /JavaScript /JS (app.alert(1))>>endobj\n%%EOF\n"
    package = on_disk(tmp_path, titled("Quyết định.pdf", content))
    opened = packages.open_evidence(profile, package, "evidence/0001.pdf", trust)
    assert opened.findings == (Message("active_content.pdf_script", {}),)
    lied = on_disk(tmp_path, titled("Quyết định.pdf", b"MZ\x90\0" + bytes(60)))
    found = packages.open_evidence(profile, lied, "evidence/0001.pdf", trust).findings
    assert [finding.id for finding in found] == ["active_content.type_differs"]


def test_cancelled_copy_is_gone(profile: Profile, trust: list[Path], tmp_path: Path) -> None:
    package = on_disk(tmp_path, packed()[0])
    packages.open_evidence(profile, package, "evidence/0001.pdf", trust)
    before = copies(profile)
    stopped = Progress()
    stopped.stop()
    with pytest.raises(Cancelled):
        packages.open_evidence(profile, package, "evidence/0001.pdf", trust, stopped)
    assert copies(profile) == before

    def stop_late(step: Message, _done: int, _total: int) -> None:
        if step.id == "active_content.looking":
            late.stop()

    late = Progress(stop_late)
    with pytest.raises(Cancelled):
        packages.open_evidence(
            profile, on_disk(tmp_path, titled("a.pdf", PDF + bytes(3 << 20))), ENTRY, trust, late
        )
    assert copies(profile) == before


def test_copy_goes_when_the_profile_closes(tmp_path: Path, trust: list[Path]) -> None:
    with sample_profile(tmp_path / "xã", key=False) as (opened, _round_id):
        found = packages.open_evidence(opened, on_disk(tmp_path, packed()[0]), "evidence/0001.pdf", trust)
        assert found.path.is_file()
        assert Path(tempfile.gettempdir()) in found.path.parents
    assert not found.path.exists()


def test_package_of_another_sender_is_not_opened(profile: Profile, tmp_path: Path) -> None:
    other = signer_of("UBND xã Hòa Phú", "XA-HOA-PHU")
    package = on_disk(tmp_path, packed(signer=other)[0])
    with pytest.raises(KnownError, match=r"packages\.not_whole"):
        packages.open_evidence(profile, package, "evidence/0001.pdf", [pinned(tmp_path, other)])
