"""The year as one band of months, with what is due in it and where today is. Painted: it holds no input."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cchc_desktop.domain.due import days_in_month
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import dataclass
from ui.fonts import Size, font, line, width_of
from ui.marks import SIZE, Mark, paint_mark
from ui.theme import Role, color
from ui.widgets.painted import CENTER, LEFT, RIGHT, paint_text

_GAP = 6
_LANE_GAP = 6
_EDGE = 16


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that is due: its day, what it is, how it stands, and the mark that says so first."""

    day: date
    title: str
    note: str
    mark: Mark

    @property
    def short_title(self) -> str:
        """The office's own abbreviation instead of the long word; the tooltip has the whole."""
        return self.title.replace(text("overview_page.long_word"), text("overview_page.short_word"))


@dataclass(frozen=True, slots=True)
class _Placed:
    event: Event
    at: float
    lane: int
    leftwards: bool
    room: QRectF


class YearCalendar(QWidget):
    """Shows the events of one year; each lies in the first lane where its words don't run into another's."""

    def __init__(self) -> None:
        super().__init__()
        self._year = 2000
        self._today: date | None = None
        self._events: tuple[Event, ...] = ()
        self._wide: dict[Event, int] = {}
        """How wide the words of each are: they are placed anew with every width of the window."""
        self._placed: tuple[_Placed, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_year(self, year: int, events: Sequence[Event], today: date) -> None:
        self._year, self._today = year, today
        self._events = tuple(sorted(events, key=lambda event: event.day))
        self._wide = {
            event: 2
            + max(width_of(self._label(event), Size.SMALL, bold=True), width_of(event.note, Size.SMALL))
            for event in self._events
        }
        self.setAccessibleName(text("overview_page.calendar", year=str(year)))
        self.setAccessibleDescription(
            "; ".join(self._words(event) for event in self._events) or text("overview_page.calendar_empty")
        )
        self._arrange()

    def events(self) -> tuple[Event, ...]:
        return self._events

    @staticmethod
    def _words(event: Event) -> str:
        return text(
            "overview_page.calendar_entry",
            day=event.day,
            title=event.title,
            note=event.note,
            mark=event.mark.word,
        )

    def _x(self, day: date) -> float:
        """Months are equally wide; a day lies in its month by its share of it."""
        month = self.width() / 12
        days = days_in_month(day.year, day.month)
        return month * (day.month - 1) + month * (day.day - 0.5) / days

    def _label(self, event: Event) -> str:
        return text("overview_page.calendar_title", day=f"{event.day:%d/%m}", title=event.short_title)

    def _place(self) -> None:
        """Events at the right edge are placed first: their words can only stand at the left of their day."""
        lanes: list[list[tuple[float, float]]] = []
        placed = []
        forced = [event for event in self._events if self._ways(event) == (True,)]
        for event in [*reversed(forced), *(event for event in self._events if event not in forced)]:
            lane, leftwards, span = self._free(event, lanes)
            if lane == len(lanes):
                lanes.append([])
            lanes[lane].append(span)
            high = 2 * line(Size.SMALL)
            left = span[0] if leftwards else span[0] + SIZE + _GAP
            top = self._month_height() + 12 + lane * (high + _LANE_GAP)
            room = QRectF(left, top, span[1] - span[0] - SIZE - _GAP, high)
            placed.append(_Placed(event, self._at(event), lane, leftwards, room))
        self._placed = tuple(placed)
        self._lanes = max(1, len(lanes))

    def _at(self, event: Event) -> float:
        return min(max(self._x(event.day), SIZE / 2 + 2), self.width() - SIZE / 2 - 2)

    def _span(self, event: Event, *, leftwards: bool) -> tuple[float, float]:
        words = self._wide[event]
        at = self._at(event)
        if leftwards:
            return max(2.0, at - SIZE / 2 - _GAP - words), at + SIZE / 2
        return at - SIZE / 2, min(at + SIZE / 2 + _GAP + words, self.width() - 2.0)

    def _ways(self, event: Event) -> tuple[bool, ...]:
        """The sides on which the words may stand (True: left of the mark)."""
        whole = self._span(event, leftwards=False)[1] < self.width() - 2
        left = self._span(event, leftwards=True)[0] > 2
        return (False, True) if whole and left else (True,) if left and not whole else (False,)

    def _free(
        self, event: Event, lanes: Sequence[Sequence[tuple[float, float]]]
    ) -> tuple[int, bool, tuple[float, float]]:
        ways = [(side, self._span(event, leftwards=side)) for side in self._ways(event)]
        for lane, taken in enumerate(lanes):
            for side, (begin, end) in ways:
                if all(end + _EDGE < start or stop + _EDGE < begin for start, stop in taken):
                    return lane, side, (begin, end)
        return len(lanes), *ways[0]

    def _month_height(self) -> int:
        return line(Size.SMALL) + 6

    def _height(self) -> int:
        return self._month_height() + 12 + self._lanes * (2 * line(Size.SMALL) + _LANE_GAP) + 2

    _lanes = 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        self._place()
        self.setFixedHeight(self._height())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(900, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(360, self._height())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What lies under the pointer is told in full where the pointer rests."""
        told = self._told_at(event.position())
        if told != self.toolTip():
            QToolTip.hideText()  # Qt would leave the words of what lay there before
            self.setToolTip(told)

    def _told_at(self, place: QPointF) -> str:
        for one in self._placed:
            sign = QRectF(one.at - SIZE, one.room.top(), 2 * SIZE, one.room.height())
            if one.room.united(sign).contains(place):
                return self._words(one.event)
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint_months(painter)
            for one in self._placed:
                self._paint_stem(painter, one)
            for one in self._placed:
                self._paint_event(painter, one)
            self._paint_today(painter)

    def _paint_months(self, painter: QPainter) -> None:
        wide, high = self.width() / 12, self._month_height()
        long_names = wide >= width_of(self._month(12, short=False), Size.SMALL, bold=True) + 14
        current = self._today.month if self._today and self._today.year == self._year else 0
        for month in range(1, 13):
            box = QRectF(wide * (month - 1), 0, wide, high)
            if month == current:
                painter.fillRect(box, color(Role.SELECTION))
            painter.setPen(QPen(color(Role.LINE), 1))
            if month > 1:
                painter.drawLine(box.topLeft(), box.bottomLeft())
            bold = month == current
            inside = box.adjusted(7 if long_names else 0, 0, 0, 0).toRect()
            name = self._month(month, short=not long_names)
            ink = color(Role.TEXT if bold else Role.MUTED)
            paint_text(
                painter, inside, name, font(Size.SMALL, bold=bold), ink, LEFT if long_names else CENTER
            )
        painter.setPen(QPen(color(Role.LINE), 1))
        painter.drawLine(QPointF(0, 0), QPointF(self.width(), 0))
        painter.drawLine(QPointF(0, high), QPointF(self.width(), high))

    @staticmethod
    def _month(month: int, *, short: bool) -> str:
        return text("overview_page.month_short" if short else "overview_page.month", month=month)

    def _paint_stem(self, painter: QPainter, one: _Placed) -> None:
        painter.setPen(QPen(color(Role.EDGE), 1))
        foot = one.room.top() + (line(Size.SMALL) - SIZE) / 2
        painter.drawLine(QPointF(one.at, self._month_height()), QPointF(one.at, foot))

    def _paint_event(self, painter: QPainter, one: _Placed) -> None:
        high = line(Size.SMALL)
        align = RIGHT if one.leftwards else LEFT
        painter.fillRect(one.room.adjusted(-2, 0, 2, 0), color(Role.SURFACE))
        first = QRect(int(one.room.left()), int(one.room.top()), int(one.room.width()), high)
        bold = font(Size.SMALL, bold=True)
        paint_text(painter, first, self._label(one.event), bold, color(Role.TEXT), align, elide=True)
        note = first.translated(0, high)
        paint_text(painter, note, one.event.note, font(Size.SMALL), color(Role.MUTED), align, elide=True)
        paint_mark(painter, one.event.mark, QPointF(one.at - SIZE / 2, one.room.top() + (high - SIZE) / 2))

    def _paint_today(self, painter: QPainter) -> None:
        if self._today is None or self._today.year != self._year:
            return
        x, top = self._x(self._today), self._month_height()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(Role.ACCENT))
        painter.drawPolygon(
            QPolygonF([QPointF(x, top + 1), QPointF(x + 6, top + 9), QPointF(x - 6, top + 9)])
        )
