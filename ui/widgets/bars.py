"""Bars of points: solid = đã đạt, hatched = còn mở, empty = đã mất; and the ruler with its threshold."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desktop.language import format_number, format_points, text
from ui.fonts import Size, font, metrics, width_of
from ui.theme import Role, color
from ui.widgets.painted import LEFT, paint_text


def paint_bar(painter: QPainter, where: QRectF, gained: float, still_open: float) -> None:
    """`gained` and `still_open` are shares of the whole (0 … 1)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(color(Role.EDGE), 1))
    painter.setBrush(color(Role.INPUT))
    painter.drawRect(where.adjusted(0, 0, -1, -1))
    inner = where.adjusted(1, 1, -1, -1)
    solid = QRectF(inner.left(), inner.top(), round(inner.width() * min(1.0, gained)), inner.height())
    painter.fillRect(solid, color(Role.ACCENT))
    share = min(still_open, 1.0 - gained) if gained < 1 else 0.0
    if share > 0:
        hatched = QRectF(solid.right(), inner.top(), round(inner.width() * share), inner.height())
        painter.fillRect(hatched, QBrush(color(Role.ACCENT), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(color(Role.ACCENT), 1))
        painter.drawLine(QPointF(hatched.right(), inner.top()), QPointF(hatched.right(), inner.bottom()))
    painter.restore()


class SectionBar(QWidget):
    """The points of a section as a bar; the figures belong beside it and are said to screen readers."""

    def __init__(self, height: int = 14, width: int = 116) -> None:
        super().__init__()
        self._hint = QSize(width, height)
        self._gained = self._open = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_points(self, name: str, points: Decimal, still_open: Decimal, maximum: Decimal) -> None:
        whole = maximum or Decimal(1)
        self._gained, self._open = max(0.0, float(points / whole)), float(still_open / whole)
        lost = max(Decimal(0), maximum - points - still_open)
        said = text("widgets.bar_said", name=name, points=points, open=still_open, lost=lost, maximum=maximum)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        return self._hint

    def minimumSizeHint(self) -> QSize:
        return QSize(48, self._hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_bar(painter, QRectF(self.rect()), self._gained, self._open)


class Legend(QWidget):
    """Solid, hatched, empty in words."""

    def __init__(self) -> None:
        super().__init__()
        self._items = (
            (text("widgets.legend_gained"), 1.0, 0.0),
            (text("widgets.legend_open"), 0.0, 1.0),
            (text("widgets.legend_lost"), 0.0, 0.0),
        )
        self.setAccessibleName(", ".join(words for words, _gained, _open in self._items))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        small = metrics(Size.SMALL)
        width = sum(width_of(words, Size.SMALL) + 24 for words, _g, _o in self._items) + 2 * 15
        return QSize(width + 2, small.height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        left = 0
        with QPainter(self) as painter:
            for words, gained, still_open in self._items:
                paint_bar(painter, QRectF(left, (self.height() - 12) // 2, 18, 12), gained, still_open)
                width = width_of(words, Size.SMALL)
                where = QRect(left + 24, 0, width + 1, self.height())
                paint_text(painter, where, words, font(Size.SMALL), color(Role.MUTED), LEFT)
                left += width + 24 + 15


_HALF = Fraction(1, 2)


def share_text(points: Decimal, maximum: Decimal) -> str:
    """ "9,67 / 12"."""
    return f"{format_points(points)} / {format_number(maximum)}"
