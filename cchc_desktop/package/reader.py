"""Read an untrusted package once, from front to back: structure, headers, digests. Nothing is unpacked.

Names from inside are only ever compared and shown; no path is made of them.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
import zlib
from collections.abc import Callable
from pathlib import Path

from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.message import message
from cchc_desktop.package import zip_form as form
from cchc_desktop.package.directory import Directory, Entry, check_local_header, read_directory
from cchc_desktop.package.faults import ProfileBroken
from cchc_desktop.package.layout import (
    ENROLMENT_NAME,
    ENROLMENT_REPLY_NAME,
    FORMPACK_NAME,
    HEAD_NAME,
    LARGEST_JSON,
    LARGEST_MANIFEST,
    MIMETYPE,
    MIMETYPE_NAME,
    PLAN_NAME,
    RECEIPT_NAME,
    SELFSCORE_NAME,
    SUMS_NAME,
    UPDATE_NAME,
    manifest_name,
    signature_name,
)
from cchc_desktop.quick_dataclass import dataclass, field
from cchc_desktop.trust.signature_check import LARGEST_SIGNATURE

BUFFER_BYTES = 1024 * 1024
_SMALL = {
    MIMETYPE_NAME: len(MIMETYPE),
    HEAD_NAME: LARGEST_JSON,
    PLAN_NAME: LARGEST_JSON,
    SELFSCORE_NAME: LARGEST_JSON,
    FORMPACK_NAME: LARGEST_JSON,
    RECEIPT_NAME: LARGEST_JSON,
    ENROLMENT_NAME: LARGEST_JSON,
    ENROLMENT_REPLY_NAME: LARGEST_JSON,
    UPDATE_NAME: LARGEST_JSON,
    SUMS_NAME: LARGEST_MANIFEST,
}


@dataclass(slots=True)
class Contents:
    """What one reading found: a digest for each entry, and the whole of the few that are looked into."""

    directory: Directory
    digests: dict[str, bytes] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)
    wrong_crc: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Copying:
    """Hand the content of the entry `name` to `write`, block by block, while it is read and hashed."""

    name: str
    write: Callable[[memoryview], object]


def read_contents(path: Path, progress: Progress | None = None, copying: Copying | None = None) -> Contents:
    """Raises `ProfileBroken` for what is no package; KnownError package.missing, package.no_file or
    package.unreadable for what can't be opened.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # before it is opened: a pipe would keep us waiting
            raise KnownError("package.no_file", name=path.name)
        with path.open("rb", buffering=0) as file:
            return read_stream(file, os.fstat(file.fileno()).st_size, progress, copying)
    except FileNotFoundError as error:
        raise KnownError("package.missing", name=path.name) from error
    except OSError as error:
        raise KnownError("package.unreadable", name=path.name, detail=str(error)) from error


def read_stream(
    file: io.RawIOBase, size: int, progress: Progress | None = None, copying: Copying | None = None
) -> Contents:
    """The same over an open file of `size` bytes."""
    directory = read_directory(file, size)
    contents = Contents(directory)
    limits = _limits(directory)
    for entry in directory.entries:
        if entry.size > limits.get(entry.name, entry.size):
            raise ProfileBroken("package.entry_too_large", name=entry.name)
    reading = _Reading(file, progress or Progress(), size)
    for entry in directory.entries:
        write = copying.write if copying is not None and copying.name == entry.name else None
        reading.take(entry, contents, keep=entry.name in limits, write=write)
    if contents.texts.get(MIMETYPE_NAME) != MIMETYPE:
        raise ProfileBroken("package.mimetype_wrong")
    return contents


def _limits(directory: Directory) -> dict[str, int]:
    """The entries that are kept in memory, and how large each may be."""
    limits = dict(_SMALL)
    for number in range(1, directory.signatures + 1):
        limits[manifest_name(number)] = LARGEST_MANIFEST
        limits[signature_name(number)] = LARGEST_SIGNATURE
    return limits


class _Reading:
    """One buffer for the whole file; progress counts bytes."""

    def __init__(self, file: io.RawIOBase, progress: Progress, size: int) -> None:
        self._file, self._progress, self._size = file, progress, size
        self._buffer = memoryview(bytearray(BUFFER_BYTES))

    def take(
        self,
        entry: Entry,
        contents: Contents,
        *,
        keep: bool,
        write: Callable[[memoryview], object] | None,
    ) -> None:
        self._file.seek(entry.header_start)
        length = form.LOCAL.size + len(entry.name)
        header = self._file.read(length)
        check_local_header(header, entry)
        digest, crc, left = hashlib.sha256(), 0, entry.size
        kept = bytearray()
        while left:
            count = self._file.readinto(self._buffer[: min(left, BUFFER_BYTES)])
            if not count:
                raise ProfileBroken("package.cut_off")
            chunk = self._buffer[:count]
            digest.update(chunk)
            crc = zlib.crc32(chunk, crc)
            if keep:
                kept += chunk
            if write is not None:
                write(chunk)
            left -= count
            self._progress.at(message("package.verifying"), entry.end - left, self._size)
        contents.digests[entry.name] = digest.digest()
        if crc != entry.crc:
            contents.wrong_crc.append(entry.name)
        if keep:
            contents.texts[entry.name] = bytes(kept)
