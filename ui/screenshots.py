"""Pictures of every page and of the first start, light and dark, as a user at 1366 × 768 sees them."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from cchc_desktop.domain.vietnam_time import vietnam_today
from ui import theme

WIDTH, HEIGHT = 1366, 768
LONGEST_WAIT = 20.0
SHADES = ((theme.Appearance.LIGHT, "light"), (theme.Appearance.DARK, "dark"))


def draw_pages(data: Path, out: Path) -> list[Path]:
    """Draw the profile in `data` into `out` (made if missing): "01-overview-light.png", … Without a screen.

    Raises `KnownError` as opening a profile does. The profile itself stays as it was.
    """
    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.app import application

    application()
    qInstallMessageHandler(without_platform_noise)
    out.mkdir(parents=True, exist_ok=True)
    chosen = theme.appearance()
    pictures = [*_main_window(data, out), *_first_start(out)]
    theme.set_appearance(chosen)
    return sorted(pictures)


def without_platform_noise(kind: QtMsgType, where: QMessageLogContext, words: str) -> None:
    """The offscreen platform complains of every window with a smallest size; all else is passed on."""
    if "propagateSizeHints" not in words:
        sys.stderr.write(f"{words}\n")


def _main_window(data: Path, out: Path) -> list[Path]:
    from cchc_desktop.services.profile import open_profile
    from cchc_desktop.services.rounds import rounds
    from ui import pages
    from ui.main_window import MainWindow

    pictures: list[Path] = []
    profile = open_profile(data)
    today = _fitting_day(rounds(profile)[0].year)
    window = MainWindow(profile, today=lambda: today, remember=False)
    window.resize(WIDTH, HEIGHT)
    window.show()
    try:
        for shade, word in SHADES:
            theme.set_appearance(shade)
            for number, entry in enumerate(pages.installed(), start=1):
                window.go_to(entry.id)
                _settle(lambda: not window.work.running)
                pictures.append(_draw(window, out / f"{number:02d}-{entry.id}-{word}.png"))
    finally:
        window.close()
    return pictures


def _first_start(out: Path) -> list[Path]:
    from ui.dialogs import Dialogs
    from ui.wizard.first_start import FirstStart

    pictures: list[Path] = []
    with tempfile.TemporaryDirectory() as nowhere:
        wizard = FirstStart(Path(nowhere) / "cchc", Dialogs())
        wizard.frame.resize(WIDTH, HEIGHT)
        wizard.frame.show()
        for shade, word in SHADES:
            theme.set_appearance(shade)
            _settle(lambda: True)
            pictures.append(_draw(wizard.frame, out / f"00-first-start-{word}.png"))
        wizard.frame.close()
    return pictures


def _fitting_day(year: int) -> date:
    """Today, or in another year a day before the year's last deadlines."""
    today = vietnam_today()
    return today if today.year == year else date(year, 12, 7)


def _settle(done: Callable[[], bool]) -> None:
    """Let the page's own work come to its end."""
    end = time.monotonic() + LONGEST_WAIT
    app = QApplication.instance()
    assert app is not None
    while time.monotonic() < end:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if done():
            break
    for _ in range(3):
        app.processEvents()


def _draw(window: QWidget, to: Path) -> Path:
    if not window.grab().save(str(to), "PNG"):
        from cchc_desktop.errors import KnownError

        raise KnownError("window.picture_not_written", path=str(to))
    return to
