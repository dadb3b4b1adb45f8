"""The panel Lịch năm: its head with the legend, and the painted year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desktop.domain.calendar import CalendarEntry, EntryState
from cchc_desktop.language import text
from ui.fonts import Size, font, line, width_of
from ui.marks import SIZE, Mark, paint_mark
from ui.pages.overview.todo_list import day_word
from ui.pages.overview.year_calendar import Event, YearCalendar
from ui.theme import Role, color
from ui.widgets.button import LinkLabel
from ui.widgets.labels import section
from ui.widgets.painted import LEFT, centred, paint_text
from ui.widgets.panel import Panel, row

_MARKS = {
    EntryState.DONE: Mark.DONE,
    EntryState.DONE_LATE: Mark.LOST,
    EntryState.OVERDUE: Mark.LOST,
    EntryState.SOON: Mark.DOING,
    EntryState.LATER: Mark.OPEN,
    EntryState.PASSED: Mark.NOT_APPLICABLE,
}
_LEGEND = (
    (Mark.DONE, "legend_done"),
    (Mark.LOST, "legend_late"),
    (Mark.DOING, "legend_soon"),
    (Mark.OPEN, "legend_later"),
)


def event_of(entry: CalendarEntry) -> Event:
    """How an entry of the calendar is shown."""
    match entry.state:
        case EntryState.DONE if entry.done_on is not None:
            note = text("overview_page.entry_done", day=f"{entry.done_on:%d/%m}")
        case EntryState.DONE_LATE if entry.done_on is not None:
            day = f"{entry.done_on:%d/%m}"
            note = text("overview_page.entry_done_late", day=day, days=entry.days_late)
        case EntryState.OVERDUE:
            note = text("overview_page.entry_overdue", days=entry.days_late)
        case EntryState.PASSED:
            note = text("overview_page.entry_passed")
        case _:
            note = day_word(entry.days_left)
    return Event(entry.due, entry.title, note, _MARKS[entry.state])


class _Legend(QWidget):
    """What the marks mean; those of the year that is shown, and today."""

    def __init__(self) -> None:
        super().__init__()
        self._marks: list[tuple[Mark | None, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_marks(())

    def show_marks(self, used: Sequence[Mark]) -> None:
        passed = [(Mark.NOT_APPLICABLE, "legend_passed")] if Mark.NOT_APPLICABLE in used else []
        self._marks = [
            *((mark, text(f"overview_page.{words}")) for mark, words in (*_LEGEND, *passed)),
            (None, text("overview_page.legend_today")),
        ]
        self.setAccessibleName(", ".join(words for _mark, words in self._marks))
        self.updateGeometry()
        self.update()

    def _places(self, width: int) -> list[tuple[int, int]]:
        """Where each mark stands: at the right when all fit into one line, else line by line."""
        step, whole = self._line(), self.sizeHint().width()
        places, left, top = [], max(0, width - whole), 0
        for _mark, words in self._marks:
            wide = SIZE + 6 + width_of(words, Size.SMALL) + 1
            if left and left + wide > width:
                left, top = 0, top + step
            places.append((left, top))
            left += wide + 13
        return places

    @staticmethod
    def _line() -> int:
        return max(SIZE, line(Size.SMALL)) + 4

    def sizeHint(self) -> QSize:
        wide = sum(SIZE + 20 + width_of(words, Size.SMALL) for _mark, words in self._marks)
        return QSize(wide - 12, self._line())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._line())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setFixedHeight(self._places(self.width())[-1][1] + self._line())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            for (mark, words), (left, top) in zip(self._marks, self._places(self.width()), strict=True):
                box = QRect(left, top, SIZE, self._line())
                if mark is not None:
                    paint_mark(painter, mark, centred(box, SIZE, 0))
                else:
                    self._triangle(painter, box)
                wide = width_of(words, Size.SMALL) + 1
                where = QRect(left + SIZE + 6, top, wide, self._line())
                paint_text(painter, where, words, font(Size.SMALL), color(Role.MUTED), LEFT)

    @staticmethod
    def _triangle(painter: QPainter, box: QRect) -> None:
        middle = box.top() + box.height() / 2
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(color(Role.ACCENT))
        painter.setBrush(color(Role.ACCENT))
        top = QPointF(box.left() + SIZE / 2, middle - 4)
        painter.drawPolygon(QPolygonF([top, top + QPointF(6, 8), top + QPointF(-6, 8)]))
        painter.restore()


class CalendarPanel(Panel):
    """`export`: write the year's calendar for other programs."""

    def __init__(self, export: Callable[[], object]) -> None:
        super().__init__(padding=0, gap=0)
        self._heading = section()
        self.export = LinkLabel(text("overview_page.export_calendar"), export, Size.SMALL)
        self.export.setToolTip(text("overview_page.export_calendar_hint"))
        self._legend = _Legend()
        self.year = YearCalendar()
        head = row(self._heading, 16, self.export, 16, self._legend)
        self._heading.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        head.setStretch(4, 1)
        head.setContentsMargins(16, 7, 16, 5)
        self.box.addLayout(head)
        inner = row(self.year)
        inner.setContentsMargins(1, 0, 1, 4)
        self.box.addLayout(inner)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_year(self, year: int, entries: Sequence[CalendarEntry], today: date) -> None:
        events = [event_of(entry) for entry in entries]
        self._heading.setText(text("overview_page.calendar", year=str(year)))
        self._legend.show_marks([event.mark for event in events])
        self.year.show_year(year, events, today)
