"""Starts the window. Nothing but Qt and the standard library is imported before its first paint."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from cchc_desktop.language import text
from cchc_desktop.paths import resources_folder
from ui import starting, theme
from ui.collecting import Collecting
from ui.crash import CrashReport
from ui.dialogs import Dialogs
from ui.main_window import MainWindow
from ui.opening import open_or_advise
from ui.widgets.focus_ring import FocusRing

_WATCHED_AFTER = 500
"""Milliseconds after the window is shown: its first paint waits for no code of this."""


def application() -> QApplication:
    """The one QApplication, Vietnamese before its first widget (spin boxes and dialogs read the locale)."""
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        app = existing
        if app.property("dressed"):
            return app  # a style set again would have every widget painted anew
        app.setStyle("Fusion")
    else:  # said to Qt at once: `setStyle` gives a style back, and Python would learn all of its names
        app = QApplication([*sys.argv[:1], "-style", "fusion"])
    app.setApplicationName("CCHC Desktop")
    app.setProperty("dressed", True)
    starting.event_loop_begins()
    Collecting(app)
    translator = QTranslator(app)
    if translator.load(str(resources_folder() / "translations" / "qtbase_vi.qm")):
        app.installTranslator(translator)
    theme.install(app)
    ring = FocusRing(app)
    app.setProperty("ring", ring)
    return app


def run(data: Path | None, sample: str | None) -> int:
    """Open the window on a profile (the wizard where there is none); returns when it is closed."""
    app = application()
    dialogs = Dialogs()
    CrashReport(dialogs).install()
    while True:
        app.setQuitOnLastWindowClosed(False)  # the wizard closes before the window is there
        window = first_window(data, sample, dialogs)
        if window is None:
            return 0
        window.show()
        QTimer.singleShot(_WATCHED_AFTER, window, partial(_watch_over, window))
        app.setQuitOnLastWindowClosed(True)
        ended = app.exec()
        app.setQuitOnLastWindowClosed(False)
        dialogs.parent = None
        if window.closed_for is None:
            from ui.closing import back_up_after

            back_up_after(window.folder, dialogs)
            return ended
        window.closed_for()
        data, sample = window.folder, None


def _watch_over(window: MainWindow) -> None:
    from ui.health import watch
    from ui.tidying import tidy_up

    watch(window)
    tidy_up(window, window.work)


def look_at_packages(data: Path | None, packages: Sequence[Path]) -> int:
    """Show packages in a window of their own, beside a running program if need be; returns when it is closed.

    No profile is opened, so none is needed and none is locked.
    """
    from cchc_desktop.services.profile import default_folder
    from ui.package_window import PackageWindow

    app = application()
    dialogs = Dialogs()
    CrashReport(dialogs).install()
    window = PackageWindow(packages, default_folder(data), dialogs)
    window.show()
    return app.exec()


def first_window(data: Path | None, sample: str | None, dialogs: Dialogs) -> MainWindow | None:
    """The main window, after the wizard where there is no profile yet; None when the user steps back."""
    from cchc_desktop.services.profile import default_folder, setting

    if sample is not None:
        from ui.wizard.sample import sample_folder

        folder = data or sample_folder(default_folder(), sample)
        if not _prepared(folder, sample, dialogs):
            return None
    else:
        folder = default_folder(data)
    profile, place = open_or_advise(folder, dialogs)
    if profile is None and place is not None:
        from ui.wizard.first_start import FirstStart

        profile = FirstStart(place, dialogs).ask()
    if profile is None:
        return None
    theme.set_appearance(theme.Appearance(setting(profile, "window.appearance", "system")))
    return MainWindow(profile, dialogs)


def _prepared(folder: Path, kind: str, dialogs: Dialogs) -> bool:
    """Make the sample where it is not there yet, with its progress shown; False when it could not be made."""
    from cchc_desktop.services.profile import exists

    if exists(folder):
        return True
    from cchc_desktop.services import samples
    from ui.wizard.waiting import wait_for

    heading = text("wizard.making_sample")
    return wait_for(heading, lambda progress: samples.make_profile(folder, kind, progress), dialogs)
