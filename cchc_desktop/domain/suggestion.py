"""What a plan itself says about the rows of the scoring: suggested answers with the ground they stand on.

Which row asks what, and which option stands for which outcome, are data of the plan template
(`PlanTemplate.suggestions`). A suggestion is never an answer: the unit takes it over or leaves it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from cchc_desktop.domain import plan_check_content as content
from cchc_desktop.domain.criteria import CriteriaSet, Node, ScoredBy
from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.plan_check_tasks import tasks
from cchc_desktop.domain.plan_finding import Finding
from cchc_desktop.domain.plan_progress import PlanProgress
from cchc_desktop.domain.rules.rule import Step
from cchc_desktop.domain.suggestion_line import Outcome, PlanQuestion, SuggestionLine
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass

Entry = Mapping[str, object]
Check = Callable[[Plan, Sequence[str]], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`entry` are the answer's fields as the unit would enter them; `value` says them shortly."""

    row: str
    entry: Entry
    value: Message
    ground: Message


@dataclass(frozen=True)
class PlanState:
    """What the questions look at. `departments`: the unit's own rooms.

    They look themselves, however seriously the template takes its checks.
    """

    plan: Plan
    progress: PlanProgress
    departments: Sequence[str]
    today: date

    def found(self, check: Check, *ids: str) -> tuple[Finding, ...]:
        """What one of the plan's checks finds, of these messages."""
        known = (*self.departments, *self.plan.template.departments)
        return tuple(finding for finding in check(self.plan, known) if finding.message.id in ids)


@dataclass(frozen=True, slots=True)
class _Said:
    """An outcome, or for a ratio its two figures."""

    ground: Message
    outcome: Outcome | None = None
    figures: tuple[int, int] | None = None


def suggestions(state: PlanState, criteria: CriteriaSet) -> Mapping[str, Suggestion]:
    """By row key. A line whose row, field or option this criteria set does not have suggests nothing."""
    found: dict[str, Suggestion] = {}
    asked: dict[tuple[str, PlanQuestion], list[SuggestionLine]] = {}
    for line in state.plan.template.suggestions:
        asked.setdefault((line.row, line.asks), []).append(line)
    for (row, asks), lines in asked.items():
        node = criteria.by_key.get(row)
        if node is None or node.rule is None or node.scored_by is ScoredBy.APPRAISER:
            continue
        said = _QUESTIONS[asks](state)
        entry = None if said is None else _entry(node, lines, said)
        if said is not None and entry is not None:
            found[row] = Suggestion(row, entry, _value(entry), said.ground)
    return found


def _entry(node: Node, lines: Sequence[SuggestionLine], said: _Said) -> Entry | None:
    assert node.rule is not None
    names = node.rule.answer_fields
    if said.figures is not None and {"numerator", "denominator"} <= set(names):
        return {"numerator": str(said.figures[0]), "denominator": str(said.figures[1])}
    if said.outcome is None:
        return None
    if "yes" in names and said.outcome in (Outcome.YES, Outcome.NO):
        return {"yes": said.outcome is Outcome.YES}
    label = next((line.option for line in lines if line.outcome is said.outcome), "")
    if "option" in names and label in {step.label for step in _steps(node)}:
        return {"option": label}
    return None


def _steps(node: Node) -> Sequence[Step]:
    return tuple(getattr(node.rule, "steps", ()))


def _value(entry: Entry) -> Message:
    if "option" in entry:
        return message("suggestion.option", label=str(entry["option"]))
    if "yes" in entry:
        return message("suggestion.yes" if entry["yes"] else "suggestion.no")
    return message(
        "suggestion.ratio",
        numerator=Decimal(str(entry["numerator"])),
        denominator=Decimal(str(entry["denominator"])),
    )


def differs(suggestion: Suggestion, node: Node, entered: Entry | None) -> bool:
    """Whether taking it over would change the answer: 41 and 41,0 are one figure."""
    if entered is None:
        return True
    if entered.get("not_applicable"):
        return True
    return any(
        _plain(node, name, entered.get(name)) != _plain(node, name, value)
        for name, value in suggestion.entry.items()
    )


def _plain(node: Node, name: str, value: object) -> object:
    if name == "option":
        steps = _steps(node)
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= len(steps):
            return steps[value - 1].label
        return value
    if isinstance(value, bool) or value is None:
        return value
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return value


# --- what the questions find in the plan -------------------------------------------------------------------


def _issued(state: PlanState) -> _Said | None:
    """Until the year is over an unissued plan may still be issued late: nothing is suggested then."""
    issue, year = state.plan.issue, str(state.plan.year)
    if issue.issued_on is None:
        if state.today.year > state.plan.year:
            return _Said(message("suggestion.not_issued", year=year), Outcome.NOT_ISSUED)
        return None
    due = state.plan.sending(issue.issued_on).due
    if due is None:
        return None
    known = {"number": issue.number.strip(), "on": issue.issued_on, "due": due, "year": year}
    late = (issue.issued_on - due).days
    if late > 0:
        return _Said(message(_numbered("issued_late", issue.number), days=late, **known), Outcome.LATE)
    return _Said(message(_numbered("issued_on_time", issue.number), **known), Outcome.ON_TIME)


def _numbered(id_: str, number: str) -> str:
    return f"suggestion.{id_}" if number.strip() else f"suggestion.{id_}_unnumbered"


_UNCLEAR = (
    *("plan.no_title", "plan.no_product", "plan.no_lead", "plan.several_leads"),
    *("plan.no_due", "plan.due_not_understood"),
)


def _covers(state: PlanState) -> _Said | None:
    if not state.plan.tasks:
        return None
    year = str(state.plan.year)
    missing = len(state.found(content.areas, "plan.area_without_tasks"))
    no_money = state.found(content.cost, "plan.no_cost")
    areas = sum(1 for area in state.plan.template.areas if area.required)
    known = {"covered": areas - missing, "areas": areas, "year": year}
    if not missing and not no_money:
        return _Said(message("suggestion.covers_all", **known), Outcome.YES)
    which = "covers_no_money" if no_money else "covers_missing"
    return _Said(message(f"suggestion.{which}", **known), Outcome.NO)


def _clear(state: PlanState) -> _Said | None:
    if not state.plan.tasks:
        return None
    unclear = {finding.place.task_id for finding in state.found(tasks, *_UNCLEAR)}
    known = {"total": len(state.plan.tasks), "count": len(unclear), "year": str(state.plan.year)}
    if unclear:
        return _Said(message("suggestion.unclear", **known), Outcome.NO)
    return _Said(message("suggestion.clear", **known), Outcome.YES)


def _done(state: PlanState) -> _Said | None:
    tally = state.progress.total
    if not tally.total:
        return None
    ground = message("suggestion.tasks_done", done=tally.done, total=tally.total, year=str(state.plan.year))
    return _Said(ground, figures=(tally.done, tally.total))


_QUESTIONS: Mapping[PlanQuestion, Callable[[PlanState], _Said | None]] = {
    PlanQuestion.ISSUED_ON_TIME: _issued,
    PlanQuestion.COVERS_AREAS_AND_BUDGET: _covers,
    PlanQuestion.RESPONSIBILITIES_CLEAR: _clear,
    PlanQuestion.TASKS_DONE_RATIO: _done,
}
