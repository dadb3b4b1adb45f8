"""Taking rows of an `EditTable` by their numbers and dropping them elsewhere: a line shows where they go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QDrag, QPainter
from PySide6.QtWidgets import QApplication, QTableView

from ui.theme import Role, color

ROWS = "application/x-cchc-rows"
_EDGE, _STEP = 28, 14


def carried(mime: QMimeData) -> tuple[str, ...]:
    """The ids that are being dragged; empty when it is something else."""
    if not mime.hasFormat(ROWS):
        return ()
    return tuple(bytes(mime.data(ROWS).data()).decode().split())


class RowDrag:
    """`carry(rows)` gives the ids of rows; `drop(ids, before)` moves them before that row."""

    def __init__(self, table: QTableView) -> None:
        self._table = table
        self._from: QPoint | None = None
        self._line: int | None = None
        self.carry: Callable[[Sequence[int]], Sequence[str]] | None = None
        self.drop: Callable[[Sequence[str], int], object] = lambda _ids, _before: None

    @property
    def held(self) -> bool:
        """The mouse was pressed on a row's number and not let go."""
        return self._from is not None

    def pressed(self, at: QPoint) -> None:
        self._from = at

    def moved(self, at: QPoint, rows: Sequence[int]) -> bool:
        """The mouse went on with its button held. True when a drag came of it (it is over then)."""
        if self._from is None or self.carry is None:
            return False
        if (at - self._from).manhattanLength() < QApplication.startDragDistance():
            return False
        self._from = None
        if not (ids := self.carry(rows)):
            return False
        mime = QMimeData()
        mime.setData(ROWS, " ".join(ids).encode())
        drag = QDrag(self._table)
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.MoveAction)
        self.left()
        return True

    def released(self) -> None:
        self._from = None

    def over(self, mime: QMimeData, at: QPoint) -> bool:
        """Rows are dragged over the table; near its edges it scrolls."""
        if self.carry is None or not carried(mime):
            return False
        bar, height = self._table.verticalScrollBar(), self._table.viewport().height()
        if at.y() < _EDGE:
            bar.setValue(bar.value() - _STEP)
        elif at.y() > height - _EDGE:
            bar.setValue(bar.value() + _STEP)
        self._line = self.before(at)
        self._table.viewport().update()
        return True

    def left(self) -> None:
        self._line = None
        self._table.viewport().update()

    def dropped(self, mime: QMimeData, at: QPoint) -> bool:
        ids = carried(mime)
        self.left()
        if self.carry is None or not ids:
            return False
        self.drop(ids, self.before(at))
        return True

    def before(self, at: QPoint) -> int:
        """The row before which something dropped here goes."""
        index = self._table.indexAt(QPoint(4, at.y()))
        if not index.isValid():
            return self._table.model().rowCount()
        box = self._table.visualRect(index)
        return index.row() + (at.y() > box.center().y())

    def paint(self) -> None:
        """The line between two rows, over what the table painted."""
        if self._line is None:
            return
        last = self._table.model().rowCount() - 1
        row = min(self._line, last)
        top = self._table.rowViewportPosition(row)
        if self._line > last:
            top += self._table.rowHeight(last)
        with QPainter(self._table.viewport()) as painter:
            painter.fillRect(QRect(0, max(0, top - 2), self._table.viewport().width(), 3), color(Role.FOCUS))
