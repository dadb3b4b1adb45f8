"""The workbook that a room fills in: tables with drop-downs and locked heads, and how to go about it.

Sheets are protected without a password, against slips only: what comes back is read by hidden marks and keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from cchc_desktop.documents.xlsx import FONT, GROUP_FILL, HEAD_FILL, print_setup, put, row_height, save
from cchc_desktop.domain.room_sheet import (
    RoomColumn,
    RoomRow,
    RoomSheet,
    ValueKind,
    ValueRule,
    value_day,
    value_number,
)
from cchc_desktop.quick_dataclass import dataclass

MARKS_ROW, HEAD_ROW = 3, 4
FREE_ROWS = 30
_LISTS_SHEET = "_ds"
_MOST_DIGITS = 15
_FIRST_YEAR = 1901  # Excel counts days from 1900, with a day that never was
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_INPUT_FILL = "FFFFFF"
_EDGE = "76818D"


@dataclass(frozen=True)
class RoomBook:
    """`marks` go into the hidden sheet `marks_sheet`; `guide` are the lines of the first sheet: a heading and
    its sentences. `mark` gives the hidden mark above a column."""

    title: str
    subtitle: str
    author: str
    guide_title: str
    guide: tuple[tuple[str, tuple[str, ...]], ...]
    sheets: tuple[RoomSheet, ...]
    marks_sheet: str
    marks: Mapping[str, str]
    key_title: str
    bad_choice: str
    mark: Callable[[str, str], str]


def write_room_book(path: Path, book: RoomBook) -> None:
    """The workbook in `path` (written in place: see `output.whole_file`); same content, same bytes."""
    from openpyxl import Workbook

    workbook = Workbook()
    del workbook[workbook.sheetnames[0]]
    looks = _Looks()
    lists = _Lists(workbook.create_sheet(_LISTS_SHEET))
    made = [_Table(workbook.create_sheet(sheet.title), sheet, book, looks, lists) for sheet in book.sheets]
    for table in made:
        table.write()
    _write_guide(workbook.create_sheet(book.guide_title), book, looks)
    marks = workbook.create_sheet(book.marks_sheet)
    for number, (name, value) in enumerate(book.marks.items(), 1):
        _put(marks.cell(number, 1), name)
        _put(marks.cell(number, 2), value)
    # The lists were needed first; people see the tables first.
    workbook.move_sheet(_LISTS_SHEET, len(workbook.sheetnames))
    for hidden in (marks, workbook[_LISTS_SHEET]):
        hidden.sheet_state = "hidden"
        hidden.protection.sheet = True
    workbook.active = 0
    save(workbook, path, title=book.title, author=book.author)


class _Looks:
    """Fonts, fills and borders, each made once."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        side = Side(style="thin", color=_EDGE)
        self.border = Border(left=side, right=side, top=side, bottom=side)
        self.regular, self.bold = Font(name=FONT, size=11), Font(name=FONT, size=11, bold=True)
        self.muted = Font(name=FONT, size=11, color="4F5B67")
        self.title = Font(name=FONT, size=14, bold=True)
        self.head = PatternFill("solid", fgColor=HEAD_FILL)
        self.fixed = PatternFill("solid", fgColor=GROUP_FILL)
        self.input = PatternFill("solid", fgColor=_INPUT_FILL)
        self.top = Alignment(vertical="top", wrap_text=True)
        self.right = Alignment(vertical="top", horizontal="right")
        self.middle = Alignment(vertical="center", horizontal="center", wrap_text=True)
        self.open = Protection(locked=False)
        self._made: dict[tuple[bool, bool, str], Any] = {}

    def dress(self, cell: Any, *, taken: bool, number: bool, number_format: str) -> None:
        """A cell of the table; styles are copied, because openpyxl takes long to make one."""
        from copy import copy

        look = (taken, number, number_format)
        if look not in self._made:
            cell.font = self.regular if taken else self.muted
            cell.fill = self.input if taken else self.fixed
            cell.border = self.border
            cell.alignment = self.right if number else self.top
            cell.number_format = number_format
            if taken:
                cell.protection = self.open
            self._made[look] = copy(cell._style)
        quoted = cell.quotePrefix
        cell._style = copy(self._made[look])
        if quoted:
            cell.quotePrefix = True


class _Lists:
    """The choices of the drop-downs, each list once in a column of a hidden sheet."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._places: dict[tuple[str, ...], str] = {}

    def reference(self, choices: tuple[str, ...]) -> str:
        from openpyxl.utils import get_column_letter

        if choices not in self._places:
            column = len(self._places) + 1
            for number, choice in enumerate(choices, 1):
                _put(self._sheet.cell(number, column), choice)
            letter = get_column_letter(column)
            self._places[choices] = f"{_LISTS_SHEET}!${letter}$1:${letter}${len(choices)}"
        return self._places[choices]


class _Table:
    """One sheet: title, hidden line of marks, head, rows; the hidden key is column A."""

    def __init__(self, sheet: Any, source: RoomSheet, book: RoomBook, looks: _Looks, lists: _Lists) -> None:
        self._sheet, self._source, self._book = sheet, source, book
        self._looks, self._lists = looks, lists
        self._widths = [column.width for column in source.columns]
        self._last = HEAD_ROW + len(source.rows) + (FREE_ROWS if source.may_add else 0)

    def write(self) -> None:
        self._write_head()
        for number, row in enumerate(self._source.rows, HEAD_ROW + 1):
            self._write_row(number, row)
        if self._source.may_add:
            for number in range(HEAD_ROW + 1 + len(self._source.rows), self._last + 1):
                self._write_free(number)
        self._add_choices()
        self._finish()

    def _write_head(self) -> None:
        from openpyxl.utils import get_column_letter

        sheet, looks = self._sheet, self._looks
        _put(sheet.cell(1, 2), self._book.title)
        sheet.cell(1, 2).font = looks.title
        _put(sheet.cell(2, 2), self._book.subtitle)
        sheet.cell(2, 2).font = looks.regular
        _put(sheet.cell(MARKS_ROW, 1), self._book.mark(self._source.key, "key"))
        _put(sheet.cell(HEAD_ROW, 1), self._book.key_title)
        sheet.column_dimensions["A"].hidden = True
        sheet.row_dimensions[MARKS_ROW].hidden = True
        for place, column in enumerate(self._source.columns, 2):
            sheet.column_dimensions[get_column_letter(place)].width = column.width
            _put(sheet.cell(MARKS_ROW, place), self._book.mark(self._source.key, column.key))
            cell = sheet.cell(HEAD_ROW, place)
            _put(cell, column.title)
            cell.font, cell.fill, cell.border, cell.alignment = (
                looks.bold,
                looks.head,
                looks.border,
                looks.middle,
            )
        titles = [column.title for column in self._source.columns]
        sheet.row_dimensions[HEAD_ROW].height = row_height(titles, self._widths, bold=True) + 4

    def _write_row(self, number: int, row: RoomRow) -> None:
        _put(self._sheet.cell(number, 1), row.key)
        for place, column in enumerate(self._source.columns, 2):
            rule = self._source.rule(column, row) if column.rule is not None else None
            self._write_cell(self._sheet.cell(number, place), column, rule, row.cells.get(column.key, ""))
        # A row with choices of its own has room for the longest of them.
        words = [
            max(row.cells.get(column.key, ""), *own.choices, key=len)
            if (own := row.rules.get(column.key)) is not None and own.choices
            else row.cells.get(column.key, "")
            for column in self._source.columns
        ]
        self._sheet.row_dimensions[number].height = max(20.0, row_height(words, self._widths, bold=False))

    def _write_free(self, number: int) -> None:
        for place, column in enumerate(self._source.columns, 2):
            self._write_cell(self._sheet.cell(number, place), column, column.rule, "")
        self._sheet.row_dimensions[number].height = 32

    def _write_cell(self, cell: Any, column: RoomColumn, rule: ValueRule | None, value: str) -> None:
        written, number_format = _written(rule, value)
        if written is not None:
            _put(cell, written)
        numeric = rule is not None and rule.kind in (ValueKind.NUMBER, ValueKind.COUNT)
        self._looks.dress(cell, taken=rule is not None, number=numeric, number_format=number_format)

    def _add_choices(self) -> None:
        from openpyxl.utils import get_column_letter

        for place, column in enumerate(self._source.columns, 2):
            if column.rule is None:
                continue
            letter = get_column_letter(place)
            by_rule: dict[ValueRule, list[str]] = {}
            for number, row in enumerate(self._source.rows, HEAD_ROW + 1):
                by_rule.setdefault(self._source.rule(column, row), []).append(f"{letter}{number}")
            if self._source.may_add:
                free = HEAD_ROW + 1 + len(self._source.rows)
                by_rule.setdefault(column.rule, []).append(f"{letter}{free}:{letter}{self._last}")
            for rule, cells in by_rule.items():
                self._add_choice(column, rule, cells)

    def _add_choice(self, column: RoomColumn, rule: ValueRule, cells: Sequence[str]) -> None:
        from openpyxl.worksheet.cell_range import MultiCellRange
        from openpyxl.worksheet.datavalidation import DataValidation

        asked: dict[str, Any] = {"allow_blank": True}
        if rule.choices:
            asked |= {"type": "list", "formula1": self._lists.reference(rule.choices)}
        offered = DataValidation(**asked)
        # What a room types is never refused in Excel but for a choice: the report says what can't be read.
        offered.showErrorMessage = rule.kind is ValueKind.CHOICE
        offered.error = self._book.bad_choice
        if column.hint:
            offered.showInputMessage = True
            offered.promptTitle, offered.prompt = column.title[:32], column.hint[:255]
        elif not rule.choices:
            return
        offered.sqref = MultiCellRange(_joined(cells))
        self._sheet.add_data_validation(offered)

    def _finish(self) -> None:
        from openpyxl.utils import get_column_letter

        sheet = self._sheet
        last_column = len(self._source.columns) + 1
        print_setup(sheet, head_rows=HEAD_ROW, columns=last_column)
        frozen = 2 + sum(1 for column in self._source.columns if column.key in ("number", "code"))
        sheet.freeze_panes = f"{get_column_letter(frozen)}{HEAD_ROW + 1}"
        sheet.print_area = f"B1:{get_column_letter(last_column)}{HEAD_ROW + max(1, len(self._source.rows))}"
        sheet.auto_filter.ref = f"B{HEAD_ROW}:{get_column_letter(last_column)}{self._last}"
        protection = sheet.protection
        protection.sheet = True
        # True locks: what stays free is what a room needs to read in comfort.
        protection.formatRows = protection.formatColumns = protection.autoFilter = False
        protection.formatCells = False


def _joined(cells: Sequence[str]) -> str:
    """ "D5 D6 D7 D9" as "D5:D7 D9"."""
    spans: list[tuple[str, int, int]] = []
    for cell in cells:
        first, _colon, last = cell.partition(":")
        letter, begin = re.fullmatch(r"([A-Z]+)(\d+)", first).groups()  # type: ignore[union-attr]
        end = int(re.sub(r"[A-Z]+", "", last or first))
        if spans and spans[-1][0] == letter and spans[-1][2] + 1 == int(begin):
            spans[-1] = (letter, spans[-1][1], end)
        else:
            spans.append((letter, int(begin), end))
    return " ".join(f"{letter}{begin}:{letter}{end}" for letter, begin, end in spans)


def _written(rule: ValueRule | None, value: str) -> tuple[str | Decimal | int | datetime | None, str]:
    """What goes into the cell, and its number format. Text cells are "@", so that Excel changes nothing."""
    kind = ValueKind.TEXT if rule is None else rule.kind
    if kind is ValueKind.DAY:
        day = _day(value)
        if day is not None and day.year >= _FIRST_YEAR:
            return datetime(day.year, day.month, day.day), "dd/mm/yyyy"  # noqa: DTZ001 - a calendar day
        return value or None, "dd/mm/yyyy"
    if kind in (ValueKind.NUMBER, ValueKind.COUNT):
        look = "0" if kind is ValueKind.COUNT else "#,##0.##########"
        number = _number(value)
        if number is None or len(number.as_tuple().digits) > _MOST_DIGITS:
            return value or None, look if number is None else "@"
        if kind is ValueKind.NUMBER and number == number.to_integral_value():
            look = "#,##0"
        return number, look
    return value or None, "@"


def _day(value: str) -> Any:
    try:
        return value_day(value)
    except ValueError:
        return None


def _number(value: str) -> Decimal | None:
    try:
        return value_number(value)
    except ArithmeticError:
        return None


def _put(cell: Any, value: str | Decimal | int | datetime) -> None:
    if isinstance(value, datetime):
        cell.value = value
        return
    put(cell, _ESCAPED.sub("_x005F_", value) if isinstance(value, str) else value)


_GUIDE_WIDTH = 100


def _write_guide(sheet: Any, book: RoomBook, looks: _Looks) -> None:
    sheet.column_dimensions["A"].width = 4
    sheet.column_dimensions["B"].width = _GUIDE_WIDTH
    sheet.sheet_view.showGridLines = False
    _put(sheet.cell(1, 1), book.title)
    sheet.cell(1, 1).font = looks.title
    _put(sheet.cell(2, 1), book.subtitle)
    sheet.cell(2, 1).font = looks.regular
    row = 4
    for heading, sentences in book.guide:
        _put(sheet.cell(row, 1), heading)
        sheet.cell(row, 1).font = looks.bold
        row += 1
        for number, sentence in enumerate(sentences, 1):
            _put(sheet.cell(row, 1), f"{number}.")
            _put(sheet.cell(row, 2), sentence)
            for column in (1, 2):
                sheet.cell(row, column).font = looks.regular
                sheet.cell(row, column).alignment = looks.top
            sheet.row_dimensions[row].height = row_height([sentence], [_GUIDE_WIDTH], bold=False) + 3
            row += 1
        row += 1
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.protection.sheet = True
