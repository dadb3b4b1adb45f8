"""Sums of the plan's progress: a bar per area and per room, solid done, hatched in time, empty late."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from cchc_desktop.domain.plan_progress import PlanProgress, Tally
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import dataclass
from ui.fonts import Size, font, line, metrics
from ui.pages.plan.target_rows import area_name
from ui.theme import Role, color
from ui.widgets.bars import paint_bar
from ui.widgets.labels import second, strong
from ui.widgets.painted import LEFT, RIGHT, paint_text
from ui.widgets.painted_button import PaintedButton
from ui.widgets.panel import Panel, clear, column, row
from ui.widgets.scroll_column import ScrollColumn

_BAR, _GAP = 100, 10
_NARROW = 720
"""Below this width one panel stands under the other."""


@dataclass(frozen=True, slots=True)
class Sum:
    """`key` is the area's key or the room's name."""

    key: str
    name: str
    tally: Tally


def paint_tally(painter: QPainter, where: QRectF, tally: Tally) -> None:
    whole = tally.total or 1
    paint_bar(painter, where, tally.done / whole, (tally.total - tally.done - tally.late) / whole)


class TallyBar(QWidget):
    """The whole plan as one bar."""

    def __init__(self) -> None:
        super().__init__()
        self._tally = Tally()
        self.setFixedSize(160, 14)

    def set_tally(self, tally: Tally) -> None:
        self._tally = tally
        said = _said(text("progress_page.step"), tally)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_tally(painter, QRectF(self.rect()), self._tally)


def _said(name: str, tally: Tally) -> str:
    return text("progress_page.sum_said", name=name, done=tally.done, total=tally.total, late=tally.late)


class _SumLine(PaintedButton):
    def __init__(self, shown: Sum, *, any_late: bool) -> None:
        """`any_late`: some line has late tasks, so that all leave room for their number."""
        super().__init__()
        self.shown, self._any_late = shown, any_late
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        said = _said(shown.name, shown.tally)
        self.setAccessibleName(said)
        self.setToolTip(said)

    def sizeHint(self) -> QSize:
        return QSize(320, line() + 14)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, line() + 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        high, tally = self.height(), self.shown.tally
        late = text("progress_page.sum_late", count=tally.late) if tally.late else ""
        late_wide = metrics(Size.SMALL).horizontalAdvance(text("progress_page.sum_late", count=88)) + 2
        late_wide = late_wide if self._any_late else -_GAP
        done = text("progress_page.sum", done=tally.done, total=tally.total)
        bold = metrics(bold=True)
        done_wide = max(bold.horizontalAdvance("88/88"), bold.horizontalAdvance(done)) + 2
        with QPainter(self) as painter:
            if self.underMouse() or self.isDown():
                painter.fillRect(self.rect(), color(Role.SELECTION if self.isDown() else Role.COMPUTED))
            right = self.width() - 4 - late_wide
            where = QRect(right, 0, late_wide, high)
            if late:
                paint_text(painter, where, late, font(Size.SMALL), color(Role.WARN), RIGHT)
            where = QRect(right - _GAP - done_wide, 0, done_wide, high)
            paint_text(painter, where, done, font(bold=True), color(Role.TEXT), RIGHT)
            bar = where.left() - _GAP - _BAR
            paint_tally(painter, QRectF(bar, (high - 14) // 2, _BAR, 14), tally)
            where = QRect(4, 0, bar - _GAP - 4, high)
            paint_text(painter, where, self.shown.name, font(), color(Role.TEXT), LEFT, elide=True)


class _Sums(Panel):
    chosen = Signal(str)

    def __init__(self, heading: str) -> None:
        super().__init__(padding=12, gap=6)
        self._shown: tuple[Sum, ...] | None = None
        self._lines = column(gap=0)
        self.box.addWidget(strong(heading))
        self.box.addLayout(self._lines)
        self.box.addStretch(1)

    def show_sums(self, sums: Sequence[Sum]) -> None:
        if tuple(sums) == self._shown:
            return
        self._shown = tuple(sums)
        clear(self._lines)
        any_late = any(one.tally.late for one in sums)
        for one in sums:
            made = _SumLine(one, any_late=any_late)
            made.clicked.connect(lambda _on=False, key=one.key: self.chosen.emit(key))
            self._lines.addWidget(made)

    def lines(self) -> Sequence[_SumLine]:
        items = (self._lines.itemAt(place) for place in range(self._lines.count()))
        found = (item.widget() for item in items if item is not None)
        return tuple(one for one in found if isinstance(one, _SumLine))


class _Legend(QWidget):
    """Solid, hatched, empty in words."""

    def __init__(self) -> None:
        super().__init__()
        self._items = (("done", Tally(1, 1)), ("open", Tally(1)), ("late", Tally(1, 0, 1)))
        words = ", ".join(text(f"progress_page.legend_{name}") for name, _tally in self._items)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        small = metrics(Size.SMALL)
        wide = sum(small.horizontalAdvance(text(f"progress_page.legend_{name}")) for name, _t in self._items)
        return QSize(wide + 3 * 24 + 2 * 15 + 2, small.height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        left = 0
        with QPainter(self) as painter:
            for name, tally in self._items:
                words = text(f"progress_page.legend_{name}")
                paint_tally(painter, QRectF(left, (self.height() - 12) // 2, 18, 12), tally)
                wide = metrics(Size.SMALL).horizontalAdvance(words)
                where = QRect(left + 24, 0, wide + 1, self.height())
                paint_text(painter, where, words, font(Size.SMALL), color(Role.MUTED), LEFT)
                left += wide + 24 + 15


class ProgressSums(QWidget):
    """`area_chosen(key)`, `room_chosen(name)`: show the tasks of that line."""

    area_chosen = Signal(str)
    room_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.by_area = _Sums(text("progress_page.by_area"))
        self.by_room = _Sums(text("progress_page.by_room"))
        self.by_area.chosen.connect(self.area_chosen)
        self.by_room.chosen.connect(self.room_chosen)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(12)
        self._both.addWidget(self.by_area, 6)
        self._both.addWidget(self.by_room, 7)
        foot = row(second(text("progress_page.sum_hint"), wrap=True), _Legend(), gap=16)
        foot.setStretch(0, 1)
        inner = column(self._both, foot, None, gap=8)
        inner.setContentsMargins(16, 12, 16, 12)
        self.setLayout(column(ScrollColumn(inner), gap=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self._both.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )

    def show_progress(self, progress: PlanProgress) -> None:
        self.by_area.show_sums([Sum(area.key, area_name(area), tally) for area, tally in progress.by_area])
        nobody = text("progress_page.no_room")
        self.by_room.show_sums([Sum(room, room or nobody, tally) for room, tally in progress.by_lead])
