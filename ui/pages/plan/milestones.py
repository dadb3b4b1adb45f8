"""The columns of a plan of several years: what each year is to reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cchc_desktop.domain.plan import Milestone, Plan
from ui.widgets.table_rows import Column

_YEAR = "year_"


def year_columns(plan: Plan) -> tuple[Column, ...]:
    """One column a year; none in a plan of one year."""
    if plan.record is None or plan.record.first_year == plan.record.last_year:
        return ()
    years = range(plan.record.first_year, plan.record.last_year + 1)
    return tuple(Column(f"{_YEAR}{year}", str(year), width=78) for year in years)


def is_year(key: str) -> bool:
    return key.startswith(_YEAR)


def year_values(milestones: Sequence[Milestone]) -> dict[str, str]:
    """The cells of a task's or target's milestones, by column."""
    return {f"{_YEAR}{one.year}": one.text for one in milestones}


def milestones_of(values: Mapping[str, str]) -> tuple[Milestone, ...]:
    """What the cells say, year by year; an empty cell is no milestone."""
    years = sorted(key for key, said in values.items() if is_year(key) and said)
    return tuple(Milestone(int(key.removeprefix(_YEAR)), values[key]) for key in years)
