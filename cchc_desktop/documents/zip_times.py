"""XLSX and DOCX with the same bytes each time: the writing libraries stamp each part with the clock.

A zip archive repeats each part's time in its own header and in the directory at the end; both are set to the
format's first day, 1 January 1980.
"""

from __future__ import annotations

import struct
from pathlib import Path

from cchc_desktop.errors import BugError

_END = b"PK\x05\x06"
_END_SIZE = 22
_ENTRY = b"PK\x01\x02"
_ENTRY_SIZE = 46
_LOCAL = b"PK\x03\x04"
_FIRST_DAY = struct.pack("<HH", 0, (0 << 9) | (1 << 5) | 1)


def still_the_clock(path: Path) -> None:
    """Set the times of an archive that this program has just written (no comment, no zip64)."""
    content = bytearray(path.read_bytes())
    end = len(content) - _END_SIZE
    if content[end : end + 4] != _END:
        raise BugError(f"{path.name} is not a plain zip archive")
    count, _size, place = struct.unpack_from("<HLL", content, end + 10)
    for _ in range(count):
        if content[place : place + 4] != _ENTRY:
            raise BugError(f"{path.name} has a broken directory")
        content[place + 12 : place + 16] = _FIRST_DAY
        name, extra, comment = struct.unpack_from("<HHH", content, place + 28)
        (local,) = struct.unpack_from("<L", content, place + 42)
        if content[local : local + 4] != _LOCAL:
            raise BugError(f"{path.name} has a broken part")
        content[local + 10 : local + 14] = _FIRST_DAY
        place += _ENTRY_SIZE + name + extra + comment
    path.write_bytes(content)
