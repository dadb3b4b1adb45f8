"""How each package of the year went: revision, time, what, where, size, state with its reason, next step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desktop.domain.delivery import FOLDER, Delivery, DeliveryState
from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.package_head import filing
from cchc_desktop.domain.submission import Submission
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.language import format_date, format_size, format_time, render, text
from cchc_desktop.quick_dataclass import dataclass
from ui.fonts import Size, font, line, metrics
from ui.marks import SIZE, Mark, paint_mark
from ui.theme import Role, color
from ui.widgets.painted import LEFT, RIGHT, centred, paint_text
from ui.widgets.painted_list import PaintedList, paint_link

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


class HistoryList(PaintedList):
    """`menu_wanted(line, at)` on Enter, the menu key, a click on the next step, or a right click."""

    menu_wanted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__(text("submit_page.history"))
        self._acts: Callable[[Line], Sequence[str]] = lambda _line: ("open",)
        self.setMinimumHeight(line() + 14)
        self.opened.connect(lambda _line: self._open(self.currentIndex()))

    def set_acts(self, acts: Callable[[Line], Sequence[str]]) -> None:
        self._acts = acts

    def made(self) -> tuple[Submission, ...]:
        """The package of each line."""
        return tuple(one.made for one in self.lines())

    def words(self, shown: Line) -> str:
        return ", ".join(part for part in (*cells(shown), shown.reason) if part)

    def tip(self, shown: Line) -> str:
        told = (shown.made.file_name, shown.where, shown.state_words, shown.reason)
        return "\n".join(part for part in told if part)

    def height_of(self, _shown: Line) -> int:
        return line() + 14

    def paint_line(self, painter: QPainter, room: QRect, shown: Line, *, chosen: bool) -> None:
        for name, words, (left, wide) in zip(_COLUMNS, cells(shown), _rooms(room.width()), strict=True):
            where = QRect(left, room.top(), wide, room.height())
            if name == "state":
                paint_mark(painter, shown.mark, centred(where, SIZE, 0))
                where = where.adjusted(SIZE + 8, 0, 0, 0)
                words = f"{words}: {shown.reason}" if shown.reason else words
            ink, elide = color(Role.TEXT), name in ("where", "state")
            align = RIGHT if name == "size" else LEFT
            paint_text(painter, where, words, font(bold=name == "revision"), ink, align, elide=elide)
        paint_link(painter, room.adjusted(0, 0, -_PAD, 0), text(f"outbox_page.act_{self._acts(shown)[0]}"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Menu:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        on_link = event.position().x() > self.room.width() - _link_width() - _PAD
        if on_link or event.button() == Qt.MouseButton.RightButton:
            self._open(self.indexAt(event.position().toPoint()))

    def _open(self, index: QModelIndex) -> None:
        if (shown := self.line_at(index)) is not None:
            room = self.visualRect(index)
            corner = QPoint(room.right() - _PAD - _link_width(), room.bottom())
            self.menu_wanted.emit(shown, self.room.mapToGlobal(corner))


class HistoryHead(QWidget):
    """The names of the columns, where the list draws them."""

    def __init__(self, history: HistoryList) -> None:
        super().__init__()
        self._history = history
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, line(Size.SMALL) + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color(Role.WINDOW))
            rooms = _rooms(self._history.room.width())
            for name, (left, wide) in zip(_COLUMNS, rooms, strict=True):
                words = text(f"submit_page.column_{name}")
                where = QRect(left, 0, wide, self.height())
                align = RIGHT if name == "size" else LEFT
                paint_text(painter, where, words, font(Size.SMALL, bold=True), color(Role.TEXT), align)
