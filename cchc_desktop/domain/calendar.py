"""The year of a unit: what is due when, what is done, late, near or still far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cchc_desktop.domain.plan import PlanIssue
from cchc_desktop.domain.plan_template import Deadline

SOON_DAYS = 14
# What the program itself sees being done; of other things it can't say whether they were.
RECORDED_SUBJECTS = frozenset({"plan", "selfscore"})


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
    """`days_left` counts from today to `due`, negative when past; `days_late` how late it was done, or is."""

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


def calendar(
    deadlines: Sequence[Deadline], year: int, today: date, done: Mapping[str, date]
) -> tuple[CalendarEntry, ...]:
    """The entries of `year` by date. `done`: the day on which a subject was handed in first."""
    entries = []
    for line in deadlines:
        due = date(year, line.month, line.day)
        done_on = done.get(line.subject)
        entries.append(
            CalendarEntry(
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
            )
        )
    return tuple(sorted(entries, key=lambda entry: (entry.due, entry.key)))


def done_dates(issue: PlanIssue, submitted: Mapping[str, Sequence[date]]) -> dict[str, date]:
    """When each subject was done: the plan by its date of issue, the rest by the first submission.

    `submitted` holds the days of the submissions by subject ("selfscore", …).
    """
    done = {subject: min(days) for subject, days in submitted.items() if days and subject != "plan"}
    if issue.issued_on is not None:
        done["plan"] = issue.issued_on
    return done


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
