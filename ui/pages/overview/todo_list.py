"""What is left to do, as a list: the mark, what and why, the points at stake, the day, and the one action."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cchc_desktop.language import format_points, text
from cchc_desktop.quick_dataclass import dataclass
from ui.fonts import Size, font, line, metrics
from ui.marks import SIZE, Mark, paint_mark
from ui.theme import Role, changes, color
from ui.widgets.painted import CENTER, LEFT, RIGHT, paint_text
from ui.widgets.viewport import own_viewport

Index = QModelIndex | QPersistentModelIndex
JOB_ROLE = Qt.ItemDataRole.UserRole + 1
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


class _Lines(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Job | Heading] = []

    def set_lines(self, lines: list[Job | Heading]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.lines[index.row()], Heading):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = self.lines[index.row()]
        if role == JOB_ROLE:
            return shown
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return shown.title if isinstance(shown, Heading) else _sentence(shown)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(shown, Job):
            return f"{shown.title}\n{shown.detail}".strip()
        return None


def _sentence(job: Job) -> str:
    parts = [job.mark.word, job.title, job.detail]
    if job.points is not None:
        parts.append(text("overview_page.todo_points", points=job.points))
    if job.due is not None and job.days_left is not None:
        parts.append(text("overview_page.todo_due", due=job.due, left=day_word(job.days_left)))
    return ". ".join(part for part in (*parts, job.action) if part)


class _Line(QStyledItemDelegate):
    def __init__(self, view: TodoList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = isinstance(index.data(JOB_ROLE), Heading)
        high = line(Size.SMALL) + 10 if heading else line() + line(Size.SMALL) + 8
        return QSize(200, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown = index.data(JOB_ROLE)
        painter.save()
        if isinstance(shown, Heading):
            self._paint_heading(painter, option.rect, shown)
        else:
            current = index == self._view.currentIndex()
            focused = current and self._view.hasFocus()
            self._paint_job(painter, option.rect, shown, current=current, focused=focused)
        painter.restore()

    def _paint_heading(self, painter: QPainter, room: QRect, shown: Heading) -> None:
        painter.fillRect(room, color(Role.WINDOW))
        inside = room.adjusted(_PADDING, 0, -_PADDING, 0)
        paint_text(painter, inside, shown.title, font(Size.SMALL, bold=True), color(Role.TEXT), LEFT)
        counted = text("overview_page.jobs", count=shown.count)
        paint_text(painter, inside, counted, font(Size.SMALL), color(Role.MUTED), RIGHT)
        self._underline(painter, room)

    @staticmethod
    def _underline(painter: QPainter, room: QRect) -> None:
        painter.setPen(QPen(color(Role.LINE), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())

    def _paint_job(self, painter: QPainter, room: QRect, job: Job, *, current: bool, focused: bool) -> None:
        if current:
            painter.fillRect(room, color(Role.SELECTION))
        self._underline(painter, room)
        high, low = line(), line(Size.SMALL)
        top = room.top() + (room.height() - high - low) // 2
        sign = QPointF(room.left() + _PADDING, room.top() + (room.height() - SIZE) / 2)
        paint_mark(painter, job.mark, sign)
        button = self._view.button_room(room)
        due_wide, points_wide = self._view.due_width(), self._view.points_width()
        due_left = button.left() - _GAP - due_wide
        points_left = due_left - _GAP - points_wide
        left = room.left() + _PADDING + SIZE + _GAP
        words = points_left - _GAP - left
        self._say(painter, QRect(left, top, words, high), job.title, Size.BASE, Role.TEXT)
        self._say(painter, QRect(left, top + high, words, low), job.detail, Size.SMALL, Role.MUTED)
        if job.points is not None:
            where = QRect(points_left, room.top(), points_wide, room.height())
            paint_text(painter, where, format_points(job.points), font(bold=True), color(Role.TEXT), RIGHT)
        if job.due is not None and job.days_left is not None:
            first = QRect(due_left, top + 1, due_wide, low)
            role = Role.ERROR if job.days_left < 0 else Role.TEXT
            self._say(painter, first, f"{job.due:%d/%m}", Size.SMALL, role)
            second = first.translated(0, low)
            self._say(
                painter,
                second,
                day_word(job.days_left),
                Size.SMALL,
                role if role == Role.ERROR else Role.MUTED,
            )
        if job.action:
            self._paint_button(painter, button, job.action, current=current, focused=focused)

    @staticmethod
    def _say(painter: QPainter, room: QRect, words: str, size: Size, role: Role) -> None:
        paint_text(painter, room, words, font(size), color(role), LEFT, elide=True)

    @staticmethod
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


class TodoList(QListView):
    """Sorted as it is given. Enter, Space or a click on the action emits `acted` with the job."""

    acted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = _Lines()
        self._button_wide = 104
        self._due_wide = 80
        self._points_wide = 44
        self._room = own_viewport(self)
        self.setModel(self._lines)
        self.setItemDelegate(_Line(self))
        self.setAccessibleName(text("overview_page.todo"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        changes().changed.connect(self._room.update)

    def show_jobs(self, groups: Sequence[tuple[str, Sequence[Job]]]) -> None:
        """Each group: its heading and its jobs. The current job stays current when it is still there."""
        before = self.current_job()
        lines: list[Job | Heading] = []
        for heading, jobs in groups:
            if jobs:
                lines += [Heading(heading, len(jobs)), *jobs]
        jobs_only = [job for job in lines if isinstance(job, Job)]
        base, small = metrics(bold=True), metrics(Size.SMALL)
        self._button_wide = max([80, *(base.horizontalAdvance(job.action) + 28 for job in jobs_only)])
        lefts = [day_word(job.days_left) for job in jobs_only if job.days_left is not None]
        self._due_wide = max([64, *(small.horizontalAdvance(left) + 2 for left in lefts)])
        points = [format_points(job.points) for job in jobs_only if job.points is not None]
        self._points_wide = max([36, *(base.horizontalAdvance(one) + 2 for one in points)])
        self._lines.set_lines(lines)
        self._choose(before)

    def _choose(self, before: Job | None) -> None:
        jobs = [(n, job) for n, job in enumerate(self._lines.lines) if isinstance(job, Job)]
        if not jobs:
            return
        same = (n for n, job in jobs if before is not None and job.where == before.where)
        row = next(same, jobs[0][0])
        self.setCurrentIndex(self._lines.index(row))
        if row <= 1:
            self.scrollToTop()

    def jobs(self) -> tuple[Job, ...]:
        return tuple(job for job in self._lines.lines if isinstance(job, Job))

    def current_job(self) -> Job | None:
        shown = self.currentIndex().data(JOB_ROLE) if self.currentIndex().isValid() else None
        return shown if isinstance(shown, Job) else None

    def due_width(self) -> int:
        return self._due_wide

    def points_width(self) -> int:
        return self._points_wide

    def column_lefts(self) -> tuple[int, int]:
        """Where the columns "Điểm" (its right edge) and "Hạn" (its left edge) stand, for the head above."""
        right = self._room.width() - _PADDING + 4
        due = right - self._button_wide - _GAP - self._due_wide
        return due - _GAP, due

    def button_room(self, room: QRect) -> QRect:
        high = line() + 10
        left = room.right() - _PADDING + 4 - self._button_wide
        return QRect(left, room.top() + (room.height() - high) // 2, self._button_wide, high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._act()
            return
        super().keyPressEvent(event)

    def _act(self) -> None:
        if (job := self.current_job()) and job.action:
            self.acted.emit(job)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._button_under(event.position().toPoint()) is not None
        self._room.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        job = self._button_under(event.position().toPoint())
        if job is not None and event.button() == Qt.MouseButton.LeftButton:
            self.acted.emit(job)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._button_under(event.position().toPoint()) is None:
            self._act()

    def _button_under(self, at: Any) -> Job | None:
        index = self.indexAt(at)
        shown = index.data(JOB_ROLE) if index.isValid() else None
        if isinstance(shown, Job) and shown.action and self.button_room(self.visualRect(index)).contains(at):
            return shown
        return None
