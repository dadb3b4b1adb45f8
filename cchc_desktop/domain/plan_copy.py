"""What a new year's plan takes from an earlier one: unfinished tasks, and how lines read in the new year."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any

from cchc_desktop.domain.due import parse_due
from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.plan import Plan, Target, Task, TaskState


def in_year(words: str, old: int, new: int) -> str:
    """With the old year's number made the new one's, where it is no part of a date, of a document's number or
    of a period ("giai đoạn 2021–2025")."""
    alone = rf"(?<![\d/.-]){old}(?!\d)"
    period = rf"\d{{4}}\s*[-–—]\s*{old}(?!\d)|(?<!\d){old}\s*[-–—]\s*\d{{4}}"
    return re.sub(f"({period})|{alone}", lambda found: found[1] or str(new), words)


def unfinished(task: Task, year: int) -> bool:
    """Not done by the plan of `year`; what recurs all year is never finished, and no debt either."""
    due = parse_due(task.due, year)
    return task.state is not TaskState.DONE and not (due is not None and due.recurring)


def left_over(earlier: Plan, plan: Plan) -> tuple[Task, ...]:
    """Unfinished tasks of `earlier`, in its order, that `plan` does not have yet and has an area for."""
    have = {folded(task.title) for task in plan.tasks}
    areas = {area.key for area in plan.template.areas}
    return tuple(
        task
        for area in earlier.template.areas
        if area.key in areas
        for task in earlier.area_tasks(area.key)
        if unfinished(task, earlier.year) and folded(in_year(task.title, earlier.year, plan.year)) not in have
    )


def task_fields(task: Task, old: int, new: int, known_rows: Container[str]) -> dict[str, Any]:
    """A task of the plan of `old` as it begins in `new`: its progress stays behind, its debt is named.

    `carried_from` is the first year that left it unfinished.
    """
    return {
        "title": in_year(task.title, old, new),
        "product": in_year(task.product, old, new),
        "lead": task.lead,
        "coworkers": task.coworkers,
        "due": task.due.replace(str(old), str(new)),
        "cost": task.cost,
        "cost_source": task.cost_source,
        "criteria": tuple(key for key in task.criteria if key in known_rows),
        "preset": task.preset,
        "carried_from": (task.carried_from or old) if unfinished(task, old) else None,
    }


def target_fields(target: Target, old: int, new: int) -> dict[str, Any]:
    """A target of the plan of `old` as it begins in `new`: what was to be reached is where it starts."""
    kept = {name: getattr(target, name) for name in ("unit", "value", "source", "preset")}
    return {**kept, "title": in_year(target.title, old, new), "baseline": target.value}
