"""A piece of printed text beside its plain form, and the clauses of a rule's text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property

from cchc_desktop.formpack.draft.plain import folded, has_bullet, one_line, telling, without_bullet
from cchc_desktop.quick_dataclass import dataclass

LONGEST_CLAUSE = 500
_AFTER_POINTS = re.compile(r"\d\s*(?:diem|d)(?:\s*(?=,\s)|\)\s*(?=[,-]\s))")
_CAP_AHEAD = re.compile(r"\s*(?:va |nhung )?(?:tru |tong |toi da|khong)")
_OPEN, _CLOSE = "([", ")]"


@dataclass(frozen=True)
class Phrase:
    """`plain` has no accents and no capitals, letter by letter beside `text`."""

    text: str

    @cached_property
    def plain(self) -> str:
        return telling(self.text)

    def cut(self, start: int, stop: int | None = None) -> Phrase:
        return Phrase(self.text[start:stop]).trimmed()

    def trimmed(self, more: str = "") -> Phrase:
        return Phrase(self.text.strip(f" ,;.{more}"))

    def within(self) -> Phrase:
        """Without parentheses around the whole."""
        text = self.text.strip()
        while text.startswith(("(", "[")) and _closing(text, 0) == len(text) - 1:
            text = text[1:-1].strip()
        return Phrase(text)

    def top_level(self, sign: str) -> Iterator[int]:
        """Where the sign stands outside of parentheses."""
        depth = 0
        for place, letter in enumerate(self.text):
            depth += (letter in _OPEN) - (letter in _CLOSE)
            if letter == sign and depth <= 0:
                yield place


def _closing(text: str, start: int) -> int:
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] in _OPEN) - (text[place] in _CLOSE)
        if depth == 0:
            return place
    return -1


@dataclass(frozen=True)
class Clause:
    """One statement of a rule's text. `heads` is set where it ends with a colon, `line` counts its line."""

    phrase: Phrase
    line: int
    bulleted: bool = False
    heads: bool = False

    @property
    def plain(self) -> str:
        return self.phrase.plain

    @property
    def text(self) -> str:
        return self.phrase.text


def clauses_of(text: str) -> tuple[Clause, ...]:
    """The statements of the text in order: its lines, cut at semicolons and full stops."""
    found: list[Clause] = []
    for number, line in enumerate(_lines(text)):
        bulleted = has_bullet(line)
        whole = Phrase(without_bullet(line)).within()
        for part in _sentences(whole.text):
            piece = without_bullet(part) if part is not whole.text else part
            heads = piece.rstrip().endswith(":")
            phrase = Phrase(piece.strip(" ,;.:" if heads else " ,;.")).within()
            if phrase.text:
                found.append(Clause(phrase, number, bulleted, heads))
    return tuple(found)


def _lines(text: str) -> list[str]:
    """The lines, with those that only go on from the one above joined to it."""
    lines: list[str] = []
    for raw in unicodedata.normalize("NFC", text).split("\n"):
        line = one_line(raw)
        if not line:
            continue
        goes_on = lines and not has_bullet(line) and lines[-1][-1] not in ".;:)" and line[0].islower()
        figure = goes_on and re.match(r"[a-z]\s*[=:]", line)
        # "1 điểm" on the next line is no wrapped text only where a value ended the line above.
        if goes_on and not figure and not re.search(r"\d\s*(?:điểm|đ)?$", lines[-1]):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return lines


def _sentences(line: str) -> Iterator[str]:
    plain = folded(line)
    after_points = {found.end() for found in _AFTER_POINTS.finditer(plain)}
    depth, start = 0, 0
    for place, letter in enumerate(line):
        depth += (letter in _OPEN) - (letter in _CLOSE)
        if depth > 0:
            continue
        stops = (
            letter == ";"
            or (letter == "." and _ends_sentence(line, place))
            or (letter in ",-–" and place in after_points)
        )
        if stops:
            yield line[start:place]
            start = place + 1
    yield line[start:]


def _ends_sentence(line: str, place: int) -> bool:
    after = line[place + 1 : place + 4]
    if not after.strip():
        return True
    opens = after.lstrip()[:1]
    before = line[max(0, place - 2) : place]
    short = before[-2:-1] in (" ", "") and before[-1:].isalpha()
    return after[0] == " " and (opens.isupper() or opens in '("-+') and not short
