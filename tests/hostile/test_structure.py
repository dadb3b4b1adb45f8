"""Each attack on the container by its name, validly signed, refused for its own reason; the twin passes."""

from __future__ import annotations

import resource
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.language import render
from cchc_desktop.package.head_codec import write_head
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.trust.trusted import Trusted
from tests.hostile.forge import Entry, Forged, data_files, forge
from tests.package.samples import NOW, head, packed, signer_of

TRUSTED = Trusted((signer_of().certificate,))


def evidence(forged: Forged) -> Entry:
    return next(entry for entry in forged.entries if entry.name == b"evidence/0001.pdf")


def with_entry(**changes: object) -> Callable[[], Forged]:
    def build() -> Forged:
        forged = forge()
        for name, value in changes.items():
            setattr(evidence(forged), name, value)
        return forged

    return build


def with_archive(**changes: object) -> Callable[[], Forged]:
    def build() -> Forged:
        forged = forge()
        for name, value in changes.items():
            setattr(forged, name, value)
        return forged

    return build


def renamed(name: bytes) -> Callable[[], Forged]:
    return with_entry(name=name)


def bomb() -> Forged:
    forged = forge()
    content = bytes(50_000_000)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    evidence(forged).stored = packer.compress(content) + packer.flush()
    evidence(forged).method = 8
    evidence(forged).content = content
    return forged


def twice() -> Forged:
    forged = forge()
    forged.entries.insert(4, Entry(b"evidence/0001.pdf", b"another"))
    return forged


def overlapping() -> Forged:
    forged = forge()
    forged.entries[4].offset = 60
    return forged


def sharing() -> Forged:
    """Two names for the same bytes, as a bomb without nesting does it."""
    forged = forge()
    size = len(evidence(forged).content)
    forged.entries[3].central_size = size + 40
    return forged


def ten_thousand() -> Forged:
    forged = forge()
    many = [Entry(f"evidence/{number:05d}.txt".encode(), b"x") for number in range(10_000)]
    forged.entries[3:3] = many
    return forged


def moved_mimetype() -> Forged:
    forged = forge()
    forged.entries[0], forged.entries[1] = forged.entries[1], forged.entries[0]
    return forged


def other_mimetype() -> Forged:
    forged = forge()
    forged.entries[0].content = b"application/zip"
    return forged


def without(name: bytes) -> Callable[[], Forged]:
    def build() -> Forged:
        forged = forge()
        forged.entries = [entry for entry in forged.entries if entry.name != name]
        return forged

    return build


def unsigned() -> Forged:
    forged = forge()
    del forged.entries[-2:]
    return forged


def stray_in_meta() -> Forged:
    forged = forge()
    forged.entries.append(Entry(b"META-INF/ASiCManifest002.xml", b"<x/>"))
    return forged


def swapped_pair() -> Forged:
    forged = forge()
    forged.entries[-1], forged.entries[-2] = forged.entries[-2], forged.entries[-1]
    return forged


def huge_manifest() -> Forged:
    forged = forge()
    forged.entries[-2].content = b"<" * (1024 * 1024 + 1)
    return forged


ATTACKS: dict[str, tuple[str, Callable[[], Forged]]] = {
    "zip bomb": ("package.zip_compressed", bomb),
    "overlapping entries": ("package.zip_overlap", overlapping),
    "entries that share bytes": ("package.zip_overlap", sharing),
    "bytes between entries": ("package.zip_gap", with_archive(before_directory=b"hidden")),
    "bytes before the first entry": ("package.zip_prefix", with_archive(prefix=b"#!/bin/sh\n")),
    "bytes before the end record": ("package.zip_extra_bytes", with_archive(before_end=b"hidden")),
    "bytes after the end": ("package.zip_suffix", with_archive(suffix=b"hidden")),
    "comment": ("package.zip_comment", with_archive(archive_comment=b"hidden")),
    "second volume": ("package.zip_volumes", with_archive(disk=1)),
    "entry count too high": ("package.zip_directory_size", with_archive(count=9)),
    "entry count too low": ("package.zip_directory_size", with_archive(count=6)),
    "10,000 entries": ("package.too_many_entries", ten_thousand),
    "zip64 locator": ("package.zip64", with_archive(before_end=b"PK\x06\x07" + bytes(16))),
    "zip64 entry count": ("package.zip64", with_archive(count=0xFFFF)),
    "zip64 size": ("package.zip64", with_entry(central_size=0xFFFFFFFF)),
    "zip64 extra field": ("package.zip_extra_field", with_entry(extra=b"\x01\x00\x08\x00" + bytes(8))),
    "entry comment": ("package.zip_extra_field", with_entry(comment=b"hidden")),
    "encrypted flag": ("package.zip_encrypted", with_entry(flags=1)),
    "data descriptor flag": ("package.zip_flags", with_entry(flags=8)),
    "UTF-8 flag": ("package.zip_flags", with_entry(flags=0x800)),
    "symlink": ("package.zip_symlink", with_entry(external=0o120777 << 16)),
    "executable": ("package.zip_attributes", with_entry(external=0o100755 << 16)),
    "other date": ("package.zip_attributes", with_entry(date=0x5999)),
    "made by DOS": ("package.zip_attributes", with_entry(made_by=20)),
    "local name differs": ("package.zip_local_differs", with_entry(local_name=b"evidence/0009.pdf")),
    "local size differs": ("package.zip_local_differs", with_entry(local_size=1)),
    "wrong checksum": ("package.zip_crc", with_entry(crc=1)),
    "duplicate name": ("package.name_twice", twice),
    "path traversal": ("package.name_traversal", renamed(b"evidence/../../x.pdf")),
    "absolute path": ("package.name_absolute", renamed(b"/etc/passwd")),
    "drive": ("package.name_drive", renamed(b"c:/evidence.pdf")),
    "backslash": ("package.name_backslash", renamed(b"evidence\\0001.pdf")),
    "NUL": ("package.name_zero_byte", renamed(b"evidence/0001.pdf\0.exe")),
    "upper case": ("package.name_upper_case", renamed(b"evidence/0001.PDF")),
    "NFC": ("package.name_not_ascii", renamed("evidence/é.pdf".encode())),
    "NFD": ("package.name_not_ascii", renamed("evidence/e\u0301.pdf".encode())),
    "RTL override": ("package.name_not_ascii", renamed("evidence/\u202efdp.exe".encode())),
    "trailing space": ("package.name_trailing", renamed(b"evidence/0001.pdf ")),
    "trailing dot": ("package.name_trailing", renamed(b"evidence./0001.pdf")),
    "device name": ("package.name_device", renamed(b"evidence/con.pdf")),
    "numbered device": ("package.name_device", renamed(b"evidence/lpt1")),
    "name too long": ("package.name_too_long", renamed(b"evidence/" + b"a" * 100)),
    "empty name": ("package.name_empty", renamed(b"")),
    "other characters": ("package.name_characters", renamed(b"evidence/a b.pdf")),
    "control character": ("package.name_characters", renamed(b"evidence/a\nb.pdf")),
    "folder entry": ("package.name_characters", renamed(b"evidence/0001/")),
    "hidden file": ("package.name_characters", renamed(b"evidence/.profile")),
    "mimetype second": ("package.mimetype_not_first", moved_mimetype),
    "mimetype absent": ("package.mimetype_not_first", without(b"mimetype")),
    "other mimetype": ("package.mimetype_wrong", other_mimetype),
    "sums absent": ("package.sums_missing", without(b"SHA256SUMS")),
    "signature stripped": ("package.signature_missing", without(b"META-INF/signature001.p7s")),
    "manifest and signature stripped": ("package.signature_missing", unsigned),
    "second manifest without signature": ("package.order", stray_in_meta),
    "signature before manifest": ("package.order", swapped_pair),
    "manifest too large": ("package.entry_too_large", huge_manifest),
}


def test_the_untampered_twin_passes(tmp_path: Path) -> None:
    """The forge writes, byte for byte, what the writer writes: every attack starts from a good file."""
    same = head()
    written, _ = packed(same)
    files = [("head.json", write_head(same)), *data_files()[1:]]
    forged = forge(files)
    path = tmp_path / "good.asice"
    path.write_bytes(forged.to_bytes())
    assert verify_package(path, TRUSTED, NOW).outcome is Outcome.VALID
    signature = written.index(b"PK\x03\x04", written.index(b"</asic:ASiCManifest>"))
    assert forged.to_bytes()[:signature] == written[:signature]


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_is_refused_by_name(attack: str, tmp_path: Path) -> None:
    code, build = ATTACKS[attack]
    path = tmp_path / "hostile.asice"
    path.write_bytes(build().to_bytes())
    memory, begun = _memory(), time.perf_counter()
    found = verify_package(path, TRUSTED, NOW)
    assert time.perf_counter() - begun < 1
    assert _memory() - memory < 100 * 1024
    assert found.outcome is Outcome.UNREADABLE
    assert [reason.code for reason in found.reasons] == [code]
    assert render(found.reasons[0].message)
    assert found.package_id == ""


@pytest.mark.parametrize("keep", [0, 1, 3, 21, 22, 100, 0.5, 0.9, 0.99])
def test_truncated_file_is_unreadable(keep: float, tmp_path: Path) -> None:
    whole = forge().to_bytes()
    cut = whole[: int(keep if keep >= 1 or keep == 0 else len(whole) * keep)]
    path = tmp_path / "cut.asice"
    path.write_bytes(cut)
    found = verify_package(path, TRUSTED, NOW)
    assert found.outcome is Outcome.UNREADABLE
    assert found.reasons[0].code in ("package.empty_file", "package.not_zip", "package.cut_off")


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n" + bytes(500), b"\x00" * 10_000, b"PK\x03\x04" + b"\xff" * 500, b"PK\x05\x06" * 90],
)
def test_other_files_are_unreadable(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "other.asice"
    path.write_bytes(content)
    assert verify_package(path, TRUSTED, NOW).outcome is Outcome.UNREADABLE


def test_every_data_name_of_the_good_file_is_on_the_list() -> None:
    assert [name for name, _content in data_files()] == [
        "head.json",
        "documents/selfscore.pdf",
        "evidence/0001.pdf",
        "evidence/0002.png",
    ]


def _memory() -> int:
    """The most that this process ever held, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
