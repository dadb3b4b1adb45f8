"""The code of the other pages, loaded beside the window: the first click then only has to build.

PySide makes a class of Qt when it is first asked for, and is not made for two threads that do so at once: the
program then ends without a word (seen: `PySide::MetaObjectBuilder::update` at address 0). So what knows Qt is
loaded on the window's own thread, a little at a time, and only the rest on a thread of its own.
"""

from __future__ import annotations

import contextlib
import gc
from collections import deque
from collections.abc import Callable
from functools import cache, partial
from importlib import import_module
from time import perf_counter

from PySide6 import QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer

from cchc_desktop import services
from cchc_desktop.language import load_words
from cchc_desktop.services.profile import prepare_writing
from ui import icons, pages
from ui.work import Work

_SERVED_FIRST = 400
"""Milliseconds: who starts the program and types or clicks at once is served before it."""
_TURN = 0.005
"""Seconds of one turn, but for a module that takes longer by itself."""
_PAUSE = 10
"""Milliseconds between two turns: half of the time is the window's."""
_SHARED = ("ui.widgets", "ui.field_widgets", "ui.search")


def _load_beneath() -> None:
    """Services and the words of all pages. Nothing of Qt: for a thread of its own."""
    for name in _modules(services.__name__):
        _load(name)
    prepare_writing()
    load_words()


def _modules(package: str) -> list[str]:
    import pkgutil  # the start needs no list of modules

    found = pkgutil.iter_modules(import_module(package).__path__)
    return [f"{package}.{module.name}" for module in found]


def _load(module: str) -> None:
    with contextlib.suppress(Exception):  # what is at fault says so where it is asked for
        import_module(module)


@cache
def _left() -> deque[Callable[[], object]]:
    """What is still to be done in this process, whichever window does it."""
    packages = (*_SHARED, *(entry.package for entry in pages.installed()))
    modules = [name for package in packages for name in _modules(package)]
    # Met one by one: Qt handing over a widget that Python has not seen yet makes all of them at once, and
    # that is a twentieth of a second in the middle of opening a page.
    events = [(QtGui, name) for name in dir(QtGui) if name.endswith("Event")]
    met = [(QtWidgets, name) for name in dir(QtWidgets)] + events + [(QtGui, "QSurface"), (QtGui, "QWindow")]
    return deque(
        [
            *(partial(_load, name) for name in modules),
            *(partial(getattr, module, name) for module, name in met),
            *(partial(icons.prepare, name) for name in icons.names()),
            # All that is there by now stays: Python need not go through it again each time it looks for what
            # is left over (measured: 30 to 50 ms, in the middle of whatever the window does).
            gc.freeze,
        ]
    )


class Loading(QObject):
    """Does what is left of it beside one window. Once in a process: what comes into use later is not there
    for good, and set aside by `gc.freeze` it would never be let go.
    """

    def __init__(self, window: QObject, work: Work) -> None:
        super().__init__(window)
        self.busy = False
        self._work = work
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._turn)
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.timeout.connect(self._beneath)

    def begin(self) -> None:
        is_all_there = _left.cache_info().currsize and not _left()  # the list itself is for a later turn too
        if not (is_all_there or self.busy):
            self.busy = True
            self._begin.start(_SERVED_FIRST)

    def stop(self) -> None:
        self._begin.stop()
        self._next.stop()
        self.busy = False

    def _beneath(self) -> None:
        self._work.start(lambda _: _load_beneath(), self._beside, quiet=True)

    def _beside(self, _result: object) -> None:
        if self.busy:
            self._next.start(_PAUSE)

    def _turn(self) -> None:
        left, until = _left(), perf_counter() + _TURN
        while left and perf_counter() < until:
            left.popleft()()
        if left:
            self._next.start(_PAUSE)
        else:
            self.busy = False
