"""A table's head: the name, and the column's number under it, as in printed forms."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QTableView

from ui.fonts import Size, font, line
from ui.theme import Role, color
from ui.widgets.painted import LEFT, RIGHT, paint_text
from ui.widgets.table_model import TableModel
from ui.widgets.table_rows import ColumnKind


class TableHeader(QHeaderView):
    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setFixedHeight(2 * line(Size.SMALL) + 11)

    def sizeHint(self) -> QSize:
        """The table gives it the width; Qt's own hint would measure every column's words, time and again."""
        return QSize(self.defaultSectionSize(), 2 * line(Size.SMALL) + 11)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        model = self._table.model()
        assert isinstance(model, TableModel)
        painter.fillRect(rect, color(Role.WINDOW))
        painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), color(Role.LINE))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), color(Role.LINE))
        right = bool(logicalIndex) and model.column(logicalIndex).kind is ColumnKind.NUMBER
        align = RIGHT if right else LEFT
        words = str(model.headerData(logicalIndex, Qt.Orientation.Horizontal))
        inner = rect.adjusted(8, 4, -8, -4)
        top = QRect(inner.left(), inner.top(), inner.width(), line(Size.SMALL))
        paint_text(painter, top, words, font(Size.SMALL, bold=True), color(Role.TEXT), align, elide=True)
        below = top.translated(0, line(Size.SMALL))
        paint_text(painter, below, f"({logicalIndex + 1})", font(Size.SMALL), color(Role.MUTED), align)
