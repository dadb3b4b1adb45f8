"""How long it takes from the click on the rail until a page is painted with its data."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from cchc_desktop.language import text
from tests.bench import two_years
from tests.bench.plan_of_500 import at_rest, longest_pause
from tests.bench.window import open_window, settle
from ui import ahead
from ui.main_window import MainWindow
from ui.pages import PAGES

FIRST = "overview"


class Paints(QObject):
    """When the window was painted last."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.last = 0.0
        self._pending = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self._pending |= event.type() is QEvent.Type.UpdateRequest
        return False

    def look(self) -> None:
        """After each turn of the event loop: what was asked for in it was painted in it."""
        if self._pending:
            self._pending, self.last = False, time.perf_counter()


def make(folder: Path, times: int = 1) -> None:
    two_years.make(folder / "profile", times)


def click(window: MainWindow, page_id: str) -> float:
    """Click the page's button; seconds until the last paint, after which the window is at rest."""
    from ui.app import application

    words = text(f"window.page_{page_id}")
    button = next(one for one in window.rail.findChildren(QAbstractButton) if one.text() == words)
    app, paints = application(), Paints(window)
    begin = time.perf_counter()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    still = 0
    while still < 5:
        app.processEvents()
        paints.look()
        resting = window.page_id() == page_id and window.at_rest and at_rest(window)
        still = still + 1 if resting else 0
        time.sleep(0.001 if still else 0.0001)
    window.removeEventFilter(paints)
    if paints.last < begin:
        raise RuntimeError(f"{page_id} was not painted")
    return paints.last - begin


def left_alone(window: MainWindow) -> float:
    """Until the other pages are built; the longest pause that this brought, in seconds."""
    ahead.QUIET = 0
    return longest_pause(window, window.ahead.begin, lambda: window.ahead.done)


def visits(folder: Path, *, alone: bool = False) -> tuple[dict[str, float], dict[str, float]]:
    """The first visit of each page but the start's, then a later one of all, in seconds. `alone`: the window
    was first left alone until it had built them.
    """
    with open_window(folder / "profile", FIRST) as window:
        settle(window)
        if alone:
            left_alone(window)
        others = [entry.id for entry in PAGES if entry.id != FIRST]
        first = {page_id: click(window, page_id) for page_id in others}
        settle(window)
        later = {page_id: click(window, page_id) for page_id in (FIRST, *others)}
        return first, later


if __name__ == "__main__":
    # For whoever looks for the slow one: prints every page's time; with a further argument, of a window that
    # was left alone before.
    alone = len(sys.argv) > 2
    for name, times in zip(("first", "later"), visits(Path(sys.argv[1]), alone=alone), strict=True):
        print(name, *(f"{page_id} {1000 * seconds:.0f} ms" for page_id, seconds in times.items()))
