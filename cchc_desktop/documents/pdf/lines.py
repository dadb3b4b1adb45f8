"""Plain lines of text: broken to a width, and drawn left, centred or right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from typing import Any

from cchc_desktop import language
from cchc_desktop.documents.characters import clean
from cchc_desktop.documents.pdf.fonts import text_width
from cchc_desktop.quick_dataclass import dataclass, replace

_NO_BREAK = "\u00a0"


class Align(Enum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; `leading` is its height with the space to the next one."""

    text: str
    font: str
    size: float
    leading: float

    @property
    def width(self) -> float:
        return text_width(self.text, self.font, self.size)


def _pieces(word: str, font: str, size: float, width: float) -> Iterator[str]:
    """A word wider than the line, cut between letters (a link, an unbroken run): never clipped."""
    start = 0
    used = 0.0
    for index, char in enumerate(word):
        needed = text_width(char, font, size)
        if used + needed > width and index > start:
            yield word[start:index]
            start, used = index, 0.0
        used += needed
    yield word[start:]


def broken(text: str, font: str, size: float, width: float) -> list[str]:
    """The text (already clean) in lines not wider than `width` points; its own line breaks are kept."""
    lines: list[str] = []
    space = text_width(" ", font, size)
    for paragraph in text.split("\n"):
        current: list[str] = []
        used = 0.0
        for word in filter(None, paragraph.split(" ")):  # a no-break space stays
            needed = text_width(word, font, size)
            if current and used + space + needed <= width:
                current.append(word)
                used += space + needed
                continue
            if current:
                lines.append(" ".join(current))
            if needed > width:
                *full, word = _pieces(word, font, size, width)
                lines.extend(full)
                needed = text_width(word, font, size)
            current, used = [word], needed
        lines.append(" ".join(current))
    return lines


def balanced(text: str, font: str, size: float, width: float) -> list[str]:
    """Like `broken`, but with lines of about the same length: for titles and names in the letterhead."""
    lines = broken(text, font, size, width)
    if len(lines) == 1:
        return lines
    low, high = width / len(lines), width
    while high - low > 1:
        middle = (low + high) / 2
        if len(broken(text, font, size, middle)) > len(lines):
            low = middle
        else:
            high = middle
    return broken(text, font, size, high)


def _connected(lines: list[str], font: str, size: float, width: float) -> list[str]:
    """Words such as "của" begin a line rather than end one, where the next line has room for them."""
    words = joining_words()
    lines = list(lines)
    for place in range(len(lines) - 2, -1, -1):
        kept, _, last = lines[place].rpartition(" ")
        if not kept or last.casefold() not in words:
            continue
        longer = f"{last} {lines[place + 1]}"
        if text_width(longer, font, size) <= width:
            lines[place : place + 2] = [kept, longer]
    return lines


@cache
def joining_words() -> frozenset[str]:
    return frozenset(language.text("documents.joining_words").split())


def set_lines(
    text: str,
    font: str,
    size: float,
    width: float,
    *,
    leading: float = 0,
    even: bool = False,
    most: int | None = None,
) -> list[Line]:
    """The text as lines to draw. With `most`, a longer one ends in "…" (a name of a thousand letters)."""
    texts = broken(clean(text), font, size, width)
    if even and len(texts) > 1:
        texts = _connected(balanced(clean(text), font, size, width), font, size, width)
    if most is not None and len(texts) > most:
        last = texts[most - 1]
        while last and text_width(last.rstrip() + "…", font, size) > width:
            last = last[:-1]
        texts = [*texts[: most - 1], last.rstrip() + "…"]
    return [Line(each, font, size, leading or size * 1.2) for each in texts]


def set_name(name: str, font: str, size: float, width: float, leading: float = 0) -> list[Line]:
    """A body's name in capitals, at most six lines, "ỦY BAN NHÂN DÂN" in one piece where there is room."""
    together = language.text("documents.committee_long").upper()
    glued = name.upper().replace(together, together.replace(" ", _NO_BREAK))
    lines = set_lines(glued, font, size, width, leading=leading, even=True, most=6)
    return [replace(line, text=line.text.replace(_NO_BREAK, " ")) for line in lines]


def height(lines: Sequence[Line]) -> float:
    return sum(line.leading for line in lines)


def draw_lines(
    canvas: Any, lines: Sequence[Line], left: float, top: float, width: float, align: Align = Align.LEFT
) -> float:
    """Draw downwards from `top`; returns where the next line would begin.

    The baseline lies so that a line's descenders (0.22 em) end on its lower edge, which leaves the rest of
    the leading for the stacked accents above capitals.
    """
    for line in lines:
        top -= line.leading
        x = left
        if align is not Align.LEFT:
            spare = width - line.width
            x += spare if align is Align.RIGHT else spare / 2
        canvas.setFont(line.font, line.size)
        canvas.drawString(x, top + line.size * 0.24, line.text)
    return top
