"""The sections of the set, one line each: number, name, bar, points; pressing one opens it for scoring."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desktop.language import format_number, format_points, text
from cchc_desktop.quick_dataclass import dataclass
from ui.fonts import Size, font, line, width_of
from ui.theme import Role, color
from ui.widgets.bars import paint_bar
from ui.widgets.painted import LEFT, RIGHT, paint_text
from ui.widgets.painted_button import PaintedButton
from ui.widgets.panel import column

_BAR = 116
_GAP = 10


@dataclass(frozen=True, slots=True)
class Line:
    code: str
    label: str
    points: Decimal
    still_open: Decimal
    maximum: Decimal


class _SectionLine(PaintedButton):
    def __init__(self, shown: Line) -> None:
        super().__init__()
        self._shown = shown
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(line() + 24)
        self.show_line(shown)

    def show_line(self, shown: Line) -> None:
        self._shown = shown
        lost = max(Decimal(0), shown.maximum - shown.points - shown.still_open)
        said = text(
            "overview_page.section_said",
            code=shown.code,
            label=shown.label,
            points=shown.points,
            open=shown.still_open,
            lost=lost,
            maximum=shown.maximum,
        )
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, line() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, line() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        shown, high = self._shown, self.height()
        with QPainter(self) as painter:
            if self.underMouse() or self.isDown():
                painter.fillRect(self.rect(), color(Role.SELECTION if self.isDown() else Role.COMPUTED))
            maximum = f" / {format_number(shown.maximum)}"
            max_wide = max(width_of(" / 88,8", Size.SMALL), width_of(maximum, Size.SMALL))
            points_wide = width_of("88,88", bold=True) + 2
            right = self.width() - max_wide - 2
            after = QRect(right, 0, self.width() - right, high)
            paint_text(painter, after, maximum, font(Size.SMALL), color(Role.MUTED), LEFT)
            before = QRect(right - points_wide, 0, points_wide, high)
            paint_text(painter, before, format_points(shown.points), font(bold=True), color(Role.TEXT), RIGHT)
            bar_left = before.left() - 2 * _GAP - _BAR
            self._paint_bar(painter, QRectF(bar_left, (high - 14) / 2, _BAR, 14))
            code_wide = max(width_of("88", Size.SMALL), width_of(shown.code, Size.SMALL) + 1)
            code = QRect(0, 0, code_wide, high)
            paint_text(painter, code, shown.code, font(Size.SMALL), color(Role.MUTED), LEFT)
            name_left = code.right() + 5
            name = QRect(name_left, 0, bar_left - _GAP - name_left, high)
            paint_text(painter, name, shown.label, font(Size.SMALL), color(Role.TEXT), LEFT, elide=True)

    def _paint_bar(self, painter: QPainter, where: QRectF) -> None:
        whole = self._shown.maximum or Decimal(1)
        gained = max(0.0, float(self._shown.points / whole))
        paint_bar(painter, where, gained, float(self._shown.still_open / whole))


class SectionLines(QWidget):
    """`chosen(code)` when one is pressed."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[_SectionLine] = []
        self._box = column(gap=0)
        self.setLayout(self._box)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        while len(self._lines) > len(lines):
            gone = self._lines.pop()
            self._box.removeWidget(gone)
            gone.deleteLater()
        for n, shown in enumerate(lines):
            if n < len(self._lines):
                self._lines[n].show_line(shown)
                continue
            made = _SectionLine(shown)
            made.clicked.connect(lambda _on=False, made=made: self.chosen.emit(made._shown.code))
            self._lines.append(made)
            self._box.addWidget(made)

    def said(self) -> tuple[str, ...]:
        return tuple(one.accessibleName() for one in self._lines)
