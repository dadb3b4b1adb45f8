"""Seeded appendices as offices issue them, in Word and Excel, with what they mean. Imports no parser.

Layout, numbering, typing quirks and wording vary by the seed; the truth is made first and printed then.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.formpack.draft.appendix import make_appendix
from tests.formpack.draft.excel_file import ExcelFile
from tests.formpack.draft.word_file import WordFile


@dataclass
class Made:
    """A file and what it means, one truth for each appendix in it."""

    name: str
    content: bytes
    truths: list[dict[str, Any]]


def make(seed: int) -> Made:
    """The appendix file of that seed."""
    random = Random(seed)
    count = 1 if random.random() < 0.88 else random.choice((2, 3))
    appendices = [make_appendix(random) for _ in range(count)]
    truths = [appendix.truth() for appendix in appendices]
    if random.random() < 0.65:
        return Made(f"{seed}.docx", WordFile(random).write(appendices), truths)
    return Made(f"{seed}.xlsx", ExcelFile(random).write(appendices), truths)


def write(seed: int, folder: Path) -> tuple[Path, list[dict[str, Any]]]:
    made = make(seed)
    path = folder / made.name
    path.write_bytes(made.content)
    return path, made.truths
