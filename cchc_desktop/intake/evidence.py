"""A look at a file that someone wants to add as evidence: bounded, and all that is wrong at once."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from cchc_desktop.domain.evidence import ALLOWED_EXTENSIONS
from cchc_desktop.domain.file_names import cleaned
from cchc_desktop.domain.personal_data import signs
from cchc_desktop.intake.file_kind import agrees, without_waiting
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass

_EDGE = 1 << 16


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
        with open(path, "rb", opener=without_waiting) as file:
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


def _problems(name: str, size: int, head: bytes, tail: bytes, size_limit: int) -> Iterator[Message]:
    extension = Path(name).suffix.lower()
    if extension not in ALLOWED_EXTENSIONS:
        yield message("evidence.type_not_allowed", name=name, allowed=ALLOWED_EXTENSIONS)
    if size == 0:
        yield message("evidence.empty", name=name)
    elif size > size_limit:
        yield message("evidence.too_large", name=name, size=size, limit=size_limit)
    elif extension in ALLOWED_EXTENSIONS and not agrees(extension, head, tail):
        yield message("evidence.type_differs", name=name, extension=extension)
