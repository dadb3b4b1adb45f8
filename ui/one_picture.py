"""`cchc --picture FILE`: the window as it comes up, saved and closed again. It proves that it starts here.

Everything runs as for a user (`ui.app.run`): only the looking and the closing are done by a clock.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from cchc_desktop.errors import KnownError
from ui.app import application, run
from ui.main_window import MainWindow
from ui.screenshots import without_platform_noise

_LOOK_EVERY = 5
"""Milliseconds."""


def open_for_picture(data: Path | None, sample: str | None, to: Path) -> int:
    """Open the window, save its picture (PNG) once it is painted, close it. KnownError when there is none."""
    qInstallMessageHandler(without_platform_noise)
    look = _Look(application(), to)
    ended = run(data, sample)
    if not look.saved:
        raise KnownError("cli.picture_not_written", unusable_input=False, file=str(to))
    return ended


class _Look(QObject):
    def __init__(self, app: QApplication, to: Path) -> None:
        super().__init__(app)
        self.saved = False
        self._to = to
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._look)
        self._clock.start(_LOOK_EVERY)

    def _look(self) -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow) and window.isVisible():
                self._clock.stop()
                self.saved = window.grab().save(str(self._to), "PNG")
                window.close()
                return
