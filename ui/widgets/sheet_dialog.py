"""A dialog with fields of its own (not a question): as high as its words and fields need at its width."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QWidget


class SheetDialog(QDialog):
    """Give the layout to `set_content`; call `fit` when parts of it come or go."""

    def __init__(self, parent: QWidget | None, title: str, width: int) -> None:
        super().__init__(parent)
        self._width = width
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)

    def set_content(self, layout: QLayout) -> None:
        # Qt would hold the dialog to the height that wrapped words have at their narrowest.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(layout)
        self.setMinimumWidth(self._width)

    def fit(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        width = max(self._width, layout.minimumSize().width())
        layout.activate()
        wanted = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        self.resize(width, min(wanted, 900))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()
