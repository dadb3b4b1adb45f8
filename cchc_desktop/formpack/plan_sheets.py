"""The sheets of a plan workbook with one part of the template in each row.

A column bears the name of the field that it fills, so that one table serves the compiler and the writer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cchc_desktop.domain.criteria import Rename
from cchc_desktop.domain.dated_rule import Body, Citation, Deadline, Route
from cchc_desktop.domain.plan_template import (
    Area,
    CheckLevel,
    CheckSetting,
    PlanCheck,
    PlanTemplate,
    SectionKind,
    TemplateSection,
)
from cchc_desktop.domain.preset import PresetTarget, PresetTask
from cchc_desktop.domain.suggestion_line import PlanQuestion, SuggestionLine
from cchc_desktop.formpack.plan_cells import (
    CODE,
    COUNT,
    DAY,
    DUE,
    KEYS,
    LABEL,
    MILESTONE_LIST,
    PROSE,
    SIGNED,
    UNIT_KIND_LIST,
    VALUE,
    WHOLE,
    YES,
    CellWords,
    chosen,
)
from cchc_desktop.formpack.plan_vocabulary import (
    ANSWERS,
    AREAS,
    BODIES,
    CHECKS,
    CITATIONS,
    DEADLINES,
    DEPARTMENTS,
    LEVELS,
    PLAN_CHECKS,
    QUESTIONS,
    RECIPIENTS,
    ROUTE_KINDS,
    ROUTES,
    SECTION_KINDS,
    SECTIONS,
    SUBJECTS,
    SUGGESTIONS,
    TARGETS,
    TASKS,
)
from cchc_desktop.formpack.vocabulary import RENAMES, SheetWords
from cchc_desktop.quick_dataclass import dataclass

_EVERYWHERE: Mapping[str, CellWords] = {
    "key": LABEL,
    "source": PROSE,
    "unit_kinds": UNIT_KIND_LIST,
    "valid_from": DAY,
    "valid_to": DAY,
    "slogan": LABEL,
    "milestones": MILESTONE_LIST,
}


@dataclass(frozen=True)
class PlanSheet:
    """`make` builds a part from the values of a row; `attribute` is the template's field with all of them."""

    words: SheetWords
    attribute: str
    make: Callable[..., Any]
    cells: Mapping[str, CellWords]

    def cell(self, alias: str) -> CellWords:
        return self.cells.get(alias) or _EVERYWHERE.get(alias, LABEL)

    def row(self, part: Any) -> list[Any]:
        """What stands in the row of that part, in the order of the columns."""
        if isinstance(part, str):
            return [part]
        values = ((column.alias, getattr(part, column.alias)) for column in self.words.columns)
        return [None if value is None else self.cell(alias).write(value) for alias, value in values]

    def rows(self, template: PlanTemplate) -> list[list[Any]]:
        return [self.row(part) for part in getattr(template, self.attribute)]


def _text(text: str) -> str:
    return text


PARTS = (
    PlanSheet(
        SECTIONS,
        "sections",
        TemplateSection,
        {"code": CODE, "kind": chosen(SECTION_KINDS, SectionKind.TEXT), "text": PROSE, "guidance": PROSE},
    ),
    PlanSheet(AREAS, "areas", Area, {"code": CODE, "required": YES}),
    PlanSheet(TASKS, "tasks", PresetTask, {"title": PROSE, "product": PROSE, "due": DUE, "criteria": KEYS}),
    PlanSheet(
        TARGETS,
        "targets",
        PresetTarget,
        {
            "title": PROSE,
            "value": VALUE,
            "increment": SIGNED,
            "base_year": WHOLE,
            "limit": SIGNED,
            "exception": PROSE,
            "measure": PROSE,
            "basis": PROSE,
        },
    ),
    PlanSheet(
        DEADLINES,
        "deadlines",
        Deadline,
        {
            "subject": chosen(SUBJECTS, "plan"),
            "day": COUNT,
            "month": COUNT,
            "plan_kind": chosen(ROUTE_KINDS, "plan"),
        },
    ),
    PlanSheet(ROUTES, "routes", Route, {"plan_kind": chosen(ROUTE_KINDS, "plan")}),
    PlanSheet(CITATIONS, "grounds", Citation, {"text": PROSE, "preset": YES}),
    PlanSheet(RECIPIENTS, "recipients", _text, {}),
    PlanSheet(DEPARTMENTS, "departments", _text, {}),
    PlanSheet(BODIES, "bodies", Body, {}),
    PlanSheet(
        CHECKS,
        "checks",
        CheckSetting,
        {
            "check": chosen(PLAN_CHECKS, PlanCheck.TEXTS),
            "level": chosen(LEVELS, CheckLevel.WARNING),
        },
    ),
    PlanSheet(
        SUGGESTIONS,
        "suggestions",
        SuggestionLine,
        {"asks": chosen(QUESTIONS, PlanQuestion.ISSUED_ON_TIME), "outcome": chosen(ANSWERS, None)},
    ),
    PlanSheet(RENAMES, "renames", Rename, {"since": COUNT}),
)
