"""A while after the start: hold on to the version that runs, clear away what the last update left."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ui.work import Work

TIDY_AFTER = 6000
"""Milliseconds after the window is shown: the start itself stays quick."""


def tidy_up(window: QWidget, work: Work) -> None:
    """Once, in the background; a program that isn't installed has nothing to tidy."""

    def tidy() -> None:
        from cchc_desktop.services import updates

        if not work.ended:
            work.start(lambda _: updates.started(), quiet=True)

    QTimer.singleShot(TIDY_AFTER, window, tidy)
