"""The sections as horizontal bars: solid is reached, hatched is still open, empty is lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus.flowables import Flowable

from cchc_desktop.documents.measures import MM
from cchc_desktop.documents.model import Bar, BarChart
from cchc_desktop.documents.pdf.fonts import REGULAR
from cchc_desktop.documents.pdf.lines import Align, Line, draw_lines, set_lines

_INK = HexColor(0x1A4F8F)
_EDGE = HexColor(0x4F5B67)
_LABEL_SHARE, _BAR_SHARE = 0.43, 0.33
_THICK = 4 * MM
_GAP = 2 * MM
_SIZE = 11


def _hatched(canvas: Any, left: float, bottom: float, width: float, high: float) -> None:
    """Lines falling to the right, 1.6 mm apart, inside the rectangle (drawn, not a PDF pattern)."""
    canvas.saveState()
    outline = canvas.beginPath()
    outline.rect(left, bottom, width, high)
    canvas.clipPath(outline, stroke=0, fill=0)
    canvas.setLineWidth(0.7)
    canvas.setStrokeColor(_INK)
    x = left - high
    while x < left + width:
        canvas.line(x, bottom + high, x + high, bottom)
        x += 1.6 * MM
    canvas.restoreState()


def _bar(
    canvas: Any, left: float, bottom: float, width: float, parts: tuple[Decimal, Decimal, Decimal]
) -> None:
    total = sum(parts, Decimal(0))
    canvas.setStrokeColor(_EDGE)
    canvas.setLineWidth(0.6)
    if total > 0:
        reached = width * float(max(parts[0], Decimal(0)) / total)
        still_open = width * float(max(parts[1], Decimal(0)) / total)
        if reached:
            canvas.setFillColor(_INK)
            canvas.rect(left, bottom, reached, _THICK, stroke=0, fill=1)
        if still_open:
            _hatched(canvas, left + reached, bottom, still_open, _THICK)
    canvas.rect(left, bottom, width, _THICK, stroke=1, fill=0)
    canvas.setFillGray(0)


class _BarFlow(Flowable):  # type: ignore[misc]  # reportlab has no types
    def __init__(self, bar: Bar, width: float) -> None:
        super().__init__()
        self.bar = bar
        self.room = width
        self.lines = set_lines(bar.label, REGULAR, _SIZE, width * _LABEL_SHARE - _GAP, most=3)
        self.figures = set_lines(
            bar.figures, REGULAR, _SIZE, width * (1 - _LABEL_SHARE - _BAR_SHARE) - _GAP, most=3
        )

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        tallest = max(sum(x.leading for x in lines) for lines in (self.lines, self.figures))
        self.width, self.height = self.room, max(tallest, _THICK) + _GAP
        return self.width, self.height

    def draw(self) -> None:
        middle = self.height / 2
        bar_left = self.room * _LABEL_SHARE
        bar_right = bar_left + self.room * _BAR_SHARE
        for lines, left in ((self.lines, 0.0), (self.figures, bar_right + _GAP)):
            tall = sum(line.leading for line in lines)
            draw_lines(self.canv, lines, left, middle + tall / 2, self.room, Align.LEFT)
        parts = (self.bar.reached, self.bar.open, self.bar.lost)
        _bar(self.canv, bar_left, middle - _THICK / 2, bar_right - bar_left, parts)


class _Legend(Flowable):  # type: ignore[misc]
    def __init__(self, chart: BarChart, width: float) -> None:
        super().__init__()
        self.entries = (
            (chart.reached_word, (Decimal(1), Decimal(0), Decimal(0))),
            (chart.open_word, (Decimal(0), Decimal(1), Decimal(0))),
            (chart.lost_word, (Decimal(0), Decimal(0), Decimal(1))),
        )
        self.room = width

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = self.room, _THICK + 2 * _GAP
        return self.width, self.height

    def draw(self) -> None:
        x = self.room * _LABEL_SHARE
        for word, parts in self.entries:
            _bar(self.canv, x, _GAP, 7 * MM, parts)
            line = Line(word, REGULAR, _SIZE, _THICK)
            draw_lines(self.canv, [line], x + 7 * MM + _GAP, _GAP + _THICK, self.room)
            x += 7 * MM + _GAP + line.width + 3 * _GAP


def chart_flows(chart: BarChart, width: float) -> list[Flowable]:
    return [*(_BarFlow(bar, width) for bar in chart.bars), _Legend(chart, width)]
