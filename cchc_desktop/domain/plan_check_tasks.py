"""Whether each task is complete: title, product, exactly one lead, a time within the plan's period, money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from cchc_desktop.domain.body_names import begins_with
from cchc_desktop.domain.due import Due, parse_due
from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.plan import Plan, Task
from cchc_desktop.domain.plan_check_content import milestone_outside, numbered, years_outside
from cchc_desktop.domain.plan_finding import Finding, Place, Severity, section_key
from cchc_desktop.domain.plan_template import PlanKind, SectionKind
from cchc_desktop.message import Message, message


def tasks(plan: Plan, known: Sequence[str]) -> Iterator[Finding]:
    section = section_key(plan, SectionKind.TASKS)
    for area, line, task in numbered(plan, plan.area_tasks):
        for severity, column, what in _faults(plan, task, known):
            yield Finding(severity, Place(section, area.key, task.id, "", column, line), what)


def _faults(plan: Plan, task: Task, known: Sequence[str]) -> Iterator[tuple[Severity, str, Message]]:
    if not task.title.strip():
        yield Severity.ERROR, "title", message("plan.no_title")
    if not task.product.strip():
        yield Severity.WARNING, "product", message("plan.no_product")
    if not task.lead.strip():
        yield Severity.ERROR, "lead", message("plan.no_lead")
    elif leads(task.lead, known) > 1:
        yield Severity.ERROR, "lead", message("plan.several_leads", lead=task.lead)
    due = parse_due(task.due, plan.year)
    if not task.due.strip():
        yield Severity.ERROR, "due", message("plan.no_due")
    elif due is None:
        yield Severity.ERROR, "due", message("plan.due_not_understood", due=task.due)
    elif not due.within(plan.starts_on, date(plan.last_year, 12, 31)):
        yield Severity.ERROR, "due", _due_outside(plan, task.due)
    if outside := years_outside(plan, task):
        yield Severity.ERROR, "due", milestone_outside(plan, outside)
    elif plan.kind is PlanKind.FIVE_YEAR and due is not None and _needs_milestones(task, due):
        yield Severity.WARNING, "due", message("plan.task_without_milestones")
    if task.cost is not None and task.cost < 0:
        yield Severity.ERROR, "cost", message("plan.negative_cost")


def _due_outside(plan: Plan, written: str) -> Message:
    first, last = plan.starts_on, date(plan.last_year, 12, 31)
    if (first, last) == (date(plan.year, 1, 1), date(plan.year, 12, 31)):
        return message("plan.due_outside", due=written, year=str(plan.year))
    return message("plan.due_outside_period", due=written, first=first, last=last)


def _needs_milestones(task: Task, due: Due) -> bool:
    """Work of several years says what is reached in each; work of one year has its own time."""
    of_one_year = not due.recurring and due.start.year == due.end.year
    return not of_one_year and not any(milestone.text.strip() for milestone in task.milestones)


# Words that a body's name begins with; a person's title after a comma is no second lead.
_BODIES = (
    *("phong", "van phong", "trung tam", "ban", "bo phan", "so", "ubnd", "uy ban", "don vi", "cong an"),
    *("tram", "thanh tra", "chi cuc", "hoi", "to cong", "doan thanh nien"),
)
_BETWEEN = str.maketrans(dict.fromkeys(",/+&\n\0", ";"))


@lru_cache(maxsize=8)
def _names(known: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the known names as a whole; of two that begin alike, the longer."""
    names = sorted({folded(name) for name in known if name.strip()}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)" if names else r"(?!)")


def leads(written: str, known: Sequence[str]) -> int:
    """How many leads a cell names. Names that hold "và" or a comma count once when they are `known`."""
    text, pieces = _names(tuple(known)).subn("\0", folded(written))
    parts = map(str.strip, text.replace(" va ", ";").translate(_BETWEEN).split(";"))
    likely = [part for part in parts if part.startswith(_BODIES)]
    others = sum(1 for part in likely if any(begins_with(part, word) for word in _BODIES))
    return max(1, pieces + others)
