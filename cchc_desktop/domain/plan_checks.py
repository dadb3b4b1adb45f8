"""What a plan still lacks, each finding with the place to jump to.

The checks are those that rows 1.1.1–1.1.3 of the criteria sets score: all areas, product, time and exactly
one lead per task, targets that can be measured, money, issued in time, sent to the right office. A template
may take one more or less seriously, or leave it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from cchc_desktop.domain import plan_check_content as content
from cchc_desktop.domain import plan_check_sending as sending
from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.plan_check_content import measurable
from cchc_desktop.domain.plan_check_progress import progress
from cchc_desktop.domain.plan_check_tasks import leads, tasks
from cchc_desktop.domain.plan_finding import Finding, Place, Severity
from cchc_desktop.domain.plan_template import CheckLevel, PlanCheck
from cchc_desktop.quick_dataclass import replace

__all__ = ["Finding", "Place", "Severity", "check_plan", "leads", "measurable"]

_CHECKS: dict[PlanCheck, Callable[[Plan, Sequence[str]], Iterator[Finding]]] = {
    PlanCheck.TEXTS: content.texts,
    PlanCheck.RECIPIENTS: sending.recipients,
    PlanCheck.AREAS: content.areas,
    PlanCheck.COST: content.cost,
    PlanCheck.TARGETS: content.targets,
    PlanCheck.TASKS: tasks,
    PlanCheck.DUPLICATES: content.duplicates,
    PlanCheck.BODIES: sending.bodies,
    PlanCheck.CITATIONS: sending.citations,
    PlanCheck.ISSUE: sending.issue,
    PlanCheck.PROGRESS: progress,
}
_LEVELS = {CheckLevel.ERROR: Severity.ERROR, CheckLevel.WARNING: Severity.WARNING}


def check_plan(plan: Plan, departments: Sequence[str] = ()) -> tuple[Finding, ...]:
    """All findings, errors and warnings in the order of the plan. `departments`: the unit's own rooms."""
    found: list[Finding] = []
    known = (*departments, *plan.template.departments)
    for check, look in _CHECKS.items():
        level = plan.template.level_of(check)
        if level is CheckLevel.OFF:
            continue
        of_check = look(plan, known)
        if level is not None:
            of_check = (replace(finding, severity=_LEVELS[level]) for finding in of_check)
        found.extend(of_check)
    order = {section.key: index for index, section in enumerate(plan.template.sections)}
    areas = {area.key: index for index, area in enumerate(plan.template.areas)}
    return tuple(
        sorted(
            found,
            key=lambda f: (order.get(f.place.section, 99), areas.get(f.place.area, -1), f.place.line),
        )
    )
