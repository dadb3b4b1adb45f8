"""A room's tasks and targets as tables, and the fields of `Task` and `Target` that a table's values mean.

A room gets the tasks that it leads or works on, and the targets of the areas in which it leads a task.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.plan import PlanContent, Target, Task, TaskState
from cchc_desktop.domain.plan_template import Area
from cchc_desktop.domain.room_name import room_key, room_of
from cchc_desktop.domain.room_sheet import (
    RoomColumn,
    RoomRow,
    RoomSheet,
    ValueKind,
    ValueRule,
    day_value,
    number_value,
    settled,
    value_day,
    value_number,
)
from cchc_desktop.quick_dataclass import dataclass

TASKS, TARGETS = "tasks", "targets"
Say = Callable[[str], str]
"""The words of a column or a choice by their name."""

_DUES = ("q1", "q2", "q3", "q4", "half", "nine_months", "always", "monthly", "quarterly")
_TASK_TEXTS = ("title", "product", "lead", "coworkers", "due", "cost_source")
_TARGET_TEXTS = ("title", "unit", "baseline", "value", "source")


@dataclass(frozen=True)
class PlanTables:
    """Makes the tables of one plan. `departments` are offered as lead and co-workers."""

    areas: tuple[Area, ...]
    departments: tuple[str, ...]
    year: int
    say: Say

    def tables(self, room: str, content: PlanContent) -> tuple[RoomSheet, ...]:
        """Tasks and targets of `content`; the room is the lead of what it adds."""
        return self._tasks(room, content.tasks), self._targets(content.targets)

    def area_name(self, key: str) -> str:
        area = next((one for one in self.areas if one.key == key), None)
        return key if area is None else settled(f"{area.code} {area.short_title}")

    def area_key(self, name: str) -> str:
        return next((one.key for one in self.areas if self.area_name(one.key) == name), name)

    def _tasks(self, room: str, tasks: Sequence[Task]) -> RoomSheet:
        say = self.say
        states = tuple(say(f"state_{state.value}") for state in TaskState)
        dues = tuple(say(f"due_{name}") for name in _DUES)

        def column(key: str, width: int, rule: ValueRule | None = None) -> RoomColumn:
            return RoomColumn(key, say(f"column_{key}"), rule, width, say(f"hint_{key}"))

        columns = (
            column("number", 6),
            column("role", 10),
            column("area", 20, self._area_rule()),
            column("title", 42, ValueRule(required=True)),
            column("product", 26, ValueRule()),
            column("lead", 18, ValueRule(ValueKind.OFFER, self.departments)),
            column("coworkers", 20, ValueRule(ValueKind.OFFER, self.departments)),
            column("due", 14, ValueRule(ValueKind.DUE, dues, year=self.year)),
            column("cost", 11, ValueRule(ValueKind.NUMBER, upper=Decimal(10**12 - 1))),
            column("cost_source", 16, ValueRule()),
            column("state", 16, ValueRule(ValueKind.CHOICE, states, required=True)),
            column("done_on", 13, ValueRule(ValueKind.DAY)),
            column("percent", 9, ValueRule(ValueKind.COUNT, upper=Decimal(100), percent=True)),
        )
        defaults = {"lead": settled(room), "state": states[0]}
        rows = tuple(
            RoomRow(task.id, settled(task.title), self._task_cells(room, task, place))
            for place, task in enumerate(self._sorted(tasks), 1)
        )
        return RoomSheet(TASKS, say("sheet_tasks"), columns, rows, may_add=True, defaults=defaults)

    def _targets(self, targets: Sequence[Target]) -> RoomSheet:
        say = self.say

        def column(key: str, width: int, rule: ValueRule | None = None) -> RoomColumn:
            return RoomColumn(key, say(f"column_target_{key}"), rule, width, say(f"hint_target_{key}"))

        columns = (
            column("number", 6),
            column("area", 24, self._area_rule()),
            column("title", 60, ValueRule(required=True)),
            *(column(name, 20, ValueRule()) for name in _TARGET_TEXTS[1:4]),
            column("source", 34, ValueRule()),
        )
        rows = tuple(
            RoomRow(
                target.id,
                settled(target.title),
                {
                    "number": str(place),
                    "area": self.area_name(target.area),
                    **{name: settled(getattr(target, name)) for name in _TARGET_TEXTS},
                },
            )
            for place, target in enumerate(self._sorted(targets), 1)
        )
        return RoomSheet(TARGETS, say("sheet_targets"), columns, rows, may_add=True)

    def _area_rule(self) -> ValueRule:
        names = tuple(self.area_name(area.key) for area in self.areas)
        return ValueRule(ValueKind.CHOICE, names, required=True)

    def _sorted(self, records: Sequence[Any]) -> list[Any]:
        order = {area.key: place for place, area in enumerate(self.areas)}
        return sorted(records, key=lambda one: (order.get(one.area, len(order)), one.position))

    def _task_cells(self, room: str, task: Task, place: int) -> dict[str, str]:
        is_lead = leads(room, task, self.departments)
        return {
            "number": str(place),
            "role": self.say("role_lead" if is_lead else "role_coworker"),
            "area": self.area_name(task.area),
            **{name: settled(getattr(task, name)) for name in _TASK_TEXTS},
            "cost": number_value(task.cost),
            "state": self.say(f"state_{task.state.value}"),
            "done_on": day_value(task.done_on),
            "percent": "" if task.percent is None else str(task.percent),
        }

    def fields(self, sheet: str, values: Mapping[str, str]) -> dict[str, Any]:
        """A table's values as fields of `Task` or `Target`; "area" holds the area's key."""
        found: dict[str, Any] = dict(values)
        if "area" in values:
            found["area"] = self.area_key(values["area"])
        if sheet != TASKS:
            return found
        if "cost" in values:
            found["cost"] = value_number(values["cost"])
        if "done_on" in values:
            found["done_on"] = value_day(values["done_on"])
        if "percent" in values:
            found["percent"] = int(values["percent"]) if values["percent"] else None
        if "state" in values:
            named = {self.say(f"state_{state.value}"): state for state in TaskState}
            found["state"] = named.get(values["state"], TaskState.NOT_STARTED)
        return found


def works_on(room: str, task: Task, rooms: Sequence[str]) -> bool:
    """Whether the room leads the task or is among its co-workers.

    "Văn phòng" is not among them where only "Văn phòng Đảng ủy" is named: longer names of `rooms` go first.
    """
    own = folded(settled(room))
    return leads(room, task, rooms) or own in _named(task.coworkers, (*rooms, room))


def leads(room: str, task: Task, rooms: Sequence[str]) -> bool:
    """Whether the room leads the task: its lead may name a person behind the room."""
    return room_key(room_of(settled(task.lead), (*rooms, room))) == room_key(room)


def _named(written: str, rooms: Sequence[str]) -> frozenset[str]:
    left, found = folded(settled(written)), set()
    for name in sorted({folded(settled(room)) for room in rooms}, key=lambda name: (-len(name), name)):
        if name and (cut := re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "\0", left)) != left:
            found.add(name)
            left = cut
    return frozenset(found)


def of_room(room: str, content: PlanContent, rooms: Sequence[str]) -> PlanContent:
    """What the room's workbook holds."""
    tasks = tuple(task for task in content.tasks if works_on(room, task, rooms))
    areas = {task.area for task in tasks if leads(room, task, rooms)}
    return PlanContent({}, tuple(target for target in content.targets if target.area in areas), tasks)


def rooms_of(content: PlanContent, departments: Sequence[str]) -> tuple[str, ...]:
    """The unit's rooms, then other leads that tasks name, each once."""
    leading = (room_of(settled(task.lead), departments) for task in content.tasks)
    named = [settled(name) for name in (*departments, *leading)]
    known: dict[str, str] = {}
    for name in named:
        if name:
            known.setdefault(folded(name), name)
    return tuple(known.values())


def only(content: PlanContent, keys: Sequence[str]) -> PlanContent:
    """The tasks and targets of these ids."""
    wanted = set(keys)
    return PlanContent(
        {},
        tuple(target for target in content.targets if target.id in wanted),
        tuple(task for task in content.tasks if task.id in wanted),
    )
