"""The writer: one pass, the same bytes each time, nothing promised that it does not keep."""

from __future__ import annotations

import hashlib
import io
import tracemalloc
from pathlib import Path

import pytest

from cchc_desktop.domain.package_head import evidence_entry
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import BugError, Cancelled, KnownError
from cchc_desktop.message import Message
from cchc_desktop.package.naming import file_name_of, package_file_name
from cchc_desktop.package.verifier import manifest_digest
from cchc_desktop.package.writer import Part, package_size, write_package
from tests.package.samples import NOW, head, on_disk, packed, parts, signer_of

MEGABYTE = 1024 * 1024


def test_same_content_gives_the_same_bytes_but_for_the_signature() -> None:
    """ECDSA has chance in it; everything before the signature has none."""
    same = head()
    one, two = packed(same)[0], packed(same)[0]
    end = one.index(b"</asic:ASiCManifest>")
    assert one[:end] == two[:end]


def test_manifest_digest_identifies_the_package(tmp_path: Path) -> None:
    content, written = packed()
    start = content.index(b"<?xml")
    manifest = content[start : content.index(b"</asic:ASiCManifest>\n") + 21]
    assert written.manifest_sha256 == hashlib.sha256(manifest).hexdigest()
    assert manifest_digest(on_disk(tmp_path, content)) == written.manifest_sha256
    assert written.size == len(content)


def test_reading_back_finds_one_wrong_byte(tmp_path: Path) -> None:
    content, _ = packed()
    spoilt = bytearray(content)
    spoilt[content.index(b"%PDF") + 5] ^= 1
    assert manifest_digest(on_disk(tmp_path, bytes(spoilt))) is None
    assert manifest_digest(on_disk(tmp_path, content[:-1])) is None


def test_size_is_known_before_writing() -> None:
    same = head()
    promised, real = package_size(same, parts()), len(packed(same)[0])
    assert real <= promised <= real + 4096


def test_source_that_changed_since_it_was_kept_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF other")
    part = Part("evidence/0001.pdf", path, "Quyết định.pdf", 10, hashlib.sha256(b"%PDF first").hexdigest())
    with pytest.raises(KnownError) as caught:
        packed(files=[part])
    assert caught.value.code == "package.source_changed"
    assert caught.value.message.args["name"] == "Quyết định.pdf"


@pytest.mark.parametrize("content", [b"%PDF longer than promised", b"%PDF"])
def test_source_of_another_size_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(content)
    with pytest.raises(KnownError) as caught:
        packed(files=[Part("evidence/0001.pdf", path, size=10)])
    assert caught.value.code == "package.source_changed"


def test_missing_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        packed(files=[Part("evidence/0001.pdf", tmp_path / "gone.pdf", "Quyết định.pdf", 3)])
    assert caught.value.code == "package.source_unreadable"


def test_four_gigabytes_are_refused_before_a_byte_is_written(tmp_path: Path) -> None:
    to = io.BytesIO()
    large = [Part("evidence/0001.pdf", tmp_path / "none", size=2**32)]
    with pytest.raises(KnownError) as caught:
        write_package(to, head(), large, signer_of(), NOW)
    assert (caught.value.code, to.getvalue()) == ("package.too_large_to_write", b"")


def test_more_files_than_a_package_holds_are_refused() -> None:
    many = [Part(f"evidence/{number:04d}.txt", b"x") for number in range(1996)]
    with pytest.raises(KnownError) as caught:
        packed(files=many)
    assert caught.value.code == "package.too_many_files"
    assert packed(files=many[:-1])[1].size > 0


def test_bad_entry_name_is_our_own_bug() -> None:
    with pytest.raises(BugError):
        packed(files=[Part("../x.pdf", b"x")])
    with pytest.raises(BugError):
        packed(files=[Part("evidence/a.pdf", b"x"), Part("evidence/a.pdf", b"y")])


def test_progress_counts_bytes_and_stops(tmp_path: Path) -> None:
    source = tmp_path / "large.bin"
    source.write_bytes(bytes(5 * MEGABYTE))
    seen: list[tuple[str, int, int]] = []
    progress = Progress(lambda step, done, total: seen.append((step.id, done, total)))
    write_package(io.BytesIO(), head(), [Part("evidence/0001.bin", source)], signer_of(), NOW, progress)
    assert [done for _step, done, _total in seen] == sorted(done for _step, done, _total in seen)
    assert seen[-1][1] == seen[-1][2] > 5 * MEGABYTE
    assert len(seen) >= 5

    def stop(_step: Message, done: int, _total: int) -> None:
        if done > 2 * MEGABYTE:
            progress.stop()

    progress.report = stop
    with pytest.raises(Cancelled):
        write_package(io.BytesIO(), head(), [Part("evidence/0001.bin", source)], signer_of(), NOW, progress)


def test_memory_does_not_grow_with_the_files(tmp_path: Path) -> None:
    source = tmp_path / "large.bin"
    with source.open("wb") as file:
        file.truncate(64 * MEGABYTE)
    with (tmp_path / "p.asice").open("wb+") as to:
        write_package(to, head(), [], signer_of(), NOW)  # whatever is imported is imported now
        to.seek(0)
        tracemalloc.start()
        write_package(to, head(), [Part("evidence/0001.bin", source)], signer_of(), NOW)
        written = tracemalloc.get_traced_memory()[1]
        to.flush()
        tracemalloc.reset_peak()
        assert manifest_digest(tmp_path / "p.asice") is not None
        read = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert written < 4 * MEGABYTE
    assert read < 4 * MEGABYTE


def test_file_names_tell_sender_kind_period_and_filing() -> None:
    assert file_name_of(head(revision=1)) == "XA-EA-KAO_TCD_2026_L01.asice"
    assert package_file_name("SO-MAU", PackageKind.PLAN, "2026", 0) == "SO-MAU_KH_2026_L00.asice"


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("Quyết định 12.PDF", "evidence/0007.pdf"),
        ("không đuôi", "evidence/0007.bin"),
        ("lạ.tệp", "evidence/0007.bin"),
        ("x.../../etc", "evidence/0007.bin"),
        (".asice", "evidence/0007.asice"),
    ],
)
def test_entry_names_take_nothing_over_but_a_plain_extension(name: str, entry: str) -> None:
    assert evidence_entry(7, name) == entry
