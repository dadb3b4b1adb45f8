"""The name of a place in the plan, as people say it: "B.2, dòng 5, cột (4)"."""

from __future__ import annotations

from cchc_desktop.domain.plan import CITATIONS_TEXT, RECIPIENTS_TEXT, Plan
from cchc_desktop.domain.plan_checks import Place
from cchc_desktop.domain.plan_template import SectionKind
from cchc_desktop.language import text
from ui.pages.plan.extra_steps import EXTRA_STEPS
from ui.pages.plan.issue_step import ISSUE
from ui.pages.plan.steps import AREA

_COLUMNS = ("title", "product", "lead", "coworkers", "due", "cost", "cost_source", "criteria")


def place_name(place: Place, plan: Plan) -> str:
    if place.section in (CITATIONS_TEXT, RECIPIENTS_TEXT, ISSUE):
        return text(f"plan_page.place_{place.section}")
    area = next((one for one in plan.template.areas if one.key == place.area), None)
    section = next((one for one in plan.template.sections if one.key == place.section), None)
    if area is None:
        return f"{section.code}. {section.title}" if section is not None else ""
    if not place.line:
        return text("plan_page.place_area", code=area.code, title=area.short_title)
    if place.column in _COLUMNS:
        number = _COLUMNS.index(place.column) + 2
        return text("plan_page.place_cell", code=area.code, line=place.line, column=number)
    return text("plan_page.place_line", code=area.code, line=place.line)


def step_key(where: str, plan: Plan) -> str | None:
    """The key of the step that a content area's or section's key names."""
    if any(area.key == where for area in plan.template.areas):
        return AREA + where
    extra = any(one.key == where for one in EXTRA_STEPS)
    known = extra or where == ISSUE or any(section.key == where for section in plan.template.sections)
    return where if known else None


def place_of(id_: str, plan: Plan) -> Place | None:
    """Where the task or target of that id stands."""

    def section(kind: SectionKind) -> str:
        return next((one.key for one in plan.template.sections if one.kind is kind), "")

    if task := next((one for one in plan.tasks if one.id == id_), None):
        return Place(section(SectionKind.TASKS), task.area, task_id=id_)
    if target := next((one for one in plan.targets if one.id == id_), None):
        return Place(section(SectionKind.TARGETS), target.area, target_id=id_)
    return None
