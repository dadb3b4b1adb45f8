"""Rows out of a database file's raw pages, where SQLite itself no longer finds the way to them.

Reads table leaf pages as https://www.sqlite.org/fileformat2.html describes them. Only used for the journal,
whose rows prove themselves by their hash: what is found on a page that was long given up is still true.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

PAGE = 4096
_TABLE_LEAF = 0x0D
_LARGEST_RECORD = 16 << 20
Field = int | str | bytes | float | None
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class _NoRecordError(Exception):
    """What lies here is no record."""


def records(path: Path, columns: int) -> Iterator[tuple[int, tuple[Field, ...]]]:
    """(rowid, values) of every record with that many columns on any table leaf page."""
    content = path.read_bytes()
    for start in range(0, len(content) - PAGE + 1, PAGE):
        head = start + 100 if start == 0 else start
        if content[head] == _TABLE_LEAF:
            yield from _of_page(content, start, head, columns)


def records_of_page(page: bytes, columns: int) -> Iterator[tuple[int, tuple[Field, ...]]]:
    """The same of one page by itself; what goes on on other pages is left out."""
    if page[:1] == bytes([_TABLE_LEAF]):
        yield from _of_page(page, 0, 0, columns)


def _of_page(content: bytes, start: int, head: int, columns: int) -> Iterator[tuple[int, tuple[Field, ...]]]:
    count = int.from_bytes(content[head + 3 : head + 5], "big")
    if 8 + 2 * count > PAGE:
        return
    for number in range(count):
        place = head + 8 + 2 * number
        offset = int.from_bytes(content[place : place + 2], "big")
        try:
            rowid, payload = _cell(content, start + offset, start + PAGE)
            values = _record(payload, columns)
        except (_NoRecordError, IndexError, UnicodeDecodeError, struct.error):
            continue
        yield rowid, values


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(8):
        byte = content[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    return value << 8 | content[at + 8], at + 9


def _cell(content: bytes, at: int, end: int) -> tuple[int, bytes]:
    size, at = _varint(content, at)
    rowid, at = _varint(content, at)
    if not 0 < size <= _LARGEST_RECORD:
        raise _NoRecordError
    most = PAGE - 35
    if size <= most:
        if at + size > end:
            raise _NoRecordError
        return rowid, content[at : at + size]
    least = (PAGE - 12) * 32 // 255 - 23
    local = least + (size - least) % (PAGE - 4)
    if local > most:
        local = least
    if at + local + 4 > end:
        raise _NoRecordError
    parts, left = [content[at : at + local]], size - local
    page = int.from_bytes(content[at + local : at + local + 4], "big")
    while left > 0:
        start = (page - 1) * PAGE
        if page < 2 or start + PAGE > len(content):
            raise _NoRecordError
        part = content[start + 4 : start + 4 + min(left, PAGE - 4)]
        parts.append(part)
        left -= len(part)
        page = int.from_bytes(content[start : start + 4], "big")
    return rowid, b"".join(parts)


def _record(payload: bytes, columns: int) -> tuple[Field, ...]:
    size, at = _varint(payload, 0)
    if not 0 < size <= len(payload):
        raise _NoRecordError
    kinds = []
    while at < size:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    if len(kinds) != columns or at != size:
        raise _NoRecordError
    values = list[Field]()
    for kind in kinds:
        value, at = _value(payload, at, kind)
        values.append(value)
    if at != len(payload):
        raise _NoRecordError
    return tuple(values)


def _value(payload: bytes, at: int, kind: int) -> tuple[Field, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind in _INTEGERS:
        end = at + _INTEGERS[kind]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if kind == 7:
        return struct.unpack(">d", payload[at : at + 8])[0], at + 8
    if kind < 12:
        raise _NoRecordError
    end = at + (kind - 12) // 2
    if end > len(payload):
        raise _NoRecordError
    part = payload[at:end]
    return (part.decode() if kind % 2 else part), end
