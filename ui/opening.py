"""Opening a profile at the start: each known fault becomes advice with a way out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from ui.dialogs import Dialogs
from ui.marks import Mark

if TYPE_CHECKING:
    from cchc_desktop.services.profile import Profile


def open_or_advise(folder: Path, dialogs: Dialogs) -> tuple[Profile | None, Path | None]:
    """The profile; or (None, folder) where there is none yet; or (None, None) when the user gives up.

    A locked, newer, damaged or unreadable profile is never touched: the user may try again, take another
    folder, or leave.
    """
    from cchc_desktop.services.profile import exists, open_profile

    while True:
        if not exists(folder):
            return None, folder
        try:
            return open_profile(folder), folder
        except KnownError as error:
            answer = dialogs.choose(
                text("window.open_failed"),
                error.message,
                (text("window.open_again"), text("window.other_folder"), text("window.leave")),
                Mark.NO_EVIDENCE,
            )
        if answer == 1:
            folder = dialogs.choose_folder(text("window.other_folder")) or folder
        elif answer != 0:
            return None, None
