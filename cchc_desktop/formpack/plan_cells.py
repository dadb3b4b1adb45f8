"""What the cells of a plan workbook hold: each kind is read from its cell, and written into it again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from cchc_desktop.domain.preset import Milestone
from cchc_desktop.domain.reading import MOST_DIGITS, cleaned, digits_of
from cchc_desktop.formpack.criteria_codec import plain
from cchc_desktop.formpack.grid import Line
from cchc_desktop.formpack.json_object import LONGEST_TEXT
from cchc_desktop.formpack.plan_vocabulary import UNITS, YES_NO, Choice
from cchc_desktop.formpack.word_lists import word_list
from cchc_desktop.intake.workbook import CellKind
from cchc_desktop.quick_dataclass import dataclass

_SIGNED = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_NEXT_YEAR = re.compile(r"[;\n]\s*(?=[0-9]{4}\s*:)")
_MILESTONE = re.compile(r"([0-9]{4})\s*:\s*(.+)", re.DOTALL)


@dataclass(frozen=True)
class CellWords:
    """`read` gives None where the cell is wrong, which it notes, or empty; then `otherwise` stands in."""

    read: Callable[[Line, str, bool], Any]
    write: Callable[[Any], Any] = lambda value: value
    otherwise: Any = ""


def _label(line: Line, alias: str, required: bool) -> str | None:
    return line.label(alias, required)


def _prose(line: Line, alias: str, required: bool) -> str | None:
    return line.text(alias, required, longest=LONGEST_TEXT)


def _value(line: Line, alias: str, required: bool) -> str | None:
    """A target's value as a plan prints it; a percent cell says its percent sign."""
    cell = line.cell(alias)
    if cell is None or cell.kind is not CellKind.NUMBER or cell.number is None:
        return line.label(alias, required)
    number = cell.number * 100 if cell.percent else cell.number
    return plain(number).replace(".", ",") + ("%" if cell.percent else "")


def _due(line: Line, alias: str, required: bool) -> str | None:
    """When a task is due, in words: Excel makes a date of 30/06, and its year would stand fast."""
    cell = line.cell(alias)
    if cell is not None and cell.day is not None:
        line.doubtful(alias, "due_fixed", found=f"{cell.day:%d/%m/%Y}", meant=f"{cell.day:%d/%m}/{{year}}")
        return f"{cell.day:%d/%m/%Y}"
    return line.label(alias, required)


def _signed(line: Line, alias: str, required: bool) -> Decimal | None:
    cell = line.cell(alias)
    if cell is not None and cell.kind is CellKind.TEXT and _SIGNED.fullmatch(cell.shown):
        value = Decimal(cell.shown.replace(",", "."))
    elif cell is not None and cell.kind is CellKind.NUMBER and cell.number is not None:
        value = cell.number
    else:
        return line.number(alias, required)
    if digits_of(abs(value)) > MOST_DIGITS:
        line.wrong(alias, "too_many_digits", most=MOST_DIGITS)
        return None
    return value


def _keys(line: Line, alias: str, required: bool) -> tuple[str, ...] | None:
    written = line.label(alias, required)
    if written is None:
        return None
    parts = [cleaned(part) for part in written.replace(";", ",").split(",")]
    return tuple(dict.fromkeys(part for part in parts if part))


def _milestones(line: Line, alias: str, required: bool) -> tuple[Milestone, ...] | None:
    written = line.text(alias, required)
    if written is None:
        return None
    found: list[Milestone] = []
    for part in _NEXT_YEAR.split(written):
        if (read := _MILESTONE.fullmatch(part.strip())) is None:
            line.wrong(alias, "milestone_shape", found=part.strip()[:80])
            return None
        found.append(Milestone(int(read[1]), read[2].strip()))
    return tuple(found)


def chosen(choice: Choice[Any], otherwise: Any) -> CellWords:
    """One of the choice's words; `otherwise` where an optional cell is empty."""

    def read(line: Line, alias: str, required: bool) -> Any:
        return line.word(alias, choice.known, required)

    return CellWords(read, choice.shown, otherwise)


def _write_units(kinds: Sequence[Any]) -> str:
    return ", ".join(UNITS.shown(kind) for kind in kinds)


LABEL = CellWords(_label)
PROSE = CellWords(_prose)
VALUE = CellWords(_value)
DUE = CellWords(_due)
CODE = CellWords(lambda line, alias, required: line.code(alias, required))
DAY = CellWords(lambda line, alias, required: line.day(alias, required), otherwise=None)
WHOLE = CellWords(lambda line, alias, required: line.whole(alias, required), otherwise=None)
COUNT = CellWords(WHOLE.read, otherwise=1)
SIGNED = CellWords(_signed, otherwise=None)
YES = CellWords(
    lambda line, alias, required: line.word(alias, YES_NO.known, required), YES_NO.shown, otherwise=True
)
KEYS = CellWords(_keys, ", ".join, otherwise=())
MILESTONE_LIST = CellWords(
    _milestones, lambda found: "\n".join(f"{one.year}: {one.text}" for one in found), otherwise=()
)
UNIT_KIND_LIST = CellWords(
    lambda line, alias, required: word_list(line, alias, UNITS.known, required), _write_units, otherwise=()
)
