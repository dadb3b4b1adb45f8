"""The backup when the window is closed: at once where it is quick, with a small window where it is not.

The window itself is gone by then and all is saved: nobody waits for the backup, and stopping it loses
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog

from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from ui.dialogs import Dialogs
from ui.marks import Mark
from ui.widgets.labels import second, section
from ui.widgets.panel import column
from ui.widgets.progress_panel import ProgressPanel
from ui.work import Job, Work

QUICK = 0.7
"""Seconds that a backup may take without a word."""


def back_up_after(folder: Path, dialogs: Dialogs) -> None:
    """Back up when something changed since the last backup; what failed is said once, calmly."""
    faults: list[KnownError] = []
    work = Work()
    job = work.start(lambda progress: _back_up(folder, progress), _told(dialogs), faults.append)
    if not job.wait(QUICK):
        _show(job)
    while job.running:
        job.wait(0.1)
        job.settle()
    for fault in faults:
        dialogs.message(text("backup_panel.not_backed_up"), fault.message, Mark.NO_EVIDENCE, fault.detail)


def _back_up(folder: Path, progress: Progress) -> object:
    from cchc_desktop.domain.backup import BackupReason
    from cchc_desktop.services import backups
    from cchc_desktop.services.profile import open_profile

    with open_profile(folder) as profile:
        if not backups.is_due(profile):
            return None
        return backups.back_up(profile, BackupReason.CLOSE, progress, thorough=False)


def _told(dialogs: Dialogs) -> Callable[[object], None]:
    from cchc_desktop.domain.backup import BackupDone

    def told(done: object) -> None:
        if isinstance(done, BackupDone) and done.second_fault is not None:
            dialogs.message(text("backup_panel.second_title"), done.second_fault, Mark.NO_EVIDENCE)

    return told


def _show(job: Job) -> None:
    """A window with progress and a stop; it goes when the backup is done."""
    box, panel = QDialog(), ProgressPanel()
    box.setWindowTitle(text("backup_panel.closing"))
    box.setMinimumWidth(480)
    words = second(text("backup_panel.closing_words"), wrap=True)
    box.setLayout(column(section(text("backup_panel.closing")), words, panel, margin=20))
    panel.watch(job)
    panel.show()
    job.ended.connect(box.accept)
    box.rejected.connect(job.stop)
    if job.running:
        box.exec()
