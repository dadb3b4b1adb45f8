"""What a plan is called by its kind: its period, its subject, its symbol and its number."""

from __future__ import annotations

from collections.abc import Mapping

from cchc_desktop.documents.letterhead import full_name, issuer_symbol, number_line
from cchc_desktop.domain.plan import Plan, PlanForm
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.domain.unit import Unit
from cchc_desktop.language import format_date, text

_DECEMBER = 12


def period(plan: Plan) -> str:
    """ "năm 2026", "giai đoạn 2026 - 2030", "06 tháng cuối năm 2025"."""
    record = plan.record
    if record is None:
        return text("documents.period_year", year=str(plan.year))
    if record.first_year != record.last_year:
        first, last = str(record.first_year), str(record.last_year)
        return text("documents.period_years", first=first, last=last)
    year = str(record.first_year)
    begins = record.starts_on
    if plan.kind is not PlanKind.PART_YEAR or begins is None:
        return text("documents.period_year", year=year)
    if begins.day == 1:
        months = f"{_DECEMBER + 1 - begins.month:02d}"
        return text("documents.period_months", months=months, year=year)
    return text("documents.period_from", day=format_date(begins), year=year)


def subject(plan: Plan) -> str:
    """What the plan is about, as it stands inside a sentence: "cải cách hành chính năm 2026"."""
    return text(f"documents.subject_{plan.kind}", period=period(plan))


def years(plan: Plan) -> tuple[int, ...]:
    """The years that have a column of milestones each; none in a plan of one year."""
    record = plan.record
    if record is None or record.first_year == record.last_year:
        return ()
    return tuple(range(record.first_year, record.last_year + 1))


def common_words(unit: Unit, plan: Plan) -> Mapping[str, str]:
    """The placeholders that every wording may hold."""
    return {
        "unit": full_name(unit.name),
        "superior": full_name(unit.superior),
        "place": unit.place,
        "year": str(plan.year),
        "period": period(plan),
        "subject": subject(plan),
    }


def symbol(unit: Unit, form: PlanForm) -> str:
    """ "KH-UBND", "QĐ-SNV"."""
    key = "symbol_decision" if form is PlanForm.DECISION else "symbol_plan"
    return text(f"documents.{key}", issuer=issuer_symbol(unit))


def number_and_date(unit: Unit, plan: Plan, form: PlanForm) -> dict[str, str]:
    """{number} and {date} of what the plan was issued by, with room for what is not yet given."""
    issue = plan.issue
    number = number_line(issue.number, symbol(unit, form)).partition(" ")[2]
    day = issue.issued_on
    blank = text("documents.plan.no_date", year=str(plan.year))
    return {"number": number, "date": format_date(day) if day else blank}


def begun_large(words: str) -> str:
    """A sentence's first letter in capital."""
    return words[:1].upper() + words[1:]


def begun_small(words: str) -> str:
    return words[:1].lower() + words[1:]
