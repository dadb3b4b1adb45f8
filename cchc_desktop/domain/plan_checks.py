"""What a plan still lacks, each finding with the place to jump to.

The checks are those that rows 1.1.1–1.1.3 of the criteria sets score: all areas, product, time and exactly
one lead per task, targets that can be measured, money, issued in time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from cchc_desktop.domain.due import parse_due
from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.plan import CITATIONS_TEXT, RECIPIENTS_TEXT, Plan, Target, Task
from cchc_desktop.domain.plan_template import Area, SectionKind
from cchc_desktop.message import Message, message

_L = TypeVar("_L", Task, Target)


class Severity(StrEnum):
    """An ERROR has to be mended before the plan is issued; a WARNING may cost points."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where to jump to. `section` is a section's key (or "citations", "recipients", "issue").

    `line` is the number printed before the task or target in its area (from 1; 0: no line). `plan_id` names
    a plan beside the round's own; empty where the place is in the plan that is meant anyway.
    """

    section: str
    area: str = ""
    task_id: str = ""
    target_id: str = ""
    column: str = ""
    line: int = 0
    plan_id: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    severity: Severity
    place: Place
    message: Message


def check_plan(plan: Plan, departments: Sequence[str] = ()) -> tuple[Finding, ...]:
    """All findings, errors and warnings in the order of the plan. `departments`: the unit's own rooms."""
    found: list[Finding] = []
    known = (*departments, *plan.template.departments)
    for check in _CHECKS:
        found.extend(check(plan, known))
    order = {section.key: index for index, section in enumerate(plan.template.sections)}
    areas = {area.key: index for index, area in enumerate(plan.template.areas)}
    return tuple(
        sorted(
            found,
            key=lambda f: (order.get(f.place.section, 99), areas.get(f.place.area, -1), f.place.line),
        )
    )


def _section_key(plan: Plan, kind: SectionKind) -> str:
    return next((section.key for section in plan.template.sections if section.kind is kind), "")


def _texts(plan: Plan, _known: Sequence[str]) -> Iterator[Finding]:
    for section in plan.template.sections:
        if section.kind in (SectionKind.TEXT, SectionKind.BUDGET) and not plan.text_of(section).strip():
            yield Finding(
                Severity.ERROR,
                Place(section.key),
                message("plan.empty_section", code=section.code, title=section.title),
            )
    if not plan.citations:
        yield Finding(Severity.WARNING, Place(CITATIONS_TEXT), message("plan.no_citations"))


def _recipients(plan: Plan, _known: Sequence[str]) -> Iterator[Finding]:
    """The offices that the plan has to go to stand among its recipients (nơi nhận)."""
    written = folded("\n".join(plan.recipients))
    day = plan.issue.issued_on or date(plan.year, 1, 1)
    for route in plan.template.routes:
        if not route.in_force(day):
            continue
        if route.via and folded(route.via) not in written:
            yield Finding(
                Severity.WARNING,
                Place(RECIPIENTS_TEXT),
                message("plan.recipient_missing", office=route.via),
            )


def _areas(plan: Plan, _known: Sequence[str]) -> Iterator[Finding]:
    tasks, targets = _section_key(plan, SectionKind.TASKS), _section_key(plan, SectionKind.TARGETS)
    budget = _section_key(plan, SectionKind.BUDGET)
    for area in plan.template.areas:
        if area.required and not plan.area_tasks(area.key):
            yield Finding(
                Severity.ERROR,
                Place(tasks, area.key),
                message("plan.area_without_tasks", code=area.code, title=area.short_title),
            )
        if area.required and not any(measurable(target) for target in plan.area_targets(area.key)):
            yield Finding(
                Severity.ERROR,
                Place(targets, area.key),
                message("plan.area_without_target", code=area.code, title=area.short_title),
            )
    if not _has_money(plan):
        yield Finding(Severity.WARNING, Place(budget), message("plan.no_cost"))


def measurable(target: Target) -> bool:
    """A target that can be measured has a figure to reach."""
    return bool(target.title.strip()) and bool(re.search(r"\d", target.value))


def _has_money(plan: Plan) -> bool:
    """A sum in the budget section, or a cost at some task: 0 is a stated cost, an empty cell is not."""
    section = next((s for s in plan.template.sections if s.kind is SectionKind.BUDGET), None)
    written = folded(plan.texts.get(section.key, "")) if section else ""
    if re.search(r"\d[\d.,]* *(trieu|ty|dong|nghin)", written):
        return True
    return any(task.cost is not None for task in plan.tasks)


def _targets(plan: Plan, _known: Sequence[str]) -> Iterator[Finding]:
    section = _section_key(plan, SectionKind.TARGETS)
    for area, line, target in _numbered(plan, plan.area_targets):
        place = Place(section, area.key, target_id=target.id, line=line)
        if not target.title.strip():
            yield Finding(Severity.ERROR, place, message("plan.target_without_title"))
        elif not measurable(target):
            yield Finding(Severity.WARNING, place, message("plan.target_without_value", title=target.title))


def _tasks(plan: Plan, known: Sequence[str]) -> Iterator[Finding]:
    section = _section_key(plan, SectionKind.TASKS)
    for area, line, task in _numbered(plan, plan.area_tasks):
        for severity, column, what in _task_faults(task, plan.year, known):
            yield Finding(severity, Place(section, area.key, task.id, "", column, line), what)


def _task_faults(task: Task, year: int, known: Sequence[str]) -> Iterator[tuple[Severity, str, Message]]:
    if not task.title.strip():
        yield Severity.ERROR, "title", message("plan.no_title")
    if not task.product.strip():
        yield Severity.WARNING, "product", message("plan.no_product")
    if not task.lead.strip():
        yield Severity.ERROR, "lead", message("plan.no_lead")
    elif leads(task.lead, known) > 1:
        yield Severity.ERROR, "lead", message("plan.several_leads", lead=task.lead)
    due = parse_due(task.due, year)
    if not task.due.strip():
        yield Severity.ERROR, "due", message("plan.no_due")
    elif due is None:
        yield Severity.ERROR, "due", message("plan.due_not_understood", due=task.due)
    elif not due.inside(year):
        yield Severity.ERROR, "due", message("plan.due_outside", due=task.due, year=str(year))
    if task.cost is not None and task.cost < 0:
        yield Severity.ERROR, "cost", message("plan.negative_cost")


# Words that a body's name begins with; a person's title after a comma is no second lead.
_BODIES = re.compile(
    r"(phong|van phong|trung tam|ban|bo phan|so|ubnd|uy ban|don vi|cong an|tram|thanh tra|chi cuc|hoi"
    r"|to cong|doan thanh nien)\b"
)


@lru_cache(maxsize=8)
def _names(known: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the known names as a whole; of two that begin alike, the longer."""
    names = sorted({folded(name) for name in known if name.strip()}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)" if names else r"(?!)")


def leads(written: str, known: Sequence[str]) -> int:
    """How many leads a cell names. Names that hold "và" or a comma count once when they are `known`."""
    text, pieces = _names(tuple(known)).subn("\0", folded(written))
    parts = [part.strip() for part in re.split(r"[,;/+&\n]| va ", text.replace("\0", ";")) if part.strip()]
    others = sum(1 for part in parts if _BODIES.match(part))
    return max(1, pieces + others)


def _duplicates(plan: Plan, _known: Sequence[str]) -> Iterator[Finding]:
    section = _section_key(plan, SectionKind.TASKS)
    same: dict[str, list[tuple[Area, int, Task]]] = defaultdict(list)
    for area, line, task in _numbered(plan, plan.area_tasks):
        if title := re.sub(r"\s+", " ", folded(task.title)).strip(" .;"):
            same[title].append((area, line, task))
    for first, *others in same.values():
        for area, line, task in others:
            yield Finding(
                Severity.WARNING,
                Place(section, area.key, task.id, "", "title", line),
                message("plan.same_title", code=first[0].code, line=first[1]),
            )


def _issue(plan: Plan, _known: Sequence[str]) -> Iterator[Finding]:
    deadline = next((d for d in plan.template.deadlines if d.subject == "plan"), None)
    due = date(plan.year, deadline.month, deadline.day) if deadline else None
    issued = plan.issue.issued_on
    if issued is None:
        if due:
            yield Finding(
                Severity.WARNING, Place("issue", column="issued_on"), message("plan.not_issued", due=due)
            )
        return
    if due and issued > due:
        yield Finding(
            Severity.WARNING,
            Place("issue", column="issued_on"),
            message("plan.issued_late", on=issued, due=due, days=(issued - due).days),
        )
    if issued.year < plan.year - 1 or issued.year > plan.year:
        yield Finding(
            Severity.ERROR,
            Place("issue", column="issued_on"),
            message("plan.issued_in_other_year", on=issued, year=str(plan.year)),
        )
    if not plan.issue.number.strip():
        yield Finding(Severity.WARNING, Place("issue", column="number"), message("plan.no_number"))


def _numbered(plan: Plan, of_area: Callable[[str], tuple[_L, ...]]) -> Iterator[tuple[Area, int, _L]]:
    for area in plan.template.areas:
        for line, item in enumerate(of_area(area.key), start=1):
            yield area, line, item


_CHECKS = (_texts, _recipients, _areas, _targets, _tasks, _duplicates, _issue)
