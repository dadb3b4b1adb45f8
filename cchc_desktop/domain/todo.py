"""What to do next, by deadline and by the points at stake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.calendar import CalendarEntry, EntryState
from cchc_desktop.domain.criteria import CriteriaSet, Node, ScoredBy
from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.plan_checks import Finding, Place, Severity
from cchc_desktop.domain.plan_progress import PROGRESS, Standing, progress
from cchc_desktop.domain.scoring import RowScore, RowState, ScoreSheet
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass, replace


class TodoKind(StrEnum):
    DEADLINE = "deadline"
    ANSWER_ERROR = "answer_error"
    OPEN_ROW = "open_row"
    NO_EVIDENCE = "no_evidence"
    LOST_POINTS = "lost_points"
    PLAN_ERROR = "plan_error"
    LATE_TASKS = "late_tasks"
    NEAR_TASKS = "near_tasks"


class Room(StrEnum):
    """The room of the work in which an item is done."""

    PLAN = "plan"
    SCORING = "scoring"
    SUBMISSION = "submission"


@dataclass(frozen=True, slots=True)
class Where:
    """`key`: a row's permanent key in the room of scoring; `place`: where in the plan."""

    room: Room
    key: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class TodoItem:
    """`points` are what the item may bring or save; None when no row depends on it."""

    kind: TodoKind
    message: Message
    detail: Message
    points: Decimal | None
    due: date | None
    days_left: int | None
    where: Where
    code: str = ""


@dataclass(frozen=True)
class Situation:
    """All that the list is drawn from. `evidence_count` is by row key."""

    criteria: CriteriaSet
    sheet: ScoreSheet
    answers: Mapping[str, Answer]
    evidence_count: Mapping[str, int]
    plan: Plan
    findings: Sequence[Finding]
    entries: Sequence[CalendarEntry]
    today: date


# Rules whose figures can still grow in the year. A chosen step or a deduction tells of what has happened.
REGAINABLE_RULES = frozenset(
    ("ratio_linear", "ratio_threshold", "ratio_bands", "ratio_to_target", "sum_of_items", "external_score")
)


def todo(situation: Situation) -> tuple[TodoItem, ...]:
    """What is left to do: first what is due first, within a day what is worth most."""
    items = (
        *_deadlines(situation),
        *_plan(situation),
        *_tasks(situation),
        *_rows(situation),
    )
    return tuple(
        sorted(items, key=lambda item: (item.due or date.max, -(item.points or Decimal(0)), item.code))
    )


def _due_of(situation: Situation, subject: str) -> date | None:
    """Of the round's own plan, not of those beside it."""
    own = ("", situation.plan.id)
    return next((e.due for e in situation.entries if e.subject == subject and e.plan_id in own), None)


def _days(situation: Situation, due: date | None) -> int | None:
    return None if due is None else (due - situation.today).days


def _deadlines(situation: Situation) -> Iterator[TodoItem]:
    for entry in situation.entries:
        if entry.state not in (EntryState.OVERDUE, EntryState.SOON):
            continue
        overdue = entry.state is EntryState.OVERDUE
        yield TodoItem(
            TodoKind.DEADLINE,
            message("calendar.to_do", title=entry.title),
            message("calendar.overdue", days=entry.days_late, due=entry.due)
            if overdue
            else message("calendar.send_to", recipient=entry.recipient)
            if entry.recipient
            else message("calendar.due", due=entry.due),
            None,
            entry.due,
            entry.days_left,
            Where(Room.PLAN, place=Place("issue", plan_id=entry.plan_id))
            if entry.subject == "plan"
            else Where(Room.SUBMISSION),
            entry.subject,
        )


def _plan(situation: Situation) -> Iterator[TodoItem]:
    """The plan's errors as one item: the plan's own page lists them."""
    errors = [finding for finding in situation.findings if finding.severity is Severity.ERROR]
    if not errors:
        return
    due = _due_of(situation, "plan")
    yield TodoItem(
        TodoKind.PLAN_ERROR,
        message("overview.plan_errors", count=len(errors)),
        errors[0].message,
        None,
        due,
        _days(situation, due),
        Where(Room.PLAN, place=replace(errors[0].place, plan_id=situation.plan.id)),
    )


def _tasks(situation: Situation) -> Iterator[TodoItem]:
    """Late tasks and near ones: one item each, with the task whose time ends (or ended) first."""
    found = progress(situation.plan, situation.today).lines
    for kind, wanted in ((TodoKind.LATE_TASKS, Standing.LATE), (TodoKind.NEAR_TASKS, Standing.NEAR)):
        mine = [(line.due_on, line.task) for line in found if line.standing is wanted and line.due_on]
        if not mine:
            continue
        due_on, first = min(mine, key=lambda pair: pair[0])
        yield TodoItem(
            kind,
            message(f"overview.{kind.value}", count=len(mine)),
            message("overview.late_task", title=first.title, due=due_on),
            None,
            due_on,
            _days(situation, due_on),
            Where(Room.PLAN, place=Place(PROGRESS, first.area, first.id, plan_id=situation.plan.id)),
        )


def _rows(situation: Situation) -> Iterator[TodoItem]:
    due = _due_of(situation, "selfscore")
    over = due is not None and situation.today > due
    for node in situation.criteria.rows:
        row = situation.sheet.rows[node.code]
        if node.scored_by is ScoredBy.APPRAISER or row.state is RowState.EXCLUDED:
            continue
        found = _row(situation, node, row, over)
        if found is not None:
            kind, told, detail, points = found
            yield TodoItem(
                kind,
                told,
                detail,
                points,
                due,
                _days(situation, due),
                Where(Room.SCORING, node.key),
                node.code,
            )


def _row(
    situation: Situation, node: Node, row: RowScore, over: bool
) -> tuple[TodoKind, Message, Message, Decimal] | None:
    answer = situation.answers.get(node.key, Answer())
    named = {"code": node.code, "label": node.label}
    if row.state is RowState.ERROR:
        told = message("overview.answer_error", **named)
        detail = message("overview.row_fault", code=node.code, fault=row.errors[0].message)
        return TodoKind.ANSWER_ERROR, told, detail, node.max_points
    if row.state is RowState.OPEN:
        detail = message(
            "overview.row_open" if answer.entry is None else "overview.row_partly", code=node.code
        )
        return TodoKind.OPEN_ROW, message("overview.open_row", **named), detail, node.max_points
    if row.points is None:
        return None
    unproven = node.evidence_required and not situation.evidence_count.get(node.key)
    if unproven and row.points > 0 and row.state is RowState.SCORED and not answer.explanation.strip():
        told = message("overview.no_evidence", **named)
        detail = (
            message("overview.evidence_wanted", code=node.code, evidence=node.evidence)
            if node.evidence
            else message("overview.evidence_none", code=node.code)
        )
        return TodoKind.NO_EVIDENCE, told, detail, row.points
    lost = row.max_points - row.points
    regainable = node.rule is not None and node.rule.kind in REGAINABLE_RULES
    if lost > 0 and regainable and row.state is RowState.SCORED and not over:
        told = message("overview.lost_points", **named)
        return TodoKind.LOST_POINTS, told, _reached(node, answer, lost), lost
    return None


def _reached(node: Node, answer: Answer, lost: Decimal) -> Message:
    """How far the row got: its two figures, where it has such."""
    entry = answer.entry or {}
    figures = [entry.get("numerator"), entry.get("denominator")]
    if all(isinstance(figure, str | int | Decimal) for figure in figures):
        numerator, denominator = (Decimal(str(figure)) for figure in figures)
        return message("overview.reached", code=node.code, numerator=numerator, denominator=denominator)
    return message("overview.points_lost", code=node.code, lost=lost)
