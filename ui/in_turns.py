"""Work of the window cut into turns of the event loop: typing and painting go on between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer


class InTurns(QObject):
    """Runs a generator one step per turn. A newer one takes the place of one that is under way."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] = iter(())
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._step)

    @property
    def busy(self) -> bool:
        return self._next.isActive()

    def start(self, steps: Callable[[], Iterator[object]]) -> None:
        self._steps = steps()
        self._step()

    def stop(self) -> None:
        self._next.stop()
        self._steps = iter(())

    def _step(self) -> None:
        steps = self._steps
        try:
            next(steps)
        except StopIteration:
            return
        if steps is self._steps:
            self._next.start()
