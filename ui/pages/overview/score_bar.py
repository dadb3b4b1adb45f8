"""The total as one long bar with the classes' thresholds under it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desktop.domain.criteria import ClassBand
from cchc_desktop.language import format_number, text
from ui.fonts import Size, font, line, width_of
from ui.theme import Role, color
from ui.widgets.bars import paint_bar
from ui.widgets.painted import LEFT, paint_text

_BAR = 22
_TICK = 4


class ScoreBar(QWidget):
    """`bands` are the classes; a tick stands at each floor above zero, its class named from there on."""

    def __init__(self) -> None:
        super().__init__()
        self._gained = self._open = 0.0
        self._bands: tuple[ClassBand, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_score(
        self, points: Decimal, still_open: Decimal, whole: Decimal, bands: Sequence[ClassBand]
    ) -> None:
        """`whole` is the applicable maximum; the rest of it is lost."""
        share = whole or Decimal(1)
        self._gained = min(1.0, max(0.0, float(points / share)))
        self._open = max(0.0, float(still_open / share))
        self._bands = tuple(sorted((band for band in bands if band.floor > 0), key=lambda band: band.floor))
        lost = max(Decimal(0), whole - points - still_open)
        self.setAccessibleName(
            text("overview_page.bar_said", points=points, open=still_open, lost=lost, maximum=whole)
        )
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, _BAR + 2 * line(Size.SMALL) + _TICK)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_bar(painter, QRectF(0, 0, self.width(), _BAR), self._gained, self._open)
            names = self._names()
            for n, band in enumerate(self._bands):
                left = self._left(band)
                painter.setPen(QPen(color(Role.EDGE), 1))
                painter.drawLine(QPointF(left, _BAR), QPointF(left, _BAR + line(Size.SMALL) + _TICK))
                figure = format_number(band.floor)
                wide = width_of(figure, Size.SMALL) + 1
                at = QRect(min(left + 4, self.width() - wide), _BAR + 1, wide, line(Size.SMALL))
                self._write(painter, at, figure)
                if n in names:
                    at = QRect(names[n], _BAR + line(Size.SMALL) - 1, self._wide(band), line(Size.SMALL))
                    self._write(painter, at, band.label)

    @staticmethod
    def _write(painter: QPainter, where: QRect, words: str) -> None:
        paint_text(painter, where, words, font(Size.SMALL), color(Role.MUTED), LEFT)

    def _left(self, band: ClassBand) -> int:
        return round(float(band.floor) / 100 * (self.width() - 1))

    @staticmethod
    def _wide(band: ClassBand) -> int:
        return width_of(band.label, Size.SMALL) + 1

    def _names(self) -> dict[int, int]:
        """Where each class's name begins; one that would run into another is left to the tooltip."""
        placed: dict[int, int] = {}
        end = self.width()
        for n in reversed(range(len(self._bands))):
            band = self._bands[n]
            left = min(self._left(band) + 4, end - self._wide(band))
            before = self._left(self._bands[n - 1]) + 4 if n else 0
            if left > before:
                placed[n] = left
                end = left - 8
        return placed
