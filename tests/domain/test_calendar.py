"""The year's deadlines on chosen days, counted on a calendar by hand."""

from __future__ import annotations

from datetime import date

import pytest

from cchc_desktop.domain.calendar import (
    CalendarEntry,
    EntryState,
    calendar,
    done_dates,
    next_deadline,
    plan_entry,
)
from cchc_desktop.domain.dated_rule import Deadline
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import PlanIssue, PlanRecord
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.domain.routing import Routing, UnitRouting
from cchc_desktop.domain.unit import Unit, UnitKind

LINES = (
    Deadline("selfscore", "selfscore", "Nộp tự chấm", 12, 31, "UBND tỉnh", "[mem]"),
    Deadline("plan", "plan", "Ban hành kế hoạch", 2, 28),
    Deadline("report-Q3", "report-Q3", "Báo cáo quý III", 9, 15),
)


def entry(today: date, subject: str, done: dict[str, date] | None = None) -> CalendarEntry:
    return next(e for e in calendar(LINES, 2026, today, done or {}) if e.subject == subject)


def test_entries_stand_by_date_and_keep_what_the_pack_says() -> None:
    found = calendar(LINES, 2026, date(2026, 1, 1), {})
    assert [e.due for e in found] == [date(2026, 2, 28), date(2026, 9, 15), date(2026, 12, 31)]
    assert (found[2].title, found[2].recipient, found[2].source) == ("Nộp tự chấm", "UBND tỉnh", "[mem]")


@pytest.mark.parametrize(
    ("today", "state", "left"),
    [
        (date(2026, 2, 13), EntryState.LATER, 15),
        (date(2026, 2, 14), EntryState.SOON, 14),
        (date(2026, 2, 28), EntryState.SOON, 0),
        (date(2026, 3, 1), EntryState.OVERDUE, -1),
    ],
)
def test_days_left_and_state(today: date, state: EntryState, left: int) -> None:
    found = entry(today, "plan")
    assert (found.state, found.days_left) == (state, left)
    assert found.days_late == (1 if left < 0 else 0)


def test_done_in_time_and_done_late() -> None:
    in_time = entry(date(2026, 12, 7), "plan", {"plan": date(2026, 2, 28)})
    assert (in_time.state, in_time.days_late, in_time.done_on) == (EntryState.DONE, 0, date(2026, 2, 28))
    late = entry(date(2026, 12, 7), "plan", {"plan": date(2026, 3, 3)})
    assert (late.state, late.days_late) == (EntryState.DONE_LATE, 3)


def test_of_what_is_not_recorded_here_nothing_is_claimed() -> None:
    found = entry(date(2026, 9, 18), "report-Q3")
    assert (found.state, found.days_late) == (EntryState.PASSED, 0)


def test_the_first_submission_counts_and_a_plan_handed_in_is_not_yet_issued() -> None:
    done = done_dates(
        {
            "selfscore": [date(2026, 12, 30), date(2026, 12, 20)],
            "plan": [date(2026, 3, 5)],
            "report-Q1": [],
        }
    )
    assert done == {"selfscore": date(2026, 12, 20)}


ROUTING = UnitRouting(
    Routing(
        deadlines=(
            Deadline("p", "plan", "Ban hành kế hoạch", 2, 28),
            Deadline(
                "c", "plan", "Ban hành kế hoạch năng lực cạnh tranh", 1, 30, plan_kind="competitiveness"
            ),
        )
    ),
    Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO"),
)


def record(kind: PlanKind, issued: date | None = None) -> PlanRecord:
    return PlanRecord("id", "r", kind, PackRef("t", 1), 2026, 2026, None, PlanIssue("1/KH", issued))


def test_each_plan_is_due_by_its_kind_and_done_by_its_issue() -> None:
    today = date(2026, 2, 5)
    own = plan_entry(record(PlanKind.YEARLY), ROUTING, today)
    assert own is not None
    assert (own.due, own.state, own.plan_id) == (date(2026, 2, 28), EntryState.LATER, "id")
    beside = plan_entry(record(PlanKind.COMPETITIVENESS, date(2026, 2, 2)), ROUTING, today)
    assert beside is not None
    # 30/01 to 02/02 is three days
    assert (beside.due, beside.state, beside.days_late) == (date(2026, 1, 30), EntryState.DONE_LATE, 3)
    assert plan_entry(record(PlanKind.INDICES), ROUTING, today) is None


def test_next_deadline_is_the_nearest_that_is_not_done() -> None:
    def coming(today: date, done: dict[str, date]) -> str | None:
        found = next_deadline(calendar(LINES, 2026, today, done))
        return found.subject if found else None

    assert coming(date(2026, 1, 5), {}) == "plan"
    assert coming(date(2026, 1, 5), {"plan": date(2026, 1, 4)}) == "report-Q3"
    # overdue goes before what comes
    assert coming(date(2026, 9, 20), {}) == "plan"
    assert coming(date(2026, 9, 20), {"plan": date(2026, 1, 4)}) == "selfscore"
    every = {"plan": date(2026, 1, 4), "selfscore": date(2026, 12, 1)}
    assert coming(date(2026, 12, 20), every) is None
