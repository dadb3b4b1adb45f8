"""What an old Office file (.doc, .xls) or an object inside a new one holds: macros, embedded programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from cchc_desktop.domain.progress import Progress
from cchc_desktop.message import Message, message

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BLOCK = 1 << 20
_OVERLAP = 256


def _wide(name: str) -> bytes:
    """Names of storages and streams stand in UTF-16 in the directory ([MS-CFB] 2.6.1)."""
    return name.encode("utf-16-le")


_MARKS = {
    _wide("_VBA_PROJECT"): "macros",
    _wide("Ole10Native"): "embedded",
    _wide("ObjectPool"): "embedded",
    _wide("EncryptedPackage"): "encrypted",
}
# [MS-XLS] 2.4.28 BoundSheet8 with dt = 1: a sheet of Excel 4.0 macros.
_MACRO_SHEET = re.compile(rb"\x85\0[\x09-\x60]\0.{4}[\0-\x02]\x01", re.DOTALL)


def look(file: BinaryIO, size: int, progress: Progress) -> Iterator[Message]:
    found: set[str] = set()
    at = 0
    while at < size:
        progress.at(message("active_content.looking"), at, size)
        file.seek(at)
        found |= codes(file.read(_BLOCK + _OVERLAP))
        at += _BLOCK
    for code in sorted(found):
        yield message(f"active_content.{code}")


def codes(content: bytes) -> set[str]:
    """What these bytes of such a file give away."""
    found = {code for mark, code in _MARKS.items() if mark in content}
    if _MACRO_SHEET.search(content):
        found.add("macros")
    return found
