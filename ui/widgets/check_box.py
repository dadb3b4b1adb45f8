"""A check box with an edge that shows on every ground."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from ui import fonts
from ui.theme import Role, color
from ui.widgets.painted import LEFT, chip, paint_text


class CheckBox(QCheckBox):
    """A box with an edge that shows on every ground."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setFont(fonts.font())
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        return QSize(26 + fonts.metrics().horizontalAdvance(self.text()) + 2, max(30, fonts.line() + 8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            top = (self.height() - 18) / 2
            box = QRectF(0, top, 18, 18)
            on = self.isChecked()
            fill = Role.ACCENT if on else Role.INPUT
            chip(painter, box, color(fill), color(Role.ACCENT if on else Role.EDGE), 2, 1.5)
            if on:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(color(Role.ON_ACCENT), 2))
                painter.drawPolyline([QPointF(4, top + 9.4), QPointF(7.6, top + 13), QPointF(14, top + 5.6)])
            ink = color(Role.TEXT if self.isEnabled() else Role.MUTED)
            where = QRect(26, 0, self.width() - 26, self.height())
            paint_text(painter, where, self.text(), fonts.font(), ink, LEFT)

    def hitButton(self, pos: object) -> bool:
        return True
