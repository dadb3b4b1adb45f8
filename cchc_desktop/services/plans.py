"""The plans of a round: its own yearly plan, and those beside it (competitiveness, five years, indices …)."""

from __future__ import annotations

from datetime import date

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import PlanRecord
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.store import plan as store_plan
from cchc_desktop.store import plans as store
from cchc_desktop.store import rounds
from cchc_desktop.store.change import Change
from cchc_desktop.store.codec import new_id
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
