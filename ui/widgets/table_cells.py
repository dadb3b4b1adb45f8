"""Copy, cut, paste, fill down and empty: what Excel's keys do with the chosen cells of an `EditTable`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from cchc_desktop.quick_dataclass import dataclass
from ui.widgets import table_clipboard
from ui.widgets.table_rows import Cell, ColumnKind, ManyRows, Rows
from ui.widgets.table_selection import chosen_count, ranges

Spot = tuple[int, int]
"""Row and the column's place among `rows.columns`."""


@dataclass(frozen=True)
class Paste:
    """What a paste would do. `rows`: lines of the clipboard; `left_out`: cells without a column."""

    cells: tuple[Cell, ...]
    rows: int
    new_rows: int
    left_out: int


class TableCells:
    """`may_paste(paste)` is asked before a paste; `changed()` is called after every change."""

    def __init__(self, table: QTableView, rows: Rows, changed: Callable[[], object]) -> None:
        self._table, self._rows, self._changed = table, rows, changed
        self.may_paste: Callable[[Paste], bool] = lambda _paste: True

    @property
    def can_write(self) -> bool:
        return isinstance(self._rows, ManyRows)

    def chosen(self) -> list[Spot]:
        """The chosen cells of records, row by row; the current one when there is no other."""
        last = self._rows.count()
        spots = {
            (row, column - 1)
            for one in ranges(self._table)
            for row in range(one.top(), min(one.bottom() + 1, last))
            for column in range(max(1, one.left()), one.right() + 1)
        }
        now = self._table.currentIndex()
        if not spots and now.isValid() and now.row() < last and now.column():
            spots = {(now.row(), now.column() - 1)}
        return sorted(spots)

    def copy(self) -> bool:
        """Onto the clipboard, as a rectangle; what was not chosen in it is empty."""
        spots = self.chosen()
        if not spots:
            return False
        chosen = set(spots)
        left, right = min(c for _r, c in spots), max(c for _r, c in spots)
        keys = [column.key for column in self._rows.columns]
        cells = [
            [self._rows.shown(row, keys[c]) if (row, c) in chosen else "" for c in range(left, right + 1)]
            for row in sorted({row for row, _c in spots})
        ]
        QGuiApplication.clipboard().setText(table_clipboard.written(cells))
        return True

    def cut(self) -> None:
        if self.copy():
            self.empty()

    def empty(self) -> None:
        """Take the text out of the chosen cells."""
        self._put([(row, self._rows.columns[c].key, "") for row, c in self.chosen() if self._free(c)])

    def fill_down(self) -> None:
        """Each chosen column's first cell into those below it; of a single cell, the one above into it."""
        by_column: dict[int, list[int]] = defaultdict(list)
        for row, c in self.chosen():
            if self._free(c):
                by_column[c].append(row)
        cells: list[Cell] = []
        for c, rows in by_column.items():
            first, *below = rows
            if not below:
                first, below = first - 1, [first]
            if first >= 0:
                key = self._rows.columns[c].key
                said = self._rows.shown(first, key)
                cells.extend((row, key, said) for row in below)
        self._put(cells)

    def paste(self) -> None:
        """From the chosen cells' upper left corner on; further rows are added."""
        if not self.can_write:
            return
        grid = table_clipboard.parse(QGuiApplication.clipboard().text())
        paste = self.planned(grid)
        if paste.cells and self.may_paste(paste):
            self._put(paste.cells)

    def planned(self, grid: Sequence[Sequence[str]]) -> Paste:
        """Where the clipboard's cells go. One cell fills all that are chosen; a block repeats where the
        chosen rectangle is a whole number of times as large."""
        top, left, height, width = self._target()
        tall, wide = len(grid), max((len(row) for row in grid), default=0)
        if not wide:
            return Paste((), 0, 0, 0)
        times_down = height // tall if height % tall == 0 else 1
        times_right = width // wide if width % wide == 0 else 1
        lines = [[*row] for row in grid] if times_right < 2 else [_padded(row, wide) for row in grid]
        lines = [line * max(1, times_right) for line in lines] * max(1, times_down)
        count, columns = self._rows.count(), self._rows.columns
        cells: list[Cell] = []
        row, rows, left_out, new = top, 0, 0, 0
        for line in lines:
            if row >= count and not any(cell.strip() for cell in line):
                continue
            for c, said in enumerate(line, start=left):
                if c < len(columns) and self._free(c):
                    cells.append((row, columns[c].key, said))
                elif said.strip():
                    left_out += 1
            new += row >= count
            row, rows = row + 1, rows + 1
        return Paste(tuple(cells), rows, new, left_out)

    def _target(self) -> tuple[int, int, int, int]:
        """Row, column, height and width of what the paste goes over."""
        blocks, now = ranges(self._table), self._table.currentIndex()
        if len(blocks) == 1 and chosen_count(self._table) > 1:
            one = blocks[0]
            left = max(1, one.left())
            height = min(one.bottom(), self._rows.count() - 1) - one.top() + 1
            return one.top(), left - 1, max(1, height), one.right() - left + 1
        spots = self.chosen()
        if len(spots) > 1:
            return min(row for row, _c in spots), min(c for _r, c in spots), 1, 1
        return max(0, now.row()), max(0, now.column() - 1), 1, 1

    def _free(self, c: int) -> bool:
        return self._rows.columns[c].kind is not ColumnKind.COMPUTED

    def _put(self, cells: Sequence[Cell]) -> None:
        if cells and isinstance(self._rows, ManyRows):
            self._rows.put_cells(cells)
            self._changed()


def _padded(row: Sequence[str], wide: int) -> list[str]:
    return [*row, *[""] * (wide - len(row))]
