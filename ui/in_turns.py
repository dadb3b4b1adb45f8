"""Work of the window cut into turns of the event loop: painting goes on between them.

A key or a click that comes meanwhile is meant for what is being made, so it finishes the work first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

_HANDS = frozenset(
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


class InTurns(QObject):
    """Runs a generator one step per turn. A newer one takes the place of one that is under way."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] | None = None
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._step)

    @property
    def busy(self) -> bool:
        return self._steps is not None

    def start(self, steps: Callable[[], Iterator[object]]) -> None:
        self.stop()
        self._steps = steps()
        self._step()
        if self.busy and (app := QApplication.instance()) is not None:
            app.installEventFilter(self)

    def stop(self) -> None:
        """Leave the rest undone."""
        self._next.stop()
        if self._steps is not None and (app := QApplication.instance()) is not None:
            app.removeEventFilter(self)
        self._steps = None

    def finish(self) -> None:
        """Do the rest now."""
        while self._steps is not None:
            self._step()

    def _step(self) -> None:
        steps = self._steps
        if steps is None:
            return
        try:
            next(steps)
        except BaseException as end:
            if self._steps is steps:
                self.stop()
            if not isinstance(end, StopIteration):
                raise
            return
        if steps is self._steps:
            self._next.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _HANDS:
            self.finish()
        return False
