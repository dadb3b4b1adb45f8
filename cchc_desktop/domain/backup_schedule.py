"""Which backups are kept: the newest few, then one for each of the last days, weeks and months that have one.

Backups are ordered by their running number, never by the clock: a clock that jumped back or ahead costs at
most the place of one day, week or month, and the newest backups are always kept. Periods are counted where
there are backups, so a year without work loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Schedule:
    """How many of each are kept. `newest` counts every kind of backup (by `Kept.kind`) for itself."""

    newest: int = 3
    days: int = 7
    weeks: int = 5
    months: int = 12


@dataclass(frozen=True, slots=True)
class Dated:
    """One backup: `number` grows with every backup, `at` is what the clock said, `kind` why it was made."""

    number: int
    at: datetime
    kind: str = ""


def to_drop(backups: Sequence[Dated], schedule: Schedule | None = None) -> tuple[int, ...]:
    """The numbers of the backups that are no longer needed, oldest first."""
    rule = schedule or Schedule()
    newest_first = sorted(backups, key=lambda one: one.number, reverse=True)
    kept: set[int] = set()
    for kind in {one.kind for one in backups}:
        kept.update(one.number for one in [one for one in newest_first if one.kind == kind][: rule.newest])
    periods: tuple[tuple[int, Callable[[date], object]], ...] = (
        (rule.days, lambda day: day),
        (rule.weeks, lambda day: day.isocalendar()[:2]),
        (rule.months, lambda day: (day.year, day.month)),
    )
    for count, period_of in periods:
        kept.update(_newest_of_each(newest_first, count, period_of))
    return tuple(one.number for one in reversed(newest_first) if one.number not in kept)


def _newest_of_each(
    newest_first: Sequence[Dated], count: int, period_of: Callable[[date], object]
) -> set[int]:
    found: dict[object, int] = {}
    for one in newest_first:
        period = period_of(one.at.astimezone(VIETNAM).date())
        if period not in found:
            if len(found) == count:
                break
            found[period] = one.number
    return set(found.values())
