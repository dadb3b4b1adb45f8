"""A list to tick in, with a search above it: rows, tasks or files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cchc_desktop.domain.plain_text import folded
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import dataclass
from ui import fonts
from ui.fonts import Size
from ui.theme import Role, color
from ui.widgets.option_button import paint_tick_box
from ui.widgets.painted import LEFT, paint_text
from ui.widgets.panel import column
from ui.widgets.search_field import SearchField

Index = QModelIndex | QPersistentModelIndex
_Data = Qt.ItemDataRole
LINE = _Data.UserRole + 1


@dataclass(frozen=True)
class CheckLine:
    """`key` is what is chosen; `second` is the muted second part."""

    key: object
    words: str
    second: str = ""

    @property
    def searched(self) -> str:
        return folded(f"{self.words} {self.second}")


class _Lines(QAbstractListModel):
    turned = Signal()

    def __init__(self, lines: Sequence[CheckLine], ticked: Sequence[object]) -> None:
        super().__init__()
        self._lines, self._ticked = list(lines), set(ticked)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = _Data.DisplayRole) -> Any:
        line = self._lines[index.row()]
        whole = " · ".join(part for part in (line.words, line.second) if part)
        match role:
            case _Data.DisplayRole:
                return line.searched
            case _Data.ToolTipRole:
                return whole
            case _Data.AccessibleTextRole:
                state = "ticked" if line.key in self._ticked else "not_ticked"
                return f"{whole}, {text(f'evidence_page.{state}')}"
            case _Data.CheckStateRole:
                return Qt.CheckState.Checked if line.key in self._ticked else Qt.CheckState.Unchecked
        return line if role == LINE else None

    def turn(self, index: Index) -> None:
        self._ticked ^= {self._lines[index.row()].key}
        self.dataChanged.emit(index, index)
        self.turned.emit()

    def ticked(self) -> tuple[object, ...]:
        return tuple(line.key for line in self._lines if line.key in self._ticked)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, max(34, fonts.line() + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: CheckLine = index.data(LINE)
        box: QRect = option.rect
        current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.fillRect(box, color(Role.SURFACE))
        on = index.data(_Data.CheckStateRole) == Qt.CheckState.Checked
        paint_tick_box(painter, QPointF(box.left() + 8, box.top() + (box.height() - 16) / 2), on)
        inner = box.adjusted(34, 0, -10, 0)
        width = min(inner.width(), fonts.metrics().horizontalAdvance(line.words) + 2)
        if line.second:
            width = min(width, inner.width() * 2 // 3)
        first = QRect(inner.left(), inner.top(), width, inner.height())
        paint_text(painter, first, line.words, fonts.font(), color(Role.TEXT), LEFT, elide=True)
        rest = inner.adjusted(width + 12, 0, 0, 0)
        small = fonts.font(Size.SMALL)
        paint_text(painter, rest, line.second, small, color(Role.MUTED), LEFT, elide=True)
        if current:
            painter.setPen(QPen(color(Role.FOCUS), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))


class _View(QListView):
    turn = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.turn.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class CheckList(QWidget):
    """`turned()` when a tick comes or goes; Space ticks, typing in the search narrows the list."""

    turned = Signal()

    def __init__(self, name: str, lines: Sequence[CheckLine], ticked: Sequence[object] = ()) -> None:
        super().__init__()
        self._model = _Lines(lines, ticked)
        self._model.setParent(self)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self._model)
        self.search = SearchField(text("evidence_page.search"))
        self.view = _View()
        self.view.setModel(self._shown)
        self.view.setItemDelegate(_Delegate(self.view))
        self.view.setAccessibleName(name)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMinimumHeight(280)
        self.view.setUniformItemSizes(True)
        self.setLayout(column(self.search, self.view))
        self.search.textChanged.connect(lambda typed: self._shown.setFilterFixedString(folded(typed)))
        self.search.returnPressed.connect(self.view.setFocus)
        self.view.clicked.connect(self._turn)
        self.view.turn.connect(self._turn)
        self._model.turned.connect(self.turned)

    def _turn(self, index: QModelIndex) -> None:
        self._model.turn(self._shown.mapToSource(index))

    def ticked(self) -> tuple[object, ...]:
        return self._model.ticked()

    def tick(self, key: object) -> None:
        """Turn a line as a click would."""
        for place in range(self._model.rowCount()):
            index = self._model.index(place)
            if index.data(LINE).key == key:
                self._model.turn(index)
