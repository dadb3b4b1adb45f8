"""ZIP in the one form that we write and take: stored, no flags, no extras, one constant date.

Writer and reader share these records, so that what one writes the other expects, byte for byte
(PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16).
"""

from __future__ import annotations

import struct

LOCAL = struct.Struct("<IHHHHHIIIHH")
CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
END = struct.Struct("<IHHHHIIH")
LOCAL_SIGN, CENTRAL_SIGN, END_SIGN = 0x04034B50, 0x02014B50, 0x06054B50
END_BYTES, ZIP64_LOCATOR_BYTES = b"PK\x05\x06", b"PK\x06\x07"

MADE_BY = 3 << 8 | 20  # Unix, so that unpacked files get rights; APPNOTE version 2.0
NEEDED = 10
STORED = 0
TIME, DATE = 0, 0x0021  # 1 January 1980, 00:00: the oldest that ZIP knows
RIGHTS = 0o100644 << 16
SYMLINK = 0o120000 << 16
FILE_TYPE_BITS = 0o170000 << 16


def local_header(name: bytes, crc: int, size: int) -> bytes:
    return LOCAL.pack(LOCAL_SIGN, NEEDED, 0, STORED, TIME, DATE, crc, size, size, len(name), 0) + name


def central_record(name: bytes, crc: int, size: int, offset: int) -> bytes:
    fixed = CENTRAL.pack(
        *(CENTRAL_SIGN, MADE_BY, NEEDED, 0, STORED, TIME, DATE, crc, size, size),
        *(len(name), 0, 0, 0, 0, RIGHTS, offset),
    )
    return fixed + name


def end_record(entries: int, directory_size: int, directory_offset: int) -> bytes:
    return END.pack(END_SIGN, 0, 0, entries, entries, directory_size, directory_offset, 0)


def packed_size(files: list[tuple[str, int]]) -> int:
    """How many bytes a package with these names and sizes takes."""
    headers = sum(LOCAL.size + CENTRAL.size + 2 * len(name) for name, _size in files)
    return headers + sum(size for _name, size in files) + END.size
