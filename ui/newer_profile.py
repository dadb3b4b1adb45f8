"""A profile that a newer version of the program wrote: install that version, or go back to a backup."""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.domain.backup import Backup
from cchc_desktop.domain.progress import Progress
from cchc_desktop.language import text
from cchc_desktop.message import message
from ui.dialogs import Dialogs
from ui.marks import Mark
from ui.restore_closed import checked, restored


def go_on(folder: Path, dialogs: Dialogs) -> Path | None:
    """The folder to open, now that it can be; None when the user leaves. Nothing is opened as it is."""
    from cchc_desktop.services import restoring

    def look(progress: Progress) -> tuple[Backup, ...]:
        return restoring.before_upgrade(folder, progress)

    what = message("newer_profile.what", folder=str(folder))
    found = checked(look, dialogs)
    while True:
        ways = [
            (text("window.open_again"), text("newer_profile.again_words")),
            (text("window.other_folder"), text("newer_profile.other_words")),
        ]
        if found is None:
            ways.append((text("newer_profile.restore"), text("rescue_page.unchecked")))
        elif found:
            at, count = found[0].content.made_at, len(found)
            words = text("newer_profile.restore_words", at=at, n=count)
            ways.append((text("newer_profile.restore"), words))
        answer = dialogs.choose_way(
            text("window.open_failed"), what, ways, text("window.leave"), Mark.NO_EVIDENCE
        )
        if answer is None:
            return None
        if answer == 0:
            return folder
        if answer == 1 and (other := dialogs.choose_folder(text("window.other_folder"))) is not None:
            return other
        if answer == 2:
            found = checked(look, dialogs) if found is None else found
            if found and restored(folder, found, dialogs):
                return folder
