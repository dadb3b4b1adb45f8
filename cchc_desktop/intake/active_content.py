"""What a foreign file could do or hide when another program opens it; found without opening or running it.

What a file is, its first bytes say, not its name: office programs go by them too. One module per kind of
content, each with `look(file, size) -> Iterator[Message]`, bounded in time and memory whatever the file says.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cchc_desktop.domain.progress import Progress
from cchc_desktop.intake import image_content, ole_content, pdf_content, text_content, zip_content
from cchc_desktop.intake.file_kind import agrees, without_waiting
from cchc_desktop.message import Message, message

_EDGE = 1 << 16
# A PDF may begin late (readers look for it in the first KiB), but not behind one of these.
_PROGRAMS = (b"MZ", b"PK\x03\x04", b"\x7fELF", b"#!", b"<", b"{\\rt")


def look_inside(path: Path, name: str, progress: Progress | None = None) -> tuple[Message, ...]:
    """All that is worth a word before opening the file, which people call `name`. Never raises for what the
    file is; what can't be looked into is said too. Raises `Cancelled`.
    """
    told = progress or Progress()
    try:
        with open(path, "rb", opener=without_waiting) as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                return ()
            return tuple(_findings(file, state.st_size, name, told))
    except OSError:
        return (message("active_content.not_looked_into", name=name),)


def _findings(file: BinaryIO, size: int, name: str, progress: Progress) -> Iterator[Message]:
    head = file.read(_EDGE)
    file.seek(max(0, size - _EDGE))
    tail = file.read(_EDGE)
    extension = Path(name).suffix.lower()
    if not agrees(extension, head, tail) or (extension == ".pdf" and head.startswith(_PROGRAMS)):
        yield message("active_content.type_differs", extension=extension or name)
    if b"%PDF-" in head[:1024]:
        yield from pdf_content.look(file, size, progress)
    if head.startswith(b"PK\x03\x04"):
        yield from zip_content.look(file, size, progress)
    elif head.startswith(ole_content.MAGIC):
        yield from ole_content.look(file, size, progress)
    elif head.startswith(image_content.STARTS):
        yield from image_content.look(file)
    elif b"%PDF-" not in head[:1024]:
        yield from text_content.look(file, extension)
