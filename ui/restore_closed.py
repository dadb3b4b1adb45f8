"""Restoring a profile that is not open: its backups are checked, one is chosen, seen and put in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from cchc_desktop.domain.backup import Backup
from cchc_desktop.domain.progress import Progress
from cchc_desktop.language import text
from ui.dialogs import Dialogs
from ui.restore_choice import choose_backup, seen
from ui.wizard.waiting import wait_for


def checked(look: Callable[[Progress], Sequence[Backup]], dialogs: Dialogs) -> tuple[Backup, ...] | None:
    """The backups that `look` finds and reads back, beside a waiting window. None when it was stopped."""
    found: list[Backup] = []
    done = wait_for(text("rescue_page.checking"), lambda progress: found.extend(look(progress)), dialogs)
    return tuple(found) if done else None


def restored(folder: Path, found: Sequence[Backup], dialogs: Dialogs) -> bool:
    """Whether one of them was chosen, agreed to after its preview, and lies in `folder` now."""
    from cchc_desktop.services import restoring

    chosen = choose_backup(found, dialogs)
    if chosen is None or not seen(folder, chosen, None, dialogs):
        return False
    heading = text("rescue_page.restoring")
    return wait_for(heading, lambda progress: restoring.restore_backup(folder, chosen, progress), dialogs)
