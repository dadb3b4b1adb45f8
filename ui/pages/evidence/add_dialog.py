"""Adding files: what the inspection found, the record of each, and the copying with a stop that works."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.evidence import Evidence, EvidenceLink, EvidenceRecord
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.language import format_size, render, text
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.services import evidence as service
from cchc_desktop.services.evidence import EvidenceInspection
from ui import fonts, icons
from ui.context import Context
from ui.marks import SIZE, Mark, paint_mark
from ui.pages.evidence.file_name_guess import guess
from ui.pages.evidence.record_form import RecordForm
from ui.theme import Role
from ui.widgets.button import Button, Kind
from ui.widgets.labels import ElidedLabel, second, section
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import column, row
from ui.widgets.progress_panel import ProgressPanel
from ui.widgets.sheet_dialog import SheetDialog
from ui.work import Job

MOST_AT_ONCE = 300


@dataclass
class _File:
    path: Path
    found: EvidenceInspection
    record: EvidenceRecord
    taken: bool = False

    @property
    def good(self) -> bool:
        return not self.found.problems


def _sign(file: _File) -> QIcon:
    """The file's mark in the list: can't be taken, wants a look, fine."""
    if not file.found.problems and not file.found.warnings:
        return icons.icon("file-text", Role.MUTED)
    drawn = QPixmap(2 * SIZE, 2 * SIZE)
    drawn.fill(Qt.GlobalColor.transparent)
    with QPainter(drawn) as painter:
        mark = Mark.ERROR if file.found.problems else Mark.NO_EVIDENCE
        paint_mark(painter, mark, QPointF(0, 0), 2 * SIZE)
    return QIcon(drawn)


class AddEvidence(SheetDialog):
    """`added(evidence)` once for all files that were taken; a file that can't be taken says why."""

    added = Signal(object)
    inspected = Signal()

    def __init__(
        self, context: Context, paths: Sequence[Path], links: Sequence[EvidenceLink], where: str = ""
    ) -> None:
        super().__init__(context.dialogs.parent, text("evidence_page.add"), 620)
        self._context, self._links = context, tuple(links)
        self._files: list[_File] = []
        self._taken: list[Evidence] = []
        self._job: Job | None = None
        self._current = -1
        self._heading = section(text("evidence_page.add_looking", count=len(paths)), wrap=True)
        self._where = second(where, wrap=True)
        self._where.setVisible(bool(where))
        left = max(0, len(paths) - MOST_AT_ONCE)
        self.rest = second(text("evidence_page.add_rest", most=MOST_AT_ONCE, left=left), wrap=True)
        self.rest.setVisible(left > 0)
        self.files = QListWidget()
        self.files.setAccessibleName(text("evidence_page.files"))
        self.files.setFont(fonts.font())
        self.files.setFixedWidth(230)
        self.files.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.files.currentRowChanged.connect(self._show)
        self._name = ElidedLabel(bold=True)
        self._size = second()
        self.problem, self.warning = MessageBar(), MessageBar()
        self.form = RecordForm(wide=True)
        self.form.changed.connect(self._edited)
        self.progress = ProgressPanel()
        name = row(self._name, self._size)
        name.setStretch(0, 1)
        self._detail = QWidget()
        self._detail.setLayout(column(name, self.problem, self.warning, self.form, None, gap=10))
        middle = row(self.files, self._detail, gap=16)
        middle.setStretch(1, 1)
        self._cancel = Button(text("window.cancel"), self.reject)
        self.act = Button(text("evidence_page.add_act", count=0), self._add, kind=Kind.PRIMARY)
        self.act.set_blocked(text("evidence_page.still_looking"))
        buttons = row(None, self._cancel, self.act)
        whole = (self._heading, self._where, self.rest, middle, self.progress)
        self.set_content(column(*whole, gap=12), buttons)
        self.files.hide()
        self._detail.setEnabled(False)
        self._inspect(tuple(paths)[:MOST_AT_ONCE])

    # Looking at the files, beside the window

    def _inspect(self, paths: Sequence[Path]) -> None:
        profile = self._context.profile

        def run(progress: Progress) -> list[_File]:
            files = []
            for place, path in enumerate(paths):
                progress.at(message("evidence_page.looking", name=path.name), place, len(paths))
                record = guess(path.name)
                files.append(_File(path, service.inspect(path, profile, record.abstract, progress), record))
            return files

        self._context.work.start(run, self._inspected, self._failed)

    def _inspected(self, files: list[_File]) -> None:
        self._files = files
        good = sum(file.good for file in files)
        self._heading.setText(text("evidence_page.add_heading", count=len(files)))
        for file in files:
            item = QListWidgetItem(file.found.name)
            item.setToolTip(file.found.name)
            item.setIcon(_sign(file))
            self.files.addItem(item)
        self.files.setVisible(len(files) > 1)
        self._detail.setEnabled(True)
        self.files.setCurrentRow(next((n for n, file in enumerate(files) if file.good), 0))
        bad = len(files) - good
        words = "add_act" if not bad else "add_act_without"
        self.act.setText(text(f"evidence_page.{words}", count=good, bad=bad))
        self.act.set_blocked("" if good else text("evidence_page.none_good"))
        if good:
            self.form.focus_missing()
        self.fit()
        self.inspected.emit()

    def _show(self, place: int) -> None:
        self.form.commit()
        if not 0 <= place < len(self._files):
            return
        self._current = place
        file = self._files[place]
        self._name.set_words(file.found.name)
        self._size.setText(format_size(file.found.size))
        self.problem.hush()
        self.warning.hush()
        if file.found.problems:
            self.problem.say("\n".join(render(found) for found in file.found.problems), Tone.ERROR)
        if file.found.warnings:
            self.warning.say("\n".join(render(found) for found in file.found.warnings), Tone.WARN)
        self.form.setVisible(file.good)
        self.form.set_record(file.record)
        self.fit()

    def _edited(self, record: EvidenceRecord) -> None:
        if 0 <= self._current < len(self._files):
            self._files[self._current].record = record

    # Copying them in

    def _add(self) -> None:
        self.form.commit()
        wanted = [file for file in self._files if file.good and not file.taken]
        profile, round_id = self._context.profile, self._context.round_id
        links = self._links
        taken: list[tuple[Changes, Evidence]] = []
        self._taken = []

        def run(progress: Progress) -> list[tuple[Changes, Evidence]]:
            for file in wanted:
                taken.append(service.add(profile, round_id, file.path, file.record, links, progress))
                file.taken = True
            return taken

        def finish() -> None:
            for changes, piece in taken:
                self._taken.append(piece)
                self._context.edits.changed.emit(changes)
            if self._taken:
                self.added.emit(tuple(self._taken))

        def done(_taken: object) -> None:
            finish()
            self.accept()

        def failed(error: KnownError) -> None:
            finish()
            self._failed(error)

        def cancelled() -> None:
            finish()
            self.reject()

        self._detail.setEnabled(False)
        self.files.setEnabled(False)
        self.act.set_blocked(text("evidence_page.copying"))
        self._job = self._context.work.start(run, done, failed, cancelled)
        self.progress.watch(self._job)

    def _failed(self, error: KnownError) -> None:
        """What was taken stays taken; the rest can be tried again."""
        self._detail.setEnabled(True)
        self.files.setEnabled(True)
        self.problem.say(error.message, Tone.ERROR)
        self.act.set_blocked("")

    def reject(self) -> None:
        """Esc while files are being copied stops the copying first."""
        if self._job is not None and self._job.running:
            self._job.stop()
        else:
            super().reject()
