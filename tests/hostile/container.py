"""Attacks on the container: each is the good package with one thing wrong in its ZIP."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from tests.hostile.forge import Entry, Forged, forge


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


def beside(*names: bytes) -> Callable[[], Forged]:
    """Further files with these names."""

    def build() -> Forged:
        forged = forge()
        forged.entries[5:5] = [Entry(name, b"%PDF-1.4\n%%EOF\n") for name in names]
        return forged

    return build


def small_bomb() -> Forged:
    """Its sizes say a few bytes; only who unpacks it sees the rest."""
    forged = bomb()
    one = evidence(forged)
    one.content = b"x" * 10
    return forged


CONTAINER: dict[str, tuple[str, Callable[[], Forged]]] = {
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
    "names that differ in case": ("package.name_upper_case", beside(b"evidence/0001.PDF")),
    "names that differ in Unicode form": (
        "package.name_not_ascii",
        beside("evidence/é.pdf".encode(), "evidence/e\u0301.pdf".encode()),
    ),
    "list of digests in lower case": ("package.name_twice", beside(b"sha256sums")),
    "signature in lower case": ("package.name_twice", beside(b"meta-inf/signature001.p7s")),
    "folder of signatures in lower case": ("package.order", beside(b"meta-inf/x.pdf")),
    "file that is a folder too": ("package.name_folder", beside(b"evidence")),
    "folder that is a file too": ("package.name_folder", beside(b"evidence/0001.pdf/x.pdf")),
    "NTFS stream": ("package.name_characters", renamed(b"evidence/0001.pdf:x")),
    "drive-relative path": ("package.name_drive", renamed(b"c:evidence.pdf")),
    "network path": ("package.name_backslash", renamed(b"\\\\server\\x.pdf")),
    "zero-width letter": ("package.name_not_ascii", renamed("evidence/0001\u200b.pdf".encode())),
    "bytes that are no UTF-8": ("package.name_not_ascii", renamed(b"evidence/\xff\xfe.pdf")),
    "hard deflate bomb that hides its size": ("package.zip_compressed", small_bomb),
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
