"""What is left to do, and the year's calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desktop.domain import reminders
from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.calendar import CalendarEntry, by_date, done_dates, plan_entry
from cchc_desktop.domain.calendar import calendar as entries_of
from cchc_desktop.domain.calendar import next_deadline as next_of
from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.evidence import LinkKind
from cchc_desktop.domain.file_names import cleaned
from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import Plan, PlanRecord
from cchc_desktop.domain.plan_checks import check_plan
from cchc_desktop.domain.round import Round
from cchc_desktop.domain.routing import Routing, UnitRouting
from cchc_desktop.domain.scorer import score
from cchc_desktop.domain.scoring import ScoreSheet
from cchc_desktop.domain.submission import Submission
from cchc_desktop.domain.todo import Situation, TodoItem
from cchc_desktop.domain.todo import todo as items_of
from cchc_desktop.domain.vietnam_time import in_vietnam, vietnam_now
from cchc_desktop.formpack import registry
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.store import answers, evidence, plan, plans, rounds, settings, submissions
from cchc_desktop.store.database import Connection
from cchc_desktop.store.profile import Profile

if TYPE_CHECKING:
    from cchc_desktop.store.change import Change


@dataclass(frozen=True)
class Overview:
    """Both lists of the page and the score, drawn from one state of the data.

    `untouched`: nothing was stated and no task written yet in this year.
    """

    todo: tuple[TodoItem, ...]
    calendar: tuple[CalendarEntry, ...]
    next_deadline: CalendarEntry | None
    criteria: CriteriaSet
    sheet: ScoreSheet
    untouched: bool


def overview(profile: Profile, round_id: str, today: date) -> Overview:
    state = _read(profile, round_id)
    ref = PackRef(state.round.criteria_id, state.round.criteria_version)
    criteria = registry.criteria_set(ref, profile.folder)
    entries = _entries(state, today)
    entered = {key: answer.entry for key, answer in state.answers.items() if answer.entry is not None}
    sheet = score(criteria, entered, state.round.exclusions)
    situation = Situation(
        criteria=criteria,
        sheet=sheet,
        answers=state.answers,
        evidence_count=state.evidence_count,
        plan=state.plan,
        findings=check_plan(state.plan, state.round.unit.departments),
        entries=entries,
        today=today,
    )
    untouched = not entered and not state.plan.tasks
    return Overview(items_of(situation), entries, next_of(entries), criteria, sheet, untouched)


def todo(profile: Profile, round_id: str, today: date) -> tuple[TodoItem, ...]:
    """What to do next: first what is due first, within a day what is worth most points."""
    return overview(profile, round_id, today).todo


def calendar(profile: Profile, round_id: str, today: date) -> tuple[CalendarEntry, ...]:
    """The year's deadlines by date, each with its state."""
    return _entries(_read(profile, round_id), today)


def next_deadline(profile: Profile, round_id: str, today: date) -> CalendarEntry | None:
    """What is due next and not done; None when nothing of the year is left."""
    return next_of(calendar(profile, round_id, today))


REMINDER_DAYS, REMINDERS_SEEN = "reminders.days", "reminders.seen"


def reminder_days(profile: Profile) -> tuple[int, ...]:
    """How many days before a day it is reminded of, the widest first."""
    return reminders.days_from(profile.read(lambda db: settings.setting(db, REMINDER_DAYS)))


def set_reminder_days(profile: Profile, days: Sequence[int]) -> None:
    profile.write(lambda change: change.set_setting(REMINDER_DAYS, ",".join(str(day) for day in days)))


def to_remind(profile: Profile, round_id: str, today: date) -> tuple[CalendarEntry, ...]:
    """What is late or soon due and was not put off, by date."""
    seen = profile.read(lambda db: reminders.read(settings.setting(db, REMINDERS_SEEN)))
    return reminders.to_remind(calendar(profile, round_id, today), reminder_days(profile), seen, today)


def put_off(
    profile: Profile, entries: Sequence[CalendarEntry], today: date, *, was_opened: bool = False
) -> None:
    """Tell these again tomorrow; what was opened only when it comes nearer. No part of the history."""
    days = reminder_days(profile)
    mark = reminders.opened if was_opened else reminders.put_off

    def work(change: Change) -> None:
        seen = reminders.read(settings.setting(change.db, REMINDERS_SEEN))
        seen |= {reminders.key_of(entry): mark(entry, days, today) for entry in entries}
        change.set_setting(REMINDERS_SEEN, reminders.written(seen))

    profile.write(work)


def calendar_file_name(profile: Profile, round_id: str) -> str:
    """A name to suggest for the calendar's file."""
    round_ = profile.read(lambda db: rounds.one(db, round_id))
    return cleaned(text("calendar.ics_file", unit=round_.unit.code, year=str(round_.year)))


def write_calendar(profile: Profile, round_id: str, to: Path, today: date) -> None:
    """The year's calendar as an .ics file; what is open has its reminders. Raises KnownError documents.…"""
    state = _read(profile, round_id)
    from cchc_desktop.documents.ics import write_ics

    title = text("calendar.ics_title", unit=state.round.unit.name, year=str(state.round.year))
    write_ics(round_id, title, _entries(state, today), reminder_days(profile), vietnam_now(), to)


@dataclass(frozen=True)
class _State:
    round: Round
    plan: Plan
    plans: tuple[tuple[PlanRecord, UnitRouting], ...]
    answers: Mapping[str, Answer]
    evidence_count: Mapping[str, int]
    submissions: tuple[Submission, ...]


def _read(profile: Profile, round_id: str) -> _State:
    def read(db: Connection) -> _State:
        round_ = rounds.one(db, round_id)
        record = plans.record(db, round_id)
        template = registry.plan_template(record.template, profile.folder)
        base = registry.routing(profile.folder)
        return _State(
            round_,
            Plan.of(round_, template, record, plan.content(db, round_id), base),
            tuple(
                (one, UnitRouting(_routing(one, base, profile), round_.unit))
                for one in plans.of_round(db, round_id)
            ),
            answers.of_round(db, round_id),
            evidence.counts(db, round_id, LinkKind.ROW),
            submissions.of_round(db, round_id),
        )

    return profile.read(read)


def _routing(record: PlanRecord, base: Routing, profile: Profile) -> Routing:
    return Routing.of_template(registry.plan_template(record.template, profile.folder), base)


# A package that was only tried to write, or never arrived, hands nothing in.
_HANDED_IN = frozenset((DocumentState.EXPORTED, DocumentState.DELIVERED, DocumentState.SUPERSEDED))


def _entries(state: _State, today: date) -> tuple[CalendarEntry, ...]:
    submitted: dict[str, list[date]] = {}
    for submission in state.submissions:
        if submission.state in _HANDED_IN:
            submitted.setdefault(submission.kind, []).append(in_vietnam(submission.created_at).date())
    routing = state.plan.routing
    yearly = routing.yearly_deadlines(state.round.year) if routing else ()
    others = entries_of(yearly, state.round.year, today, done_dates(submitted))
    of_plans = (plan_entry(record, routing, today) for record, routing in state.plans)
    due = (entry for entry in of_plans if entry is not None and entry.due.year == state.round.year)
    return by_date((*due, *others))
