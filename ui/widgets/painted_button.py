"""A button that draws all of itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

from ui.widgets.enter_key import pressed_by_enter

OWN_FOCUS = "own_focus"
"""Property of a button that shows itself that it has the focus (`focus_ring` lays a ring around others)."""


class PaintedButton(QAbstractButton):
    """Enter presses it. Drawn anew when the look changes.

    `own_focus`: it fills its place to the edge, where a ring around it would be cut off.
    """

    def __init__(self, *, own_focus: bool = False) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if own_focus:
            self.setProperty(OWN_FOCUS, True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)
