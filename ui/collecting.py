"""The search for unreachable objects, on the window's thread only.

By itself Python searches on whichever thread happens to make an object. What it finds may be Qt's, and an
object of Qt that ends on another thread, while the window's works with what belongs to it, ends the program
without a word. So Python's own search is off in a program with a window: one comes here, between two events.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 3000
"""Milliseconds. By the first time what a start makes is there and set aside (`ui.loading`)."""
_MANY = 5000
"""Objects more than at the last search: below it there is little to be found."""
_ALL = 10
"""Of so many searches one goes through the old objects too."""


class Collecting(QObject):
    """Searches every few seconds in which much was made, until `parent` ends."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._searches = 0
        timer = QTimer(self)
        timer.timeout.connect(self._look)
        timer.start(_EVERY)

    def _look(self) -> None:
        more, _middle, _old = gc.get_count()
        if more < _MANY:
            return
        self._searches += 1
        gc.collect(2 if self._searches % _ALL == 0 else 1)
