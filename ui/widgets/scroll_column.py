"""A column that scrolls only when it must: wrapped words count with the height that they really take."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLayout, QWidget

from ui.widgets.panel import ScrollBox


class TrueHeight(QWidget):
    """What may stand in a scrolling area: Qt takes a wrapped label's least height for its narrowest width, so
    it would scroll for nothing.
    """

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return super().heightForWidth(width)
        return layout.minimumHeightForWidth(width)

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return super().minimumSizeHint()
        least = layout.minimumSize().width()
        return QSize(least, layout.minimumHeightForWidth(max(least, self.width())))


class ScrollColumn(ScrollBox):
    def __init__(self, layout: QLayout) -> None:
        content = TrueHeight()
        content.setLayout(layout)
        super().__init__(content)
