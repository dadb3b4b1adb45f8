"""A plan template as canonical JSON (UTF-8, sorted keys) and back; what comes in is distrusted.

`decode` reads within bounds and reports every fault with its place at once.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from cchc_desktop.domain.plan_template import (
    Area,
    Citation,
    Deadline,
    PlanTemplate,
    PresetTarget,
    PresetTask,
    Route,
    SectionKind,
    TemplateSection,
)
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.formpack.json_object import KEY, PACK_ID, JsonObject, decode_object

FORMAT = "cchc-plan-template/1"
DEADLINE_SUBJECTS = ("plan", "report-Q1", "report-H1", "report-Q3", "report-year", "selfscore")

# A deadline comes every year, so 29 February is none.
_SHORTEST_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def encode(template: PlanTemplate) -> bytes:
    """The one way this template is written; equal templates give equal bytes."""
    content = {
        "format": FORMAT,
        "id": template.id,
        "version": template.version,
        "title": template.title,
        "source": template.source,
        "criteria_set": template.criteria_set,
        "effective_from": _day_text(template.effective_from),
        "effective_to": _day_text(template.effective_to),
        "unit_kinds": [kind.value for kind in template.unit_kinds],
        "departments": list(template.departments),
        "recipients": list(template.recipients),
        "citations": [
            {
                "text": ground.text,
                "valid_from": _day_text(ground.valid_from),
                "valid_to": _day_text(ground.valid_to),
                "source": ground.source,
            }
            for ground in template.grounds or (Citation(text) for text in template.citations)
        ],
        "routes": [
            {
                **_fields(route, "plan_kind", "addressee", "via", "source"),
                "valid_from": _day_text(route.valid_from),
                "valid_to": _day_text(route.valid_to),
            }
            for route in template.routes
        ],
        "sections": [
            _fields(section, "key", "code", "title", "kind", "text", "guidance", "source")
            for section in template.sections
        ],
        "areas": [
            _fields(area, "key", "code", "title", "short_title", "required") for area in template.areas
        ],
        "tasks": [
            {
                **_fields(task, "key", "area", "title", "product", "lead", "coworkers", "due", "source"),
                "criteria": list(task.criteria),
            }
            for task in template.tasks
        ],
        "targets": [
            _fields(target, "key", "area", "title", "unit", "value", "source", "level", "exception", "basis")
            for target in template.targets
        ],
        "deadlines": [
            _fields(line, "key", "subject", "title", "month", "day", "recipient", "source")
            for line in template.deadlines
        ],
    }
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _fields(value: object, *names: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _day_text(day: date | None) -> str:
    return day.isoformat() if day else ""


def decode(content: bytes) -> PlanTemplate:
    """The template, or `KnownError("plan.template_unreadable")` with every fault and its place."""
    return decode_object(content, _template)


def _template(reader: JsonObject) -> PlanTemplate:
    reader.one_of("format", (FORMAT,))
    areas = reader.objects("areas", _area)
    sections = reader.objects("sections", _section)
    tasks = reader.objects("tasks", _preset_task)
    targets = reader.objects("targets", _preset_target)
    deadlines = reader.objects("deadlines", _deadline)
    grounds = reader.objects("citations", _citation)
    known_areas = {area.key for area in areas}
    for name, keys in (
        ("areas", [area.key for area in areas]),
        ("sections", [section.key for section in sections]),
        ("tasks, targets", [*(task.key for task in tasks), *(target.key for target in targets)]),
        ("deadlines", [line.key for line in deadlines]),
    ):
        reader.distinct(name, keys)
    reader.refer("tasks", "area", [task.area for task in tasks], known_areas)
    reader.refer("targets", "area", [target.area for target in targets], known_areas)
    kinds = reader.texts("unit_kinds")
    reader.refer("unit_kinds", "", kinds, {kind.value for kind in UnitKind})
    return PlanTemplate(
        id=reader.text("id", PACK_ID),
        version=reader.number("version", 1, 9_999),
        title=reader.needed("title"),
        source=reader.text("source"),
        criteria_set=reader.text("criteria_set"),
        effective_from=reader.day("effective_from"),
        effective_to=reader.day("effective_to"),
        unit_kinds=tuple(UnitKind(kind) for kind in kinds if kind in set(UnitKind)),
        departments=reader.texts("departments"),
        recipients=reader.texts("recipients"),
        citations=tuple(ground.text for ground in grounds),
        grounds=grounds,
        routes=reader.objects("routes", _route),
        sections=sections,
        areas=areas,
        tasks=tasks,
        targets=targets,
        deadlines=deadlines,
    )


def _citation(reader: JsonObject) -> Citation:
    return Citation(
        reader.needed("text"), reader.day("valid_from"), reader.day("valid_to"), reader.text("source")
    )


def _route(reader: JsonObject) -> Route:
    return Route(
        plan_kind=reader.needed("plan_kind"),
        addressee=reader.needed("addressee"),
        via=reader.text("via"),
        valid_from=reader.day("valid_from"),
        valid_to=reader.day("valid_to"),
        source=reader.text("source"),
    )


def _section(reader: JsonObject) -> TemplateSection:
    kind = reader.one_of("kind", [kind.value for kind in SectionKind])
    return TemplateSection(
        key=reader.text("key", KEY),
        code=reader.text("code"),
        title=reader.needed("title"),
        kind=SectionKind(kind) if kind in set(SectionKind) else SectionKind.TEXT,
        text=reader.text("text"),
        guidance=reader.text("guidance"),
        source=reader.text("source"),
    )


def _area(reader: JsonObject) -> Area:
    return Area(
        key=reader.text("key", KEY),
        code=reader.needed("code"),
        title=reader.needed("title"),
        short_title=reader.needed("short_title"),
        required=reader.yes("required"),
    )


def _preset_task(reader: JsonObject) -> PresetTask:
    return PresetTask(
        key=reader.text("key", KEY),
        area=reader.text("area"),
        title=reader.needed("title"),
        product=reader.text("product"),
        lead=reader.text("lead"),
        coworkers=reader.text("coworkers"),
        due=reader.text("due"),
        criteria=reader.texts("criteria", KEY),
        source=reader.text("source"),
    )


def _preset_target(reader: JsonObject) -> PresetTarget:
    return PresetTarget(
        key=reader.text("key", KEY),
        area=reader.text("area"),
        title=reader.needed("title"),
        unit=reader.text("unit"),
        value=reader.text("value"),
        source=reader.text("source"),
        level=reader.text("level"),
        exception=reader.text("exception"),
        basis=reader.text("basis"),
    )


def _deadline(reader: JsonObject) -> Deadline:
    month = reader.number("month", 1, 12)
    return Deadline(
        key=reader.text("key", KEY),
        subject=reader.one_of("subject", DEADLINE_SUBJECTS),
        title=reader.needed("title"),
        month=month,
        day=reader.number("day", 1, _SHORTEST_MONTHS[month - 1]),
        recipient=reader.text("recipient"),
        source=reader.text("source"),
    )
