"""A look at a file that someone wants to add as evidence: bounded, and all that is wrong at once."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cchc_desktop.domain.evidence import ALLOWED_EXTENSIONS
from cchc_desktop.domain.file_names import cleaned
from cchc_desktop.domain.personal_data import signs
from cchc_desktop.message import Message, message

_EDGE = 1 << 16
_ZIP = (b"PK\x03\x04",)
_OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_STARTS = {
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".tif": (b"II*\0", b"MM\0*"),
    ".tiff": (b"II*\0", b"MM\0*"),
    ".doc": _OLE,
    ".xls": _OLE,
    **dict.fromkeys((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".zip", ".asice"), _ZIP),
}
# Names inside a zip stand in clear, in its local headers and again in the directory at its end.
_INSIDE = {
    ".docx": b"word/",
    ".xlsx": b"xl/",
    ".pptx": b"ppt/",
    ".odt": b"application/vnd.oasis.opendocument.text",
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
    ".asice": b"application/vnd.etsi.asic-e+zip",
}
_TEXT = (".csv", ".txt", ".xml")


@dataclass(frozen=True, slots=True)
class Inspection:
    """`name` is cleaned; with `problems` the file can't be taken, `warnings` are for the user to weigh."""

    name: str
    size: int
    problems: tuple[Message, ...]
    warnings: tuple[Message, ...]


def inspect(path: Path, size_limit: int, abstract: str = "") -> Inspection:
    """Look at the file's name, size and first and last 64 KiB. Never raises for what the file is."""
    name = cleaned(path.name)
    warnings = tuple(signs(name, abstract))
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                return Inspection(name, 0, (message("evidence.not_a_file", name=name),), warnings)
            head = file.read(_EDGE)
            file.seek(max(0, state.st_size - _EDGE))
            tail = file.read(_EDGE)
    except FileNotFoundError:
        return Inspection(name, 0, (message("evidence.missing", name=name),), warnings)
    except IsADirectoryError:
        return Inspection(name, 0, (message("evidence.not_a_file", name=name),), warnings)
    except OSError:
        return Inspection(name, 0, (message("evidence.unreadable", name=name),), warnings)
    problems = tuple(_problems(name, state.st_size, head, tail, size_limit))
    return Inspection(name, state.st_size, problems, warnings)


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _problems(name: str, size: int, head: bytes, tail: bytes, size_limit: int) -> Iterator[Message]:
    extension = Path(name).suffix.lower()
    if extension not in ALLOWED_EXTENSIONS:
        yield message("evidence.type_not_allowed", name=name, allowed=ALLOWED_EXTENSIONS)
    if size == 0:
        yield message("evidence.empty", name=name)
    elif size > size_limit:
        yield message("evidence.too_large", name=name, size=size, limit=size_limit)
    elif extension in ALLOWED_EXTENSIONS and not _agrees(extension, head, tail):
        yield message("evidence.type_differs", name=name, extension=extension)


def _agrees(extension: str, head: bytes, tail: bytes) -> bool:
    """Whether the content begins as files with that extension do."""
    if extension == ".pdf":
        return b"%PDF-" in head[:1024]
    if extension in _TEXT:
        return _is_text(head)
    if not head.startswith(_STARTS[extension]):
        return False
    inside = _INSIDE.get(extension)
    return inside is None or inside in head or inside in tail


def _is_text(head: bytes) -> bool:
    """Text in UTF-8 or an old code page, or UTF-16 as Windows' Notepad and Excel write it."""
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in head
