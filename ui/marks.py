"""State marks: shape says it first, colour second, the word beside it third. Drawn on a 16 × 16 grid."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desktop.language import text
from ui.theme import Role, color

SIZE = 16


class Mark(StrEnum):
    DONE = "done"
    OPEN = "open"
    NO_EVIDENCE = "no_evidence"
    LOST = "lost"
    ERROR = "error"
    NOT_APPLICABLE = "not_applicable"
    WAITING = "waiting"
    DOING = "doing"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"
    INFO = "info"

    @property
    def word(self) -> str:
        """The mark in words, for screen readers and tooltips."""
        return text(f"widgets.mark_{self.value}")


WARN = Mark.NO_EVIDENCE
"""The triangle also stands for any warning."""

_SEVERITY = (Mark.ERROR, Mark.NO_EVIDENCE, Mark.OPEN, Mark.LOST, Mark.DONE, Mark.NOT_APPLICABLE)


def worst(marks: Iterable[Mark]) -> Mark:
    """What a closed section shows: lỗi > thiếu minh chứng > chưa chấm > mất điểm > đủ."""
    found = set(marks)
    return next((mark for mark in _SEVERITY if mark in found), Mark.NOT_APPLICABLE)


def mark_role(mark: Mark) -> Role:
    """The colour of words that stand beside the mark."""
    return {
        Mark.DONE: Role.OK,
        Mark.NO_EVIDENCE: Role.WARN,
        Mark.LOST: Role.WARN,
        Mark.ERROR: Role.ERROR,
        Mark.WAITING: Role.INFO,
        Mark.INFO: Role.INFO,
        Mark.UNKNOWN: Role.INFO,
        Mark.DOING: Role.ACCENT,
    }.get(mark, Role.MUTED)


def _lines(painter: QPainter, role: Role, width: float, *strokes: tuple[tuple[float, float], ...]) -> None:
    painter.setPen(QPen(color(role), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in strokes:
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in stroke]))


def _fill(painter: QPainter, role: Role, *points: tuple[float, float]) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(role))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))


def _dot(painter: QPainter, role: Role, x: float, y: float, radius: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(role))
    painter.drawEllipse(QPointF(x, y), radius, radius)


def _ring(painter: QPainter, role: Role, width: float) -> None:
    painter.setPen(QPen(color(role), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(8, 8), 6.2, 6.2)


_DIAMOND = ((8, 0.9), (15.1, 8), (8, 15.1), (0.9, 8))
_OCTAGON = ((5, 0.9), (11, 0.9), (15.1, 5), (15.1, 11), (11, 15.1), (5, 15.1), (0.9, 11), (0.9, 5))
_INSIDE = Role.INPUT


def _done(painter: QPainter) -> None:
    _dot(painter, Role.OK, 8, 8, 7)
    _lines(painter, _INSIDE, 1.8, ((4.6, 8.3), (6.9, 10.6), (11.4, 5.7)))


def _open(painter: QPainter) -> None:
    _ring(painter, Role.MUTED, 1.6)


def _no_evidence(painter: QPainter) -> None:
    _fill(painter, Role.WARN, (8, 1), (15.4, 14.4), (0.6, 14.4))
    _lines(painter, _INSIDE, 1.8, ((8, 5.4), (8, 9.8)))
    _dot(painter, _INSIDE, 8, 12, 1.05)


def _lost(painter: QPainter) -> None:
    painter.setPen(QPen(color(Role.WARN), 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(1.4, 1.4, 13.2, 13.2))
    _lines(painter, Role.WARN, 1.7, ((8, 4), (8, 11)), ((4.9, 8.2), (8, 11.4), (11.1, 8.2)))


def _error(painter: QPainter) -> None:
    _fill(painter, Role.ERROR, *_OCTAGON)
    _lines(painter, _INSIDE, 1.8, ((5.2, 5.2), (10.8, 10.8)), ((10.8, 5.2), (5.2, 10.8)))


def _not_applicable(painter: QPainter) -> None:
    _ring(painter, Role.MUTED, 1.6)
    _lines(painter, Role.MUTED, 1.6, ((3.8, 12.2), (12.2, 3.8)))


def _waiting(painter: QPainter) -> None:
    _lines(painter, Role.INFO, 1.6, (*_DIAMOND, _DIAMOND[0]))
    _lines(painter, Role.INFO, 1.5, ((8, 4.6), (8, 8), (10.2, 9.6)))


def _doing(painter: QPainter) -> None:
    _ring(painter, Role.ACCENT, 1.8)
    _dot(painter, Role.ACCENT, 8, 8, 3)


def _unknown(painter: QPainter) -> None:
    _fill(painter, Role.INFO, *_DIAMOND)
    hook = QPainterPath(QPointF(6, 6.3))
    hook.cubicTo(6, 3.6, 10, 3.6, 10, 6.3)
    hook.cubicTo(10, 8, 8, 7.8, 8, 9.3)
    painter.setPen(QPen(color(_INSIDE), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(hook)
    _dot(painter, _INSIDE, 8, 11.3, 0.95)


def _unreadable(painter: QPainter) -> None:
    painter.setPen(QPen(color(Role.MUTED), 1.6, Qt.PenStyle.CustomDashLine))
    pen = painter.pen()
    pen.setDashPattern([1.9, 1.25])
    painter.setPen(pen)
    painter.setBrush(color(Role.INPUT))
    painter.drawRect(QRectF(2, 1, 12, 14))
    _lines(painter, Role.MUTED, 1.6, ((5.4, 5.6), (10.6, 10.8)), ((10.6, 5.6), (5.4, 10.8)))


def _info(painter: QPainter) -> None:
    _dot(painter, Role.INFO, 8, 8, 7)
    _lines(painter, _INSIDE, 1.8, ((8, 7), (8, 11.6)))
    _dot(painter, _INSIDE, 8, 4.5, 1.1)


_SHAPES: dict[Mark, Callable[[QPainter], None]] = {
    Mark.DONE: _done,
    Mark.OPEN: _open,
    Mark.NO_EVIDENCE: _no_evidence,
    Mark.LOST: _lost,
    Mark.ERROR: _error,
    Mark.NOT_APPLICABLE: _not_applicable,
    Mark.WAITING: _waiting,
    Mark.DOING: _doing,
    Mark.UNKNOWN: _unknown,
    Mark.UNREADABLE: _unreadable,
    Mark.INFO: _info,
}


def paint_mark(
    painter: QPainter, mark: Mark, where: QPointF, size: float = SIZE, *, chip: bool = False
) -> None:
    """Draw the mark with its upper left corner at `where`; `chip`: a light square behind it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(where)
    if chip:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(Role.INPUT))
        painter.drawRoundedRect(QRectF(-1, -1, size + 2, size + 2), 2, 2)
    painter.scale(size / SIZE, size / SIZE)
    _SHAPES[mark](painter)
    painter.restore()


class MarkSign(QWidget):
    """A mark by itself; the word belongs beside it, or is said to screen readers only."""

    def __init__(self, mark: Mark, size: int = SIZE) -> None:
        super().__init__()
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_mark(mark)

    @property
    def mark(self) -> Mark:
        return self._mark

    def set_mark(self, mark: Mark) -> None:
        self._mark = mark
        self.setAccessibleName(mark.word)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_mark(painter, self._mark, QPointF(0, 0), self._size)
