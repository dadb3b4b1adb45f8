"""What a room (phòng, bộ phận) gets to fill in: a table of row key × columns, all values as text.

Tasks, targets and figures become such tables (`room_plan`, `room_figures`); writing, reading and merging know
nothing else. A value is text as people see it: "30/06/2026", "1234,5", the words of a choice; "" is empty.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from cchc_desktop.quick_dataclass import dataclass, field
from cchc_desktop.quick_pattern import pattern

LONGEST_VALUE = 10_000
_CONTROL = pattern("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\ufeff]")
_BREAKS = pattern("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


class ValueKind(StrEnum):
    """CHOICE is one of the choices; OFFER has choices but takes other text too; DUE is a day or a time of the
    year as written; DAY a calendar day; COUNT a whole number."""

    TEXT = "text"
    CHOICE = "choice"
    OFFER = "offer"
    DUE = "due"
    DAY = "day"
    NUMBER = "number"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class ValueRule:
    """What a cell takes. `upper` bounds a number; `year` is the plan's, for DUE; `percent`: 95 means 95 %."""

    kind: ValueKind = ValueKind.TEXT
    choices: tuple[str, ...] = ()
    required: bool = False
    upper: Decimal | None = None
    year: int = 0
    percent: bool = False


@dataclass(frozen=True, slots=True)
class RoomColumn:
    """`rule` None: shown only, never taken back. `width` in characters; `hint` is shown at the cell."""

    key: str
    title: str
    rule: ValueRule | None = None
    width: int = 12
    hint: str = ""


@dataclass(frozen=True, slots=True)
class RoomRow:
    """`key` is permanent; `name` what people call the row; `rules` those of cells unlike their column's."""

    key: str
    name: str
    cells: Mapping[str, str]
    rules: Mapping[str, ValueRule] = field(default_factory=dict)


@dataclass(frozen=True)
class RoomSheet:
    """One table. `may_add`: the room may add rows of its own. `defaults` fill what a new row leaves empty."""

    key: str
    title: str
    columns: tuple[RoomColumn, ...]
    rows: tuple[RoomRow, ...]
    may_add: bool = False
    defaults: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_key(self) -> Mapping[str, RoomRow]:
        return {row.key: row for row in self.rows}

    @cached_property
    def taken(self) -> tuple[RoomColumn, ...]:
        """The columns that are taken back."""
        return tuple(column for column in self.columns if column.rule is not None)

    def rule(self, column: RoomColumn, row: RoomRow | None) -> ValueRule:
        own = None if row is None else row.rules.get(column.key)
        return own or column.rule or ValueRule()


def settled(text: str) -> str:
    """Text as it comes back from a workbook cell, so that what nobody touched compares equal."""
    plain = _CONTROL.sub("", _BREAKS.sub("\n", text)).replace("\t", " ").replace("\u00a0", " ")
    return unicodedata.normalize("NFC", plain).strip()


def number_value(value: Decimal | None) -> str:
    """1234.50 → "1234,5"; "" for None."""
    if value is None:
        return ""
    whole, _dot, decimals = f"{value:f}".partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole},{decimals}" if decimals else whole


def value_number(value: str) -> Decimal | None:
    return Decimal(value.replace(",", ".")) if value else None


def day_value(day: date | None) -> str:
    return "" if day is None else f"{day:%d/%m}/{day.year:04}"


def value_day(value: str) -> date | None:
    if not value:
        return None
    day, month, year = value.split("/")
    return date(int(year), int(month), int(day))
