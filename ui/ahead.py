"""The other pages, built and read while nobody does anything: the first visit then only shows.

One small part in a turn of the event loop, and none while somebody types or clicks, an edit is on its way, a
page is being opened, work is under way or a dialog is open. What is written afterwards makes such a page
stale, as one that was visited: it is read again then. One that can't be built or read says so when it is
visited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from ui.in_turns import HANDS, Doors
from ui.page_stack import PageStack

QUIET = 2000
"""Milliseconds without a key or a click before it begins, and before it goes on."""
_TURN = 0.005
"""Seconds after which a turn ends, but for a part that takes longer by itself."""
_PAUSE = 25
"""Milliseconds between two turns: most of the time is the window's."""


class Ahead(QObject):
    """`free()` says whether the window has nothing else to do; `wanted()` which pages there are."""

    def __init__(
        self, window: QWidget, stack: PageStack, wanted: Callable[[], list[str]], free: Callable[[], bool]
    ) -> None:
        super().__init__(window)
        self._window, self._stack, self._wanted, self._free = window, stack, wanted, free
        self._doors = Doors(self)
        self._left: list[str] = []
        self._steps: Iterator[None] | None = None
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._turn)

    @property
    def done(self) -> bool:
        """Nothing is left to be built or read."""
        return not self._left

    def begin(self) -> None:
        """Build and read what is not there, once it is quiet."""
        self._left = self._wanted()
        self._wait()

    def stop(self) -> None:
        self._left = []
        self._wait()

    def _wait(self) -> None:
        """Leave what is half done; it goes on from there."""
        self._steps = None
        if self._left:
            self._watch()
            self._next.start(QUIET)
        else:
            self._doors.watch()
            self._next.stop()

    def _watch(self) -> None:
        self._doors.watch(self._window.windowHandle(), QGuiApplication.focusObject())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in HANDS:
            self._wait()
        return False

    def _turn(self) -> None:
        if self._in_hand():
            self._wait()
            return
        self._step()
        if self._left:
            self._watch()  # the focus may have moved by itself
            self._next.start(_PAUSE)
        else:
            self._wait()

    def _in_hand(self) -> bool:
        """A dialog or a list is open, something is being drawn with the mouse, or nothing is in sight."""
        over = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        return over is not None or pressed or not self._window.isVisible()

    def _step(self) -> None:
        until = perf_counter() + _TURN
        while self._left and perf_counter() < until and self._free():
            if self._steps is None:
                self._steps = self._stack.make_ahead(self._left[0])
            try:
                next(self._steps)
            except StopIteration:
                self._steps = None
                self._left.pop(0)
