"""The plan template that a new workbook begins with: a worked example on each sheet, sound as it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from cchc_desktop.domain.dated_rule import Body, Citation, Deadline, Route
from cchc_desktop.domain.plan_template import (
    Area,
    CheckLevel,
    CheckSetting,
    PlanCheck,
    PlanKind,
    PlanTemplate,
    SectionKind,
    TemplateSection,
)
from cchc_desktop.domain.preset import PresetTarget, PresetTask
from cchc_desktop.domain.unit import UnitKind

_SECTIONS = (
    ("purpose", SectionKind.TEXT),
    ("targets", SectionKind.TARGETS),
    ("tasks", SectionKind.TASKS),
    ("budget", SectionKind.BUDGET),
    ("carrying_out", SectionKind.TEXT),
)
_AREAS = (
    *(("direction", "A"), ("institutions", "B.1"), ("procedures", "B.2"), ("organisation", "B.3")),
    *(("service", "B.4"), ("finance", "B.5"), ("digital", "B.6"), ("competitiveness", "C")),
)


def plan_starter(year: int, words: Callable[[str], str]) -> PlanTemplate:
    """`words` gives the example's texts in the office's language by a short name."""
    example = words("example_source")
    return PlanTemplate(
        id=f"ke-hoach-{year}",
        version=1,
        title=words("title"),
        kind=PlanKind.YEARLY,
        unit_kinds=(UnitKind.COMMUNE,),
        effective_from=date(year, 1, 1),
        citations=(words("citation"),),
        grounds=(Citation(words("citation"), date(2021, 7, 15), date(2030, 12, 31), example),),
        sections=tuple(
            TemplateSection(key, str(number), words(f"section_{key}"), kind, words(f"section_{key}_text"))
            for number, (key, kind) in enumerate(_SECTIONS, start=1)
        ),
        areas=tuple(
            Area(key, code, words(f"area_{key}"), words(f"area_{key}_short")) for key, code in _AREAS
        ),
        tasks=(
            PresetTask(
                key="meeting",
                area="direction",
                title=words("task"),
                product=words("task_product"),
                lead=words("department"),
                coworkers="",
                due=words("task_due"),
                source=example,
            ),
        ),
        targets=(
            PresetTarget(
                key="digitised",
                area="procedures",
                title=words("target"),
                unit="%",
                value="15",
                source=example,
                level=words("target_level"),
                increment=Decimal(20),
                base_year=2021,
                limit=Decimal(100),
                exception=words("target_exception"),
                measure=words("target_measure"),
            ),
        ),
        deadlines=(Deadline("plan", "plan", words("deadline"), 2, 28, "{superior}", example),),
        routes=(
            Route("plan", "{superior}", words("route_via"), valid_from=date(2025, 7, 1), source=example),
        ),
        recipients=("{superior};", words("recipient_keep")),
        departments=(words("department"),),
        bodies=(
            Body(words("body"), valid_to=date(2025, 2, 28), successor=words("body_heir"), source=example),
        ),
        checks=(CheckSetting(PlanCheck.COST, CheckLevel.WARNING),),
    )
