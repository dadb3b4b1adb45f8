"""A ratio between two ends, with the marks that count: below the first one nothing is gained."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desktop.language import format_percent, text
from ui.fonts import Size, font, metrics
from ui.theme import Role, color
from ui.widgets.painted import CENTER, LEFT, RIGHT, paint_text

Mark = tuple[Fraction, Decimal]
"""(ratio, points reached there)."""
_TOP, _THICK = 9, 8
_HIGH, _WHOLE = Fraction(4, 5), Fraction(1)


class Ruler(QWidget):
    """The bar is filled from where points begin up to the value; ticks stand at the marks."""

    def __init__(self) -> None:
        super().__init__()
        self._low, self._high = Fraction(0), _WHOLE
        self._value: Fraction | None = None
        self._floor: Fraction | None = None
        self._ticks: list[tuple[Fraction, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_ratio(self, value: Fraction, marks: Sequence[Mark] = (), most: Decimal = Decimal(1)) -> None:
        """`marks` in rising order; `most` is the row's maximum, which tells a target from a threshold."""
        self._value = value
        partial = [ratio for ratio, points in marks if points < most]
        full = [ratio for ratio, points in marks if points >= most and ratio != 1]
        self._floor = partial[0] if partial else None
        self._ticks = [(ratio, format_percent(ratio)) for ratio in partial[1:]]
        if self._floor is not None:
            self._ticks.insert(0, (self._floor, text("widgets.ruler_threshold", threshold=self._floor)))
        self._ticks += [(ratio, text("widgets.ruler_full", ratio=ratio)) for ratio in full[:1]]
        least = min(value, _WHOLE, *(ratio for ratio, _words in self._ticks))
        self._low = Fraction(int((least - Fraction(1, 20)) * 10), 10) if least >= _HIGH else Fraction(0)
        self._high = max(_WHOLE, value, *(ratio for ratio, _words in self._ticks))
        said = ", ".join([text("widgets.ruler_said", value=value), *(words for _ratio, words in self._ticks)])
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def filled(self) -> tuple[Fraction, Fraction] | None:
        """From where to where the bar is filled; None when nothing is gained."""
        start = self._low if self._floor is None else self._floor
        return (start, self._value) if self._value is not None and self._value >= start else None

    def ticks(self) -> tuple[str, ...]:
        """What the ticks say, from left to right."""
        return tuple(words for _ratio, words in sorted(self._ticks))

    def sizeHint(self) -> QSize:
        return QSize(320, 22 + metrics(Size.SMALL).height())

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def _at(self, ratio: Fraction) -> float:
        return float((ratio - self._low) / (self._high - self._low)) * (self.width() - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._value is None:
            return
        with QPainter(self) as painter:
            painter.setPen(QPen(color(Role.EDGE), 1))
            painter.setBrush(color(Role.INPUT))
            painter.drawRect(QRectF(0, _TOP, self.width() - 1, _THICK - 1))
            if (filled := self.filled()) is not None:
                start, end = (self._at(ratio) for ratio in filled)
                painter.fillRect(QRectF(start, _TOP, end - start, _THICK), color(Role.ACCENT))
            for ratio, _words in self._ticks:
                painter.fillRect(QRectF(self._at(ratio) - 1, _TOP - 3, 2, _THICK + 6), color(Role.TEXT))
            end = self._at(self._value)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(Role.ACCENT))
            painter.drawPolygon(QPolygonF([QPointF(end - 6, 0), QPointF(end + 6, 0), QPointF(end, 7)]))
            self._labels(painter, self._value)

    def _free(self, wanted: int, width: int, taken: Sequence[tuple[int, int]]) -> int | None:
        """The nearest place for a label that lies over no other, at most its own width away."""
        beside = [place for start, end in taken for place in (start - width - 8, end + 8)]
        last = self.width() - width
        centred = min(max(0, wanted), last)
        for left in sorted((centred, *beside), key=lambda place: abs(place - wanted)):
            clear = all(left >= end + 8 or left + width + 8 <= start for start, end in taken)
            if clear and 0 <= left <= last and abs(left - centred) <= width:
                return left
        return None

    def _labels(self, painter: QPainter, value: Fraction) -> None:
        """The value, the marks and both ends; one that finds no room beside the others is left out."""
        taken: list[tuple[int, int]] = []
        wanted = [(format_percent(value), self._at(value), True)]
        wanted += [(words, self._at(ratio), False) for ratio, words in self._ticks]
        ends = ((self._low, 0.0), (self._high, float(self.width())))
        wanted += [(format_percent(ratio), at, False) for ratio, at in ends]
        for words, at, bold in wanted:
            width = metrics(Size.SMALL, bold=bold).horizontalAdvance(words) + 2
            left = self._free(int(at - width / 2), width, taken)
            if left is None:
                continue
            taken.append((left, left + width))
            align = LEFT if left == 0 else RIGHT if left + width >= self.width() - 1 else CENTER
            where = QRect(left, _TOP + 11, width, metrics(Size.SMALL).height())
            ink = color(Role.TEXT if bold else Role.MUTED)
            paint_text(painter, where, words, font(Size.SMALL, bold=bold), ink, align)
