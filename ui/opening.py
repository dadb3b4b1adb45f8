"""Opening a profile at the start: each known fault becomes advice with a way out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.message import Message, message
from ui.dialogs import Dialogs
from ui.marks import Mark

if TYPE_CHECKING:
    from cchc_desktop.services.profile import Profile


def open_or_advise(folder: Path, dialogs: Dialogs) -> tuple[Profile | None, Path | None]:
    """The profile; or (None, folder) where there is none yet; or (None, None) when the user gives up.

    A locked, newer or unreadable profile is never touched: the user may try again, take another folder, or
    leave. A damaged one leads to the rescue, one on a network drive or a stick is copied here if wanted, a
    newer one may go back to a backup from before its upgrade.
    """
    from cchc_desktop.services.profile import exists, open_profile

    while True:
        if not exists(folder):
            if not _has_remains(folder):
                return None, folder
            rescued = _rescued(folder, message("store.remains", folder=str(folder)), dialogs)
            if rescued is None:
                return None, None
            folder = rescued
            continue
        try:
            return open_profile(folder, sweep=False), folder
        except KnownError as error:
            if error.code in ("store.damaged", "store.log_gone"):
                damaged = message("rescue_page.damaged", folder=str(folder))
                what = damaged if error.code == "store.damaged" else error.message
                rescued = _rescued(folder, what, dialogs)
                if rescued is None:
                    return None, None
                folder = rescued
                continue
            if error.code == "store.newer":
                from ui.newer_profile import go_on

                older = go_on(folder, dialogs)
                if older is None:
                    return None, None
                folder = older
                continue
            if error.code in ("store.network_drive", "store.removable_drive"):
                from ui.rescue import bring_home

                home = bring_home(folder, error.message, dialogs)
                if home is None:
                    return None, None
                folder = home
                continue
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


def _has_remains(folder: Path) -> bool:
    """Evidence or backups without their database: no place for a blank start."""
    from cchc_desktop.services.checking import needs_rescue

    return needs_rescue(folder)


def _rescued(folder: Path, what: Message, dialogs: Dialogs) -> Path | None:
    from ui.rescue import rescue

    return rescue(folder, what, dialogs)
