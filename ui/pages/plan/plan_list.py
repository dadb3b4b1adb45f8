"""The round's plans: which one is shown, adding a further one, taking one away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.plan import Plan, PlanRecord
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.services import plans as service
from cchc_desktop.services import profile as profiles
from ui.context import Context
from ui.pages.plan.names import plan_names
from ui.pages.plan.new_plan import NewPlan, further_templates
from ui.widgets.button import Button, Kind
from ui.widgets.choice import Choice


class PlanList(QObject):
    """`wanted(plan_id)`: the user wants to see that plan. The widgets are laid out by the page."""

    wanted = Signal(str)

    def __init__(self, context: Context, over: QWidget, shown: Callable[[], Plan]) -> None:
        super().__init__(over)
        self._context, self._over, self._shown = context, over, shown
        self.records: tuple[PlanRecord, ...] = ()
        self.choice = Choice(text("plan_page.plan_choice"))
        self.choice.chosen.connect(lambda plan_id: self.wanted.emit(str(plan_id)))
        self.add = Button(text("plan_page.add_plan"), self.start, kind=Kind.QUIET, icon="plus")
        self.add.set_help(text("plan_page.add_plan_help"))
        self.remove = Button(text("plan_page.remove_plan"), self.take_away, kind=Kind.QUIET, icon="minus")
        self.read()

    def read(self) -> None:
        """The plans as they are on the disk."""
        self.records = service.plans(self._context.profile, self._context.round_id)

    def remembered(self) -> str:
        """The plan that was shown last, as long as it is there; else the round's own."""
        last = profiles.setting(self._context.profile, self._setting)
        return last if self.has(last) else self._context.round_id

    @property
    def _setting(self) -> str:
        return f"plan.shown.{self._context.round_id}"

    def has(self, plan_id: str) -> bool:
        return any(record.id == plan_id for record in self.records)

    def name(self, plan_id: str) -> str:
        return dict(plan_names(self.records)).get(plan_id, "")

    def show(self, plan_id: str) -> None:
        """Say which one is shown."""
        self.choice.set_choices(plan_names(self.records), plan_id)
        self.choice.setVisible(len(self.records) > 1)
        self.remove.setVisible(plan_id != self._context.round_id)
        closed = text("plan_page.read_only") if self._context.read_only else ""
        self.add.set_blocked(closed)
        self.remove.set_blocked(closed)

    def remember(self, plan_id: str) -> None:
        profile, key = self._context.profile, self._setting
        self._context.edits.save(lambda: profiles.set_setting(profile, key, plan_id))

    def start(self) -> None:
        """Offer the templates that fit the unit, and start a plan on the chosen one."""
        templates = further_templates(self._context)
        if not templates:
            words = text("plan_page.no_more_templates")
            self._context.dialogs.message(text("plan_page.new_plan"), words)
            return
        dialog = NewPlan(self._over.window(), self._context, templates)
        answer = dialog.exec()
        template, starts_on = dialog.chosen()
        dialog.deleteLater()
        if answer != QDialog.DialogCode.Accepted or template is None:
            return
        profile, round_id = self._context.profile, self._context.round_id
        self._context.edits.save(
            lambda: service.start_plan(profile, round_id, template, starts_on), self._started, self._failed
        )

    def _started(self, made: tuple[Changes, PlanRecord]) -> None:
        self.read()
        self.wanted.emit(made[1].id)

    def _failed(self, error: KnownError) -> None:
        self._context.dialogs.message(text("plan_page.not_started"), error.message)

    def take_away(self) -> None:
        """Asks first; undo brings the plan back."""
        plan = self._shown()
        words = text("plan_page.remove_plan_words", tasks=len(plan.tasks), targets=len(plan.targets))
        sure = self._context.dialogs.ask(
            text("plan_page.remove_plan_heading", name=self.name(plan.id)),
            words,
            text("plan_page.remove_plan_act"),
            text("plan_page.keep"),
            danger=True,
        )
        if sure:
            profile, plan_id = self._context.profile, plan.id
            self.wanted.emit(self._context.round_id)
            self._context.edits.save(lambda: service.remove_plan(profile, plan_id))

    def widgets(self) -> Sequence[QWidget]:
        return (self.choice, self.add, self.remove)
