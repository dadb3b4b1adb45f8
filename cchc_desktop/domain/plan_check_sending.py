"""Whether a plan is issued in time, goes to the right office, names no ended body, cites what is in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from cchc_desktop.domain.body_names import body_names, has_words, spoken
from cchc_desktop.domain.dated_rule import Citation
from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.plan import CITATIONS_TEXT, RECIPIENTS_TEXT, Plan
from cchc_desktop.domain.plan_check_content import numbered
from cchc_desktop.domain.plan_finding import Finding, Place, Severity, section_key
from cchc_desktop.domain.plan_template import PlanKind, SectionKind
from cchc_desktop.domain.routing import Route, office_of
from cchc_desktop.message import message
from cchc_desktop.quick_pattern import pattern

COMPETITIVENESS_AREA = "competitiveness"
"""The area of a yearly plan that goes to the office for competitiveness too (seed 002, 1 b)."""


def _day(plan: Plan) -> date:
    """The day whose rules hold: that of its issue; before it is issued, the day it begins."""
    return plan.issue.issued_on or plan.starts_on


def recipients(plan: Plan, _known: Sequence[str]) -> Iterator[Finding]:
    """The offices that the plan has to go to stand among its recipients (nơi nhận)."""
    written = spoken("\n".join(plan.recipients))
    if not written:
        yield Finding(Severity.ERROR, Place(RECIPIENTS_TEXT), message("plan.no_recipients"))
        return
    for route in _routes(plan):
        office = office_of(route)
        if not has_words(written, spoken(office)):
            yield Finding(
                Severity.WARNING,
                Place(RECIPIENTS_TEXT),
                message("plan.recipient_missing", office=office),
            )


def _routes(plan: Plan) -> tuple[Route, ...]:
    due = plan.sending(_day(plan)).due
    day = plan.issue.issued_on or due or plan.starts_on
    routes = plan.sending(day).routes
    if plan.kind is PlanKind.YEARLY and plan.area_tasks(COMPETITIVENESS_AREA) and plan.routing:
        routes += plan.routing.offices(PlanKind.COMPETITIVENESS, day)
    return routes


def issue(plan: Plan, _known: Sequence[str]) -> Iterator[Finding]:
    due, issued = plan.sending(_day(plan)).due, plan.issue.issued_on
    place = Place("issue", column="issued_on")
    if issued is None:
        if due:
            yield Finding(Severity.WARNING, place, message("plan.not_issued", due=due))
        return
    if due and issued > due:
        late = message("plan.issued_late", on=issued, due=due, days=(issued - due).days)
        yield Finding(Severity.WARNING, place, late)
    if not plan.first_year - 1 <= issued.year <= plan.last_year:
        other = message("plan.issued_in_other_year", on=issued, year=_years(plan))
        yield Finding(Severity.ERROR, place, other)
    if not plan.issue.number.strip():
        yield Finding(Severity.WARNING, Place("issue", column="number"), message("plan.no_number"))


def _years(plan: Plan) -> str:
    one = plan.first_year == plan.last_year
    return str(plan.first_year) if one else f"{plan.first_year}–{plan.last_year}"


def bodies(plan: Plan, _known: Sequence[str]) -> Iterator[Finding]:
    """Names of bodies that had ended on the plan's day; a cited document may keep the name of its issuer."""
    if plan.routing is None:
        return
    routing = plan.routing.routing
    ended, marks = routing.ended_bodies(_day(plan)), routing.all_past_marks()
    names, texts = body_names(ended, marks), tuple(_texts(plan))
    if not ended or not names.may_be_in("\n".join(text for _place, text in texts)):
        return
    for place, text in texts:
        for body in names.named_in(text):
            heir = body.successor
            yield Finding(
                Severity.WARNING,
                place,
                message("plan.body_ended", name=body.name, on=body.valid_to, successor=heir)
                if heir
                else message("plan.body_ended_without_heir", name=body.name, on=body.valid_to),
            )


def _texts(plan: Plan) -> Iterator[tuple[Place, str]]:
    yield Place(RECIPIENTS_TEXT), "\n".join(plan.recipients)
    for section in plan.template.sections:
        yield Place(section.key), plan.text_of(section)
    in_targets, in_tasks = section_key(plan, SectionKind.TARGETS), section_key(plan, SectionKind.TASKS)
    for area, line, target in numbered(plan, plan.area_targets):
        place = Place(in_targets, area.key, target_id=target.id, line=line)
        yield place, f"{target.title}\n{target.source}"
    for area, line, task in numbered(plan, plan.area_tasks):
        for column in ("title", "product", "lead", "coworkers"):
            yield Place(in_tasks, area.key, task.id, "", column, line), getattr(task, column)


def citations(plan: Plan, _known: Sequence[str]) -> Iterator[Finding]:
    """Documents of the template's library that were not, or not yet, in force on the plan's day."""
    first = last = plan.issue.issued_on
    first, last = first or plan.starts_on, last or date(plan.last_year, 12, 31)
    for written in plan.citations:
        for ground in plan.template.grounds:
            if not is_same_document(written, ground):
                continue
            if ground.valid_to is not None and ground.valid_to < first:
                words = {"text": _short(ground.text), "on": ground.valid_to}
                heir = ground.replaced_by
                yield Finding(
                    Severity.WARNING,
                    Place(CITATIONS_TEXT),
                    message("plan.citation_replaced", successor=heir, **words)
                    if heir
                    else message("plan.citation_ended", **words),
                )
            elif ground.valid_from is not None and ground.valid_from > last:
                early = message("plan.citation_early", text=_short(ground.text), on=ground.valid_from)
                yield Finding(Severity.WARNING, Place(CITATIONS_TEXT), early)
            break


# "76/NQ-CP", "118/2025/NĐ-CP", "72/2025/QH15", "23/CT-TTg", "1814/QĐ-UBND", the party's "21-KL/TW"; folded.
_NUMBER = pattern(r"\d+[a-z]?(?:-[a-z]+)?/(?:\d{4}/)?[a-z][a-z0-9]*(?:-[a-z0-9&]+)*")
_DATE = pattern(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def is_same_document(written: str, ground: Citation) -> bool:
    """By the number, and by the date where both say one; without a number by the whole text."""
    (numbers, days), (of_ground, its_days) = _numbers_and_days(written), _numbers_and_days(ground.text)
    if not of_ground:
        return spoken(written).strip(" .;,") == spoken(ground.text).strip(" .;,")
    return of_ground[0] in numbers and (not days or not its_days or its_days[0] in days)


@lru_cache(maxsize=1_024)
def _numbers_and_days(text: str) -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]:
    """The documents' numbers in a text, and its days (day, month, year). Kept: each is held against many."""
    plain = folded(text)
    days = (tuple(map(int, day)) for day in _DATE.findall(plain))
    return tuple(_NUMBER.findall(plain)), tuple(days)


def _short(text: str) -> str:
    """A document by its kind, number and date, without what it is about."""
    found = re.match(r".*?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", text)
    return found[0] if found else text
