"""The steps of a plan: their keys, names, counts and state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from cchc_desktop.domain.plan import CITATIONS_TEXT, RECIPIENTS_TEXT, Plan
from cchc_desktop.domain.plan_checks import Finding, Place, Severity
from cchc_desktop.domain.plan_template import SectionKind, TemplateSection
from cchc_desktop.language import text
from ui.marks import WARN, Mark
from ui.pages.plan.extra_steps import EXTRA_STEPS
from ui.pages.plan.issue_step import ISSUE
from ui.pages.plan.target_rows import area_name
from ui.widgets.tree import TreeNode

AREA = "area:"
"""Before the key of a content area's step."""
_LAST = (ISSUE, CITATIONS_TEXT, RECIPIENTS_TEXT)


def step_of(place: Place, plan: Plan) -> str:
    """The key of the step on which a place lies."""
    if place.section in _LAST:
        return ISSUE
    section = next((one for one in plan.template.sections if one.key == place.section), None)
    if section is not None and section.kind is SectionKind.TASKS and place.area:
        return AREA + place.area
    return place.section


def nodes(plan: Plan, findings: Sequence[Finding]) -> tuple[TreeNode, ...]:
    """One node per section, one below the tasks for each content area, and the issue of the plan last."""

    def mark(belongs: Callable[[Place], bool], filled: bool) -> Mark:
        mine = [one.severity for one in findings if belongs(one.place)]
        if Severity.ERROR in mine:
            return Mark.ERROR
        if mine:
            return WARN
        return Mark.DONE if filled else Mark.OPEN

    made = []
    for section in plan.template.sections:
        name = f"{section.code}. {section.title}"
        filled = bool(plan.text_of(section).strip())
        figure, children = "", tuple[TreeNode, ...]()
        if section.kind is SectionKind.TARGETS:
            filled, figure = bool(plan.targets), _figure(len(plan.targets))
        elif section.kind is SectionKind.TASKS:
            filled, figure = bool(plan.tasks), _figure(len(plan.tasks))
            children = _areas(plan, section, mark)
        state = mark(partial(_lies_in, section.key), filled)
        made.append(TreeNode(section.key, name, figure=figure, mark=state, children=children))
    extra = (one.node(plan, findings) for one in EXTRA_STEPS)
    made.extend(node for node in extra if node is not None)
    issued = plan.issue.issued_on is not None and bool(plan.issue.number.strip())
    last = text("plan_page.step_issue", number=len(plan.template.sections) + 1)
    state = mark(lambda place: place.section in _LAST, issued)
    if not issued and state is WARN:
        state = Mark.OPEN
    return (*made, TreeNode(ISSUE, last, mark=state))


def _areas(
    plan: Plan, section: TemplateSection, mark: Callable[[Callable[[Place], bool], bool], Mark]
) -> tuple[TreeNode, ...]:
    made = []
    for area in plan.template.areas:
        count = len(plan.area_tasks(area.key))
        state = mark(partial(_lies_in, section.key, area=area.key), bool(count))
        made.append(TreeNode(AREA + area.key, area_name(area), figure=_figure(count), mark=state))
    return tuple(made)


def _figure(count: int) -> str:
    return str(count) if count else ""


def _lies_in(section: str, place: Place, area: str = "") -> bool:
    return place.section == section and area in ("", place.area)
