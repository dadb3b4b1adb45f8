"""One sheet of a criteria workbook as a table: its columns found by their headers, its cells read by type.

Every reader notes what is wrong with its cell and gives None, so that one pass reports all errors at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from cchc_desktop.domain.reading import MOST_DIGITS, cleaned, digits_of
from cchc_desktop.formpack.vocabulary import SheetWords, folded, near
from cchc_desktop.intake.workbook import Cell, CellKind, Row, Sheet, address
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass, field

T = TypeVar("T")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_RATIO = re.compile(
    r"(?P<sign>>=|≥|>|từ|trên)?\s*(?P<number>[0-9]+(?:[.,][0-9]+)?)\s*(?P<percent>%?)", re.IGNORECASE
)
_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})|([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_SHOWN = 80
LONGEST_TEXT = 5_000


@dataclass(frozen=True, slots=True)
class WorkbookFinding:
    """One error or warning: its code, sheet and cell as Excel names them, what was found, and the mend."""

    code: str
    sheet: str
    cell: str
    found: str
    message: Message


@dataclass
class Report:
    """All that is wrong or doubtful in a workbook."""

    errors: list[WorkbookFinding] = field(default_factory=list)
    warnings: list[WorkbookFinding] = field(default_factory=list)

    def add(
        self, sheet: str, cell: str, told: Message, found: str = "", warning: bool = False, code: str = ""
    ) -> None:
        short = found if len(found) <= _SHOWN else f"{found[:_SHOWN]}…"
        finding = WorkbookFinding(code or told.id.partition(".")[2], sheet, cell, short, told)
        (self.warnings if warning else self.errors).append(finding)


class Line:
    """A row of a table. Readers take the column's alias."""

    def __init__(self, table: Table, row: Row) -> None:
        self.table, self.row = table, row

    def cell(self, alias: str) -> Cell | None:
        column = self.table.column(alias)
        return None if column is None else self.row.cells.get(column)

    def place(self, alias: str) -> str:
        """The cell's address; the row's first cell where the sheet lacks the column."""
        return address(self.row.number, self.table.column(alias) or 1)

    def shown(self, alias: str) -> str:
        cell = self.cell(alias)
        return "" if cell is None else cell.shown

    def wrong(self, alias: str, id_: str, **args: Any) -> None:
        told = message(f"compile.{id_}", **args)
        self.table.report.add(self.table.name, self.place(alias), told, self.shown(alias))

    def doubtful(self, alias: str, id_: str, **args: Any) -> None:
        told = message(f"compile.{id_}", **args)
        self.table.report.add(self.table.name, self.place(alias), told, self.shown(alias), warning=True)

    def _usable(self, alias: str) -> Cell | None:
        """The cell when it holds a value; a formula or Excel's own error is noted."""
        cell = self.cell(alias)
        if cell is None:
            return None
        if cell.kind is CellKind.FORMULA:
            self.wrong(alias, "cell_formula")
        elif cell.kind is CellKind.ERROR:
            self.wrong(alias, "cell_error", found=cell.shown[:_SHOWN])
        else:
            return cell
        return None

    def is_empty(self, alias: str) -> bool:
        return self.cell(alias) is None

    def text(self, alias: str, required: bool = False, longest: int = LONGEST_TEXT) -> str | None:
        """Text; a number or a date is taken as it is shown."""
        cell = self._usable(alias)
        if cell is None:
            if required and self.is_empty(alias):
                self.wrong(alias, "cell_empty", column=self.table.header(alias))
            return None
        if len(cell.shown) > longest:
            self.wrong(alias, "text_too_long", length=len(cell.shown), longest=longest)
            return None
        return unicodedata.normalize("NFC", cell.shown)

    def label(self, alias: str, required: bool = False) -> str | None:
        text = self.text(alias, required)
        return None if text is None else cleaned(text)

    def code(self, alias: str, required: bool = True) -> str | None:
        """A printed code, which has to be a text cell: Excel makes 1.1 of 1.10 and a date of 3.3."""
        cell = self._usable(alias)
        if cell is not None and cell.kind is not CellKind.TEXT:
            id_ = {CellKind.DATE: "code_is_date", CellKind.YES_NO: "code_is_yes_no"}.get(
                cell.kind, "code_is_number"
            )
            self.wrong(alias, id_, found=cell.shown)
            return None
        return self.label(alias, required)

    def number(self, alias: str, required: bool = False) -> Decimal | None:
        """A number of at least 0, from a number cell or from text with a decimal comma or point."""
        cell = self._usable(alias)
        if cell is None:
            if required and self.is_empty(alias):
                self.wrong(alias, "cell_empty", column=self.table.header(alias))
            return None
        value = self.decimal(cell)
        if value is None:
            self.wrong(alias, "not_a_number", found=cell.shown[:_SHOWN])
        elif digits_of(value) > MOST_DIGITS:
            self.wrong(alias, "too_many_digits", most=MOST_DIGITS)
        elif value < 0:
            self.wrong(alias, "negative", found=cell.shown[:_SHOWN])
        else:
            return value
        return None

    @staticmethod
    def decimal(cell: Cell) -> Decimal | None:
        if cell.kind is CellKind.NUMBER:
            return cell.number
        if cell.kind is CellKind.TEXT and len(cell.shown) < 100 and _NUMBER.fullmatch(cell.shown):
            return Decimal(cell.shown.replace(",", "."))
        return None

    def whole(self, alias: str, required: bool = False) -> int | None:
        value = self.number(alias, required)
        if value is None:
            return None
        if value != value.to_integral_value() or value > 10**6:
            self.wrong(alias, "not_whole", found=self.shown(alias)[:_SHOWN])
            return None
        return int(value)

    def ratio(self, alias: str, strict: bool = False, required: bool = False) -> tuple[Decimal, bool] | None:
        """A ratio (0.8 for 80 %), and whether only above it counts (">90%", where `strict` allows it)."""
        cell = self._usable(alias)
        if cell is None:
            if required and self.is_empty(alias):
                self.wrong(alias, "cell_empty", column=self.table.header(alias))
            return None
        if cell.kind is CellKind.NUMBER and cell.number is not None:
            value, percent, sign = cell.number, False, ""
        else:
            found = _RATIO.fullmatch(cell.shown) if cell.kind is CellKind.TEXT else None
            if found is None or len(cell.shown) > 40:
                self.wrong(alias, "not_a_ratio", found=cell.shown[:_SHOWN])
                return None
            value = Decimal(found["number"].replace(",", "."))
            percent, sign = bool(found["percent"]), (found["sign"] or "").casefold()
        above = sign in (">", "trên")
        if value < 0:
            self.wrong(alias, "negative", found=cell.shown[:_SHOWN])
        elif not percent and value > 1:
            self.wrong(alias, "ratio_above_one", found=value, meant=value / 100)
        elif sign and not strict:
            self.wrong(alias, "ratio_sign", found=cell.shown[:_SHOWN])
        else:
            return (value / 100 if percent else value), above
        return None

    def word(self, alias: str, words: Mapping[str, T], required: bool = False) -> T | None:
        """One of the known words."""
        cell = self._usable(alias)
        if cell is None:
            if required and self.is_empty(alias):
                self.wrong(alias, "cell_empty", column=self.table.header(alias))
            return None
        written = folded(cell.shown)
        if written in words:
            return words[written]
        meant = near(cell.shown, words)
        if meant is not None:
            self.wrong(alias, "word_near", found=cell.shown[:_SHOWN], meant=meant)
        else:
            self.wrong(alias, "word_unknown", found=cell.shown[:_SHOWN], known=first_words(words))
        return None

    def day(self, alias: str, required: bool = False) -> date | None:
        """A date cell, 2026-01-31 or 31/01/2026."""
        cell = self._usable(alias)
        if cell is None:
            if required and self.is_empty(alias):
                self.wrong(alias, "cell_empty", column=self.table.header(alias))
            return None
        if cell.day is not None:
            return cell.day
        found = _DAY.fullmatch(cell.shown) if cell.kind is CellKind.TEXT else None
        if found:
            day, month, year = found.group(1, 2, 3) if found.group(1) else found.group(6, 5, 4)
            try:
                return date(int(year), int(month), int(day))
            except ValueError:
                pass
        self.wrong(alias, "not_a_date", found=cell.shown[:_SHOWN])
        return None


def first_words(words: Mapping[str, T]) -> tuple[str, ...]:
    """One word for each meaning, for a message."""
    seen: dict[T, str] = {}
    for word, meaning in words.items():
        seen.setdefault(meaning, word)
    return tuple(seen.values())


class Table:
    """A sheet whose first row with content holds the headers."""

    def __init__(self, sheet: Sheet, words: SheetWords, report: Report) -> None:
        self.name, self.words, self.report = sheet.name, words, report
        self.columns: dict[str, int] = {}
        self._remarks: dict[str, int] = {}
        self.complete = True
        self._rows = sheet.rows[1:] if sheet.rows else ()
        if sheet.rows:
            self._find_columns(sheet.rows[0])
        else:
            report.add(self.name, "A1", message("compile.sheet_empty"))
            self.complete = False
        self._check_merged(sheet)
        for row in self._rows:
            if row.hidden and any(column in row.cells for column in self.columns.values()):
                told = message("compile.row_hidden", row=row.number)
                report.add(self.name, address(row.number, 1), told, warning=True)

    def column(self, alias: str) -> int | None:
        """The number of that column from 1; None where the sheet lacks it."""
        return self.columns.get(alias) or self._remarks.get(alias)

    def header(self, alias: str) -> str:
        return self.words.column(alias).header

    def lines(self) -> Iterator[Line]:
        """The rows that have something in a known column."""
        known = set(self.columns.values())
        for row in self._rows:
            if not known.isdisjoint(row.cells):
                yield Line(self, row)

    def _find_columns(self, header: Row) -> None:
        known = {folded(word): c.alias for c in self.words.columns for word in (c.header, c.alias)}
        remarks = {folded(word): c.alias for c in self.words.remarks for word in (c.header, c.alias)}
        strangers: dict[int, Cell] = {}
        for number, cell in header.cells.items():
            written = folded(cell.shown)
            alias = known.get(written)
            if written in remarks:
                self._remarks.setdefault(remarks[written], number)
            elif alias is None:
                strangers[number] = cell
            elif alias in self.columns:
                told = message("compile.column_twice", column=self.header(alias))
                self.report.add(self.name, address(header.number, number), told, cell.shown)
            else:
                self.columns[alias] = number
        absent = [column for column in self.words.columns if column.alias not in self.columns]
        for column in absent:
            self._report_absent(column.alias, column.required, header, strangers)

    def _report_absent(self, alias: str, required: bool, header: Row, strangers: dict[int, Cell]) -> None:
        name = self.header(alias)
        for number, cell in strangers.items():
            if near(cell.shown, (name, alias)) is not None:
                told = message("compile.column_near", found=cell.shown[:_SHOWN], meant=name)
                self.report.add(self.name, address(header.number, number), told, cell.shown)
                del strangers[number]
                self.complete = self.complete and not required
                return
        if required:
            told = message("compile.column_missing", column=name, alias=alias)
            self.report.add(self.name, address(header.number, 1), told)
            self.complete = False

    def _check_merged(self, sheet: Sheet) -> None:
        known = self.columns.values()
        last = max((row.number for row in sheet.rows), default=0)
        for block in sheet.merged:
            reaches = any(block.first_column <= column <= block.last_column for column in known)
            if reaches and block.first_row <= last:
                told = message("compile.cells_merged")
                self.report.add(self.name, address(block.first_row, block.first_column), told)
