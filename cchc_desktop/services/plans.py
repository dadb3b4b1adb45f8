"""The plans of a round: its own yearly plan, and those beside it (competitiveness, five years, indices …)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.due import parse_due
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import PlanRecord, Target, Task
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.store import plan as store_plan
from cchc_desktop.store import plans as store
from cchc_desktop.store import rounds
from cchc_desktop.store.change import Change
from cchc_desktop.store.codec import new_id
from cchc_desktop.store.database import Connection
from cchc_desktop.store.profile import Profile

YEARS_OF_A_PERIOD = 5


def plans(profile: Profile, round_id: str) -> tuple[PlanRecord, ...]:
    """The round's own yearly plan first, then the others in the order of their making."""
    return profile.read(lambda db: store.of_round(db, round_id))


def start_plan(
    profile: Profile, round_id: str, template: PackRef, starts_on: date | None = None
) -> tuple[Changes, PlanRecord]:
    """A further, empty plan on `template`. A five-year plan covers the five years of its period, which ends
    in the next year that 5 divides (2026–2030). Raises `KnownError` "plan.one_yearly_only".
    """
    kind = registry.plan_template(template, profile.folder).kind
    if kind is PlanKind.YEARLY:
        raise KnownError("plan.one_yearly_only")

    def work(change: Change) -> PlanRecord:
        year = rounds.one(change.db, round_id).year
        first, last = period_of(year) if kind is PlanKind.FIVE_YEAR else (year, year)
        record = PlanRecord(new_id(), round_id, kind, template, first, last, starts_on)
        store.insert(change, record)
        return record

    return profile.write(work)


def period_of(year: int) -> tuple[int, int]:
    """The five-year period that a year belongs to: 2021–2025, 2026–2030, …"""
    last = -(-year // YEARS_OF_A_PERIOD) * YEARS_OF_A_PERIOD
    return last - YEARS_OF_A_PERIOD + 1, last


def remove_plan(profile: Profile, plan_id: str) -> Changes:
    """Take a further plan away with all it holds; undo brings it back. The round's own stays for ever."""

    def work(change: Change) -> None:
        if store.record(change.db, plan_id).is_rounds_own:
            raise KnownError("plan.own_stays")
        content = store_plan.content(change.db, plan_id)
        store_plan.remove_tasks(change, tuple(task.id for task in content.tasks))
        store_plan.remove_targets(change, tuple(target.id for target in content.targets))
        for section in content.texts:
            store_plan.remove_text(change, plan_id, section)
        store.delete(change, plan_id)

    return profile.write(work)[0]


def periods_of(profile: Profile, plan_id: str) -> tuple[PlanRecord, ...]:
    """The five-year plans whose period has the plan's year, of this round or another; the newest first."""

    def read(db: Connection) -> tuple[PlanRecord, ...]:
        own = store.record(db, plan_id)
        if own.first_year != own.last_year:
            return ()
        return store.covering(db, PlanKind.FIVE_YEAR, own.first_year)

    return profile.read(read)


def take_from_period(profile: Profile, plan_id: str, from_plan: str, ids: Sequence[str]) -> Changes:
    """Take a year out of a five-year plan, as one change: of its tasks and targets (by their ids) those that
    have a milestone in this plan's year.

    A target's value is that year's milestone and its baseline the milestone of the year before; a task's
    product is what the milestone says, and its due date stays only where it lies in the year. Criteria are
    kept as far as the round's own set has these rows.
    """
    record = profile.read(lambda db: store.record(db, plan_id))
    round_ = profile.read(lambda db: rounds.one(db, record.round_id))
    content = profile.read(lambda db: store_plan.content(db, from_plan))
    areas = {area.key for area in registry.plan_template(record.template, profile.folder).areas}
    criteria = registry.criteria_set(PackRef(round_.criteria_id, round_.criteria_version), profile.folder)
    year = record.first_year

    def work(change: Change) -> None:
        for task in content.tasks:
            said = _reached(task, year)
            if task.id not in ids or said is None or task.area not in areas:
                continue
            due = parse_due(task.due, year)
            store_plan.add_task(
                *(change, plan_id, task.area),
                title=task.title,
                product=said,
                lead=task.lead,
                coworkers=task.coworkers,
                due=task.due if due is not None and due.inside(year) else "",
                criteria=tuple(key for key in task.criteria if key in criteria.by_key),
            )
        for target in content.targets:
            said = _reached(target, year)
            if target.id in ids and said is not None and target.area in areas:
                before = _reached(target, year - 1)
                store_plan.add_target(
                    *(change, plan_id, target.area),
                    title=target.title,
                    unit=target.unit,
                    baseline=target.baseline if before is None else before,
                    value=said,
                    source=target.source,
                )

    return profile.write(work)[0]


def _reached(row: Task | Target, year: int) -> str | None:
    """What the milestone of that year says; None when there is none."""
    return next((one.text for one in row.milestones if one.year == year and one.text.strip()), None)
