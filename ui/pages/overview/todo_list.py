"""What is left to do, as a list: the mark, what and why, the points at stake, the day, and the one action."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView

from cchc_desktop.language import format_points, text
from cchc_desktop.quick_dataclass import dataclass
from ui.fonts import Size, font, line, width_of
from ui.marks import SIZE, Mark, paint_mark
from ui.theme import Role, color
from ui.widgets.painted import CENTER, LEFT, RIGHT, centred, paint_text
from ui.widgets.painted_list import PaintedList

_PADDING = 16
_GAP = 12


@dataclass(frozen=True, slots=True)
class Job:
    """One line. `points` None: nothing to win or lose. `where` goes back to the page when it is acted on."""

    mark: Mark
    title: str
    detail: str
    points: Decimal | None
    due: date | None
    days_left: int | None
    action: str
    where: object


@dataclass(frozen=True, slots=True)
class Heading:
    title: str
    count: int


def day_word(days: int) -> str:
    """ "còn 8 ngày", "hôm nay", "trễ 3 ngày"."""
    if days < 0:
        return text("overview_page.late", days=-days)
    return text("overview_page.days_left", days=days) if days else text("overview_page.due_today")


def _sentence(job: Job) -> str:
    parts = [job.mark.word, job.title, job.detail]
    if job.points is not None:
        parts.append(text("overview_page.todo_points", points=job.points))
    if job.due is not None and job.days_left is not None:
        parts.append(text("overview_page.todo_due", due=job.due, left=day_word(job.days_left)))
    return ". ".join(part for part in (*parts, job.action) if part)


class TodoList(PaintedList):
    """Sorted as it is given. Enter, Space or a click on the action emits `acted` with the job."""

    acted = Signal(object)
    frames_current = False  # the button of its action shows it

    def __init__(self) -> None:
        super().__init__(text("overview_page.todo"))
        self._button_wide = 104
        self._due_wide = 80
        self._points_wide = 44
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.opened.connect(self._act)

    def words(self, shown: Job | Heading) -> str:
        return shown.title if isinstance(shown, Heading) else _sentence(shown)

    def tip(self, shown: Job | Heading) -> str:
        return "" if isinstance(shown, Heading) else f"{shown.title}\n{shown.detail}".strip()

    def is_heading(self, shown: Job | Heading) -> bool:
        return isinstance(shown, Heading)

    def height_of(self, shown: Job | Heading) -> int:
        if isinstance(shown, Heading):
            return line(Size.SMALL) + 10
        return line() + line(Size.SMALL) + 8

    def paint_line(self, painter: QPainter, room: QRect, shown: Job | Heading, *, chosen: bool) -> None:
        if isinstance(shown, Heading):
            _paint_heading(painter, room, shown)
        else:
            self._paint_job(painter, room, shown, chosen=chosen)

    def _paint_job(self, painter: QPainter, room: QRect, job: Job, *, chosen: bool) -> None:
        high, low = line(), line(Size.SMALL)
        top = room.top() + (room.height() - high - low) // 2
        paint_mark(painter, job.mark, centred(room, SIZE, _PADDING))
        button = self.button_room(room)
        due_left = button.left() - _GAP - self._due_wide
        points_left = due_left - _GAP - self._points_wide
        left = room.left() + _PADDING + SIZE + _GAP
        words = points_left - _GAP - left
        _say(painter, QRect(left, top, words, high), job.title, Size.BASE, Role.TEXT)
        _say(painter, QRect(left, top + high, words, low), job.detail, Size.SMALL, Role.MUTED)
        if job.points is not None:
            where = QRect(points_left, room.top(), self._points_wide, room.height())
            paint_text(painter, where, format_points(job.points), font(bold=True), color(Role.TEXT), RIGHT)
        if job.due is not None and job.days_left is not None:
            day, late = QRect(due_left, top + 1, self._due_wide, low), job.days_left < 0
            _say(painter, day, f"{job.due:%d/%m}", Size.SMALL, Role.ERROR if late else Role.TEXT)
            left_words, role = day_word(job.days_left), Role.ERROR if late else Role.MUTED
            _say(painter, day.translated(0, low), left_words, Size.SMALL, role)
        if job.action:
            focused = chosen and self.hasFocus()
            _paint_button(painter, button, job.action, current=chosen, focused=focused)

    def show_jobs(self, groups: Sequence[tuple[str, Sequence[Job]]]) -> None:
        """Each group: its heading and its jobs. The current job stays current when it is still there."""
        before = self.current_job()
        lines: list[Job | Heading] = []
        for heading, jobs in groups:
            if jobs:
                lines += [Heading(heading, len(jobs)), *jobs]
        jobs_only = [job for job in lines if isinstance(job, Job)]
        self._button_wide = max([80, *(width_of(job.action, bold=True) + 28 for job in jobs_only)])
        lefts = [day_word(job.days_left) for job in jobs_only if job.days_left is not None]
        self._due_wide = max([64, *(width_of(left, Size.SMALL) + 2 for left in lefts)])
        points = [format_points(job.points) for job in jobs_only if job.points is not None]
        self._points_wide = max([36, *(width_of(one, bold=True) + 2 for one in points)])
        self.show_lines(lines)
        self._choose(before)

    def _choose(self, before: Job | None) -> None:
        jobs = [(n, job) for n, job in enumerate(self.lines()) if isinstance(job, Job)]
        if not jobs:
            return
        same = (n for n, job in jobs if before is not None and job.where == before.where)
        row = next(same, jobs[0][0])
        self.choose(row)
        if row <= 1:
            self.scrollToTop()

    def jobs(self) -> tuple[Job, ...]:
        return tuple(job for job in self.lines() if isinstance(job, Job))

    def current_job(self) -> Job | None:
        shown = self.line_at(self.currentIndex())
        return shown if isinstance(shown, Job) else None

    def column_lefts(self) -> tuple[int, int]:
        """Where the columns "Điểm" (its right edge) and "Hạn" (its left edge) stand, for the head above."""
        right = self.room.width() - _PADDING + 4
        due = right - self._button_wide - _GAP - self._due_wide
        return due - _GAP, due

    def button_room(self, room: QRect) -> QRect:
        high = line() + 10
        left = room.right() - _PADDING + 4 - self._button_wide
        return QRect(left, room.top() + (room.height() - high) // 2, self._button_wide, high)

    def _act(self, shown: object) -> None:
        if isinstance(shown, Job) and shown.action:
            self.acted.emit(shown)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._button_under(event.position().toPoint()) is not None
        self.room.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        job = self._button_under(event.position().toPoint())
        if job is not None and event.button() == Qt.MouseButton.LeftButton:
            self.acted.emit(job)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._button_under(event.position().toPoint()) is None:
            self._act(self.current_job())

    def _button_under(self, at: Any) -> Job | None:
        index = self.indexAt(at)
        shown = self.line_at(index)
        if isinstance(shown, Job) and shown.action and self.button_room(self.visualRect(index)).contains(at):
            return shown
        return None


def _paint_heading(painter: QPainter, room: QRect, shown: Heading) -> None:
    inside = room.adjusted(_PADDING, 0, -_PADDING, 0)
    paint_text(painter, inside, shown.title, font(Size.SMALL, bold=True), color(Role.TEXT), LEFT)
    counted = text("overview_page.jobs", count=shown.count)
    paint_text(painter, inside, counted, font(Size.SMALL), color(Role.MUTED), RIGHT)


def _say(painter: QPainter, room: QRect, words: str, size: Size, role: Role) -> None:
    paint_text(painter, room, words, font(size), color(role), LEFT, elide=True)


def _paint_button(painter: QPainter, room: QRect, words: str, *, current: bool, focused: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(room).adjusted(0.5, 0.5, -0.5, -0.5)
    if focused:
        painter.setPen(QPen(color(Role.FOCUS), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), 4, 4)
    painter.setPen(QPen(color(Role.ACCENT if current else Role.EDGE), 1))
    painter.setBrush(color(Role.ACCENT if current else Role.SURFACE))
    painter.drawRoundedRect(box, 3, 3)
    ink = color(Role.ON_ACCENT if current else Role.TEXT)
    paint_text(painter, room, words, font(bold=current), ink, CENTER)
