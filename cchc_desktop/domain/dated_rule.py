"""What holds from one day to another, in a template or a calendar: deadlines, grounds, bodies, routes."""

from __future__ import annotations

from datetime import date

from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.quick_dataclass import dataclass

DEADLINE_SUBJECTS = ("plan", "report-Q1", "report-H1", "report-Q3", "report-year", "selfscore")

# By month. A deadline comes every year, so 29 February is none.
SHORTEST_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Deadline:
    """What is due in a year: `month`/`day` of the year itself. `subject` says what it is for.

    `subject`: "plan", "report-Q1", "report-H1", "report-Q3", "report-year", "selfscore". `plan_kind` as in
    Route. `valid_from`/`valid_to` are the days between which the rule holds (None: open).
    """

    key: str
    subject: str
    title: str
    month: int
    day: int
    recipient: str = ""
    source: str = ""
    plan_kind: str = "plan"
    valid_from: date | None = None
    valid_to: date | None = None
    unit_kinds: tuple[UnitKind, ...] = ()

    def in_force(self, day: date) -> bool:
        return _covers(self.valid_from, self.valid_to, day)


@dataclass(frozen=True)
class Citation:
    """A document that a plan may rest on (căn cứ), with the days it is in force (None: open).

    A new plan cites those that are `preset`; the others stand in the library, to choose from. `replaced_by`
    names what came after it.
    """

    text: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    preset: bool = True
    replaced_by: str = ""

    def in_force(self, day: date) -> bool:
        return _covers(self.valid_from, self.valid_to, day)


@dataclass(frozen=True)
class Body:
    """An authority by its name, with the days from and to which it exists (None: open), and its heir."""

    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""
    source: str = ""

    def in_force(self, day: date) -> bool:
        return _covers(self.valid_from, self.valid_to, day)


@dataclass(frozen=True)
class Route:
    """Who a plan goes to, and through which office, from one day to another.

    `plan_kind`: "plan" (the yearly plan), "competitiveness", "five_year", "part_year", "indices". `email` is
    where that office takes packages by mail; calendar packs say it, plan templates don't.
    """

    plan_kind: str
    addressee: str
    via: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    unit_kinds: tuple[UnitKind, ...] = ()
    email: str = ""

    def in_force(self, day: date) -> bool:
        return _covers(self.valid_from, self.valid_to, day)


def _covers(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)
