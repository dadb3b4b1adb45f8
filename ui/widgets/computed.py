"""A grey cell: the program computed it, nobody types here."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts
from ui.theme import Role, color
from ui.widgets.painted import LEFT, RIGHT, chip, paint_text


class ComputedCell(QWidget):
    """ "=" at the left, the figure at the right; `bold` for the value that counts."""

    def __init__(self, name: str, *, bold: bool = False) -> None:
        super().__init__()
        self._name, self._shown, self._bold = name, "–", bold
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_shown("–")

    def shown(self) -> str:
        return self._shown

    def set_shown(self, shown: str) -> None:
        self._shown = shown
        self.setAccessibleName(f"{self._name}: {shown}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = fonts.metrics(bold=self._bold).horizontalAdvance(self._shown)
        return QSize(max(96, width + 44), fonts.field_height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            chip(painter, QRectF(self.rect()), color(Role.COMPUTED), color(Role.LINE), 2)
            inner = self.rect().adjusted(10, 0, -10, 0)
            paint_text(
                painter,
                QRect(inner.left(), 0, 16, inner.height()),
                "=",
                fonts.font(),
                color(Role.MUTED),
                LEFT,
            )
            bold = fonts.font(bold=self._bold)
            paint_text(painter, inner.adjusted(18, 0, 0, 0), self._shown, bold, color(Role.TEXT), RIGHT)
