"""Many tasks or targets of a plan at once (pasting, filling down, dragging): one journaled change each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.plan_fields import check_fields
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.quick_dataclass import dataclass, field
from cchc_desktop.store import plan as store
from cchc_desktop.store import plans
from cchc_desktop.store.change import Change
from cchc_desktop.store.profile import Profile

LAST = 10**9
"""A position behind all others."""


class Rows(StrEnum):
    TASKS = "tasks"
    TARGETS = "targets"


@dataclass(frozen=True)
class RowEdit:
    """Fields of one row, which goes to the end of `area` when it stood in another.

    Without an `id` it is a new one, at `position` of `area` (None: last).
    """

    id: str | None
    area: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    position: int | None = None


def write(profile: Profile, plan_id: str, rows: Rows, edits: Sequence[RowEdit]) -> tuple[Changes, list[str]]:
    """Write all edits or none; gives the ids in the edits' order. New rows that follow each other in one area
    without a position are added together. Raises `KnownError` plan.cell_too_long, plan.cost_out_of_range,
    plan.no_such_area, store.row_gone.
    """
    for edit in edits:
        check_fields(edit.fields)
    _check_areas(profile, plan_id, {edit.area for edit in edits})
    return profile.write(lambda change: _written(change, plan_id, rows, edits))


def remove(profile: Profile, rows: Rows, ids: Sequence[str]) -> Changes:
    """Remove rows; evidence that hung on tasks stays."""
    step = store.remove_tasks if rows is Rows.TASKS else store.remove_targets
    return profile.write(lambda change: step(change, tuple(ids)))[0]


def move(profile: Profile, plan_id: str, rows: Rows, ids: Sequence[str], area: str, position: int) -> Changes:
    """To `position` (from 1, counted without the moved ones) of `area`, in the order of `ids`."""
    _check_areas(profile, plan_id, {area})
    step = store.move_tasks if rows is Rows.TASKS else store.move_targets
    return profile.write(lambda change: step(change, tuple(ids), position, area))[0]


def _written(change: Change, plan_id: str, rows: Rows, edits: Sequence[RowEdit]) -> list[str]:
    update: Callable[..., bool] = store.update_task if rows is Rows.TASKS else store.update_target
    add: Callable[..., Sequence[Any]] = store.add_tasks if rows is Rows.TASKS else store.add_targets
    step = store.move_tasks if rows is Rows.TASKS else store.move_targets
    one: Callable[..., Any] = store.task if rows is Rows.TASKS else store.target
    ids: list[str] = []
    waiting: list[RowEdit] = []

    def flush() -> None:
        if waiting:
            first = waiting[0]
            made = add(change, plan_id, first.area, [edit.fields for edit in waiting], first.position)
            ids.extend(new.id for new in made)
            waiting.clear()

    for edit in edits:
        if edit.id is not None:
            flush()
            if one(change.db, edit.id).area != edit.area:
                step(change, (edit.id,), LAST, edit.area)
            update(change, edit.id, **edit.fields)
            ids.append(edit.id)
            continue
        if waiting and (edit.area != waiting[0].area or edit.position is not None):
            flush()
        waiting.append(edit)
    flush()
    return ids


def _check_areas(profile: Profile, plan_id: str, areas: set[str]) -> None:
    if not areas:
        return
    template = registry.plan_template(
        profile.read(lambda db: plans.record(db, plan_id)).template, profile.folder
    )
    if unknown := areas - {known.key for known in template.areas}:
        raise KnownError("plan.no_such_area", key=sorted(unknown)[0])
