"""One line of text in which what was searched stands out, and stays in sight where the line is too long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from ui.fonts import Size, font, metrics
from ui.theme import Role, color
from ui.widgets import painted
from ui.widgets.painted import LEFT, Drawn

Spans = Sequence[tuple[int, int]]
_BEFORE = 24
"""Letters left in front of what was found, where the beginning has to go."""
_ELLIPSIS = "…"


def paint_found(
    painter: QPainter, where: QRect, text: str, spans: Spans, size: Size = Size.BASE, role: Role = Role.TEXT
) -> int:
    """Paint `text`, what stands at `spans` (begin, end) bold on a tint. The width that it took."""
    shown, spans = _in_sight(text, spans, where.width(), size)
    left, end, said = where.left(), where.left() + where.width(), ""
    flags = int(LEFT | Qt.TextFlag.TextSingleLine)
    for part, found in _parts(shown, spans):
        measure, rest = metrics(size, bold=found), end - left
        written = measure.elidedText(part, Qt.TextElideMode.ElideRight, rest)
        box = QRect(left, where.top(), measure.horizontalAdvance(written), where.height())
        if found:
            tint = QRect(left, 0, box.width(), measure.height())
            tint.moveCenter(box.center())
            painter.fillRect(tint, color(Role.WARN_SOFT))
        painter.setFont(font(size, bold=found))
        painter.setPen(color(Role.TEXT if found else role))
        painter.drawText(box, flags, written)
        left, said = left + box.width(), said + written
        if written != part:
            break
    fits = left <= end + 1 and metrics(size).height() <= where.height()
    for observer in painted.observers:
        observer(Drawn(text, said, fits))
    return left - where.left()


def _parts(text: str, spans: Spans) -> Iterator[tuple[str, bool]]:
    """The text cut at its spans, and whether each part was found."""
    at = 0
    for begin, end in spans:
        if begin > at:
            yield text[at:begin], False
        yield text[begin:end], True
        at = end
    if at < len(text):
        yield text[at:], False


def _width(text: str, spans: Spans, size: Size) -> int:
    return sum(metrics(size, bold=found).horizontalAdvance(part) for part, found in _parts(text, spans))


def _in_sight(text: str, spans: Spans, width: int, size: Size) -> tuple[str, Spans]:
    """The text without its beginning, where what was found first would stand beyond the end of the line."""
    if not spans:
        return text, spans
    begin, end = spans[0]
    if _width(text[:end], ((begin, end),), size) + metrics(size).horizontalAdvance(_ELLIPSIS) <= width:
        return text, spans
    cut = max(0, begin - _BEFORE)
    while cut and cut < begin and not text[cut - 1].isspace():
        cut += 1
    if not cut:
        return text, spans
    by = cut - len(_ELLIPSIS)
    return _ELLIPSIS + text[cut:], tuple((begin - by, end - by) for begin, end in spans)
