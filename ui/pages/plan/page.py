"""Kế hoạch: the template's steps at the left, the step that is being written, and the checks below it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QDialog, QStackedWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan_checks import Finding, Place, Severity
from cchc_desktop.domain.plan_template import SectionKind
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.services import history, packs
from cchc_desktop.services import plan as service
from ui.context import Context
from ui.pages.plan import offers
from ui.pages.plan.checks_panel import Check, ChecksPanel
from ui.pages.plan.issue_step import ISSUE, IssueStep
from ui.pages.plan.pick_list import PickList, Source
from ui.pages.plan.places import place_name
from ui.pages.plan.step import Step
from ui.pages.plan.steps import AREA, nodes, step_of
from ui.pages.plan.target_rows import area_name
from ui.pages.plan.targets_step import TargetsStep
from ui.pages.plan.tasks_step import TasksStep
from ui.pages.plan.text_step import TextStep
from ui.preview import preview, save_document
from ui.widgets.button import Button, Kind
from ui.widgets.choice import Choice
from ui.widgets.page import PageBase
from ui.widgets.panel import Strip, column, row
from ui.widgets.tree import Tree

_STEPS_WIDTH = 260
_NARROW = 800
"""Below this window width the steps become a drop-down."""


class Page(PageBase):
    def __init__(self, context: Context) -> None:
        super().__init__(context, text("plan_page.title", year=str(context.round.year)), margin=0)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._plan = service.plan(context.profile, context.round_id)
        self._findings: tuple[Finding, ...] = ()
        self._error_at = -1
        self._made: dict[str, Step] = {}
        self.preview = Button(text("plan_page.preview"), self._preview, icon="eye")
        self.check = Button(text("plan_page.check"), self.run_checks, kind=Kind.PRIMARY, shortcut="F9")
        self.add_action(self.preview)
        self.add_action(self.check)
        self.steps = Tree(text("plan_page.steps"), quiet=True)
        self.steps.picked.connect(self._picked)
        self.steps_choice = Choice(text("plan_page.steps"))
        self.steps_choice.chosen.connect(lambda key: self.open_step(str(key)))
        self._left = Strip("right")
        self._left.box.setContentsMargins(0, 8, 1, 8)
        self._left.box.addWidget(self.steps)
        self._left.setFixedWidth(_STEPS_WIDTH)
        self._above = Strip("below")
        self._above.box.setContentsMargins(16, 6, 16, 6)
        self._above.box.addWidget(self.steps_choice, 1)
        self._above.hide()
        self._stack = QStackedWidget()
        self.checks = ChecksPanel()
        self.checks.jump.connect(self.go_to)
        right = column(self._above, self._stack, self.checks, gap=0)
        right.setStretch(1, 1)
        whole = row(self._left, right, gap=0)
        whole.setStretch(1, 1)
        self.body.addLayout(whole)
        self._codes: dict[str, str] | None = None
        self.open_step(self._plan.template.sections[0].key)

    # What is shown

    def refresh(self, changes: Changes | None) -> None:
        if self.context.edits.pending and changes is not None:
            return
        self._plan = service.plan(self.context.profile, self.context.round_id)
        self._findings = service.findings(self.context.profile, self.context.round_id)
        self._title_words()
        shown = nodes(self._plan, self._findings)
        self.steps.set_nodes(shown)
        self.steps.pick(self._open_key())
        self.steps_choice.set_choices(
            [(node.key, node.name) for one in shown for node in (one, *one.children)], self._open_key()
        )
        for step in self._made.values():
            step.show_plan(self._plan, self._findings)
        self.checks.show_checks([Check(one, place_name(one.place, self._plan)) for one in self._findings])

    def _title_words(self) -> None:
        template = self._plan.template
        issue = self._plan.issue
        if issue.issued_on is not None and issue.number.strip():
            state = text("plan_page.note_issued", number=issue.number, on=issue.issued_on)
        else:
            state = text("plan_page.note_draft")
        note = text("plan_page.note", state=state, template=template.title, version=template.version)
        self.set_title(text("plan_page.title", year=str(self._plan.year)), note)

    def _open_key(self) -> str:
        shown = self._stack.currentWidget()
        return next((key for key, step in self._made.items() if step is shown), "")

    def open_step(self, key: str) -> None:
        """Show a step by its key (a section's, "area:…", "issue")."""
        self.steps.pick(key)
        self._picked(key)

    def _picked(self, key: str) -> None:
        if key not in self._made:
            self._made[key] = made = self._make(key)
            made.show_plan(self._plan, self._findings)
            self._stack.addWidget(made)
        if self._stack.currentWidget() is not self._made[key]:
            self.commit()
            self._stack.setCurrentWidget(self._made[key])
        self.steps_choice.set_value(key)

    def step(self, key: str) -> Step:
        """The step of that key, made if need be."""
        self.open_step(key)
        return self._made[key]

    def _make(self, key: str) -> Step:
        if key == ISSUE:
            return IssueStep(self.context, self._save)
        if key.startswith(AREA):
            area = next(one for one in self._plan.template.areas if AREA + one.key == key)
            return TasksStep(self.context, area, self._departments, self._row_codes(), self._more_tasks)
        section = next(one for one in self._plan.template.sections if one.key == key)
        if section.kind is SectionKind.TARGETS:
            return TargetsStep(self.context, self._plan, section, self._more_targets)
        return TextStep(self.context, section)

    def _departments(self) -> Sequence[str]:
        return service.departments(self.context.profile, self.context.round_id)

    def _row_codes(self) -> dict[str, str]:
        """Row key → printed code, for the column of linked criteria."""
        if self._codes is None:
            of_round = self.context.round
            ref = PackRef(of_round.criteria_id, of_round.criteria_version)
            criteria = packs.criteria_set(ref, self.context.profile.folder)
            self._codes = {node.key: node.code for node in criteria.nodes}
        return self._codes

    # Where to go

    def go_to(self, where: object) -> None:
        """A place, a content area's or section's key, or a task's or target's id."""
        if isinstance(where, Place):
            self.step(step_of(where, self._plan)).go_to(where)
        elif isinstance(where, str) and where:
            self._go_to_key(where)

    def _go_to_key(self, key: str) -> None:
        plan = self._plan
        if any(area.key == key for area in plan.template.areas):
            self.step(AREA + key).go_to(None)
        elif key == ISSUE or any(section.key == key for section in plan.template.sections):
            self.step(key).go_to(None)
        elif task := next((one for one in plan.tasks if one.id == key), None):
            self.step(AREA + task.area).go_to(Place("", task.area, task_id=key))
        elif target := next((one for one in plan.targets if one.id == key), None):
            section = next(one for one in plan.template.sections if one.kind is SectionKind.TARGETS)
            self.step(section.key).go_to(Place(section.key, target.area, target_id=key))

    def place(self) -> str:
        return self._open_key().removeprefix(AREA)

    def run_checks(self) -> None:
        """F9: save what is being typed, look again, and show what was found."""
        self.commit()
        self.context.edits.flush()
        self.refresh(None)
        self.checks.show()
        self._error_at = -1
        if self.checks.checks():
            self.checks.list.choose(0)
            self.checks.list.setFocus()

    def next_error(self) -> None:
        """F7: jump to the next error, or where there is none to the next warning."""
        checks = self.checks.checks()
        errors = [n for n, one in enumerate(checks) if one.finding.severity is Severity.ERROR]
        wanted = errors or list(range(len(checks)))
        if not wanted:
            self.run_checks()
            return
        self._error_at = next((n for n in wanted if n > self._error_at), wanted[0])
        self.checks.show()
        self.checks.list.choose(self._error_at)
        self.go_to(checks[self._error_at].finding.place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F7:
            self.next_error()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        else:
            super().keyPressEvent(event)

    def undo(self) -> None:
        """Take back the last change of this round."""
        if self.context.read_only:
            return
        self.commit()
        profile, round_id = self.context.profile, self.context.round_id
        self.context.edits.save(lambda: history.undo(profile, round_id))

    # Taking over, and the document

    def _more_tasks(self) -> None:
        self._take(text("plan_page.pick_tasks"), offers.task_sources(self.context, self._plan))

    def _more_targets(self) -> None:
        self._take(text("plan_page.pick_targets"), offers.target_sources(self.context, self._plan))

    def _take(self, heading: str, sources: Sequence[Source]) -> None:
        self.commit()
        self.context.edits.flush()
        open_key = self._open_key()
        areas = {AREA + area.key: area_name(area) for area in self._plan.template.areas}
        dialog = PickList(self.window(), heading, sources, areas.get(open_key, ""))
        answer = dialog.exec()
        source, keys = dialog.chosen()
        dialog.deleteLater()
        if answer != QDialog.DialogCode.Accepted:
            return
        profile, round_id = self.context.profile, self.context.round_id
        if source == offers.TEMPLATE:
            self.context.edits.save(
                lambda: service.take_presets(profile, round_id, keys), failed=self._failed
            )
        else:
            self.context.edits.save(
                lambda: service.take_from_year(profile, round_id, source, keys), failed=self._failed
            )

    def _failed(self, error: KnownError) -> None:
        self.context.dialogs.message(text("plan_page.not_taken"), error.message)

    def _file_name(self) -> str:
        return text("plan_page.file_name", year=str(self._plan.year))

    def _write(self, path: Path, progress: Progress) -> None:
        from cchc_desktop.services.documents import write_plan_pdf

        write_plan_pdf(self.context.profile, self.context.round_id, path, progress)

    def _preview(self) -> None:
        self.commit()
        preview(self.context, self._file_name(), self._write)

    def _save(self) -> None:
        self.commit()
        save_document(self.context, text("plan_page.save_heading"), self._file_name(), "pdf", self._write)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.window().width() < _NARROW
        self._left.setVisible(not narrow)
        self._above.setVisible(narrow)
