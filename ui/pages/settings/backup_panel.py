"""Backups: the last one, one now, a second drive, restoring, and moving to a new PC."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from cchc_desktop.domain.backup import Backup, BackupDone
from cchc_desktop.domain.changes import Changes
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from ui.context import Context
from ui.fonts import Size
from ui.marks import Mark, MarkSign
from ui.pages.settings.carry import carry_away
from ui.pages.settings.panel import SettingsPanel
from ui.restore_choice import about, file_kinds, passphrase_for, seen, when
from ui.theme import Role
from ui.widgets.button import Button, LinkLabel
from ui.widgets.labels import ElidedLabel, second
from ui.widgets.message_bar import Tone
from ui.widgets.panel import clear, column, row
from ui.widgets.progress_panel import ProgressPanel
from ui.wizard.waiting import wait_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout, QWidget

SHOWN = 4


class BackupPanel(SettingsPanel):
    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, "backup", parent)
        self.progress = ProgressPanel()
        self._lines = column(gap=10)
        self._drive = ElidedLabel("", Size.BASE, Role.TEXT)
        self.now = Button(text("backup_panel.now"), self.back_up, icon="download")
        self.carry = Button(text("backup_panel.move"), lambda: carry_away(self), icon="usb")
        self.take = Button(text("backup_panel.take"), self._take, icon="folder-open")
        self.check = Button(text("backup_panel.check"), self._check, icon="shield-check")
        self.drive = LinkLabel(text("backup_panel.drive_choose"), self._choose_drive)
        self.no_drive = LinkLabel(text("backup_panel.drive_forget"), lambda: self._set_drive(None))
        self.undo = LinkLabel(text("backup_panel.undo"), self._undo)
        drive = row(self._drive, self.no_drive, self.drive, gap=12)
        drive.setStretch(0, 1)
        self.box.addLayout(self._lines)
        self.box.addLayout(row(self.undo, None))
        self.box.addWidget(self.progress)
        self.box.addLayout(row(self.now, self.check, None))
        self.box.addLayout(drive)
        self.box.addWidget(second(text("backup_panel.move_words"), wrap=True))
        self.box.addLayout(row(self.carry, self.take, None))
        self.undo.hide()

    def refresh(self, changes: Changes | None) -> None:
        if changes is not None:
            return
        from cchc_desktop.services import backups, restoring

        profile = self.context.profile

        def look(_progress: object) -> tuple[tuple[Backup, ...], Path | None, bool, bool]:
            try:
                restoring.undo_candidate(profile.folder)
                undo = True
            except KnownError:
                undo = False
            return backups.backups(profile), backups.second_drive(profile), backups.is_due(profile), undo

        self.context.work.start(look, self._looked, self.show_error, quiet=True)

    def _looked(self, seen: tuple[tuple[Backup, ...], Path | None, bool, bool]) -> None:
        """A method, not a closure: Qt forgets it together with the panel."""
        self._show(*seen)

    def _show(self, found: tuple[Backup, ...], drive: Path | None, due: bool, undo: bool) -> None:
        clear(self._lines)
        own = [one for one in found if not one.second]
        if not own:
            self._lines.addWidget(second(text("backup_panel.none"), wrap=True))
        for one in own[:SHOWN]:
            self._lines.addLayout(self._line(one))
        if own:
            state = "backup_panel.due" if due else "backup_panel.current"
            self._lines.insertWidget(0, second(text(state), wrap=True))
        if len(own) > SHOWN:
            self._lines.addWidget(second(text("backup_panel.more", n=len(own) - SHOWN)))
        words = text("backup_panel.drive", folder=str(drive)) if drive else text("backup_panel.no_drive")
        self._drive.set_words(words)
        self.no_drive.setVisible(drive is not None)
        self.undo.setVisible(undo)

    def _line(self, one: Backup) -> QHBoxLayout:
        words = column(ElidedLabel(when(one)), ElidedLabel(about(one), Size.SMALL, Role.MUTED), gap=0)
        link = LinkLabel(text("backup_panel.restore"), lambda: self._restore(one))
        link.setAccessibleName(text("backup_panel.restore_named", at=one.content.made_at))
        line = row(MarkSign(Mark.DONE), words, link, gap=12)
        line.setStretch(1, 1)
        return line

    # Backing up

    def back_up(self) -> None:
        """A thorough one: every file of it is read again."""
        from cchc_desktop.services import backups

        profile = self.context.profile
        self.message.hush()
        self.now.set_blocked(text("backup_panel.under_way"))
        job = self.context.work.start(
            lambda progress: backups.back_up(profile, progress=progress), self._done, self._failed, self._over
        )
        self.progress.watch(job)

    def _done(self, done: BackupDone) -> None:
        self._over()
        absent = done.backup.content.absent
        if absent:
            self.message.say(text("backup_panel.done_absent", n=len(absent)), Tone.WARN)
        elif done.second_fault is not None:
            self.message.say(done.second_fault, Tone.WARN)
        else:
            self.message.say(text("backup_panel.done", size=done.backup.content.size), Tone.OK)
        self.refresh(None)

    def _failed(self, error: KnownError) -> None:
        self._over()
        self.show_error(error)

    def _over(self) -> None:
        self.now.set_blocked("")

    # The second drive

    def _choose_drive(self) -> None:
        folder = self.context.dialogs.choose_folder(text("backup_panel.drive_choose"))
        if folder is not None:
            self._set_drive(folder)

    def _set_drive(self, folder: Path | None) -> None:
        from cchc_desktop.services import backups

        profile = self.context.profile

        def done(_nothing: object) -> None:
            words = "backup_panel.drive_set" if folder else "backup_panel.drive_gone"
            self.message.say(text(words), Tone.OK)
            self.refresh(None)

        self.context.work.start(lambda _: backups.set_second_drive(profile, folder), done, self.show_error)

    # Restoring

    def _restore(self, one: Backup) -> None:
        from cchc_desktop.services.restoring import restore_backup

        profile, dialogs = self.context.profile, self.context.dialogs
        if not seen(profile.folder, one, profile, dialogs):
            return
        folder, heading = profile.folder, text("rescue_page.restoring")
        self.context.close_for(
            lambda: wait_for(heading, lambda progress: restore_backup(folder, one, progress), dialogs)
        )

    def _undo(self) -> None:
        from cchc_desktop.services.restoring import undo_candidate

        try:
            self._restore(undo_candidate(self.context.profile.folder))
        except KnownError as error:
            self.show_error(error)

    def _take(self) -> None:
        from cchc_desktop.services import restoring

        dialogs, folder = self.context.dialogs, self.context.profile.folder
        source = dialogs.choose_file(text("backup_panel.take"), file_kinds())
        if source is None:
            return
        try:
            go_on, passphrase = passphrase_for(source, dialogs)
        except KnownError as error:
            self.show_error(error)
            return
        if not go_on:
            return
        self.message.hush()
        job = self.context.work.start(
            lambda progress: restoring.take_file(folder, source, passphrase, progress),
            # When this work has ended: the window would ask about it before it closes.
            lambda taken: QTimer.singleShot(0, self, lambda: self._restore(taken)),
            self.show_error,
        )
        self.progress.watch(job)

    # Checking

    def _check(self) -> None:
        from cchc_desktop.services.checking import check_open
        from ui.health import say_checked

        context = self.context
        self.message.hush()
        self.check.set_blocked(text("backup_panel.under_way"))

        def over() -> None:
            self.check.set_blocked("")

        job = context.work.start(
            lambda progress: check_open(context.profile, progress),
            lambda report: say_checked(report, context),
            self.show_error,
            quiet=True,
        )
        job.ended.connect(over)
        self.progress.watch(job)
