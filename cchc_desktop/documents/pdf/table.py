"""Tables: repeated head, rows broken over pages only where they have to be, groups that stay with their rows.

reportlab's own table takes 3 s for 500 rows with groups and can't break one long cell beside joined ones;
this one holds plain text only, which makes both simple.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus.flowables import Flowable

from cchc_desktop.documents import measures, printed
from cchc_desktop.documents.characters import clean
from cchc_desktop.documents.model import Column, ColumnKind, Row, RowKind, Table
from cchc_desktop.documents.pdf.fonts import BOLD, ITALIC, REGULAR
from cchc_desktop.documents.pdf.lines import Align, Line, broken, draw_lines, set_lines
from cchc_desktop.quick_dataclass import dataclass, replace

_ALIGN = {ColumnKind.TEXT: Align.LEFT, ColumnKind.CENTRED: Align.CENTRE, ColumnKind.NUMBER: Align.RIGHT}
_HEAD_TINT = HexColor(0xE8ECF0)
_GROUP_TINT = HexColor(0xF3F5F7)
_RULE = HexColor(0x4F5B67)

_FEWEST = 3
# Group rows stay with the row after them; a page full of nothing else may end with one.
_MOST_GROUPS = 8


@dataclass(frozen=True, slots=True)
class _Cell:
    first: int
    last: int
    lines: tuple[Line, ...]
    align: Align


@dataclass(frozen=True)
class _LaidRow:
    """A row broken to lines."""

    cells: tuple[_Cell, ...]
    kind: RowKind
    middle: bool = False
    tint: Any = None

    @cached_property
    def line_count(self) -> int:
        return max(len(cell.lines) for cell in self.cells)

    @cached_property
    def height(self) -> float:
        tallest = max(sum(line.leading for line in cell.lines) for cell in self.cells)
        return tallest + 2 * measures.CELL_PADDING

    def halves(self, lines: int) -> tuple[_LaidRow, _LaidRow]:
        upper = tuple(replace(cell, lines=cell.lines[:lines]) for cell in self.cells)
        lower = tuple(replace(cell, lines=cell.lines[lines:]) for cell in self.cells)
        return replace(self, cells=upper), replace(self, cells=lower)


class TableFlow(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A laid-out table or a piece of one."""

    def __init__(
        self,
        edges: Sequence[float],
        head: Sequence[_LaidRow],
        rows: Sequence[_LaidRow],
        leading: float,
        space: float,
    ) -> None:
        super().__init__()
        self.leading, self.space = leading, space
        self.edges = edges
        self.head = head
        self.rows = rows
        self.spaceBefore = self.spaceAfter = space

    @property
    def _head_height(self) -> float:
        return sum(row.height for row in self.head)

    def start_height(self) -> float:
        """What has to fit below a heading so that it does not stand alone: head and first row."""
        needed = self._head_height
        for row in self.rows:
            needed += min(row.height, _FEWEST * self.leading + 2 * measures.CELL_PADDING)
            if row.kind is not RowKind.GROUP:
                break
        return needed

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = self.edges[-1]
        self.height = self._head_height + sum(row.height for row in self.rows)
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[TableFlow]:
        room = available_height - self._head_height
        taken = 0
        for row in self.rows:
            if row.height > room:
                break
            room -= row.height
            taken += 1
        upper, lower = list(self.rows[:taken]), list(self.rows[taken:])
        if not lower:
            return [self]
        fits = int((room - 2 * measures.CELL_PADDING) / self.leading)
        count = lower[0].line_count
        if count > measures.WHOLE_ROW and fits >= _FEWEST:
            first, second = lower[0].halves(min(fits, count - 2))
            upper.append(first)
            lower[0] = second
        elif any(row.kind is not RowKind.GROUP for row in upper) or len(upper) < _MOST_GROUPS:
            while upper and upper[-1].kind is RowKind.GROUP:
                lower.insert(0, upper.pop())
        if not upper:
            return []
        return [TableFlow(self.edges, self.head, rows, self.leading, self.space) for rows in (upper, lower)]

    def draw(self) -> None:
        canvas = self.canv
        top = self.height
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(_RULE)
        for row in (*self.head, *self.rows):
            self._draw_row(canvas, row, top)
            top -= row.height

    def _draw_row(self, canvas: Any, row: _LaidRow, top: float) -> None:
        bottom = top - row.height
        if row.tint is not None:
            canvas.setFillColor(row.tint)
            canvas.rect(0, bottom, self.edges[-1], row.height, stroke=0, fill=1)
        canvas.setFillGray(0)
        for cell in row.cells:
            left, right = self.edges[cell.first], self.edges[cell.last + 1]
            start = top - measures.CELL_PADDING
            if row.middle:
                start -= (row.height - 2 * measures.CELL_PADDING - sum(x.leading for x in cell.lines)) / 2
            inset = measures.CELL_SIDE
            draw_lines(canvas, cell.lines, left + inset, start, right - left - 2 * inset, cell.align)
            canvas.line(left, bottom, left, top)
        canvas.line(self.edges[-1], bottom, self.edges[-1], top)
        canvas.line(0, top, self.edges[-1], top)
        canvas.line(0, bottom, self.edges[-1], bottom)


def _edges(columns: Sequence[Column], width: float) -> list[float]:
    total = sum(column.share for column in columns)
    edges = [0.0]
    for column in columns:
        edges.append(edges[-1] + width * column.share / total)
    return edges


def _laid(
    row: Row, columns: Sequence[Column], edges: Sequence[float], size: float, leading: float
) -> _LaidRow:
    font = REGULAR if row.kind is RowKind.PLAIN else BOLD
    joined_first, joined_last = row.span or (-1, -1)
    cells: list[_Cell] = []
    for index, (text, column) in enumerate(zip(row.cells, columns, strict=True)):
        if joined_first < index <= joined_last:
            continue
        last = joined_last if index == joined_first else index
        room = edges[last + 1] - edges[index] - 2 * measures.CELL_SIDE
        lines = broken(clean(text), font, size, room)
        align = Align.LEFT if last > index else _ALIGN[column.kind]
        laid = tuple(Line(line, font, size, leading) for line in lines)
        cells.append(_Cell(index, last, laid, align))
    return _LaidRow(tuple(cells), row.kind, tint=None if row.kind is RowKind.PLAIN else _GROUP_TINT)


def _head(table: Table, edges: Sequence[float], size: float, leading: float) -> list[_LaidRow]:
    inset = 2 * measures.CELL_SIDE
    titles = tuple(
        _Cell(
            index,
            index,
            tuple(
                set_lines(
                    column.title,
                    BOLD,
                    size,
                    edges[index + 1] - edges[index] - inset,
                    leading=leading,
                    even=True,
                )
            ),
            Align.CENTRE,
        )
        for index, column in enumerate(table.columns)
    )
    head = [_LaidRow(titles, RowKind.PLAIN, middle=True, tint=_HEAD_TINT)]
    if words := printed.column_numbers(table):
        numbers = tuple(
            _Cell(index, index, (Line(word, ITALIC, measures.COLUMN_NUMBER, 12),), Align.CENTRE)
            for index, word in enumerate(words)
        )
        head.append(_LaidRow(numbers, RowKind.PLAIN, middle=True, tint=_HEAD_TINT))
    return head


def table_flow(table: Table, width: float, m: measures.Measures) -> TableFlow:
    """The table laid out to `width` points. Each row must have a cell per column."""
    edges = _edges(table.columns, width)
    size = m.cell_size(table.compact)
    leading = measures.cell_leading(size)
    rows = [_laid(row, table.columns, edges, size, leading) for row in table.rows]
    return TableFlow(edges, _head(table, edges, size, leading), rows, leading, m.paragraph_space)
