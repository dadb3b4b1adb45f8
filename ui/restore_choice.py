"""Choosing a backup and looking at what restoring it would change, before anything is done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desktop.domain.backup import Backup, RestorePreview
from cchc_desktop.domain.backup_words import preview_messages
from cchc_desktop.language import render, text
from ui.dialogs import Dialogs
from ui.wizard.waiting import wait_for

if TYPE_CHECKING:
    from cchc_desktop.services.profile import Profile

MOST = 6
"""Backups shown at once; older ones are reached by the command line."""


def when(one: Backup) -> str:
    return text("backup_panel.when", at=one.content.made_at)


def about(one: Backup) -> str:
    content = one.content
    return text(
        "backup_panel.about",
        reason=text(f"backup.reason_{content.reason.value}"),
        changes=content.head.seq,
        files=len(content.files),
        place=text("backup.cli_second") if one.second else "",
    )


def choose_backup(found: Sequence[Backup], dialogs: Dialogs) -> Backup | None:
    ways = [(when(one), about(one)) for one in found[:MOST]]
    answer = dialogs.choose_way(
        text("backup_panel.choose"), text("backup_panel.choose_words"), ways, text("window.cancel")
    )
    return None if answer is None else found[answer]


def agreed(preview: RestorePreview, dialogs: Dialogs) -> bool:
    """Show what differs and ask; the safe answer is to leave everything as it is."""
    said = "\n".join(render(one) for one in preview_messages(preview))
    words = f"{said}\n\n{text('backup_panel.kept_before')}"
    act, keep = text("backup_panel.restore_act"), text("backup_panel.keep")
    return dialogs.ask(text("backup_panel.restore_ask"), words, act, keep, danger=True)


def file_kinds() -> tuple[tuple[str, tuple[str, ...]], ...]:
    from cchc_desktop.services.backups import ENDING

    return ((text("backup_panel.carried_file"), (ENDING,)),)


def passphrase_for(source: Path, dialogs: Dialogs) -> tuple[bool, str | None]:
    """(go on, passphrase): asks only for a file that is encrypted."""
    from cchc_desktop.services.restoring import needs_passphrase

    if not needs_passphrase(source):
        return True, None
    heading, act = text("backup_panel.passphrase"), text("backup_panel.open_file")
    typed = dialogs.ask_text(heading, text("backup_panel.passphrase_words"), act, secret=True)
    return typed is not None, typed


def seen(folder: Path, chosen: Backup, profile: Profile | None, dialogs: Dialogs) -> bool:
    """Preview and consent; what is wrong with the backup is said. It is made beside the window."""
    from cchc_desktop.services.restoring import preview

    found: list[RestorePreview] = []
    heading = text("backup_panel.comparing")
    compared = wait_for(heading, lambda _progress: found.append(preview(folder, chosen, profile)), dialogs)
    return compared and agreed(found[0], dialogs)
