"""The submissions of the year: revision, time, what, where, size and state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.package_head import filing
from cchc_desktop.domain.submission import Submission
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.language import format_date, format_size, format_time, text
from ui.fonts import Size, font, line, metrics
from ui.marks import SIZE, Mark, paint_mark
from ui.theme import Role, changes, color
from ui.widgets.painted import LEFT, RIGHT, centred, paint_text

Index = QModelIndex | QPersistentModelIndex
_SUBMISSION = Qt.ItemDataRole.UserRole + 1
_PAD = 20
_COLUMNS = ("revision", "time", "what", "where", "size", "state")
_MARKS = {
    DocumentState.EXPORTED: Mark.DONE,
    DocumentState.DELIVERED: Mark.DONE,
    DocumentState.FAILED: Mark.ERROR,
    DocumentState.SUPERSEDED: Mark.NOT_APPLICABLE,
}


def cells(made: Submission) -> tuple[str, ...]:
    """The words of one line, in the order of the columns."""
    at = made.created_at.astimezone(VIETNAM)
    return (
        filing(made.revision),
        f"{format_date(at)} {format_time(at)}",
        text(f"submit_page.kind_{made.kind}"),
        made.folder,
        format_size(made.size),
        text(f"submit_page.state_{made.state.value}"),
    )


def _rooms(width: int) -> list[tuple[int, int]]:
    """Left and width of each column; "where" takes what is left."""
    small = metrics().averageCharWidth() / 8
    fixed = [round(w * small) for w in (50, 136, 150, 0, 80, 130)]
    link = metrics(Size.SMALL).horizontalAdvance(text("submit_page.open_folder")) + _PAD + 12
    spare = max(90, width - sum(fixed) - 5 * 16 - _PAD - link)
    fixed[3] = spare
    lefts, left = [], _PAD
    for wide in fixed:
        lefts.append((left, wide))
        left += wide + 16
    return lefts


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.made: tuple[Submission, ...] = ()

    def set_made(self, made: tuple[Submission, ...]) -> None:
        self.beginResetModel()
        self.made = made
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.made)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        made = self.made[index.row()]
        if role == _SUBMISSION:
            return made
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(cells(made))
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{made.file_name}\n{made.folder}"
        return None


class _Line(QStyledItemDelegate):
    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, line() + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        made: Submission = index.data(_SUBMISSION)
        room: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(room, color(Role.SELECTION))
        painter.fillRect(QRect(room.left(), room.bottom(), room.width(), 1), color(Role.LINE))
        for name, words, (left, wide) in zip(_COLUMNS, cells(made), _rooms(room.width()), strict=True):
            where = QRect(left, room.top(), wide, room.height())
            if name == "state":
                paint_mark(painter, _MARKS.get(made.state, Mark.OPEN), centred(where, SIZE, 0))
                where = where.adjusted(SIZE + 8, 0, 0, 0)
            bold = name == "revision"
            align = RIGHT if name == "size" else LEFT
            paint_text(
                painter,
                where,
                words,
                font(bold=bold),
                color(Role.TEXT),
                align,
                elide=name in ("where", "state"),
            )
        link = text("submit_page.open_folder")
        wide = metrics(Size.SMALL).horizontalAdvance(link) + 1
        linked = type(font())(font(Size.SMALL))
        linked.setUnderline(True)
        where = QRect(room.right() - _PAD - wide, room.top(), wide, room.height())
        paint_text(painter, where, link, linked, color(Role.ACCENT), RIGHT)
        if chosen and self._view.hasFocus():
            painter.save()
            painter.setPen(QPen(color(Role.FOCUS), 2))
            painter.drawRect(room.adjusted(1, 1, -1, -2))
            painter.restore()


class HistoryList(QListView):
    """`open_wanted(submission)` on Enter or a click on the link."""

    open_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._model = _Model()
        self.setModel(self._model)
        self.setItemDelegate(_Line(self))
        self.setAccessibleName(text("submit_page.history"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(line() + 14)
        changes().changed.connect(self.viewport().update)

    def show_made(self, made: Sequence[Submission]) -> None:
        self._model.set_made(tuple(made))

    def made(self) -> tuple[Submission, ...]:
        return self._model.made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        link = metrics(Size.SMALL).horizontalAdvance(text("submit_page.open_folder")) + _PAD
        if event.position().x() > self.viewport().width() - link:
            self._open(self.indexAt(event.position().toPoint()))

    def _open(self, index: QModelIndex) -> None:
        made = index.data(_SUBMISSION) if index.isValid() else None
        if isinstance(made, Submission):
            self.open_wanted.emit(made)


class HistoryHead(QWidget):
    """The names of the columns, where the list draws them."""

    def __init__(self, history: HistoryList) -> None:
        super().__init__()
        self._history = history
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        changes().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(200, line(Size.SMALL) + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color(Role.WINDOW))
            rooms = _rooms(self._history.viewport().width())
            for name, (left, wide) in zip(_COLUMNS, rooms, strict=True):
                words = text(f"submit_page.column_{name}")
                where = QRect(left, 0, wide, self.height())
                align = RIGHT if name == "size" else LEFT
                paint_text(painter, where, words, font(Size.SMALL, bold=True), color(Role.TEXT), align)
