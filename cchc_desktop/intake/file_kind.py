"""Whether a file's content begins as files with its extension do."""

from __future__ import annotations

import os

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


def without_waiting(path: str, flags: int) -> int:
    """An opener that doesn't hang where a pipe stands for a file."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def agrees(extension: str, head: bytes, tail: bytes) -> bool:
    """`head` and `tail` are the first and last 64 KiB. False for an extension that evidence may not have."""
    if extension == ".pdf":
        return b"%PDF-" in head[:1024]
    if extension in _TEXT:
        return _is_text(head)
    if not head.startswith(_STARTS.get(extension, ())):
        return False
    inside = _INSIDE.get(extension)
    return inside is None or inside in head or inside in tail


def _is_text(head: bytes) -> bool:
    """Text in UTF-8 or an old code page, or UTF-16 as Windows' Notepad and Excel write it."""
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in head
