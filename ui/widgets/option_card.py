"""Cards of which one holds, and the round mark that says which."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from ui import fonts
from ui.theme import Role, color
from ui.widgets.painted import LEFT, chip, paint_text


class OptionCard(QRadioButton):
    """One of a few: the whole card is the button ("Xã, phường, đặc khu")."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.toggled.connect(lambda _on: self.updateGeometry())

    def sizeHint(self) -> QSize:
        return QSize(38 + fonts.metrics(bold=True).horizontalAdvance(self.text()) + 14, fonts.line() + 16)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        on = self.isChecked()
        with QPainter(self) as painter:
            fill, edge = (Role.SELECTION, Role.ACCENT) if on else (Role.INPUT, Role.EDGE)
            chip(painter, QRectF(self.rect()), color(fill), color(edge), 3, 2 if on else 1)
            paint_radio(painter, QPointF(12, (self.height() - 16) / 2), on)
            where = QRect(38, 0, self.width() - 46, self.height())
            paint_text(painter, where, self.text(), fonts.font(bold=on), color(Role.TEXT), LEFT)


def paint_radio(painter: QPainter, at: QPointF, on: bool) -> None:
    """The round mark of a choice, 16 px."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    centre = at + QPointF(8, 8)
    painter.setPen(QPen(color(Role.ACCENT if on else Role.EDGE), 1.5))
    painter.setBrush(color(Role.ACCENT if on else Role.INPUT))
    painter.drawEllipse(centre, 7.2, 7.2)
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(Role.ON_ACCENT))
        painter.drawEllipse(centre, 3, 3)
    painter.restore()
