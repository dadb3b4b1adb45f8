"""A dialog with fields of its own (not a question): as high as its words and fields need at its width.

Where the screen is lower than that, the fields scroll and the buttons stay in sight.
"""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from ui.widgets.panel import column
from ui.widgets.scroll_column import ScrollColumn

_AROUND = 48
"""What a window's frame and the taskbar's edge take."""


class SheetDialog(QDialog):
    """Give it its content and its row of buttons; call `fit` when parts come or go."""

    def __init__(self, parent: QWidget | None, title: str, width: int) -> None:
        super().__init__(parent)
        self._width = width
        self._content: QLayout | None = None
        self._buttons: QLayout | None = None
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)

    def set_content(self, content: QLayout, buttons: QLayout) -> None:
        self._content, self._buttons = content, buttons
        content.setContentsMargins(20, 20, 20, 4)
        buttons.setContentsMargins(20, 8, 20, 20)
        whole = column(ScrollColumn(content), buttons, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def fit(self) -> None:
        if self._content is None or self._buttons is None:
            return
        room = self.screen().availableGeometry().size()
        width = min(max(self._width, self._content.minimumSize().width()), room.width() - _AROUND)
        self._content.activate()
        wanted = self._content.sizeHint().height()
        if self._content.hasHeightForWidth():
            wanted = self._content.heightForWidth(width)
        height = min(wanted + self._buttons.sizeHint().height(), room.height() - _AROUND)
        self.setMinimumWidth(width)
        self.resize(width, height)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()
