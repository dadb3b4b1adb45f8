"""The numbers that Word draws itself before paragraphs of a list ("1.", "a)", "-")."""

from __future__ import annotations

import re

from cchc_desktop.intake.workbook_archive import Elements
from cchc_desktop.quick_dataclass import dataclass

_LEVELS = 9
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass
class _Level:
    start: int = 1
    kind: str = "decimal"
    text: str = ""


def _roman(number: int) -> str:
    letters = ""
    for value, sign in _ROMAN:
        while number >= value:
            letters += sign
            number -= value
    return letters


def _counted(number: int, kind: str) -> str:
    if kind in ("upperRoman", "lowerRoman") and number < 100:
        return _roman(number) if kind == "upperRoman" else _roman(number).lower()
    if kind in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        return chr((64 if kind == "upperLetter" else 96) + number)
    if kind == "decimalZero":
        return f"{number:02}"
    return str(number)


def _value(attributes: dict[str, str], name: str = "val") -> str:
    return next((value for key, value in attributes.items() if key.rpartition(" ")[2] == name), "")


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 0


class Numbering(Elements):
    """Listens to word/numbering.xml, then counts the paragraphs of each list."""

    def __init__(self) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._in_abstract = self._in_list = ""
        self._level = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "abstractNum":
            self._in_abstract = _value(attributes, "abstractNumId")
            self._abstract[self._in_abstract] = {}
        elif name == "num":
            self._in_list = _value(attributes, "numId")
        elif name == "abstractNumId" and self._in_list:
            self._lists[self._in_list] = _value(attributes)
        elif self._in_abstract:
            self._read_level(name, attributes)

    def _read_level(self, name: str, attributes: dict[str, str]) -> None:
        levels = self._abstract[self._in_abstract]
        if name == "lvl":
            self._level = min(_whole(_value(attributes, "ilvl")), _LEVELS - 1)
            levels[self._level] = _Level()
        elif self._level in levels:
            level = levels[self._level]
            if name == "start":
                level.start = _whole(_value(attributes))
            elif name == "numFmt":
                level.kind = _value(attributes)
            elif name == "lvlText":
                level.text = _value(attributes)[:40]

    def end(self, name: str) -> None:
        if name == "abstractNum":
            self._in_abstract = ""
        elif name == "num":
            self._in_list = ""

    def next_label(self, list_id: str, level: str) -> str:
        """The label of the next paragraph of that list and level; empty where the list draws none."""
        abstract = self._lists.get(list_id, "")
        levels = self._abstract.get(abstract, {})
        place = min(_whole(level), _LEVELS - 1)
        own = levels.get(place)
        if own is None or own.kind == "none":
            return ""
        if own.kind == "bullet":
            return "-"
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        before = counts[place]
        counts[place] = own.start if before is None else before + 1
        for deeper in range(place + 1, _LEVELS):
            counts[deeper] = None

        def shown(found: re.Match[str]) -> str:
            at = int(found.group(1)) - 1
            meant = levels.get(at, _Level())
            count = counts[at] if 0 <= at < _LEVELS else None
            return _counted(meant.start if count is None else count, meant.kind)

        return re.sub(r"%([1-9])", shown, own.text)
