"""Moving to a new PC: the whole profile as one file, with a passphrase if wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desktop.language import text
from ui.restore_choice import file_kinds
from ui.widgets.message_bar import Tone

if TYPE_CHECKING:
    from ui.pages.settings.backup_panel import BackupPanel


def carry_away(panel: BackupPanel) -> None:
    """Ask where to and whether with a passphrase, then write; what does not travel is said at the end."""
    from cchc_desktop.services import backups

    context, dialogs = panel.context, panel.context.dialogs
    how = dialogs.choose_way(
        text("backup_panel.move"),
        text("backup_panel.move_how"),
        (
            (text("backup_panel.move_sealed"), text("backup_panel.move_sealed_words")),
            (text("backup_panel.move_plain"), text("backup_panel.move_plain_words")),
        ),
        text("window.cancel"),
    )
    if how is None:
        return
    passphrase: str | None = None
    if how == 0:
        passphrase = _new_passphrase(panel)
        if passphrase is None:
            return
    suggestion = f"{context.round.unit.name}{backups.ENDING}".replace("/", "-")
    target = dialogs.save_file(text("backup_panel.move"), suggestion, file_kinds())
    if target is None:
        return
    profile = context.profile

    def done(path: Path) -> None:
        panel.message.say(text("backup_panel.moved", path=str(path)), Tone.OK)
        dialogs.message(text("backup_panel.moved_title"), text("backup_panel.moved_words"))
        panel.refresh(None)

    panel.message.hush()
    job = context.work.start(
        # Whether a file of that name is to be replaced was the system's own question.
        lambda progress: backups.carry(profile, target, passphrase, progress, overwrite=True),
        done,
        panel.show_error,
    )
    panel.progress.watch(job)


def _new_passphrase(panel: BackupPanel) -> str | None:
    """Typed twice; None when the user steps back."""
    from cchc_desktop.services import backups

    dialogs, act = panel.context.dialogs, text("backup_panel.go_on")
    words = text("backup_panel.new_passphrase_words", least=backups.SHORTEST_PASSPHRASE)
    first = dialogs.ask_text(text("backup_panel.new_passphrase"), words, act, secret=True)
    if first is None:
        return None
    if len(first) < backups.SHORTEST_PASSPHRASE:
        panel.message.say(text("backup.passphrase_short", least=backups.SHORTEST_PASSPHRASE), Tone.WARN)
        return None
    again = dialogs.ask_text(
        text("backup_panel.passphrase_again"), text("backup_panel.passphrase_again_words"), act, secret=True
    )
    if again is not None and again != first:
        panel.message.say(text("backup_panel.passphrase_differs"), Tone.WARN)
    return first if again == first else None
