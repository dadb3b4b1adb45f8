"""Progress through the year: where each task stands, and saying that it has moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.evidence import LinkKind
from cchc_desktop.domain.plan import Plan, PlanContent, PlanRecord, Task, TaskState
from cchc_desktop.domain.plan_progress import (
    FULL,
    Fields,
    PlanProgress,
    Standing,
    with_done_on,
    with_percent,
    with_state,
)
from cchc_desktop.domain.plan_progress import progress as progress_of
from cchc_desktop.domain.round import Round
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.store import evidence, plans, rounds
from cchc_desktop.store import plan as store
from cchc_desktop.store.change import Change
from cchc_desktop.store.database import Connection
from cchc_desktop.store.profile import Profile

__all__ = ["Standing", "progress", "proofs", "set_done_on", "set_percent", "set_state"]


def progress(profile: Profile, plan_id: str, today: date) -> PlanProgress:
    """Each task's standing on `today`, its evidence counted, and the sums per area and per lead."""

    def read(db: Connection) -> tuple[Round, PlanRecord, PlanContent, dict[str, int]]:
        record = plans.record(db, plan_id)
        round_ = rounds.one(db, record.round_id)
        return round_, record, store.content(db, plan_id), evidence.counts(db, round_.id, LinkKind.TASK)

    round_, record, content, counts = profile.read(read)
    template = registry.plan_template(record.template, profile.folder)
    written = Plan.of(round_, template, record, content)
    return progress_of(written, today, counts, round_.unit.departments or template.departments)


def proofs(profile: Profile, plan_id: str) -> dict[str, int]:
    """How many files hang on each task of the plan's round."""

    def read(db: Connection) -> dict[str, int]:
        return evidence.counts(db, plans.record(db, plan_id).round_id, LinkKind.TASK)

    return profile.read(read)


def set_state(profile: Profile, task_ids: Sequence[str], state: TaskState, today: date) -> Changes:
    """Say that tasks are done (100 %, today where no day is known), under way or not begun: one change."""
    return _set(profile, task_ids, lambda task: with_state(task, state, today))


def set_percent(profile: Profile, task_ids: Sequence[str], percent: int | None, today: date) -> Changes:
    """How far tasks have got; 100 makes them done. Raises `KnownError` "progress.bad_percent"."""
    if percent is not None and not 0 <= percent <= FULL:
        raise KnownError("progress.bad_percent", percent=percent)
    return _set(profile, task_ids, lambda task: with_percent(task, percent, today))


def set_done_on(profile: Profile, task_ids: Sequence[str], day: date | None) -> Changes:
    """The day on which tasks were done, which makes them done; None takes the day back, nothing else."""
    return _set(profile, task_ids, lambda task: with_done_on(task, day))


def _set(profile: Profile, task_ids: Sequence[str], fields_of: Callable[[Task], Fields]) -> Changes:
    def work(change: Change) -> None:
        for task_id in task_ids:
            store.update_task(change, task_id, **fields_of(store.task(change.db, task_id)))

    return profile.write(work)[0]
