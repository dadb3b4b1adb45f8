"""Whether a killed program's log still holds all that was said to be saved: its index tells how much it was.

A program that is killed leaves `-wal` (the last edits) and `-shm` (the log's index). SQLite makes the index
anew from as much of the log as fits its checksums, and says nothing of the rest. The index is written once
the log is on the disk, so it never promises too much. Both are as https://www.sqlite.org/walformat.html says.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterator
from pathlib import Path

_VERSION = 3007000
_INDEX, _HEAD, _FRAME = 48, 32, 24
_NATIVE = "<" if sys.byteorder == "little" else ">"
_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}


def pages_lost(database: Path) -> int:
    """Pages that the index knows of and that are neither in the database nor whole in the log.

    Reads the log through where there is one: about 0.1 ms a page.
    """
    log, index = (database.with_name(database.name + suffix) for suffix in ("-wal", "-shm"))
    try:
        with index.open("rb") as file:
            told = file.read(2 * _INDEX + 4)
    except OSError:
        return 0
    if len(told) < 2 * _INDEX + 4 or told[:_INDEX] != told[_INDEX : 2 * _INDEX]:
        return 0
    version, _unused, _change, is_set, _sums, _page, frames = struct.unpack(f"{_NATIVE}IIIBBHI", told[:20])
    (folded,) = struct.unpack(f"{_NATIVE}I", told[2 * _INDEX :])
    if version != _VERSION or is_set != 1 or frames <= folded:
        return 0
    try:
        content = log.read_bytes()
    except OSError:
        content = b""
    if _head(content) is not None and content[16:24] != told[32:40]:
        return 0  # the log was begun anew since the index was last written to the disk
    whole = 0
    for _frame in _whole_frames(content):
        whole += 1
        if whole >= frames:
            break
    return max(0, int(frames) - max(whole, int(folded)))


def pages(log: bytes, page: int) -> Iterator[bytes]:
    """Every page in the log, whether its checksum fits or not."""
    for start in range(_HEAD + _FRAME, len(log) - page + 1, page + _FRAME):
        yield log[start : start + page]


def _head(log: bytes) -> tuple[str, int, int, int] | None:
    """The order of bytes in checksums, the size of a page, and the checksum so far; None: no log."""
    if len(log) < _HEAD:
        return None
    magic, version, page, _number = struct.unpack(">IIII", log[:16])
    if magic not in _MAGIC or version != _VERSION:
        return None
    one, two = _sum(log[:24], _MAGIC[magic], 0, 0)
    if (one, two) != struct.unpack(">II", log[24:32]):
        return None
    return _MAGIC[magic], page, one, two


def _whole_frames(log: bytes) -> Iterator[int]:
    if (found := _head(log)) is None:
        return
    order, page, one, two = found
    for start in range(_HEAD, len(log) - page - _FRAME + 1, page + _FRAME):
        if log[start + 8 : start + 16] != log[16:24]:
            return
        one, two = _sum(log[start : start + 8], order, one, two)
        one, two = _sum(log[start + _FRAME : start + _FRAME + page], order, one, two)
        if (one, two) != struct.unpack(">II", log[start + 16 : start + 24]):
            return
        yield start


def _sum(content: bytes, order: str, one: int, two: int) -> tuple[int, int]:
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two
