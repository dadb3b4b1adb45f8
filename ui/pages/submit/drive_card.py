"""A stick or a disk to pick: its name, how much room is left, what it can hold, and why not."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from ui import fonts
from ui.fonts import Size
from ui.icons import icon
from ui.theme import Role, color
from ui.widgets.option_card import paint_radio
from ui.widgets.painted import LEFT, chip, paint_text

_PAD, _LEFT, _ICON = 8, 38, 20


class DriveCard(QRadioButton):
    """Two lines; the second one in the colour of a warning when something speaks against it."""

    def __init__(self, name: str, words: str, *, warning: bool = False) -> None:
        super().__init__()
        self._name, self._words, self._warning = name, words, warning
        self.setAccessibleName(f"{name}, {words}")
        self.setToolTip(f"{name}\n{words}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(lambda _on: self.update())

    def name(self) -> str:
        return self._name

    def words(self) -> str:
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(360, fonts.line() + fonts.line(Size.SMALL) + 2 * _PAD)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        on = self.isChecked()
        with QPainter(self) as painter:
            fill, edge = (Role.SELECTION, Role.ACCENT) if on else (Role.INPUT, Role.EDGE)
            chip(painter, QRectF(self.rect()), color(fill), color(edge), 3, 2 if on else 1)
            if self.hasFocus():
                chip(painter, QRectF(self.rect()), color(fill), color(Role.FOCUS), 3, 2)
            paint_radio(painter, QPointF(12, (self.height() - 16) / 2), on)
            room = self.width() - _LEFT - _ICON - 2 * 12
            first = QRect(_LEFT, _PAD, room, fonts.line())
            paint_text(painter, first, self._name, fonts.font(bold=True), color(Role.TEXT), LEFT, elide=True)
            second = QRect(_LEFT, _PAD + fonts.line(), room, fonts.line(Size.SMALL))
            ink = color(Role.WARN if self._warning else Role.MUTED)
            paint_text(painter, second, self._words, fonts.font(Size.SMALL), ink, LEFT, elide=True)
            drawn: QPixmap = icon("usb", Role.MUTED).pixmap(QSize(_ICON, _ICON))
            painter.drawPixmap(self.width() - _ICON - 12, (self.height() - _ICON) // 2, drawn)
