"""A plan template as the office's workbook: compiling it gives the same template again, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cchc_desktop.domain.dated_rule import Citation
from cchc_desktop.domain.plan_template import PlanTemplate
from cchc_desktop.formpack.plan_sheets import PARTS
from cchc_desktop.formpack.plan_vocabulary import (
    ANSWERS,
    AREAS,
    CHECKS,
    CITATIONS,
    DEADLINES,
    LEVELS,
    PLAN_CHECKS,
    PLAN_KINDS,
    PLAN_SETTING_KEYS,
    QUESTIONS,
    ROUTE_KINDS,
    ROUTES,
    SECTION_KINDS,
    SECTIONS,
    SUBJECTS,
    SUGGESTIONS,
    TARGETS,
    TASKS,
    UNITS,
    YES_NO,
)
from cchc_desktop.formpack.vocabulary import SETTINGS
from cchc_desktop.formpack.workbook_writer import write_sheets
from cchc_desktop.quick_dataclass import replace

_LISTS = {
    SECTIONS.alias: {"kind": SECTION_KINDS.words},
    AREAS.alias: {"required": YES_NO.words},
    DEADLINES.alias: {"subject": SUBJECTS.words, "plan_kind": ROUTE_KINDS.words},
    ROUTES.alias: {"plan_kind": ROUTE_KINDS.words},
    CITATIONS.alias: {"preset": YES_NO.words},
    SUGGESTIONS.alias: {"asks": QUESTIONS.words, "outcome": ANSWERS.words},
    CHECKS.alias: {"check": PLAN_CHECKS.words, "level": LEVELS.words},
}
_TEXTS = {
    SECTIONS.alias: ("key",),
    AREAS.alias: ("key",),
    TASKS.alias: ("key", "due", "criteria", "milestones"),
    TARGETS.alias: ("key", "value", "milestones"),
    DEADLINES.alias: ("key",),
    SUGGESTIONS.alias: ("row",),
}


def plan_workbook(template: PlanTemplate) -> bytes:
    """The .xlsx of the template; the same template gives the same bytes."""
    if template.citations and not template.grounds:
        template = replace(template, grounds=tuple(Citation(text) for text in template.citations))
    return write_sheets(
        ((SETTINGS, _settings(template)), *((part.words, part.rows(template)) for part in PARTS)),
        _LISTS,
        _TEXTS,
    )


def write_plan_workbook(template: PlanTemplate, path: Path) -> None:
    """Put the template's workbook at that path."""
    path.write_bytes(plan_workbook(template))


def _settings(template: PlanTemplate) -> Iterator[tuple[str, Any]]:
    for key in PLAN_SETTING_KEYS:
        value = getattr(template, key)
        if key == "kind":
            value = PLAN_KINDS.shown(template.kind)
        elif key == "unit_kinds":
            value = ", ".join(UNITS.shown(kind) for kind in template.unit_kinds)
        yield key, value
