"""Where the Tab key finds what is made late: Qt puts it behind everything else of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_after(place: QWidget, *made: QWidget) -> None:
    """Let Tab come to them, in this order, after `place`, or where it stands if it takes no focus itself."""
    before = place
    while before.focusPolicy() == Qt.FocusPolicy.NoFocus:
        above = before.previousInFocusChain()
        if above is None or above is place:
            return
        before = above
    for one in made:
        QWidget.setTabOrder(before, one)
        before = one
