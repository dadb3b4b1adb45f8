"""Builds a step of the plan when it is first opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan_template import SectionKind
from cchc_desktop.services import packs
from cchc_desktop.services import plan as service
from ui.pages.plan.criteria_cell import Linked
from ui.pages.plan.extra_steps import EXTRA_STEPS
from ui.pages.plan.issue_step import ISSUE, IssueStep
from ui.pages.plan.step import Step
from ui.pages.plan.steps import AREA
from ui.pages.plan.taking import Taking
from ui.pages.plan.target_rows import area_name
from ui.pages.plan.targets_step import TargetsStep
from ui.pages.plan.tasks_step import TasksStep
from ui.pages.plan.text_step import TextStep

if TYPE_CHECKING:
    from ui.pages.plan.page import Page


class StepMaker:
    """Of one plan: the page makes a new one when it shows another plan."""

    def __init__(self, page: Page, save: Callable[[], object]) -> None:
        self._page, self._save = page, save
        self._context, self._plan_id = page.context, page.plan_id
        self._taking = Taking(page.context, page)
        self._rows: Linked | None = None

    def make(self, key: str) -> Step:
        plan = self._page.outline
        if key == ISSUE:
            return IssueStep(self._context, self._plan_id, self._save)
        for extra in EXTRA_STEPS:
            if extra.key == key:
                return extra.make(self._context, plan)
        if key.startswith(AREA):
            area = next(one for one in plan.template.areas if AREA + one.key == key)
            made = TasksStep(
                *(self._context, plan, area, self._departments, self._linked),
                lambda: self._more(self._taking.tasks, area_name(area)),
            )
            made.gone_to = self._page.follow
            return made
        section = next(one for one in plan.template.sections if one.key == key)
        if section.kind is SectionKind.TARGETS:
            return TargetsStep(self._context, plan, section, lambda: self._more(self._taking.targets))
        return TextStep(self._context, self._plan_id, section)

    def _more(self, take: Callable[..., None], group: str = "") -> None:
        self._page.commit()
        self._context.edits.flush()
        take(service.plan(self._context.profile, self._plan_id), group)

    def _departments(self) -> Sequence[str]:
        return service.departments(self._context.profile, self._plan_id)

    def _linked(self) -> Linked:
        """The rows of the round's criteria set, for the column of linked criteria."""
        if self._rows is None:
            of_round = self._context.round
            ref = PackRef(of_round.criteria_id, of_round.criteria_version)
            self._rows = Linked.of(packs.criteria_set(ref, self._context.profile.folder))
        return self._rows
