"""Bars of points: solid = đã đạt, hatched = còn mở, empty = đã mất; and the ruler with its threshold."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desktop.language import format_number, format_percent, format_points, text
from ui.fonts import Size, font, metrics
from ui.theme import Role, changes, color
from ui.widgets.painted import CENTER, LEFT, RIGHT, paint_text


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
        changes().changed.connect(self.update)

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
        changes().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        small = metrics(Size.SMALL)
        width = sum(small.horizontalAdvance(words) + 24 for words, _g, _o in self._items) + 2 * 15
        return QSize(width + 2, small.height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        small, left = metrics(Size.SMALL), 0
        with QPainter(self) as painter:
            for words, gained, still_open in self._items:
                paint_bar(painter, QRectF(left, (self.height() - 12) // 2, 18, 12), gained, still_open)
                width = small.horizontalAdvance(words)
                where = QRect(left + 24, 0, width + 1, self.height())
                paint_text(painter, where, words, font(Size.SMALL), color(Role.MUTED), LEFT)
                left += width + 24 + 15


_HALF = Fraction(1, 2)


class Ruler(QWidget):
    """Where a ratio stands between two ends, with the threshold from which on it brings points."""

    def __init__(self) -> None:
        super().__init__()
        self._low, self._high = Fraction(0), Fraction(1)
        self._value: Fraction | None = None
        self._threshold: Fraction | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        changes().changed.connect(self.update)

    def set_ratio(
        self,
        value: Fraction | None,
        threshold: Fraction | None,
        low: Fraction | None = None,
        high: Fraction = Fraction(1),
    ) -> None:
        """`low` None: a round figure below threshold and value, so that the line is worth looking at."""
        if low is None:
            least = min(ratio for ratio in (value, threshold, high) if ratio is not None)
            low = Fraction(int((least - Fraction(1, 20)) * 10), 10) if least > _HALF else Fraction(0)
        self._low, self._high = low, max(high, value or high)
        self._value, self._threshold = value, threshold
        said = text("widgets.ruler_empty") if value is None else text("widgets.ruler_said", value=value)
        if threshold is not None:
            said += text("widgets.ruler_threshold_said", threshold=threshold)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 22 + metrics(Size.SMALL).height())

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def _at(self, ratio: Fraction) -> float:
        share = float((ratio - self._low) / (self._high - self._low)) if self._high > self._low else 0.0
        return min(1.0, max(0.0, share)) * (self.width() - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            line = QRectF(0, 9, self.width() - 1, 7)
            painter.setPen(QPen(color(Role.EDGE), 1))
            painter.setBrush(color(Role.INPUT))
            painter.drawRect(line)
            start = self._at(self._threshold) if self._threshold is not None else 0.0
            if self._value is not None:
                end = self._at(self._value)
                if end > start:
                    painter.fillRect(QRectF(start, 9, end - start, 8), color(Role.ACCENT))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color(Role.ACCENT))
                painter.drawPolygon(QPolygonF([QPointF(end - 6, 0), QPointF(end + 6, 0), QPointF(end, 7)]))
            if self._threshold is not None:
                painter.fillRect(QRectF(start - 1, 6, 2, 14), color(Role.TEXT))
            self._labels(painter)

    def _labels(self, painter: QPainter) -> None:
        """Both ends, the threshold and the value; one that would lie over another is left out ."""
        taken: list[tuple[int, int]] = []
        wanted: list[tuple[str, float, bool]] = []
        if self._value is not None:
            wanted.append((format_percent(self._value), self._at(self._value), True))
        if self._threshold is not None:
            words = text("widgets.ruler_threshold", threshold=self._threshold)
            wanted.append((words, self._at(self._threshold), False))
        wanted += [
            (format_percent(self._low), 0.0, False),
            (format_percent(self._high), float(self.width()), False),
        ]
        for words, at, bold in wanted:
            width = metrics(Size.SMALL, bold=bold).horizontalAdvance(words) + 2
            left = int(min(max(0.0, at - width / 2), self.width() - width))
            if any(left < end + 8 and start < left + width + 8 for start, end in taken):
                continue
            taken.append((left, left + width))
            align = LEFT if left == 0 else RIGHT if left + width >= self.width() - 1 else CENTER
            where = QRect(left, 20, width, metrics(Size.SMALL).height())
            ink = color(Role.TEXT if bold else Role.MUTED)
            paint_text(painter, where, words, font(Size.SMALL, bold=bold), ink, align)


def share_text(points: Decimal, maximum: Decimal) -> str:
    """ "9,67 / 12"."""
    return f"{format_points(points)} / {format_number(maximum)}"
