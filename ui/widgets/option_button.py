"""One option of a list, to pick (round) or to tick (square): its label wraps, its points stand at the right.

Drawn by ourselves: Qt's own option buttons neither wrap their text nor keep enough contrast on the dark base.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy

from ui import fonts
from ui.theme import Role, color
from ui.widgets.option_card import paint_radio
from ui.widgets.painted import LEFT, RIGHT, chip, paint_lines, paint_text

_BOX, _GAP, _PAD, _INSET = 16, 10, 4, 8
_MOST_LINES = 12


def paint_tick_box(painter: QPainter, at: QPointF, on: bool) -> None:
    """The square mark of something that holds or not, 16 px."""
    edge = color(Role.ACCENT if on else Role.EDGE)
    chip(painter, QRectF(at.x(), at.y(), _BOX, _BOX), edge if on else color(Role.INPUT), edge, 2, 1.5)
    if on:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color(Role.ON_ACCENT), 2))
        painter.drawPolyline([at + QPointF(3.6, 8.3), at + QPointF(6.8, 11.5), at + QPointF(12.4, 5)])
        painter.restore()


class _Face:
    """What both kinds share: a box, a label of as many lines as it needs, something short at the right."""

    def __init__(self, button: QRadioButton | QCheckBox, label: str, trailing: str) -> None:
        self._button, self.label, self._trailing = button, label, trailing
        self._heights: dict[int, int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        button.setSizePolicy(policy)
        button.setAccessibleName(f"{label}, {trailing}" if trailing else label)
        button.toggled.connect(lambda _on: button.update())

    def _room(self, width: int) -> int:
        right = fonts.width_of(self._trailing, bold=True) + _GAP if self._trailing else 0
        return max(60, width - 2 * _INSET - _BOX - _GAP - right)

    def height(self, width: int) -> int:
        """Kept: a layout asks for the same few widths twenty times until a page stands."""
        found = self._heights.get(width)
        if found is None:
            found = self._heights[width] = self._measured(width)
        return found

    def _measured(self, width: int) -> int:
        flags = Qt.TextFlag.TextWordWrap.value
        wrapped = fonts.metrics().boundingRect(QRect(0, 0, self._room(width), 10_000), flags, self.label)
        return max(30, fonts.line() + 2 * _PAD, wrapped.height() + 2 * _PAD)

    def holds(self, place: QPoint) -> bool:
        return self._button.rect().contains(place)

    def paint(self) -> None:
        button = self._button
        with QPainter(button) as painter:
            whole, on = QRectF(button.rect()), button.isChecked()
            if on or (button.underMouse() and button.isEnabled()):
                fill = color(Role.SELECTION if on else Role.COMPUTED)
                chip(painter, whole, fill, fill, 2)
            if button.hasFocus():
                painter.setPen(QPen(color(Role.FOCUS), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(whole.adjusted(1, 1, -1, -1))
            line = fonts.line()
            single = button.height() < 2 * line
            top = (button.height() - line) / 2 if single else _PAD
            at = QPointF(_INSET, top + (line - _BOX) / 2)
            (paint_radio if isinstance(button, QRadioButton) else paint_tick_box)(painter, at, on)
            ink = color(Role.TEXT if button.isEnabled() or on else Role.MUTED)
            where = QRect(_INSET + _BOX + _GAP, 0, self._room(button.width()), button.height())
            if single:
                paint_text(painter, where, self.label, fonts.font(), ink, LEFT)
            else:
                paint_lines(painter, where, self.label, fonts.font(), ink, _MOST_LINES)
            if self._trailing:
                right = QRect(0, int(top), button.width() - _INSET, line)
                paint_text(painter, right, self._trailing, fonts.font(bold=on), ink, RIGHT)


class _Option:
    """The whole face answers, a long label breaks into lines. No widget itself: Qt knows one base only."""

    _face: _Face

    def label(self) -> str:
        return self._face.label

    def heightForWidth(self, width: int) -> int:
        return self._face.height(width)

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        return QSize(320, self._face.height(320))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 30)

    def hitButton(self, pos: QPoint) -> bool:
        return self._face.holds(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._face.paint()


class RadioOption(_Option, QRadioButton):
    """One of several; arrows move the choice, as in any radio list."""

    def __init__(self, label: str, trailing: str = "") -> None:
        super().__init__()
        self._face = _Face(self, label, trailing)


class CheckOption(_Option, QCheckBox):
    """One that holds or doesn't, whatever the others say."""

    def __init__(self, label: str, trailing: str = "") -> None:
        super().__init__()
        self._face = _Face(self, label, trailing)
