"""Write a package in one pass: every source is read once, hashed while it is written."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cchc_desktop.domain.package_head import PackageHead
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.message import message
from cchc_desktop.package import zip_form as form
from cchc_desktop.package.head_codec import write_head
from cchc_desktop.package.layout import (
    HEAD_NAME,
    LARGEST_PACKAGE,
    MIMETYPE,
    MIMETYPE_NAME,
    MOST_ENTRIES,
    SUMS_NAME,
    manifest_name,
    name_fault,
    signature_name,
)
from cchc_desktop.package.manifest import FileDigest, write_manifest, write_sums
from cchc_desktop.trust.cades import sign_detached
from cchc_desktop.trust.signature_check import LARGEST_SIGNATURE
from cchc_desktop.trust.signer import Signer

BUFFER_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """A data file: `source` is its bytes or where they lie.

    `size` and `sha256` say what the head promises of it; a source that differs is refused.
    """

    entry: str
    source: bytes | Path
    title: str = ""
    size: int | None = None
    sha256: str = ""

    @property
    def expected_size(self) -> int:
        if self.size is not None:
            return self.size
        return len(self.source) if isinstance(self.source, bytes) else self.source.stat().st_size


@dataclass(frozen=True, slots=True)
class Written:
    """What was written. The identity of a package is its id and the digest of its manifest."""

    size: int
    manifest_sha256: str
    files: tuple[FileDigest, ...]


def package_size(head: PackageHead, parts: Sequence[Part]) -> int:
    """The bytes that the package will take, at most a few hundred too many (the signature's length)."""
    files = [(HEAD_NAME, len(write_head(head))), *((part.entry, part.expected_size) for part in parts)]
    listed = [FileDigest(name, bytes(32)) for name, _size in files]
    sums = write_sums(listed)
    manifest = write_manifest(signature_name(1), [*listed, FileDigest(SUMS_NAME, bytes(32))])
    fixed = [
        (MIMETYPE_NAME, len(MIMETYPE)),
        (SUMS_NAME, len(sums)),
        (manifest_name(1), len(manifest)),
        (signature_name(1), LARGEST_SIGNATURE // 16),
    ]
    return form.packed_size([*fixed, *files])


def write_package(
    to: BinaryIO,
    head: PackageHead,
    parts: Sequence[Part],
    signer: Signer,
    signed_at: datetime,
    progress: Progress | None = None,
) -> Written:
    """Write `head.json`, then the parts in order, then digests, manifest and signature.

    `to` is an empty file that can be sought in. Progress counts bytes; cancelling raises `Cancelled` and
    leaves it to the caller to remove the file. Raises KnownError package.too_large_to_write,
    package.too_many_files, package.source_changed, package.source_unreadable.
    """
    _check(head, parts)
    content = write_head(head)
    total = len(content) + sum(part.expected_size for part in parts)
    archive = _Archive(to, progress or Progress(), total)
    archive.add_bytes(MIMETYPE_NAME, MIMETYPE)
    files = [archive.add(Part(HEAD_NAME, content)), *(archive.add(part) for part in parts)]
    files.append(FileDigest(SUMS_NAME, archive.add_bytes(SUMS_NAME, write_sums(files))))
    manifest = write_manifest(signature_name(1), files)
    digest = archive.add_bytes(manifest_name(1), manifest)
    archive.add_bytes(signature_name(1), sign_detached(signer, digest, signed_at))
    return Written(archive.close(), digest.hex(), tuple(files))


def _check(head: PackageHead, parts: Sequence[Part]) -> None:
    """Our own slips are bugs; what the user put in too much of is said to the user."""
    for part in parts:
        if (fault := name_fault(part.entry.encode())) is not None:
            raise BugError(f"entry {part.entry!r} breaks {fault}")
    if len({part.entry for part in parts} | {HEAD_NAME}) != len(parts) + 1:
        raise BugError("two parts share an entry name")
    if len(parts) + 5 > MOST_ENTRIES:
        raise KnownError("package.too_many_files", count=len(parts), most=MOST_ENTRIES - 5)
    if (size := package_size(head, parts)) > LARGEST_PACKAGE:
        raise KnownError("package.too_large_to_write", size=size, most=LARGEST_PACKAGE)


class _Archive:
    """Entries one after the other; each header is filled in once its content has gone by."""

    def __init__(self, to: BinaryIO, progress: Progress, total: int) -> None:
        self._to = to
        self._at = to.tell()
        self._records: list[bytes] = []
        self._progress, self._total, self._done = progress, total, 0
        self._buffer = memoryview(bytearray(BUFFER_BYTES))

    def add(self, part: Part) -> FileDigest:
        """A data file, with progress. Its digest and size have to be what the head says of it."""
        if isinstance(part.source, bytes):
            digest = self._write(part.entry, io.BytesIO(part.source), part)
        else:
            try:
                source = part.source.open("rb", buffering=0)
            except OSError as error:
                raise _unreadable(part, error) from error
            with source:
                digest = self._write(part.entry, source, part)
        return FileDigest(part.entry, digest)

    def add_bytes(self, name: str, content: bytes) -> bytes:
        """A fixed entry; its SHA-256."""
        return self._write(name, io.BytesIO(content), None)

    def _write(self, name: str, source: BinaryIO | io.RawIOBase, part: Part | None) -> bytes:
        encoded = name.encode("ascii")
        start = self._at
        self._to.write(form.local_header(encoded, 0, 0))
        crc, size, digest = 0, 0, hashlib.sha256()
        for chunk in self._chunks(source, part):
            digest.update(chunk)
            crc = zlib.crc32(chunk, crc)
            self._to.write(chunk)
            size += len(chunk)
            if part is not None:
                if size > part.expected_size:
                    raise _changed(part)
                self._done += len(chunk)
                self._progress.at(message("package.writing"), self._done, self._total)
        if part is not None and (size != part.expected_size or part.sha256 not in ("", digest.hexdigest())):
            raise _changed(part)
        self._at = self._to.tell()
        self._to.seek(start)
        self._to.write(form.local_header(encoded, crc, size))
        self._to.seek(self._at)
        self._records.append(form.central_record(encoded, crc, size, start))
        return digest.digest()

    def _chunks(self, source: BinaryIO | io.RawIOBase, part: Part | None) -> Iterable[memoryview]:
        read: Callable[[memoryview], int | None] = source.readinto  # type: ignore[union-attr]
        while True:
            try:
                count = read(self._buffer)
            except OSError as error:
                raise (_unreadable(part, error) if part else error) from error
            if not count:
                return
            yield self._buffer[:count]

    def close(self) -> int:
        """Write the directory; the size of the whole file."""
        directory = b"".join(self._records)
        self._to.write(directory)
        self._to.write(form.end_record(len(self._records), len(directory), self._at))
        return self._at + len(directory) + form.END.size


def _changed(part: Part) -> KnownError:
    return KnownError("package.source_changed", unusable_input=False, name=part.title or part.entry)


def _unreadable(part: Part, error: OSError) -> KnownError:
    return KnownError(
        "package.source_unreadable", unusable_input=False, name=part.title or part.entry, detail=str(error)
    )
