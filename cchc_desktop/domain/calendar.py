"""The year of a unit: what is due when, what is done, late, near or still far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from cchc_desktop.domain.dated_rule import Deadline
from cchc_desktop.domain.plan import PlanRecord
from cchc_desktop.domain.routing import PLAN_SUBJECT, UnitRouting
from cchc_desktop.quick_dataclass import dataclass

SOON_DAYS = 14
# What the program itself sees being done; of other things it can't say whether they were.
RECORDED_SUBJECTS = frozenset({PLAN_SUBJECT, "selfscore"})


class EntryState(StrEnum):
    """DONE and DONE_LATE are done; OVERDUE is not done and past; PASSED is past and not recorded here."""

    DONE = "done"
    DONE_LATE = "done_late"
    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """`days_left` counts from today to `due`, negative when past; `days_late` how late it was done, or is.

    `plan_id` is that of the plan that is due, for the subject "plan".
    """

    key: str
    subject: str
    title: str
    due: date
    state: EntryState
    days_left: int
    done_on: date | None = None
    days_late: int = 0
    recipient: str = ""
    source: str = ""
    plan_id: str = ""


def calendar(
    deadlines: Sequence[Deadline], year: int, today: date, done: Mapping[str, date]
) -> tuple[CalendarEntry, ...]:
    """The entries of `year` by date. `done`: the day on which a subject was handed in first."""
    return by_date(
        [_entry(line, date(year, line.month, line.day), today, done.get(line.subject)) for line in deadlines]
    )


def by_date(entries: Iterable[CalendarEntry]) -> tuple[CalendarEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.due, entry.key)))


def plan_entry(record: PlanRecord, routing: UnitRouting, today: date) -> CalendarEntry | None:
    """When a plan is to be issued; done by its day of issue. None where nobody says until when."""
    issued = record.issue.issued_on
    sending = routing.sending(record.kind, record.first_year, issued or today)
    if sending.deadline is None or sending.due is None:
        return None
    return _entry(sending.deadline, sending.due, today, issued, record.id)


def _entry(line: Deadline, due: date, today: date, done_on: date | None, plan_id: str = "") -> CalendarEntry:
    return CalendarEntry(
        key=line.key,
        subject=line.subject,
        title=line.title,
        due=due,
        state=_state(line.subject, due, today, done_on),
        days_left=(due - today).days,
        done_on=done_on,
        days_late=_days_late(line.subject, due, today, done_on),
        recipient=line.recipient,
        source=line.source,
        plan_id=plan_id,
    )


def done_dates(submitted: Mapping[str, Sequence[date]]) -> dict[str, date]:
    """When each subject was done: by its first submission. A plan is done by its issue, not here.

    `submitted` holds the days of the submissions by subject ("selfscore", …).
    """
    return {subject: min(days) for subject, days in submitted.items() if days and subject != PLAN_SUBJECT}


def next_deadline(entries: Sequence[CalendarEntry]) -> CalendarEntry | None:
    """What is due next and not done; something overdue comes before it."""
    open_entries = [
        entry for entry in entries if entry.state in (EntryState.OVERDUE, EntryState.SOON, EntryState.LATER)
    ]
    return min(open_entries, key=lambda entry: entry.due, default=None)


def _state(subject: str, due: date, today: date, done_on: date | None) -> EntryState:
    if done_on is not None:
        return EntryState.DONE if done_on <= due else EntryState.DONE_LATE
    if today > due:
        return EntryState.OVERDUE if subject in RECORDED_SUBJECTS else EntryState.PASSED
    return EntryState.SOON if (due - today).days <= SOON_DAYS else EntryState.LATER


def _days_late(subject: str, due: date, today: date, done_on: date | None) -> int:
    if done_on is None and subject not in RECORDED_SUBJECTS:
        return 0
    return max(0, ((done_on or today) - due).days)
