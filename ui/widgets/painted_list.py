"""A list whose lines are painted: marks, words in columns, a link at the end.

To make one: a subclass that says how high a line is, paints it, and says its words for the eye and the ear.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from ui.fonts import Size, font, line, width_of
from ui.theme import Role, color
from ui.widgets.enter_key import ENTER
from ui.widgets.painted import LEFT, RIGHT, paint_text
from ui.widgets.viewport import own_viewport

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole + 1
OPENS = frozenset({*ENTER, Qt.Key.Key_Space})


class PaintedList(QListView):
    """`opened(line)` on Enter or Space."""

    opened = Signal(object)
    frames_current = True
    """A frame around the line that has the keyboard; False where the line itself shows it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.room = own_viewport(self)
        self._model = _Lines(self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    # What a subclass says of a line

    def words(self, shown: Any) -> str:
        """All that the line says."""
        return str(shown)

    def heard(self, shown: Any) -> str:
        """The same for who can't see the mark."""
        return self.words(shown)

    def tip(self, shown: Any) -> str:
        return self.words(shown)

    def is_heading(self, _shown: Any) -> bool:
        """A heading can't be chosen."""
        return False

    def height_of(self, _shown: Any) -> int:
        return line() + 10

    def paint_line(self, painter: QPainter, room: QRect, shown: Any, *, chosen: bool) -> None:
        """Within `room`, over the background."""
        paint_text(painter, room, self.words(shown), font(), color(Role.TEXT), LEFT, elide=True)

    # What it shows

    def show_lines(self, lines: Sequence[Any]) -> None:
        """The current line stays where it was."""
        row = self.currentIndex().row()
        self._model.set_lines(tuple(lines))
        if lines and row >= 0:
            self.choose(min(row, len(lines) - 1))

    def lines(self) -> tuple[Any, ...]:
        return self._model.lines

    def choose(self, row: int) -> None:
        self.setCurrentIndex(self._model.index(row))

    def line_at(self, index: Index) -> Any:
        """None where no line is."""
        return index.data(LINE) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in OPENS:
            super().keyPressEvent(event)
        elif (shown := self.line_at(self.currentIndex())) is not None:
            self.opened.emit(shown)


def paint_link(painter: QPainter, room: QRect, words: str) -> QRect:
    """Small, underlined, at the right end of `room`; where it stands."""
    wide = width_of(words, Size.SMALL) + 1
    where = QRect(room.right() - wide, room.top(), wide, room.height())
    linked = QFont(font(Size.SMALL))
    linked.setUnderline(True)
    paint_text(painter, where, words, linked, color(Role.ACCENT), RIGHT)
    return where


class _Lines(QAbstractListModel):
    def __init__(self, view: PaintedList) -> None:
        super().__init__(view)
        self._view = view
        self.lines: tuple[Any, ...] = ()

    def set_lines(self, lines: tuple[Any, ...]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self._view.is_heading(self.lines[index.row()]):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._view.words(shown)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._view.heard(shown)
            case Qt.ItemDataRole.ToolTipRole:
                return self._view.tip(shown) or None
        return shown if role == LINE else None


class _Painter(QStyledItemDelegate):
    """What all lines have: the background of the chosen one, the rule beneath, the frame of the keyboard."""

    def __init__(self, view: PaintedList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self._view.height_of(index.data(LINE)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown, room = index.data(LINE), option.rect
        # Not by `option.state`: the first look at that makes the 20 enumerations of QStyle.
        chosen = self._view.selectionModel().isSelected(index)
        painter.save()
        if self._view.is_heading(shown):
            painter.fillRect(room, color(Role.WINDOW))
        elif chosen:
            painter.fillRect(room, color(Role.SELECTION))
        painter.fillRect(QRect(room.left(), room.bottom(), room.width(), 1), color(Role.LINE))
        self._view.paint_line(painter, room, shown, chosen=chosen)
        painter.restore()
        if chosen and self._view.frames_current and self._view.hasFocus():
            painter.save()
            painter.setPen(QPen(color(Role.FOCUS), 2))
            painter.drawRect(room.adjusted(1, 1, -1, -2))
            painter.restore()
