"""A line icon by itself; the words that say the same stand beside it."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import icons
from ui.theme import Role


class IconSign(QWidget):
    def __init__(self, icon: str, size: int, role: Role = Role.TEXT) -> None:
        super().__init__()
        self._icon, self._role = icon, role
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            icons.paint(painter, self._icon, QPointF(0, 0), self.width(), self._role)
