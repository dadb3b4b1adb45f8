"""How far a plan has got: each task's standing on a day, sums per area and per lead, and what contradicts.

A task is DONE exactly when it stands at 100 % and has a day on which it was done; 1–99 % means DOING. The
functions `with_…` write fields that agree; what came in otherwise (from a room's workbook, an older profile)
is left as it is and told by `faults`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from cchc_desktop.domain.calendar import SOON_DAYS
from cchc_desktop.domain.due import parse_due
from cchc_desktop.domain.plan import Plan, Task, TaskState
from cchc_desktop.domain.plan_template import Area
from cchc_desktop.domain.room_name import room_key, room_of
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass

PROGRESS = "progress"
"""The section of a `Place` that means a task's progress."""
FULL = 100


class Standing(StrEnum):
    """LATE: the end of its time has passed. NEAR: it comes within two weeks. OPEN: neither, or no date."""

    DONE = "done"
    LATE = "late"
    NEAR = "near"
    OPEN = "open"


def due_on(task: Task, year: int) -> date | None:
    """The last day of the task's time; None for what recurs all year and for what is not understood."""
    due = parse_due(task.due, year)
    return None if due is None or due.recurring else due.end


def standing(task: Task, year: int, today: date) -> Standing:
    if task.state is TaskState.DONE:
        return Standing.DONE
    end = due_on(task, year)
    if end is None:
        return Standing.OPEN
    left = (end - today).days
    if left < 0:
        return Standing.LATE
    return Standing.NEAR if left <= SOON_DAYS else Standing.OPEN


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """`days_left` counts from today to the end of the task's time (negative: past), None without one.

    `days_late` is how late a task was done, or is by now. `evidence` counts the files that prove it.
    """

    task: Task
    standing: Standing
    due_on: date | None
    days_left: int | None
    days_late: int
    evidence: int = 0
    faults: tuple[tuple[str, Message], ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tasks there are, how many of them are done, late, near."""

    total: int = 0
    done: int = 0
    late: int = 0
    near: int = 0

    @property
    def ratio(self) -> Fraction | None:
        """Done of all; None where there is nothing to do."""
        return Fraction(self.done, self.total) if self.total else None

    @classmethod
    def of(cls, lines: Iterable[TaskProgress]) -> Tally:
        found = [line.standing for line in lines]
        return cls(
            len(found),
            found.count(Standing.DONE),
            found.count(Standing.LATE),
            found.count(Standing.NEAR),
        )


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """`lines` in the plan's order. `by_area` has each area with tasks; `by_lead` the busiest room first.

    A task without a lead is counted under "".
    """

    lines: tuple[TaskProgress, ...]
    total: Tally
    by_area: tuple[tuple[Area, Tally], ...]
    by_lead: tuple[tuple[str, Tally], ...]


def progress(
    plan: Plan,
    today: date,
    evidence: Mapping[str, int] | None = None,
    departments: Sequence[str] = (),
) -> PlanProgress:
    """The plan as it stands on `today`. `evidence`: number of files by task id; `departments`: the unit's own
    rooms, by which leads that also name a person are summed up."""
    counted = evidence or {}
    lines = tuple(
        _line(task, plan.year, today, counted.get(task.id, 0))
        for area in plan.template.areas
        for task in plan.area_tasks(area.key)
    )
    by_area = tuple(
        (area, Tally.of(own))
        for area in plan.template.areas
        if (own := [line for line in lines if line.task.area == area.key])
    )
    return PlanProgress(lines, Tally.of(lines), by_area, _by_lead(lines, departments))


def _line(task: Task, year: int, today: date, evidence: int) -> TaskProgress:
    end = due_on(task, year)
    until = task.done_on if task.state is TaskState.DONE else today
    late = (until - end).days if end is not None and until is not None else 0
    return TaskProgress(
        task,
        standing(task, year, today),
        end,
        None if end is None else (end - today).days,
        max(0, late),
        evidence,
        tuple(faults(task, year, today)),
    )


def _by_lead(lines: Sequence[TaskProgress], departments: Sequence[str]) -> tuple[tuple[str, Tally], ...]:
    names: dict[str, str] = {}
    groups: dict[str, list[TaskProgress]] = {}
    for line in lines:
        room = room_of(line.task.lead, departments)
        key = room_key(room)
        names.setdefault(key, room)
        groups.setdefault(key, []).append(line)
    tallies = [(names[key], Tally.of(group)) for key, group in groups.items()]
    return tuple(sorted(tallies, key=lambda pair: (not pair[0], -pair[1].total, room_key(pair[0]))))


# --- edits ------------------------------------------------------------------------------------------------

Fields = dict[str, Any]


def with_state(task: Task, state: TaskState, today: date) -> Fields:
    """The fields of `task` when somebody says so. DONE offers today where no day is known."""
    if state is TaskState.DONE:
        return {"state": state, "percent": FULL, "done_on": task.done_on or today}
    begun = state is TaskState.DOING and task.percent is not None and 0 < task.percent < FULL
    return {"state": state, "percent": task.percent if begun else None, "done_on": None}


def with_percent(task: Task, percent: int | None, today: date) -> Fields:
    """Percent (0 … 100) carries the state along; None takes back only what was said of the percentage."""
    if percent is None:
        return {"percent": None}
    if percent == FULL:
        return with_state(task, TaskState.DONE, today)
    state = TaskState.DOING if percent else TaskState.NOT_STARTED
    return {"state": state, "percent": percent, "done_on": None}


def with_done_on(task: Task, day: date | None) -> Fields:
    """A day on which it was done makes it done; without one it only loses its day."""
    if day is None:
        return {"done_on": None}
    return {"state": TaskState.DONE, "percent": FULL, "done_on": day}


# --- checks -----------------------------------------------------------------------------------------------

Fault = tuple[str, Message]


def faults(task: Task, year: int, today: date | None = None) -> Iterator[Fault]:
    """What contradicts in a task's progress: the column and what is wrong. Nothing is put right silently."""
    for check in _FAULTS:
        found = check(task, year, today)
        if found is not None:
            yield found


def _done_without_day(task: Task, _year: int, _today: date | None) -> Fault | None:
    if task.state is TaskState.DONE and task.done_on is None:
        return "done_on", message("progress.done_without_day")
    return None


def _percent_of_done(task: Task, _year: int, _today: date | None) -> Fault | None:
    if task.state is TaskState.DONE and task.percent not in (None, FULL):
        return "percent", message("progress.done_below_full", percent=task.percent)
    return None


def _full_not_done(task: Task, _year: int, _today: date | None) -> Fault | None:
    if task.state is not TaskState.DONE and task.percent == FULL:
        return "state", message("progress.full_not_done")
    return None


def _day_not_done(task: Task, _year: int, _today: date | None) -> Fault | None:
    if task.state is not TaskState.DONE and task.done_on is not None:
        return "state", message("progress.day_not_done", day=task.done_on)
    return None


def _begun_not_doing(task: Task, _year: int, _today: date | None) -> Fault | None:
    begun = task.percent is not None and 0 < task.percent < FULL
    if begun and task.state is TaskState.NOT_STARTED:
        return "state", message("progress.begun_not_doing", percent=task.percent)
    return None


def _impossible_day(task: Task, year: int, today: date | None) -> Fault | None:
    if task.done_on is None:
        return None
    if today is not None and task.done_on > today:
        return "done_on", message("progress.done_in_future", day=task.done_on)
    if task.done_on.year < year:
        return "done_on", message("progress.done_before_year", day=task.done_on, year=str(year))
    return None


_FAULTS: tuple[Callable[[Task, int, date | None], Fault | None], ...] = (
    _done_without_day,
    _percent_of_done,
    _full_not_done,
    _day_not_done,
    _begun_not_doing,
    _impossible_day,
)
