"""Work of the window cut into turns of the event loop: painting goes on between them.

A key or a click that comes meanwhile is meant for what is being made, so it finishes the work first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_TURN = 0.008
"""Seconds of work after which the window gets its turn."""
HANDS = frozenset(
    {
        QEvent.Type.ShortcutOverride,
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.TouchBegin,
        QEvent.Type.Wheel,
        QEvent.Type.DragEnter,
    }
)


class Doors:
    """Where keys and clicks enter: a window's own handle, and what has the focus (words of an input method go
    there straight). A filter over the whole application would see each of the thousands of events by which
    Qt builds a page, and cost more than the page.
    """

    def __init__(self, watcher: QObject) -> None:
        self._watcher = watcher
        self._watched: tuple[QObject, ...] = ()

    def watch(self, *doors: QObject | None) -> None:
        """These and no others: `watcher.eventFilter` is asked."""
        for one in self._watched:
            if isValid(one) and one not in doors:
                one.removeEventFilter(self._watcher)
        new = tuple(one for one in doors if one is not None)
        for one in new:
            if one not in self._watched:
                one.installEventFilter(self._watcher)
        self._watched = new


def few_turns(steps: Iterator[None]) -> Iterator[None]:
    """The same in no more turns than its time asks for: small steps share one."""
    begin = perf_counter()
    for _step in steps:
        if perf_counter() - begin > _TURN:
            yield
            begin = perf_counter()


class InTurns(QObject):
    """Runs a generator one step per turn; a step may yield the milliseconds until the next. A newer one takes
    the place of one that is under way. `hurried`: the rest is done now, there is nothing to wait for.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.hurried = False
        self._window = window
        self._doors = Doors(self)
        self._steps: Iterator[int | None] | None = None
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._step)

    @property
    def busy(self) -> bool:
        return self._steps is not None

    def start(self, steps: Callable[[], Iterator[int | None]]) -> None:
        self.stop()
        self._steps = steps()
        self._step()

    def stop(self) -> None:
        """Leave the rest undone."""
        self._next.stop()
        self._doors.watch()
        self._steps, self.hurried = None, False

    def finish(self) -> None:
        """Do the rest now."""
        self.hurried = True
        while self._steps is not None:
            self._step()

    def _step(self) -> None:
        steps = self._steps
        if steps is None:
            return
        try:
            pause = next(steps)
        except BaseException as end:
            if self._steps is steps:
                self.stop()
            if not isinstance(end, StopIteration):
                raise
            return
        if steps is self._steps:
            self._doors.watch(self._window.windowHandle(), QGuiApplication.focusObject())
            self._next.start(pause or 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in HANDS:
            self.finish()
        return False
