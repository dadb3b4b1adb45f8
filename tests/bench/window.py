"""The real window, offscreen, for the figures that need it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cchc_desktop.services.profile import open_profile
from ui.app import application
from ui.dialogs import Dialogs
from ui.main_window import MainWindow


def settle(window: MainWindow) -> None:
    """Until the window is at rest and all that this brought is painted."""
    still = 0
    while still < 10:
        application().processEvents()
        still = still + 1 if window.at_rest else 0
        time.sleep(0.01)


@contextmanager
def open_window(folder: Path, page: str) -> Iterator[MainWindow]:
    app = application()
    window = MainWindow(open_profile(folder), Dialogs(), remember=False)
    window.resize(1366, 768)
    window.show()
    window.go_to(page)
    settle(window)
    window.ahead.stop()  # the figures are of a window that nobody left alone, but where one says so
    try:
        yield window
    finally:
        window.close()
        app.processEvents()
