"""The content of single entries, taken out of a package whose directory has been read and checked before.

What comes out is only as good as the caller's comparison with the digests of that check: between the two
readings somebody may have put another file in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cchc_desktop.errors import KnownError
from cchc_desktop.package.directory import Directory

BUFFER_BYTES = 1024 * 1024
TakeOut = Callable[[str, BinaryIO], None]
"""Writes the content of the entry with that name into a file; fewer bytes where the package ends early."""


@contextmanager
def opened(path: Path, directory: Directory) -> Iterator[TakeOut]:
    """Raises KnownError package.unreadable, also while something is taken out (a stick that was pulled)."""
    entries = {entry.name: entry for entry in directory.entries}

    def read(file: BinaryIO, count: int) -> bytes:
        try:
            return file.read(count)
        except OSError as error:
            raise KnownError("package.unreadable", name=path.name, detail=str(error)) from error

    try:
        source = path.open("rb")
    except OSError as error:
        raise KnownError("package.unreadable", name=path.name, detail=str(error)) from error

    def take_out(name: str, to: BinaryIO) -> None:
        entry = entries[name]
        source.seek(entry.start)
        left = entry.size
        while left and (block := read(source, min(left, BUFFER_BYTES))):
            to.write(block)
            left -= len(block)

    with source:
        yield take_out
