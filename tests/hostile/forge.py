"""Builds packages as an enrolled but hostile sender would: validly signed, and wrong in exactly one thing."""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from cchc_desktop.package.head_codec import write_head
from cchc_desktop.package.layout import mime_type
from cchc_desktop.package.manifest import FileDigest, write_manifest, write_sums
from cchc_desktop.trust.cades import sign_detached
from tests.package.samples import NOW, head, parts, signer_of

MIMETYPE = b"application/vnd.etsi.asic-e+zip"
MANIFEST, SIGNATURE = "META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s"


@dataclass
class Entry:
    """One ZIP entry with every field free to be wrong; None means as it should be."""

    name: bytes
    content: bytes
    flags: int = 0
    method: int = 0
    made_by: int = 3 << 8 | 20
    date: int = 0x21
    external: int = 0o100644 << 16
    extra: bytes = b""
    comment: bytes = b""
    local_name: bytes | None = None
    local_size: int | None = None
    central_size: int | None = None
    crc: int | None = None
    offset: int | None = None
    stored: bytes | None = None


@dataclass
class Forged:
    """The whole file, piece by piece. `digested` is what manifest and sums are made of."""

    entries: list[Entry] = field(default_factory=list)
    prefix: bytes = b""
    before_directory: bytes = b""
    suffix: bytes = b""
    archive_comment: bytes = b""
    count: int | None = None
    disk: int = 0
    before_end: bytes = b""
    directory_size: int | None = None

    def to_bytes(self) -> bytes:
        body, records = bytearray(self.prefix), bytearray()
        for entry in self.entries:
            raw = entry.content if entry.stored is None else entry.stored
            crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
            offset = len(body) if entry.offset is None else entry.offset
            local_name = entry.name if entry.local_name is None else entry.local_name
            local_size = len(entry.content) if entry.local_size is None else entry.local_size
            size = len(entry.content) if entry.central_size is None else entry.central_size
            body += struct.pack(
                "<IHHHHHIIIHH",
                *(0x04034B50, 10, entry.flags, entry.method, 0, entry.date, crc, len(raw)),
                *(local_size, len(local_name), len(entry.extra)),
            )
            body += local_name + entry.extra + raw
            packed = len(raw) if entry.central_size is None else entry.central_size
            records += struct.pack(
                "<IHHHHHHIIIHHHHHII",
                *(0x02014B50, entry.made_by, 10, entry.flags, entry.method, 0, entry.date, crc, packed, size),
                *(len(entry.name), len(entry.extra), len(entry.comment), 0, 0, entry.external, offset),
            )
            records += entry.name + entry.extra + entry.comment
        body += self.before_directory
        start = len(body)
        count = len(self.entries) if self.count is None else self.count
        size = len(records) if self.directory_size is None else self.directory_size
        end = struct.pack(
            "<IHHHHIIH",
            *(0x06054B50, self.disk, 0, count & 0xFFFF, count & 0xFFFF, size, start),
            len(self.archive_comment),
        )
        return bytes(body + records + self.before_end + end + self.archive_comment + self.suffix)


def data_files() -> list[tuple[str, bytes]]:
    """The data of the small good package, head first."""
    files = [("head.json", write_head(head()))]
    return files + [(part.entry, part.source) for part in parts() if isinstance(part.source, bytes)]


def forge(
    files: list[tuple[str, bytes]] | None = None,
    *,
    sums: bytes | None = None,
    manifest: Callable[[bytes], bytes] | None = None,
    signature: Callable[[bytes], bytes] | None = None,
) -> Forged:
    """A signed package of these data files; `manifest` and `signature` change those bytes before they go in.

    The signature is made over the changed manifest, so that nothing but the rule in question is broken.
    """
    files = data_files() if files is None else files
    digests = [FileDigest(name, hashlib.sha256(content).digest()) for name, content in files]
    listed = write_sums(digests) if sums is None else sums
    digests.append(FileDigest("SHA256SUMS", hashlib.sha256(listed).digest()))
    signed = write_manifest(SIGNATURE, digests)
    signed = signed if manifest is None else manifest(signed)
    p7s = sign_detached(signer_of(), hashlib.sha256(signed).digest(), NOW)
    p7s = p7s if signature is None else signature(p7s)
    fixed = [("SHA256SUMS", listed), (MANIFEST, signed), (SIGNATURE, p7s)]
    every = [("mimetype", MIMETYPE), *files, *fixed]
    return Forged([Entry(name.encode("utf-8", "surrogatepass"), content) for name, content in every])


def countersigned(covers: Callable[[list[FileDigest]], list[FileDigest]] = lambda digests: digests) -> Forged:
    """The good package with a second signature over the first; `covers` bends what that one lists."""
    forged = forge()
    name = SIGNATURE.replace("001", "002")
    digests = [
        FileDigest(entry.name.decode(), hashlib.sha256(entry.content).digest())
        for entry in forged.entries[1:]
    ]
    manifest = write_manifest(name, covers(digests))
    signature = sign_detached(signer_of(), hashlib.sha256(manifest).digest(), NOW)
    forged.entries += [
        Entry(b"META-INF/ASiCManifest002.xml", manifest),
        Entry(name.encode(), signature),
    ]
    return forged


def resigned(forged: Forged) -> Forged | None:
    """The same with sums, manifest and signature made anew over its entries as they are: what a sender does
    who signs his own attack. None where there is no place for a signature.
    """
    entries = {entry.name: entry for entry in forged.entries}
    fixed = [entries.get(name.encode()) for name in ("SHA256SUMS", MANIFEST, SIGNATURE)]
    sums, manifest, signature = fixed
    if sums is None or manifest is None or signature is None:
        return None
    own = [e for e in forged.entries if e.name != b"mimetype" and not e.name.startswith(b"META-INF/")]
    data = [entry for entry in own if entry is not sums]
    sums.content = b"".join(
        hashlib.sha256(entry.content).hexdigest().encode() + b"  " + entry.name + b"\n" for entry in data
    )
    listed = [*data, sums]
    digests = [hashlib.sha256(entry.content).digest() for entry in listed]
    numbered = [FileDigest(f"x{number}", digest) for number, digest in enumerate(digests)]
    written = re.sub(
        rb'URI="x([0-9]+)" MimeType="application/octet-stream"',
        lambda found: _listed(listed[int(found[1])]),
        write_manifest(SIGNATURE, numbered),
    )
    manifest.content = written
    signature.content = sign_detached(signer_of(), hashlib.sha256(written).digest(), NOW)
    return forged


def _listed(entry: Entry) -> bytes:
    kind = mime_type(entry.name.decode("utf-8", "replace"))
    return b'URI="' + entry.name + b'" MimeType="' + kind.encode() + b'"'
