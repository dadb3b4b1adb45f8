"""A small window for long work before the main window is there: what is done, how far it is, and a stop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog

from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from ui.dialogs import Dialogs
from ui.marks import Mark
from ui.widgets.labels import section
from ui.widgets.panel import column
from ui.widgets.progress_panel import ProgressPanel
from ui.work import Work

QUICK = 0.2
"""Seconds that the work may take without a word: a window that comes and goes at once only startles."""


def wait_for(heading: str, run: Callable[[Progress], object], dialogs: Dialogs) -> bool:
    """Run it, with a window where it takes longer. False when it was stopped or failed (which is said)."""
    box, work, panel = QDialog(), Work(), ProgressPanel()
    box.setWindowTitle(heading)
    box.setMinimumWidth(480)
    box.setLayout(column(section(heading), panel, margin=20))
    done: list[object] = []

    def failed(error: KnownError) -> None:
        dialogs.message(text("window.known"), error.message, Mark.NO_EVIDENCE, error.detail)

    job = work.start(run, done.append, failed)
    panel.watch(job)
    panel.show()
    job.ended.connect(box.accept)
    box.rejected.connect(job.stop)
    if job.wait(QUICK):
        job.settle()
    if job.running:
        box.exec()
    while job.running:  # the window was closed: the work stops at its next step
        job.wait(0.1)
        job.settle()
    return bool(done)
