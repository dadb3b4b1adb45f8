"""The place of messages and progress above a page's body: it takes no room while there is nothing to say."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from ui.widgets.panel import MARGIN, column


class NoteSlot(QWidget):
    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self._parts = parts
        box = column(*parts, gap=8)
        box.setContentsMargins(MARGIN, 8, MARGIN, 0)
        self.setLayout(box)
        for part in parts:
            part.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setVisible(any(not part.isHidden() for part in self._parts))
        return super().eventFilter(watched, event)
