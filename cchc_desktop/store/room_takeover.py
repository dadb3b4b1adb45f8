"""Taking over what a room changed: rows and cells that were chosen, within one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.plan import Target, Task
from cchc_desktop.domain.room_figures import Say, changed_answer
from cchc_desktop.domain.room_merge import CellState, Choices, MergedRow, RowState
from cchc_desktop.domain.room_plan import TASKS, PlanTables
from cchc_desktop.store import answers, plan
from cchc_desktop.store.change import Change


def chosen_values(row: MergedRow, choices: Choices) -> dict[str, str]:
    """The room's values to be taken into a row that is here."""
    return {
        cell.column: cell.theirs
        for cell in row.cells
        if cell.state in (CellState.CHANGED, CellState.CLASH)
        and (row.sheet, row.id, cell.column) in choices.theirs
    }


def take_plan(
    change: Change, plan_id: str, tables: PlanTables, rows: Iterable[MergedRow], choices: Choices
) -> None:
    removed: dict[str, list[str]] = {}
    for row in rows:
        ticked = (row.sheet, row.id) in choices.rows
        if row.state is RowState.MISSING:
            if ticked:
                removed.setdefault(row.sheet, []).append(row.id)
        elif row.state is RowState.ADDED:
            if ticked:
                values = {cell.column: cell.theirs for cell in row.cells if cell.theirs}
                _add(change, plan_id, row.sheet, tables.fields(row.sheet, values))
        elif row.state is RowState.GONE:
            if ticked:
                _bring_back(change, plan_id, row, tables)
        elif values := chosen_values(row, choices):
            _update(change, row, tables.fields(row.sheet, values))
    for sheet, keys in removed.items():
        remove = plan.remove_tasks if sheet == TASKS else plan.remove_targets
        remove(change, tuple(keys))


def _add(change: Change, plan_id: str, sheet: str, fields: dict[str, Any]) -> None:
    area = fields.pop("area")
    if sheet == TASKS:
        plan.add_task(change, plan_id, area, **fields)
    else:
        plan.add_target(change, plan_id, area, **fields)


def _bring_back(change: Change, plan_id: str, row: MergedRow, tables: PlanTables) -> None:
    """Under its own id, at the end of its area, so that the same workbook still knows it."""
    values = {
        cell.column: cell.base if cell.state is CellState.UNREADABLE else cell.theirs for cell in row.cells
    }
    fields = tables.fields(row.sheet, values)
    if row.sheet == TASKS:
        last = sum(task.area == fields["area"] for task in plan.tasks(change.db, plan_id))
        plan.insert_task(change, plan_id, Task(id=row.id, position=last + 1, **fields))
    else:
        last = sum(target.area == fields["area"] for target in plan.targets(change.db, plan_id))
        plan.insert_target(change, plan_id, Target(id=row.id, position=last + 1, **fields))


def _update(change: Change, row: MergedRow, fields: dict[str, Any]) -> None:
    area = fields.pop("area", None)
    update, move = (
        (plan.update_task, plan.move_task) if row.sheet == TASKS else (plan.update_target, plan.move_target)
    )
    if fields:
        update(change, row.id, **fields)
    if area is not None:
        move(change, row.id, 10**6, area)


def take_figures(
    change: Change,
    round_id: str,
    criteria: CriteriaSet,
    rows: Iterable[MergedRow],
    choices: Choices,
    say: Say,
) -> None:
    by_key: dict[str, dict[str, str]] = {}
    for row in rows:
        if values := chosen_values(row, choices):
            key, _bar, path = row.id.partition("|")
            by_key.setdefault(key, {})[path] = values["value"]
    held: Mapping[str, Answer] = answers.of_round(change.db, round_id)
    for key, values in by_key.items():
        answer = changed_answer(criteria.by_key[key], held.get(key, Answer()), values, say)
        answers.set_entry(change, round_id, key, answer.entry)
        answers.set_explanation(change, round_id, key, answer.explanation)
