"""Several known words in one cell, with commas between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from cchc_desktop.formpack.grid import Line, first_words
from cchc_desktop.formpack.vocabulary import folded, near

T = TypeVar("T")


def word_list(line: Line, alias: str, words: Mapping[str, T], required: bool = False) -> tuple[T, ...] | None:
    """Every word once; each that is wrong or stands twice is noted. None where the cell is empty."""
    written = line.label(alias, required)
    if written is None:
        return None
    found: list[T] = []
    for part in written.replace(";", ",").split(","):
        word = folded(part)
        if not word:
            continue
        if word not in words:
            meant = near(part, words)
            if meant is not None:
                line.wrong(alias, "word_near", found=part.strip(), meant=meant)
            else:
                line.wrong(alias, "word_unknown", found=part.strip(), known=first_words(words))
        elif words[word] in found:
            line.wrong(alias, "unit_kind_twice", found=part.strip())
        else:
            found.append(words[word])
    return tuple(found)
