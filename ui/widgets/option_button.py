"""One option of a list, to pick (round) or to tick (square): its label wraps, its points stand at the right.

Drawn by ourselves: Qt's own option buttons neither wrap their text nor keep enough contrast on the dark base.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy

from ui import fonts
from ui.theme import Role, changes, color
from ui.widgets.choice import paint_radio
from ui.widgets.painted import LEFT, RIGHT, chip, paint_lines, paint_text

_BOX, _GAP, _PAD, _INSET = 16, 10, 4, 8
_MOST_LINES = 12


class _Drawn(QAbstractButton):
    """What both kinds share: a box, a label of as many lines as it needs, something short at the right."""

    _label: str
    _trailing: str

    def _prepare(self, label: str, trailing: str) -> None:
        self._label, self._trailing = label, trailing
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{label}, {trailing}" if trailing else label)
        self.toggled.connect(lambda _on: self.update())
        changes().changed.connect(self.update)

    def label(self) -> str:
        return self._label

    def _room(self, width: int) -> int:
        right = fonts.metrics(bold=True).horizontalAdvance(self._trailing) + _GAP if self._trailing else 0
        return max(60, width - 2 * _INSET - _BOX - _GAP - right)

    def heightForWidth(self, width: int) -> int:
        flags = Qt.TextFlag.TextWordWrap.value
        wrapped = fonts.metrics().boundingRect(QRect(0, 0, self._room(width), 10_000), flags, self._label)
        return max(30, wrapped.height() + 2 * _PAD)

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(max(320, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 30)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            whole = QRectF(self.rect())
            if self.isChecked() or (self.underMouse() and self.isEnabled()):
                fill = color(Role.SELECTION if self.isChecked() else Role.COMPUTED)
                chip(painter, whole, fill, fill, 2)
            if self.hasFocus():
                painter.setPen(QPen(color(Role.FOCUS), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(whole.adjusted(1, 1, -1, -1))
            line = fonts.line()
            top = (self.height() - line) // 2 if self.height() <= line + 12 else _PAD
            self._paint_box(painter, QPointF(_INSET, top + (line - _BOX) / 2))
            ink = color(Role.TEXT if self.isEnabled() else Role.MUTED)
            left = _INSET + _BOX + _GAP
            if self.height() <= line + 12:
                where = QRect(left, 0, self._room(self.width()), self.height())
                paint_text(painter, where, self._label, fonts.font(), ink, LEFT)
            else:
                where = QRect(left, 0, self._room(self.width()), self.height())
                paint_lines(painter, where, self._label, fonts.font(), ink, _MOST_LINES)
            if self._trailing:
                right = QRect(0, top, self.width() - _INSET, line)
                paint_text(painter, right, self._trailing, fonts.font(bold=self.isChecked()), ink, RIGHT)

    def _paint_box(self, painter: QPainter, at: QPointF) -> None:
        raise NotImplementedError


class RadioOption(_Drawn, QRadioButton):
    """One of several; arrows move the choice, as in any radio list."""

    def __init__(self, label: str, trailing: str = "") -> None:
        super().__init__()
        self._prepare(label, trailing)

    def _paint_box(self, painter: QPainter, at: QPointF) -> None:
        paint_radio(painter, at, self.isChecked())


class CheckOption(_Drawn, QCheckBox):
    """One that holds or doesn't, whatever the others say."""

    def __init__(self, label: str, trailing: str = "") -> None:
        super().__init__()
        self._prepare(label, trailing)

    def _paint_box(self, painter: QPainter, at: QPointF) -> None:
        on = self.isChecked()
        edge = color(Role.ACCENT if on else Role.EDGE)
        box = QRectF(at.x(), at.y(), _BOX, _BOX)
        chip(painter, box, edge if on else color(Role.INPUT), edge, 2, 1.5)
        if on:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color(Role.ON_ACCENT), 2))
            tick = [at + QPointF(3.6, 8.3), at + QPointF(6.8, 11.5), at + QPointF(12.4, 5)]
            painter.drawPolyline(tick)
            painter.restore()
