"""A room's workbook as it comes back: whose it is, and its tables read against what was handed out.

Columns are known by the hidden line of marks above the heads ("cchc:tasks:title"), or where that line is gone
by their heads; rows by their hidden key. Neither order matters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.reading import shown
from cchc_desktop.domain.room_merge import ReadCell, ReadRow, ReadSheet
from cchc_desktop.domain.room_sheet import RoomColumn, RoomRow, RoomSheet, ValueRule, settled
from cchc_desktop.errors import KnownError
from cchc_desktop.intake.room_cells import covered, read_cell
from cchc_desktop.intake.workbook import Cell, Row, Sheet, Workbook, address, column_letters, read_workbook
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass

MARKS_SHEET = "_cchc"
SCHEMA = "1"
KEY = "key"
_PREFIX = "cchc"
_HEAD_WITHIN = 30


@dataclass(frozen=True)
class Returned:
    """`marks` are those of the hidden sheet: schema, handout, round, plan, kind, room, unit."""

    name: str
    marks: Mapping[str, str]
    book: Workbook


def mark(sheet: str, column: str) -> str:
    """What the hidden line says above a column."""
    return f"{_PREFIX}:{sheet}:{column}"


def open_returned(path: Path) -> Returned:
    """Raises `KnownError` "rooms.not_ours", "rooms.other_schema", and "workbook.…" where it can't be read."""
    book = read_workbook(path, lambda _name: True)
    hidden = next((sheet for sheet in book.sheets if sheet.name == MARKS_SHEET), None)
    marks: dict[str, str] = {}
    for row in hidden.rows if hidden is not None else ():
        name, value = row.cells.get(1), row.cells.get(2)
        if name is not None and value is not None:
            marks[name.shown] = value.shown
    if not {"schema", "handout"} <= marks.keys():
        raise KnownError("rooms.not_ours", unusable_input=True, name=path.name)
    if marks["schema"] != SCHEMA:
        raise KnownError(
            "rooms.other_schema", unusable_input=True, name=path.name, schema=shown(marks["schema"])
        )
    return Returned(path.name, marks, book)


def read_sheet(returned: Returned, wanted: RoomSheet) -> ReadSheet:
    """The table's rows with their values; all that is odd about it is in the findings."""
    for sheet in returned.book.sheets:
        if sheet.name == MARKS_SHEET:
            continue
        if (head := _Head.by_marks(sheet, wanted)) is not None:
            return _Reader(sheet, wanted, head).read()
    for sheet in returned.book.sheets:
        if sheet.name == wanted.title:
            if sheet.too_many_rows:
                told = message("rooms.too_many_rows", sheet=wanted.title)
                return ReadSheet((), (told,), found=False)
            if (head := _Head.by_titles(sheet, wanted)) is not None:
                return _Reader(sheet, wanted, head).read()
    return ReadSheet((), (message("rooms.sheet_gone", sheet=wanted.title),), found=False)


@dataclass(frozen=True)
class _Head:
    """`row` is the last line of the head; below it the table begins."""

    row: int
    columns: Mapping[str, int]
    doubled: tuple[tuple[str, int], ...] = ()
    strangers: tuple[tuple[int, Cell], ...] = ()

    @classmethod
    def by_marks(cls, sheet: Sheet, wanted: RoomSheet) -> _Head | None:
        own = {mark(wanted.key, name): name for name in (KEY, *(column.key for column in wanted.columns))}
        for line in sheet.rows[:_HEAD_WITHIN]:
            if any(cell.shown in own for cell in line.cells.values()):
                named = {number: own.get(cell.shown, "") for number, cell in line.cells.items()}
                return cls._of(sheet, wanted, named, line.number)
        return None

    @classmethod
    def by_titles(cls, sheet: Sheet, wanted: RoomSheet) -> _Head | None:
        titles = {folded(settled(column.title)): column.key for column in wanted.columns}
        for line in sheet.rows[:_HEAD_WITHIN]:
            named = {number: titles.get(_bare(cell), "") for number, cell in line.cells.items()}
            if sum(bool(name) for name in named.values()) >= 2:
                return cls._of(sheet, wanted, named, line.number - 1)
        return None

    @classmethod
    def _of(cls, sheet: Sheet, wanted: RoomSheet, named: Mapping[int, str], marks_row: int) -> _Head:
        columns: dict[str, int] = {}
        doubled = []
        for number, name in named.items():
            if name and name in columns:
                doubled.append((name, number))
            elif name:
                columns[name] = number
        titles = {folded(settled(column.title)) for column in wanted.columns}
        head = next((row for row in sheet.rows if row.number > marks_row), None)
        is_head = head is not None and any(_bare(cell) in titles for cell in head.cells.values())
        known = set(columns.values()) | {number for _name, number in doubled}
        strangers = (
            tuple((number, cell) for number, cell in head.cells.items() if number not in known)
            if head is not None and is_head
            else ()
        )
        last = head.number if head is not None and is_head else marks_row
        return cls(last, columns, tuple(doubled), strangers)


def _bare(cell: Cell) -> str:
    return folded(settled(cell.shown))


class _Reader:
    def __init__(self, sheet: Sheet, wanted: RoomSheet, head: _Head) -> None:
        self._sheet, self._wanted, self._head = sheet, wanted, head
        self._columns = [(column, head.columns.get(column.key)) for column in wanted.taken]
        self._covers: dict[tuple[int, int], str] = {}
        for block in sheet.merged:
            first = address(block.first_row, block.first_column)
            for row in range(block.first_row, min(block.last_row, block.first_row + 5_000) + 1):
                for _column, number in self._columns:
                    inside = number is not None and block.first_column <= number <= block.last_column
                    if (
                        inside
                        and number is not None
                        and (row, number) != (block.first_row, block.first_column)
                    ):
                        self._covers[row, number] = first

    def read(self) -> ReadSheet:
        findings = list(self._about_columns())
        lines = [row for row in self._sheet.rows if row.number > self._head.row and self._is_filled(row)]
        keys = self._keys(lines)
        hidden = [row.number for row in lines if row.hidden]
        if hidden:
            findings.append(message("rooms.rows_hidden", sheet=self._sheet.name, rows=_rows(hidden)))
        if not self._wanted.may_add:
            strange = [row.number for row in lines if not keys[row.number][0]]
            if strange:
                findings.append(message("rooms.rows_strange", sheet=self._sheet.name, rows=_rows(strange)))
            lines = [row for row in lines if keys[row.number][0]]
        rows = tuple(self._row(row, *keys[row.number]) for row in lines)
        return ReadSheet(rows, tuple(findings))

    def _about_columns(self) -> Iterator[Message]:
        sheet = self._sheet.name
        gone = tuple(column.title for column, number in self._columns if number is None)
        if gone:
            yield message("rooms.columns_gone", sheet=sheet, columns=gone)
        if KEY not in self._head.columns:
            yield message("rooms.keys_gone", sheet=sheet)
        titles = {column.key: column.title for column in self._wanted.columns}
        for name, number in self._head.doubled:
            told = titles.get(name, name)
            yield message("rooms.column_twice", sheet=sheet, column=told, place=column_letters(number))
        for number, cell in self._head.strangers:
            place = column_letters(number)
            yield message("rooms.column_strange", sheet=sheet, column=shown(cell.shown), place=place)

    def _is_filled(self, row: Row) -> bool:
        numbers = [number for _column, number in self._columns if number is not None]
        key = self._head.columns.get(KEY)
        if key is not None and key in row.cells:
            return True
        return any(number in row.cells for number in numbers)

    # Which line is which row

    def _keys(self, lines: list[Row]) -> dict[int, tuple[str, tuple[Message, ...], bool]]:
        """By line: the row's key ("" for a new one), what is to be said about it, whether it is a copy."""
        column = self._head.columns.get(KEY)
        by_settled = {settled(row.key): row.key for row in self._wanted.rows}
        if column is None:
            return self._keys_by_name(lines)
        found: dict[int, tuple[str, tuple[Message, ...], bool]] = {}
        holders: dict[str, list[Row]] = {}
        for row in lines:
            cell = row.cells.get(column)
            written = "" if cell is None else settled(cell.shown)
            key = by_settled.get(written, "")
            if key:
                holders.setdefault(key, []).append(row)
            elif written:
                found[row.number] = ("", (message("rooms.key_unknown"),), True)
            else:
                found[row.number] = ("", (), False)
        for key, rows in holders.items():
            own = self._original(self._wanted.by_key[key], rows)
            for row in rows:
                others = tuple(str(other.number) for other in rows if other is not row)
                told = (message("rooms.key_twice", rows=others),) if others else ()
                found[row.number] = (key, told, False) if row is own else ("", told, True)
        return found

    def _original(self, row: RoomRow, lines: list[Row]) -> Row:
        """Of several lines with one key the one that nobody changed; else the first."""
        if len(lines) > 1:
            for line in lines:
                if all(
                    read.fault is None and read.value == row.cells.get(name, "")
                    for name, read in self._cells(line, row).items()
                ):
                    return line
        return lines[0]

    def _keys_by_name(self, lines: list[Row]) -> dict[int, tuple[str, tuple[Message, ...], bool]]:
        """Without the key column: by all locked words and the name, where these are unlike all others."""
        named: dict[tuple[str, ...], list[str]] = {}
        words = [
            column.key for column in self._wanted.columns if column.rule is None and column.key != "number"
        ]
        words = [*words, "title"] if self._wanted.may_add else words
        words = [word for word in words if word in self._head.columns]
        for known in self._wanted.rows:
            named.setdefault(tuple(folded(known.cells.get(word, "")) for word in words), []).append(known.key)
        found: dict[int, tuple[str, tuple[Message, ...], bool]] = {}
        used: set[str] = set()
        for row in lines:
            cells = [row.cells.get(self._head.columns[word]) for word in words]
            keys = named.get(tuple("" if cell is None else _bare(cell) for cell in cells), [])
            if len(keys) == 1 and keys[0] not in used:
                used.add(keys[0])
                found[row.number] = (keys[0], (), False)
            else:
                found[row.number] = ("", (message("rooms.key_unknown"),), True)
        return found

    # The cells of a line

    def _row(self, row: Row, key: str, remarks: tuple[Message, ...], copied: bool) -> ReadRow:
        known = self._wanted.by_key.get(key)
        return ReadRow(key, row.number, self._cells(row, known), remarks, copied)

    def _cells(self, row: Row, known: RoomRow | None) -> dict[str, ReadCell]:
        cells = {}
        for column, number in self._columns:
            if number is None:
                continue
            place = address(row.number, number)
            cell = row.cells.get(number)
            if (first := self._covers.get((row.number, number))) is not None:
                cells[column.key] = covered(place, first, cell)
            else:
                cells[column.key] = self._cell(column, known, cell, place)
        return cells

    def _cell(self, column: RoomColumn, known: RoomRow | None, cell: Cell | None, place: str) -> ReadCell:
        rule: ValueRule = self._wanted.rule(column, known)
        read = read_cell(rule, cell, place)
        was = "" if known is None else known.cells.get(column.key, "")
        if read.fault is not None and known is not None and read.value == was:
            # It stood there when it was handed out: what is wrong about it is no doing of the room.
            return ReadCell(was, place)
        if known is None and cell is None and column.key in self._wanted.defaults:
            return ReadCell("", place)
        return read


def _rows(numbers: list[int]) -> tuple[str, ...]:
    return tuple(str(number) for number in numbers[:20])
