"""Write a package in one pass: every source is read once, hashed while it is written."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cchc_desktop.domain.package_head import PackageHead
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.package import zip_form as form
from cchc_desktop.package.archive import Archive, SourceGrew, SourceUnreadable
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
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.trust.cades import sign_detached
from cchc_desktop.trust.signature_check import LARGEST_SIGNATURE
from cchc_desktop.trust.signer import Signer


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
    archive = Archive(to, progress or Progress(), total)
    archive.add_bytes(MIMETYPE_NAME, MIMETYPE)
    files = [_add(archive, Part(HEAD_NAME, content)), *(_add(archive, part) for part in parts)]
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


def _add(archive: Archive, part: Part) -> FileDigest:
    """A data file, with progress. Its digest and size have to be what the head says of it."""
    try:
        if isinstance(part.source, bytes):
            digest, size = archive.add(part.entry, io.BytesIO(part.source), part.expected_size)
        else:
            with _opened(part, part.source) as source:
                digest, size = archive.add(part.entry, source, part.expected_size)
    except SourceUnreadable as error:
        raise _unreadable(part, error) from error
    except SourceGrew as error:
        raise _changed(part) from error
    if size != part.expected_size or part.sha256 not in ("", digest.hex()):
        raise _changed(part)
    return FileDigest(part.entry, digest)


def _opened(part: Part, source: Path) -> io.RawIOBase:
    try:
        return source.open("rb", buffering=0)
    except OSError as error:
        raise _unreadable(part, error) from error


def _changed(part: Part) -> KnownError:
    return KnownError("package.source_changed", unusable_input=False, name=part.title or part.entry)


def _unreadable(part: Part, error: Exception) -> KnownError:
    return KnownError(
        "package.source_unreadable", unusable_input=False, name=part.title or part.entry, detail=str(error)
    )
