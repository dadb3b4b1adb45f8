"""What a plan is called by its kind: its period, its subject, its symbol and its number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cchc_desktop.documents.letterhead import full_name, issuer_symbol, number_line
from cchc_desktop.domain.plan import Plan, PlanForm
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.domain.unit import Unit
from cchc_desktop.language import format_date, text

_DECEMBER = 12


def period(plan: Plan) -> str:
    """ "năm 2026", "giai đoạn 2026 - 2030", "06 tháng cuối năm 2025"."""
    year = str(plan.first_year)
    if plan.first_year != plan.last_year:
        return text("documents.period_years", first=year, last=str(plan.last_year))
    if plan.kind is not PlanKind.PART_YEAR or plan.starts_on == date(plan.first_year, 1, 1):
        return text("documents.period_year", year=year)
    if plan.starts_on.day == 1:
        months = f"{_DECEMBER + 1 - plan.starts_on.month:02d}"
        return text("documents.period_months", months=months, year=year)
    return text("documents.period_from", day=format_date(plan.starts_on), year=year)


def subject(plan: Plan) -> str:
    """What the plan is about, as it stands inside a sentence: "cải cách hành chính năm 2026"."""
    return text(f"documents.subject_{plan.kind}", period=period(plan))


def years(plan: Plan) -> tuple[int, ...]:
    """The years that have a column of milestones each; none in a plan of one year."""
    if plan.first_year == plan.last_year:
        return ()
    return tuple(range(plan.first_year, plan.last_year + 1))


def file_stem(plan: Plan) -> str:
    """What the plan is called in file names: "cchc-2026", "cchc-2026-2030", "nlct-2026"."""
    kind = text(f"documents.file_{plan.kind}")
    if plan.kind is PlanKind.PART_YEAR:
        return f"{kind}-{plan.starts_on.isoformat()}"
    if plan.first_year != plan.last_year:
        return f"{kind}-{plan.first_year}-{plan.last_year}"
    return f"{kind}-{plan.first_year}"


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


def given(plan: Plan, form: PlanForm) -> tuple[str, date | None]:
    """Number and day of the document of that form; a plan issued otherwise has given it none."""
    issue = plan.issue
    return (issue.number, issue.issued_on) if issue.form is form else ("", None)


def number_and_date(unit: Unit, plan: Plan, form: PlanForm) -> dict[str, str]:
    """{number} and {date} of what the plan is issued by, with room for what is not yet given."""
    written, day = given(plan, form)
    number = number_line(written, symbol(unit, form)).partition(" ")[2]
    blank = text("documents.plan.no_date", year=str(plan.year))
    return {"number": number, "date": format_date(day) if day else blank}


def begun_large(words: str) -> str:
    """A sentence's first letter in capital."""
    return words[:1].upper() + words[1:]


def begun_small(words: str) -> str:
    return words[:1].lower() + words[1:]
