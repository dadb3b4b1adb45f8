"""The profile's health while the window is open: one quiet look after the start, and a check when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from cchc_desktop.language import render, text
from cchc_desktop.message import message
from ui.context import Context
from ui.marks import Mark

if TYPE_CHECKING:
    from cchc_desktop.domain.profile_check import CheckReport
    from ui.main_window import MainWindow

LOOK_AFTER = 4000
"""Milliseconds after the window is shown: the start itself stays quick."""


def watch(window: MainWindow) -> None:
    """Look once, in the background; where the database is damaged, say so and offer the rescue."""
    QTimer.singleShot(LOOK_AFTER, window, lambda: look(window))


def look(window: MainWindow) -> None:
    if window.closed:
        return
    from cchc_desktop.services.checking import is_sound

    context = window.context

    def told(sound: bool) -> None:
        if not sound and not window.closed:
            offer_rescue(context)

    window.work.start(lambda _: is_sound(context.profile), told, quiet=True)


def offer_rescue(context: Context) -> None:
    """Ask first: the window closes for it."""
    folder, dialogs = context.profile.folder, context.dialogs
    what = message("rescue_page.damaged", folder=str(folder))
    if dialogs.ask(text("rescue_page.title"), what, text("rescue_page.now"), text("rescue_page.later")):
        from ui.rescue import rescue

        context.close_for(lambda: rescue(folder, what, dialogs))


def say_checked(report: CheckReport, context: Context) -> None:
    """What a check found; a damaged database or history leads to the rescue."""
    heading = text("backup_panel.checked_good" if report.sound else "backup_panel.checked_bad")
    said = "\n".join(render(line.message) for line in report.lines)
    context.dialogs.message(heading, said, Mark.DONE if report.sound else Mark.NO_EVIDENCE)
    if report.damaged:
        offer_rescue(context)
