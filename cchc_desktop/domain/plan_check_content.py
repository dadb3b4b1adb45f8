"""Whether a plan covers everything: texts, areas, targets that can be measured, money, no task twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.plan import CITATIONS_TEXT, Plan, Target, Task
from cchc_desktop.domain.plan_finding import Finding, Place, Severity, section_key
from cchc_desktop.domain.plan_template import Area, PlanKind, SectionKind
from cchc_desktop.domain.text_shapes import has_digit
from cchc_desktop.message import Message, message

_L = TypeVar("_L", Task, Target)


def numbered(plan: Plan, of_area: Callable[[str], tuple[_L, ...]]) -> Iterator[tuple[Area, int, _L]]:
    """Each line of each area with the number that is printed before it."""
    for area in plan.template.areas:
        for line, item in enumerate(of_area(area.key), start=1):
            yield area, line, item


def texts(plan: Plan, _known: Sequence[str]) -> Iterator[Finding]:
    for section in plan.template.sections:
        if section.kind in (SectionKind.TEXT, SectionKind.BUDGET) and not plan.text_of(section).strip():
            yield Finding(
                Severity.ERROR,
                Place(section.key),
                message("plan.empty_section", code=section.code, title=section.title),
            )
    if not plan.citations:
        yield Finding(Severity.WARNING, Place(CITATIONS_TEXT), message("plan.no_citations"))


def areas(plan: Plan, _known: Sequence[str]) -> Iterator[Finding]:
    in_tasks, in_targets = section_key(plan, SectionKind.TASKS), section_key(plan, SectionKind.TARGETS)
    for area in plan.template.areas:
        if area.required and not plan.area_tasks(area.key):
            yield Finding(
                Severity.ERROR,
                Place(in_tasks, area.key),
                message("plan.area_without_tasks", code=area.code, title=area.short_title),
            )
        if area.required and not any(measurable(target) for target in plan.area_targets(area.key)):
            yield Finding(
                Severity.ERROR,
                Place(in_targets, area.key),
                message("plan.area_without_target", code=area.code, title=area.short_title),
            )


def cost(plan: Plan, _known: Sequence[str]) -> Iterator[Finding]:
    if not _has_money(plan):
        yield Finding(Severity.WARNING, Place(section_key(plan, SectionKind.BUDGET)), message("plan.no_cost"))


def measurable(target: Target) -> bool:
    """A target that can be measured has a figure to reach, in the plan's year or in one of its years."""
    values = (target.value, *(milestone.text for milestone in target.milestones))
    return bool(target.title.strip()) and any(map(has_digit, values))


def _has_money(plan: Plan) -> bool:
    """A cost at some task, or a sum in the budget section: 0 is a stated cost, an empty cell is not."""
    if any(task.cost is not None for task in plan.tasks):
        return True
    section = next((s for s in plan.template.sections if s.kind is SectionKind.BUDGET), None)
    written = folded(plan.texts.get(section.key, "")) if section else ""
    return re.search(r"\d[\d.,]* *(trieu|ty|dong|nghin)", written) is not None


def targets(plan: Plan, _known: Sequence[str]) -> Iterator[Finding]:
    section = section_key(plan, SectionKind.TARGETS)
    for area, line, target in numbered(plan, plan.area_targets):
        place = Place(section, area.key, target_id=target.id, line=line)
        if not target.title.strip():
            yield Finding(Severity.ERROR, place, message("plan.target_without_title"))
        elif not measurable(target):
            yield Finding(Severity.WARNING, place, message("plan.target_without_value", title=target.title))
        elif plan.kind is PlanKind.FIVE_YEAR and (missing := _years_without(plan, target)):
            yield Finding(Severity.WARNING, place, message("plan.target_without_milestones", years=missing))
        if outside := years_outside(plan, target):
            yield Finding(Severity.ERROR, place, milestone_outside(plan, outside))


def _years_without(plan: Plan, item: Task | Target) -> tuple[str, ...]:
    stated = {milestone.year for milestone in item.milestones if milestone.text.strip()}
    return tuple(str(year) for year in range(plan.first_year, plan.last_year + 1) if year not in stated)


def years_outside(plan: Plan, item: Task | Target) -> tuple[int, ...]:
    """Years of milestones that the plan does not cover."""
    period = range(plan.first_year, plan.last_year + 1)
    return tuple(milestone.year for milestone in item.milestones if milestone.year not in period)


def milestone_outside(plan: Plan, years: Sequence[int]) -> Message:
    return message(
        "plan.milestone_outside",
        years=tuple(str(year) for year in years),
        first=str(plan.first_year),
        last=str(plan.last_year),
    )


def duplicates(plan: Plan, _known: Sequence[str]) -> Iterator[Finding]:
    section = section_key(plan, SectionKind.TASKS)
    same: dict[str, list[tuple[Area, int, Task]]] = defaultdict(list)
    for area, line, task in numbered(plan, plan.area_tasks):
        if title := " ".join(folded(task.title).split()).strip(" .;"):
            same[title].append((area, line, task))
    for first, *others in same.values():
        for area, line, task in others:
            yield Finding(
                Severity.WARNING,
                Place(section, area.key, task.id, "", "title", line),
                message("plan.same_title", code=first[0].code, line=first[1]),
            )
