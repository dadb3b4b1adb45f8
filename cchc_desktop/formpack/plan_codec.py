"""A plan template as canonical JSON (UTF-8, sorted keys) and back; what comes in is distrusted.

`decode` reads within bounds and reports every fault with its place at once. Fields that came after the first
templates are written only where they say something, so that an older template keeps its bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from cchc_desktop.domain.criteria import Rename
from cchc_desktop.domain.dated_rule import DEADLINE_SUBJECTS, SHORTEST_MONTHS, Body, Citation, Deadline, Route
from cchc_desktop.domain.plan_template import (
    YEARS,
    Area,
    CheckLevel,
    CheckSetting,
    PlanCheck,
    PlanKind,
    PlanTemplate,
    SectionKind,
    TemplateSection,
    repeated_keys,
)
from cchc_desktop.domain.preset import Milestone, PresetTarget, PresetTask
from cchc_desktop.domain.suggestion_line import OUTCOMES, Outcome, PlanQuestion, SuggestionLine
from cchc_desktop.domain.text_shapes import is_key, is_pack_id
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.formpack.criteria_codec import plain
from cchc_desktop.formpack.json_object import JsonObject, decode_object

T = TypeVar("T")

FORMAT = "cchc-plan-template/1"


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
                **_later(ground, "preset", "replaced_by"),
            }
            for ground in template.grounds or (Citation(text) for text in template.citations)
        ],
        "routes": [
            {
                **_fields(route, "plan_kind", "addressee", "via", "source"),
                "valid_from": _day_text(route.valid_from),
                "valid_to": _day_text(route.valid_to),
                **_later(route, "unit_kinds"),
            }
            for route in template.routes
        ],
        "sections": [
            {
                **_fields(section, "key", "code", "title", "kind", "text", "guidance", "source"),
                **_later(section, "unit_kinds"),
            }
            for section in template.sections
        ],
        "areas": [
            _fields(area, "key", "code", "title", "short_title", "required") for area in template.areas
        ],
        "tasks": [
            {
                **_fields(task, "key", "area", "title", "product", "lead", "coworkers", "due", "source"),
                "criteria": list(task.criteria),
                **_later(task, "slogan", "milestones", "unit_kinds"),
            }
            for task in template.tasks
        ],
        "targets": [
            {
                **_fields(target, "key", "area", "title", "unit", "value", "source"),
                **_fields(target, "level", "exception", "basis"),
                **_later(target, "increment", "base_year", "limit", "measure", "slogan", "milestones"),
                **_later(target, "unit_kinds"),
            }
            for target in template.targets
        ],
        "deadlines": [
            {
                **_fields(line, "key", "subject", "title", "month", "day", "recipient", "source"),
                **_later(line, "plan_kind", "valid_from", "valid_to", "unit_kinds"),
            }
            for line in template.deadlines
        ],
        **_later(template, "kind", "bodies", "checks", "renames", "suggestions"),
    }
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _fields(value: object, *names: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _later(value: Any, *names: str) -> dict[str, Any]:
    """Fields that came later: only those that differ from their default."""
    defaults = type(value).__dataclass_fields__
    return {
        name: _written(getattr(value, name))
        for name in names
        if getattr(value, name) != defaults[name].default
    }


def _written(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    if isinstance(value, Milestone | Body | CheckSetting | Rename | SuggestionLine):
        return {name: _written(getattr(value, name)) or "" for name in value.__dataclass_fields__}
    return value


def _day_text(day: date | None) -> str:
    return day.isoformat() if day else ""


def decode(content: bytes) -> PlanTemplate:
    """The template, or `KnownError("plan.template_unreadable")` with every fault and its place."""
    return decode_object(content, _template)


def _template(reader: JsonObject) -> PlanTemplate:
    reader.one_of("format", (FORMAT,))
    yearly = PlanKind.YEARLY
    kind = reader.member("kind", PlanKind, yearly) if reader.has("kind") else yearly
    areas = reader.objects("areas", _area)
    sections = reader.objects("sections", _section)
    tasks = reader.objects("tasks", _preset_task)
    targets = reader.objects("targets", _preset_target)
    deadlines = reader.objects("deadlines", _deadline)
    grounds = reader.objects("citations", _citation)
    known_areas = {area.key for area in areas}
    reader.distinct("areas", [area.key for area in areas])
    reader.twice("sections", repeated_keys(sections))
    reader.twice("tasks, targets", repeated_keys([*tasks, *targets]))
    reader.twice("deadlines", repeated_keys(deadlines))
    reader.refer("tasks", "area", [task.area for task in tasks], known_areas)
    reader.refer("targets", "area", [target.area for target in targets], known_areas)
    kinds = reader.members("unit_kinds", UnitKind)
    return PlanTemplate(
        id=reader.text("id", is_pack_id),
        version=reader.number("version", 1, 9_999),
        title=reader.needed("title"),
        source=reader.text("source"),
        criteria_set=reader.text("criteria_set"),
        effective_from=reader.day("effective_from"),
        effective_to=reader.day("effective_to"),
        unit_kinds=kinds,
        departments=reader.texts("departments"),
        recipients=reader.texts("recipients"),
        citations=tuple(ground.text for ground in grounds if ground.preset),
        grounds=grounds,
        routes=reader.objects("routes", _route),
        sections=sections,
        areas=areas,
        tasks=tasks,
        targets=targets,
        deadlines=deadlines,
        kind=kind,
        bodies=_later_objects(reader, "bodies", _body),
        checks=_later_objects(reader, "checks", _check),
        renames=_later_objects(reader, "renames", _rename),
        suggestions=_later_objects(reader, "suggestions", _suggestion),
    )


def _later_objects(reader: JsonObject, name: str, build: Callable[[JsonObject], T]) -> tuple[T, ...]:
    return reader.objects(name, build) if reader.has(name) else ()


def _later_text(reader: JsonObject, name: str, default: str = "") -> str:
    return reader.text(name) if reader.has(name) else default


def _later_day(reader: JsonObject, name: str) -> date | None:
    return reader.day(name) if reader.has(name) else None


def _later_number(reader: JsonObject, name: str) -> Decimal | None:
    return reader.decimal(name) if reader.has(name) else None


def _unit_kinds(reader: JsonObject) -> tuple[UnitKind, ...]:
    return reader.members("unit_kinds", UnitKind) if reader.has("unit_kinds") else ()


def _milestone(reader: JsonObject) -> Milestone:
    return Milestone(reader.number("year", *YEARS), reader.needed("text"))


def _body(reader: JsonObject) -> Body:
    return Body(
        reader.needed("name"),
        reader.day("valid_from"),
        reader.day("valid_to"),
        reader.text("successor"),
        reader.text("source"),
    )


def _check(reader: JsonObject) -> CheckSetting:
    return CheckSetting(
        reader.member("check", PlanCheck, PlanCheck.TEXTS),
        reader.member("level", CheckLevel, CheckLevel.WARNING),
        reader.text("source"),
    )


def _rename(reader: JsonObject) -> Rename:
    return Rename(reader.text("old", is_key), reader.text("new"), reader.number("since", 1, 9_999))


def _suggestion(reader: JsonObject) -> SuggestionLine:
    row = reader.text("row", is_key)
    asks = reader.member("asks", PlanQuestion, PlanQuestion.TASKS_DONE_RATIO)
    outcome = reader.one_of("outcome", ["", *OUTCOMES[asks]])
    known = Outcome(outcome) if outcome in OUTCOMES[asks] else None
    return SuggestionLine(row, asks, known, reader.text("option"))


def _citation(reader: JsonObject) -> Citation:
    return Citation(
        reader.needed("text"),
        reader.day("valid_from"),
        reader.day("valid_to"),
        reader.text("source"),
        preset=reader.yes("preset") if reader.has("preset") else True,
        replaced_by=_later_text(reader, "replaced_by"),
    )


def _route(reader: JsonObject) -> Route:
    return Route(
        plan_kind=reader.needed("plan_kind"),
        addressee=reader.needed("addressee"),
        via=reader.text("via"),
        valid_from=reader.day("valid_from"),
        valid_to=reader.day("valid_to"),
        source=reader.text("source"),
        unit_kinds=_unit_kinds(reader),
    )


def _section(reader: JsonObject) -> TemplateSection:
    kind = reader.member("kind", SectionKind, SectionKind.TEXT)
    return TemplateSection(
        key=reader.text("key", is_key),
        code=reader.text("code"),
        title=reader.needed("title"),
        kind=kind,
        text=reader.text("text"),
        guidance=reader.text("guidance"),
        source=reader.text("source"),
        unit_kinds=_unit_kinds(reader),
    )


def _area(reader: JsonObject) -> Area:
    return Area(
        key=reader.text("key", is_key),
        code=reader.needed("code"),
        title=reader.needed("title"),
        short_title=reader.needed("short_title"),
        required=reader.yes("required"),
    )


def _preset_task(reader: JsonObject) -> PresetTask:
    return PresetTask(
        key=reader.text("key", is_key),
        area=reader.text("area"),
        title=reader.needed("title"),
        product=reader.text("product"),
        lead=reader.text("lead"),
        coworkers=reader.text("coworkers"),
        due=reader.text("due"),
        criteria=reader.texts("criteria", is_key),
        source=reader.text("source"),
        slogan=_later_text(reader, "slogan"),
        milestones=_later_objects(reader, "milestones", _milestone),
        unit_kinds=_unit_kinds(reader),
    )


def _preset_target(reader: JsonObject) -> PresetTarget:
    return PresetTarget(
        key=reader.text("key", is_key),
        area=reader.text("area"),
        title=reader.needed("title"),
        unit=reader.text("unit"),
        value=reader.text("value"),
        source=reader.text("source"),
        increment=_later_number(reader, "increment"),
        base_year=reader.number("base_year", *YEARS) if reader.has("base_year") else None,
        limit=_later_number(reader, "limit"),
        measure=_later_text(reader, "measure"),
        slogan=_later_text(reader, "slogan"),
        milestones=_later_objects(reader, "milestones", _milestone),
        unit_kinds=_unit_kinds(reader),
        level=reader.text("level"),
        exception=reader.text("exception"),
        basis=reader.text("basis"),
    )


def _deadline(reader: JsonObject) -> Deadline:
    month = reader.number("month", 1, 12)
    return Deadline(
        key=reader.text("key", is_key),
        subject=reader.one_of("subject", DEADLINE_SUBJECTS),
        title=reader.needed("title"),
        month=month,
        day=reader.number("day", 1, SHORTEST_MONTHS[month - 1]),
        recipient=reader.text("recipient"),
        source=reader.text("source"),
        plan_kind=_later_text(reader, "plan_kind", "plan"),
        valid_from=_later_day(reader, "valid_from"),
        valid_to=_later_day(reader, "valid_to"),
        unit_kinds=_unit_kinds(reader),
    )
