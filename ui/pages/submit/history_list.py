"""How each package of the year went: revision, time, what, where, size, state with its reason, next step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cchc_desktop.domain.delivery import FOLDER, Delivery, DeliveryState
from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.package_head import filing
from cchc_desktop.domain.submission import Submission
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.language import format_date, format_size, format_time, render, text
from cchc_desktop.quick_dataclass import dataclass
from ui.fonts import Size, font, line, metrics
from ui.marks import SIZE, Mark, paint_mark
from ui.theme import Role, changes, color
from ui.widgets.painted import LEFT, RIGHT, centred, paint_text

Index = QModelIndex | QPersistentModelIndex
_LINE = Qt.ItemDataRole.UserRole + 1
_PAD = 20
_COLUMNS = ("revision", "time", "what", "where", "size", "state")
_MARKS = {
    DeliveryState.QUEUED: Mark.DOING,
    DeliveryState.WRITTEN: Mark.DOING,
    DeliveryState.EXPORTED: Mark.WAITING,
    DeliveryState.WAITING: Mark.WAITING,
    DeliveryState.DELIVERED: Mark.DONE,
    DeliveryState.DELIVERED_BY_WORD: Mark.WAITING,
    DeliveryState.FAILED: Mark.ERROR,
    DeliveryState.SUPERSEDED: Mark.NOT_APPLICABLE,
}
_OLD_MARKS = {
    DocumentState.EXPORTED: Mark.WAITING,
    DocumentState.DELIVERED: Mark.DONE,
    DocumentState.FAILED: Mark.ERROR,
    DocumentState.SUPERSEDED: Mark.NOT_APPLICABLE,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One delivery of one package; None for a package of before deliveries were kept."""

    made: Submission
    delivery: Delivery | None

    @property
    def state_words(self) -> str:
        if self.delivery is None:
            return text(f"submit_page.state_{self.made.state.value}")
        return text(f"outbox_page.state_{self.delivery.state.value}")

    @property
    def reason(self) -> str:
        failed = self.delivery is not None and self.delivery.reason is not None
        return render(self.delivery.reason) if failed else ""  # type: ignore[union-attr, arg-type]

    @property
    def mark(self) -> Mark:
        if self.delivery is None:
            return _OLD_MARKS.get(self.made.state, Mark.OPEN)
        return _MARKS[self.delivery.state]

    @property
    def where(self) -> str:
        if self.delivery is None or self.delivery.channel == FOLDER:
            return self.made.folder if self.delivery is None else self.delivery.target
        way = text(f"outbox_page.channel_{self.delivery.channel}")
        return f"{way}: {self.delivery.target}" if self.delivery.target else way


def lines_of(made: Sequence[Submission], deliveries: Sequence[Delivery]) -> tuple[Line, ...]:
    """The newest package first, and of each its deliveries, the newest first."""
    lines: list[Line] = []
    for one in made:
        own = [delivery for delivery in deliveries if delivery.submission_id == one.id]
        lines.extend(Line(one, delivery) for delivery in own)
        if not own:
            lines.append(Line(one, None))
    return tuple(lines)


def cells(line: Line) -> tuple[str, ...]:
    """The words of one line, in the order of the columns."""
    made = line.made
    at = (line.delivery.changed_at if line.delivery else made.created_at).astimezone(VIETNAM)
    return (
        filing(made.revision),
        f"{format_date(at)} {format_time(at)}",
        text(f"submit_page.kind_{made.kind}"),
        line.where,
        format_size(made.size),
        line.state_words,
    )


def _rooms(width: int) -> list[tuple[int, int]]:
    """Left and width of each column; "where" takes what is left."""
    small = metrics().averageCharWidth() / 8
    fixed = [round(w * small) for w in (50, 136, 140, 0, 74, 250)]
    link = _link_width() + _PAD + 12
    spare = max(90, width - sum(fixed) - 5 * 16 - _PAD - link)
    fixed[3] = spare
    lefts, left = [], _PAD
    for wide in fixed:
        lefts.append((left, wide))
        left += wide + 16
    return lefts


def _link_width() -> int:
    """What the widest next step takes."""
    acts = ("drafts", "said_sent", "go_on", "again", "ask", "see_receipt", "open", "receipt")
    return max(metrics(Size.SMALL).horizontalAdvance(text(f"outbox_page.act_{act}")) for act in acts) + 1


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()

    def set_lines(self, lines: tuple[Line, ...]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line_ = self.lines[index.row()]
        if role == _LINE:
            return line_
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (*cells(line_), line_.reason) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            told = (line_.made.file_name, line_.where, line_.state_words, line_.reason)
            return "\n".join(part for part in told if part)
        return None


class _Line(QStyledItemDelegate):
    def __init__(self, view: HistoryList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, line() + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Line = index.data(_LINE)
        room: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(room, color(Role.SELECTION))
        painter.fillRect(QRect(room.left(), room.bottom(), room.width(), 1), color(Role.LINE))
        for name, words, (left, wide) in zip(_COLUMNS, cells(shown), _rooms(room.width()), strict=True):
            where = QRect(left, room.top(), wide, room.height())
            if name == "state":
                paint_mark(painter, shown.mark, centred(where, SIZE, 0))
                where = where.adjusted(SIZE + 8, 0, 0, 0)
                words = f"{words}: {shown.reason}" if shown.reason else words
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
        link = text(f"outbox_page.act_{self._view.acts(shown)[0]}")
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
    """`menu_wanted(line, at)` on Enter, the menu key, a click on the next step, or a right click."""

    menu_wanted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._model = _Model()
        self._acts: Callable[[Line], Sequence[str]] = lambda _line: ("open",)
        self.setModel(self._model)
        self.setItemDelegate(_Line(self))
        self.setAccessibleName(text("submit_page.history"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(line() + 14)
        changes().changed.connect(self.viewport().update)

    def show_lines(self, lines: Sequence[Line]) -> None:
        at = self.currentIndex().row()
        self._model.set_lines(tuple(lines))
        if 0 <= at < len(lines):
            self.setCurrentIndex(self._model.index(at, 0))

    def set_acts(self, acts: Callable[[Line], Sequence[str]]) -> None:
        self._acts = acts

    def acts(self, shown: Line) -> Sequence[str]:
        return self._acts(shown)

    def lines(self) -> tuple[Line, ...]:
        return self._model.lines

    def made(self) -> tuple[Submission, ...]:
        """The package of each line."""
        return tuple(one.made for one in self._model.lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Menu):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        on_link = event.position().x() > self.viewport().width() - _link_width() - _PAD
        if on_link or event.button() == Qt.MouseButton.RightButton:
            self._open(self.indexAt(event.position().toPoint()))

    def _open(self, index: QModelIndex) -> None:
        shown = index.data(_LINE) if index.isValid() else None
        if isinstance(shown, Line):
            room = self.visualRect(index)
            corner = QPoint(room.right() - _PAD - _link_width(), room.bottom())
            self.menu_wanted.emit(shown, self.viewport().mapToGlobal(corner))


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
