"""One cell of a room's workbook as a value of its column, or why it can't be one."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from cchc_desktop.domain.due import parse_due
from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.reading import MOST_DIGITS, digits_of, shown
from cchc_desktop.domain.room_merge import ReadCell
from cchc_desktop.domain.room_sheet import (
    LONGEST_VALUE,
    ValueKind,
    ValueRule,
    day_value,
    number_value,
    settled,
)
from cchc_desktop.intake.workbook import Cell, CellKind
from cchc_desktop.message import message

_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_LIKE_A_DAY = re.compile(r"\d{1,4}\s*[/.\-]\s*\d{1,2}|(quy|thang|ngay) [\divx]")
_GROUPED = re.compile(r"[+-]?([1-9]\d{0,2}(\.\d{3})+|\d+)(,\d+)?")
_POINTED = re.compile(r"[+-]?\d+\.\d+")
_LISTED = 12


class _FaultError(Exception):
    def __init__(self, id_: str, **args: object) -> None:
        super().__init__(id_)
        self.told = message(f"rooms.{id_}", **args)


def read_cell(rule: ValueRule, cell: Cell | None, place: str) -> ReadCell:
    """The value, or a fault together with what was found."""
    try:
        return ReadCell(_value(rule, cell), place)
    except _FaultError as fault:
        assert cell is not None or rule.required
        return ReadCell(_found(cell), place, fault.told)


def covered(place: str, first: str, cell: Cell | None) -> ReadCell:
    """A cell that a merge of cells hides: what was in it is not in the file any more."""
    return ReadCell(_found(cell), place, message("rooms.cell_merged", first=first))


def _found(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return settled(cell.result or cell.shown) if cell.kind is CellKind.FORMULA else settled(cell.shown)


def _value(rule: ValueRule, cell: Cell | None) -> str:
    if cell is None:
        if rule.required:
            raise _FaultError("cell_empty")
        return ""
    if cell.kind is CellKind.FORMULA:
        raise _FaultError("cell_formula")
    if cell.kind is CellKind.ERROR:
        raise _FaultError("cell_error", found=shown(cell.shown))
    value = _READERS[rule.kind](rule, cell)
    if rule.required and not value:
        raise _FaultError("cell_empty")
    return value


def _text(_rule: ValueRule, cell: Cell) -> str:
    if cell.kind is CellKind.YES_NO:
        raise _FaultError("cell_not_text", found=cell.shown)
    if cell.kind is CellKind.DATE and cell.day is not None:
        return day_value(cell.day)
    if cell.kind is CellKind.NUMBER:
        return cell.shown.replace(".", ",") if "e" not in cell.shown else number_value(cell.number)
    value = settled(cell.shown)
    if len(value) > LONGEST_VALUE:
        raise _FaultError("cell_too_long", length=len(value), limit=LONGEST_VALUE)
    return value


def _choice(rule: ValueRule, cell: Cell) -> str:
    found = _text(rule, cell) if cell.kind is not CellKind.YES_NO else cell.shown
    if not found:
        return ""
    if found in rule.choices:
        return found
    bare = [choice for choice in rule.choices if folded(choice) == folded(found)]
    if len(bare) != 1:
        raise _FaultError("cell_not_a_choice", found=shown(found), known=rule.choices[:_LISTED])
    return bare[0]


def _due(rule: ValueRule, cell: Cell) -> str:
    if cell.kind is CellKind.NUMBER:
        raise _FaultError("cell_wrong_due", found=cell.shown)
    value = _text(rule, cell)
    if (
        cell.kind is CellKind.TEXT
        and _LIKE_A_DAY.search(folded(value))
        and parse_due(value, rule.year) is None
    ):
        raise _FaultError("cell_wrong_due", found=shown(value))
    return value


def _day(_rule: ValueRule, cell: Cell) -> str:
    if cell.kind is CellKind.DATE and cell.day is not None:
        return day_value(cell.day)
    written = settled(cell.shown)
    if not written:
        return ""
    if cell.kind is CellKind.TEXT and (found := _DAY.fullmatch(written)):
        day, month, year, iso_year, iso_month, iso_day = found.groups()
        try:
            return day_value(date(int(year or iso_year), int(month or iso_month), int(day or iso_day)))
        except ValueError:
            pass
    raise _FaultError("cell_wrong_day", found=shown(written))


def _number(rule: ValueRule, cell: Cell) -> str:
    if cell.kind is CellKind.NUMBER and cell.number is not None:
        value = cell.number * 100 if cell.percent and rule.percent else cell.number
    elif cell.kind is CellKind.TEXT:
        written = re.sub(r"\s", "", settled(cell.shown))
        if not written:
            return ""
        bare = written.removesuffix("%") if rule.percent else written
        if len(bare) > 4 * MOST_DIGITS or not (_GROUPED.fullmatch(bare) or _POINTED.fullmatch(bare)):
            raise _FaultError("cell_not_a_number", found=shown(cell.shown))
        value = Decimal(bare.replace(".", "").replace(",", ".") if _GROUPED.fullmatch(bare) else bare)
    else:
        raise _FaultError("cell_not_a_number", found=shown(cell.shown))
    if value < 0:
        raise _FaultError("cell_negative", found=shown(cell.shown))
    if rule.upper is not None and value > rule.upper:
        raise _FaultError("cell_above", found=value, upper=rule.upper)
    if digits_of(value) > MOST_DIGITS:
        raise _FaultError("cell_too_many_digits", most=MOST_DIGITS)
    return number_value(value)


def _count(rule: ValueRule, cell: Cell) -> str:
    value = _number(rule, cell)
    if "," in value:
        raise _FaultError("cell_not_whole", found=value)
    return value


_READERS = {
    ValueKind.TEXT: _text,
    ValueKind.CHOICE: _choice,
    ValueKind.OFFER: _text,
    ValueKind.DUE: _due,
    ValueKind.DAY: _day,
    ValueKind.NUMBER: _number,
    ValueKind.COUNT: _count,
}
