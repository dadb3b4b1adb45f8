"""All text that our own widgets paint goes through here, so that the tests can see what was cut."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from cchc_desktop.quick_dataclass import dataclass

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class Drawn:
    """One painted text: `shown` differs from `text` when it was elided; `fits` says nothing was clipped."""

    text: str
    shown: str
    fits: bool


_LONGEST = 2_000
"""Letters of a text that are laid out: no two lines hold more, and a cell may hold 10,000."""

observers: list[Callable[[Drawn], None]] = []


_ONE_LINE = {align: int(align | Qt.TextFlag.TextSingleLine) for align in (LEFT, RIGHT, CENTER)}
"""How one line is drawn; put together beforehand, since enumerations are slow and a table has many cells."""


def _tell(text: str, shown: str, fits: bool) -> None:
    for observer in observers:
        observer(Drawn(text, shown, fits))


def paint_text(
    painter: QPainter,
    where: QRect,
    text: str,
    font: QFont,
    ink: QColor,
    align: Qt.AlignmentFlag = LEFT,
    *,
    elide: bool = False,
) -> bool:
    """One line of text. True when it had to be elided (whoever paints then owes a full tooltip)."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, where.width()) if elide else text
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(where, _ONE_LINE[align], shown)
    if observers:
        width, height = metrics.horizontalAdvance(shown), metrics.height()
        _tell(text, shown, width <= where.width() + 1 and height <= where.height() + 1)
    return shown != text


_FOUND: dict[tuple[str, int, str, int, bool], tuple[str, ...]] = {}
_MOST_FOUND = 4_000


def _pieces(text: str, width: int, font: QFont, lines: int, right: bool) -> tuple[str, ...]:
    """The lines into which a text falls, kept: laying it out would take most of a picture's time."""
    key = (text, width, font.key(), lines, right)
    found = _FOUND.get(key)
    if found is None:
        if len(_FOUND) >= _MOST_FOUND:
            _FOUND.clear()
        found = _FOUND[key] = _laid_out(text, width, font, lines, right)
    return found


def _laid_out(text: str, width: int, font: QFont, lines: int, right: bool) -> tuple[str, ...]:
    metrics = QFontMetrics(font)
    if len(text) <= _LONGEST and "\n" not in text and metrics.horizontalAdvance(text) <= width:
        return (text.rstrip(),) if text else ()
    from PySide6.QtGui import QTextLayout, QTextOption  # the first page breaks no words

    layout = QTextLayout(text[:_LONGEST].replace("\n", "\u2028"), font)
    option = QTextOption(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    pieces: list[str] = []
    layout.beginLayout()
    while (piece := layout.createLine()).isValid():
        piece.setLineWidth(width)
        start = piece.textStart()
        if len(pieces) == lines - 1:
            rest = text[start : start + _LONGEST].replace("\n", " ")
            pieces.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        pieces.append(text[start : start + piece.textLength()].rstrip())
    layout.endLayout()
    return tuple(pieces)


def paint_lines(
    painter: QPainter,
    where: QRect,
    text: str,
    font: QFont,
    ink: QColor,
    lines: int = 2,
    *,
    right: bool = False,
) -> bool:
    """Wrapped text of at most `lines` lines, centred upright; the last line is elided when there is more."""
    metrics = QFontMetrics(font)
    pieces = _pieces(text, max(1, where.width()), font, lines, right)
    height = len(pieces) * metrics.height()
    top = where.top() + max(0, (where.height() - height) // 2)
    painter.setFont(font)
    painter.setPen(ink)
    align, one = _ONE_LINE[RIGHT if right else LEFT], metrics.height()
    for row, piece_text in enumerate(pieces):
        line = QRect(where.left(), top + row * one, where.width(), one)
        painter.drawText(line, align, piece_text)
    elided = bool(pieces) and pieces[-1].endswith("…") and not text.endswith("…")
    if observers:
        _tell(text, "\n".join(pieces) if elided else text, height <= where.height() + 1)
    return elided


def chip(
    painter: QPainter, where: QRectF, fill: QColor, edge: QColor, radius: float = 3, width: float = 1
) -> None:
    """A flat box with a crisp border."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(edge)
    painter.drawRoundedRect(where, radius, radius)
    painter.setBrush(fill)
    inner = where.adjusted(width, width, -width, -width)
    painter.drawRoundedRect(inner, max(0.0, radius - width), max(0.0, radius - width))
    painter.restore()


def centred(where: QRect, size: int, left: int) -> QPointF:
    """The upper left corner of a mark or icon that stands upright-centred, `left` px from the left."""
    return QPointF(where.left() + left, where.top() + (where.height() - size) / 2)
