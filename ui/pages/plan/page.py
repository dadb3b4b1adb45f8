"""Kế hoạch: the plan's steps at the left, the step that is being written, and the checks below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QStackedWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.plan_checks import Finding, Place, Severity
from cchc_desktop.domain.plan_template import SectionKind
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import replace
from cchc_desktop.services import history
from cchc_desktop.services import plan as service
from ui.context import Context
from ui.pages.plan import export_button
from ui.pages.plan.actions import ACTIONS, HeadActions
from ui.pages.plan.area_drop import AreaDrop
from ui.pages.plan.checks_panel import Check, ChecksPanel
from ui.pages.plan.last_year import LastYearNote
from ui.pages.plan.looking import Looking, Seen
from ui.pages.plan.places import place_name, place_of, step_key
from ui.pages.plan.plan_list import PlanList
from ui.pages.plan.step import Step
from ui.pages.plan.step_maker import StepMaker
from ui.pages.plan.steps import AREA, nodes, step_of
from ui.pages.plan.taking import Taking
from ui.pages.plan.tasks_step import TasksStep
from ui.widgets.choice import Choice
from ui.widgets.note_slot import NoteSlot
from ui.widgets.page import PageBase
from ui.widgets.panel import Strip, column, row
from ui.widgets.tree import Tree

_STEPS_WIDTH = 260
_NARROW = 800
"""Below this window width the steps become a drop-down."""
_TITLE_AND_MARGINS = 380


class Page(PageBase):
    """Everything on it is of the plan `plan_id`: the round's own yearly plan, or one beside it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, text("plan_page.name_yearly", year=str(context.round.year)), margin=0)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._findings: tuple[Finding, ...] = ()
        self._look = Looking(context, self)
        self._look.seen.connect(self._seen)
        self._changes: Changes | None = None
        self._stale: set[str] = set()
        self._error_at = -1
        self._after: Place | None = None
        self._made: dict[str, Step] = {}

    def build(self) -> Iterator[None]:
        self.plans = PlanList(self.context, self, self.plan)
        self.plans.wanted.connect(self.show_plan)
        self.plan_id = self.plans.remembered()
        self._read_outline()
        yield
        self.buttons = tuple(make(self) for make in ACTIONS)
        self.actions_ = HeadActions(self.buttons)
        self.add_action(self.actions_)
        yield
        self._left = Strip("right", upright=True)
        self._left.setFixedWidth(_STEPS_WIDTH)
        right = column(gap=0)
        whole = row(self._left, right, gap=0)
        whole.setStretch(1, 1)
        self.body.addLayout(whole)
        self._lay_out_above(right)
        self._lay_out_left()
        yield
        self.last_year = LastYearNote(self.context, Taking(self.context, self))
        right.addWidget(NoteSlot(self.last_year))
        self._stack = QStackedWidget()
        right.addWidget(self._stack, 1)
        yield
        self.checks = ChecksPanel()
        self.checks.jump.connect(self.go_to)
        right.addWidget(self.checks)
        yield
        self._begin()

    def _lay_out_above(self, right: QBoxLayout) -> None:
        self.steps_choice = Choice(text("plan_page.steps"))
        self.steps_choice.chosen.connect(lambda key: self.open_step(str(key)))
        self._above = Strip("below")
        self._above.hide()
        self._above.box.setContentsMargins(16, 6, 16, 6)
        right.addWidget(self._above)
        self._above.box.addWidget(self.steps_choice, 1)

    def _lay_out_left(self) -> None:
        self.steps = Tree(text("plan_page.steps"), quiet=True)
        self.steps.picked.connect(self._picked)
        self.area_drop = AreaDrop(self.steps, self._dropped)
        self.setFocusProxy(self.steps)
        self._left_head, self._left_foot = column(), column(gap=4)
        self._left_head.setContentsMargins(12, 0, 12, 0)
        self._left_foot.setContentsMargins(16, 4, 12, 0)
        self._left.box.setContentsMargins(0, 8, 1, 8)
        self._left.box.addLayout(self._left_head)
        self._left.box.addWidget(self.steps, 1)
        self._left.box.addLayout(self._left_foot)
        self._narrow = True
        self._place_plans(narrow=False)

    def _place_plans(self, *, narrow: bool) -> None:
        """Which plan it is: beside the steps, or above where the steps are a drop-down."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        (self._above.box if narrow else self._left_head).insertWidget(0, self.plans.choice)
        for button in (self.plans.add, self.plans.remove):
            (self._above.box if narrow else self._left_foot).addWidget(button)
            button.set_bare(narrow)

    def plan(self) -> Plan:
        """The plan that is shown, as it was last read."""
        self._read_whole()
        return self._plan

    @property
    def outline(self) -> Plan:
        """The same, perhaps without its tables yet."""
        return self._plan

    def _read_outline(self) -> None:
        """Enough to draw the page; the tables are read beside the window (500 tasks hold it up)."""
        self._plan, self._has_tables = service.outline(self.context.profile, self.plan_id), False

    def _read_whole(self) -> None:
        if not self._has_tables:
            self._plan, self._has_tables = service.plan(self.context.profile, self.plan_id), True

    @property
    def at_rest(self) -> bool:
        """What was found is known and shown."""
        return self._look.at_rest

    # Which plan

    def show_plan(self, plan_id: str) -> None:
        """Show another plan of the round; what was typed into this one is saved."""
        if plan_id == self.plan_id:
            self.plans.show(plan_id)
            return
        self.commit()
        self.context.edits.flush()
        self.plan_id = plan_id
        self._read_outline()
        self._findings = ()
        self._begin()
        self.plans.remember(plan_id)
        self.refresh(None)

    def _begin(self) -> None:
        """The steps of this plan, none of them built yet but the first."""
        for step in self._made.values():
            self._stack.removeWidget(step)
            step.deleteLater()
        self._made.clear()
        self._error_at = -1
        self._maker = StepMaker(self, self._save)
        self.plans.show(self.plan_id)
        self.open_step(self._plan.template.sections[0].key)

    # What is shown

    def refresh(self, changes: Changes | None) -> None:
        if self.context.edits.pending and changes is not None:
            return
        if changes is None or "plans" in changes.subjects:
            self.plans.read()
            if not self.plans.has(self.plan_id):
                self.show_plan(self.context.round_id)
                return
            self.plans.show(self.plan_id)
        if changes is None:
            self._title_words()
            self._show()
        self._changes = changes
        self._look.look(self.plan_id, after_edit=changes is not None)

    def _seen(self, seen: Seen) -> None:
        """The plan as it is on the disk now, and what it lacks."""
        self._plan, self._findings = seen
        self._has_tables = True
        self._title_words()
        self.last_year.show_plan(self._plan, self._changes)
        self.checks.show_checks([Check(one, place_name(one.place, self._plan)) for one in self._findings])
        self._show()
        if self._after is not None:
            wanted, self._after = self._after, None
            self.step(AREA + wanted.area).go_to(wanted)

    def _show(self) -> None:
        """The step in sight; the others when they come into sight."""
        self._show_nodes()
        self._stale = set(self._made)
        if key := self._open_key():
            self._show_step(key)

    def _show_step(self, key: str) -> None:
        self._stale.discard(key)
        self._made[key].show_plan(self._plan, self._findings)

    def _show_nodes(self) -> None:
        shown = nodes(self._plan, self._findings)
        self.steps.set_nodes(shown)
        self.steps.pick(self._open_key())
        self.steps_choice.set_choices(
            [(node.key, node.name) for one in shown for node in (one, *one.children)], self._open_key()
        )

    def _title_words(self) -> None:
        template, issue = self._plan.template, self._plan.issue
        if issue.issued_on is not None and issue.number.strip():
            state = text("plan_page.note_issued", number=issue.number, on=issue.issued_on)
        else:
            state = text("plan_page.note_draft")
        note = text("plan_page.note", state=state, template=template.title, version=template.version)
        self.set_title(self.plans.name(self.plan_id), note)

    def _open_key(self) -> str:
        shown = self._stack.currentWidget()
        return next((key for key, step in self._made.items() if step is shown), "")

    def open_step(self, key: str) -> None:
        """Show a step by its key (a section's, "area:…", "issue")."""
        self.steps.pick(key)
        self._picked(key)

    def _picked(self, key: str) -> None:
        if not self._is_text(key):
            self._read_whole()
        if key not in self._made:
            self._made[key] = made = self._maker.make(key)
            self._stack.addWidget(made)
            self._stale.add(key)
        if key in self._stale:
            self._show_step(key)
        if self._stack.currentWidget() is not self._made[key]:
            self.commit()
            self._stack.setCurrentWidget(self._made[key])
        self.steps_choice.set_value(key)

    def _is_text(self, key: str) -> bool:
        return any(one.key == key and one.kind is SectionKind.TEXT for one in self._plan.template.sections)

    def step(self, key: str) -> Step:
        """The step of that key, made if need be."""
        self.open_step(key)
        return self._made[key]

    # Where to go

    def go_to(self, where: object) -> None:
        """A place, a content area's or section's key, or a task's or target's id."""
        self._read_whole()
        if isinstance(where, Place):
            if where.plan_id and where.plan_id != self.plan_id and self.plans.has(where.plan_id):
                self.show_plan(where.plan_id)
            self.step(step_of(where, self._plan)).go_to(where)
        elif isinstance(where, str) and where:
            if (key := step_key(where, self._plan)) is not None:
                self.step(key).go_to(None)
            elif (place := place_of(where, self._plan)) is not None:
                self.go_to(place)
            else:
                self._go_to_other_plan(where)

    def _go_to_other_plan(self, id_: str) -> None:
        """To a task or target of a plan that is not shown."""
        for other in self.plans.records:
            place = place_of(id_, service.plan(self.context.profile, other.id))
            if place is not None:
                self.go_to(replace(place, plan_id=other.id))
                return

    def _dropped(self, ids: Sequence[str], area: str) -> None:
        """Tasks were dragged onto another area's line; the page stays where it is."""
        step = self._stack.currentWidget()
        if isinstance(step, TasksStep) and not self.context.read_only and area != step.area.key:
            self.commit()
            step.rows.move_ids(ids, area)

    def follow(self, area: str, task_id: str) -> None:
        """Tasks were moved to another area: go there with them once they have arrived."""
        self._after = Place("", area, task_id=task_id)

    def place(self) -> str:
        return self._open_key().removeprefix(AREA)

    def run_checks(self) -> None:
        """F9: save what is being typed, look again, and show what was found."""
        self.commit()
        self._look.look(self.plan_id, self._checked)

    def _checked(self) -> None:
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

    def show_preview(self) -> None:
        export_button.show(self, "plan_pdf")

    def _save(self) -> None:
        export_button.save(self, "plan_pdf")

    def fit(self) -> None:
        narrow = self.window().width() < _NARROW
        self._place_plans(narrow=narrow)
        self._left.setVisible(not narrow)
        self._above.setVisible(narrow)
        self.actions_.fit(self.width() - _TITLE_AND_MARGINS)
