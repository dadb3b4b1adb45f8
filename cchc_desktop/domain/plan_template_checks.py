"""Is a plan template sound? Everything that can be checked without its workbook: keys, areas, dates, words.

Each finding names its place by part and column, so that the compiler can turn it into a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from cchc_desktop.domain.criteria_checks import Finding
from cchc_desktop.domain.dated_rule import SHORTEST_MONTHS
from cchc_desktop.domain.due import parse_due
from cchc_desktop.domain.plan_template import PLACEHOLDERS, YEARS, PlanTemplate, SectionKind, repeated_keys
from cchc_desktop.domain.preset import PresetTarget, PresetTask, has_figure
from cchc_desktop.domain.suggestion_line import OUTCOMES, Outcome
from cchc_desktop.domain.text_shapes import has_digit, is_key, is_pack_id
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import needed_fields
from cchc_desktop.quick_pattern import pattern

MOST_PARTS = 1_000
# What stands in the recipient of a deadline besides; the route of the day fills it.
_ROUTE_PLACEHOLDERS = ("{addressee}", "{via}")
_BRACES = pattern(r"\{[^{}\n]{0,40}\}")
_SAMPLE_YEAR = 2026


def template_findings(template: PlanTemplate) -> list[Finding]:
    """All findings at once."""
    return [
        *_settings(template),
        *_counts(template),
        *_keys(template),
        *_sections(template),
        *_areas(template),
        *_tasks(template),
        *_targets(template),
        *_deadlines(template),
        *_periods(template),
        *_lists(template),
        *_placeholders(template),
        *_suggestions(template),
        *_renames(template),
    ]


def _found(part: str, column: str, id_: str, index: int = 0, warning: bool = False, **args: Any) -> Finding:
    told = message(f"plan_template.{id_}", **args)
    return Finding(part, column, told, index, warning=warning, found=str(args.get("found", "")))


def _settings(template: PlanTemplate) -> Iterator[Finding]:
    if not is_pack_id(template.id):
        yield _found("settings", "id", "id_shape", found=template.id)
    if not 1 <= template.version <= 9999:
        yield Finding("settings", "version", message("formpack.version_range"), found=str(template.version))
    if not template.unit_kinds:
        yield Finding("settings", "unit_kinds", message("formpack.setting_empty", key="unit_kinds"))
    first, last = template.effective_from, template.effective_to
    if first is not None and last is not None and last < first:
        yield Finding("settings", "effective_to", message("formpack.effective_to_early"))
    if template.criteria_set and not is_pack_id(template.criteria_set):
        yield _found("settings", "criteria_set", "id_shape", found=template.criteria_set)


_LISTS = (
    *("sections", "areas", "tasks", "targets", "deadlines", "routes"),
    *("recipients", "departments", "bodies", "checks", "suggestions", "renames"),
)


def _counts(template: PlanTemplate) -> Iterator[Finding]:
    for name in (*_LISTS, "grounds"):
        if len(getattr(template, name)) > MOST_PARTS:
            part = "citations" if name == "grounds" else name
            yield _found(part, "key", "too_many_parts", MOST_PARTS, most=MOST_PARTS)


def _keys(template: PlanTemplate) -> Iterator[Finding]:
    for name in ("sections", "areas", "tasks", "targets", "deadlines"):
        for index, part in enumerate(getattr(template, name)):
            if not is_key(part.key):
                yield _found(name, "key", "key_shape", index, found=part.key)
    yield from (
        _found(name, "key", "key_repeated", index, found=parts[index].key)
        for name, parts in (("sections", template.sections), ("deadlines", template.deadlines))
        for index in repeated_keys(parts)
    )
    presets: list[PresetTask | PresetTarget] = [*template.tasks, *template.targets]
    for place in repeated_keys(presets):
        of_targets = place >= len(template.tasks)
        index = place - len(template.tasks) if of_targets else place
        name = "targets" if of_targets else "tasks"
        yield _found(name, "key", "preset_key_repeated", index, found=presets[place].key)


def _sections(template: PlanTemplate) -> Iterator[Finding]:
    for kind in (SectionKind.TARGETS, SectionKind.TASKS, SectionKind.BUDGET):
        for unit_kind in template.unit_kinds:
            of_kind = [
                index
                for index, section in enumerate(template.sections)
                if section.kind is kind and (not section.unit_kinds or unit_kind in section.unit_kinds)
            ]
            for index in of_kind[1:]:
                yield _found("sections", "kind", "section_kind_twice", index)
    if template.sections and not any(section.kind is SectionKind.TASKS for section in template.sections):
        yield _found("sections", "", "no_task_section")


def _areas(template: PlanTemplate) -> Iterator[Finding]:
    for column in ("key", "code"):
        seen: set[str] = set()
        for index, area in enumerate(template.areas):
            value = getattr(area, column)
            if value and value in seen:
                yield _found("areas", column, f"area_{column}_repeated", index, found=value)
            seen.add(value)


def _tasks(template: PlanTemplate) -> Iterator[Finding]:
    known = set(template.departments)
    for index, task in enumerate(template.tasks):
        due = task.due.replace("{year}", str(_SAMPLE_YEAR)).replace("{last_year}", str(_SAMPLE_YEAR - 1))
        if task.due and parse_due(due, _SAMPLE_YEAR) is None:
            yield _found("tasks", "due", "due_not_understood", index, True, found=task.due)
        if known and task.lead and task.lead not in known:
            yield _found("tasks", "lead", "lead_unknown", index, True, found=task.lead)
        for key in task.criteria:
            if not is_key(key):
                yield _found("tasks", "criteria", "criterion_shape", index, found=key)
        yield from _milestones("tasks", index, task.milestones)
    yield from _areas_of("tasks", template.tasks, template)


def _areas_of(name: str, parts: Sequence[Any], template: PlanTemplate) -> Iterator[Finding]:
    known = [area.key for area in template.areas]
    for index, part in enumerate(parts):
        if known and part.area and part.area not in known:
            yield _found(name, "area", "area_unknown", index, found=part.area, known=tuple(known))


def _targets(template: PlanTemplate) -> Iterator[Finding]:
    for index, target in enumerate(template.targets):
        if not has_digit(target.value) and not target.milestones:
            yield _found("targets", "value", "no_figure", index, True, found=target.value)
        if target.increment is not None:
            if target.base_year is None:
                yield _found("targets", "base_year", "no_base_year", index)
            if not has_figure(target.value):
                yield _found("targets", "value", "value_cannot_rise", index, found=target.value)
        elif target.base_year is not None or target.limit is not None:
            yield _found("targets", "increment", "no_increment", index)
        if target.base_year is not None and not YEARS[0] <= target.base_year <= YEARS[1]:
            yield _year_range("targets", "base_year", index)
        yield from _milestones("targets", index, target.milestones)
    yield from _areas_of("targets", template.targets, template)


def _milestones(name: str, index: int, milestones: Sequence[Any]) -> Iterator[Finding]:
    years = [milestone.year for milestone in milestones]
    if years != sorted(set(years)):
        yield _found(name, "milestones", "milestones_order", index)
    if any(not YEARS[0] <= year <= YEARS[1] for year in years):
        yield _year_range(name, "milestones", index)


def _year_range(part: str, column: str, index: int) -> Finding:
    return _found(part, column, "year_range", index, lowest=str(YEARS[0]), highest=str(YEARS[1]))


def _deadlines(template: PlanTemplate) -> Iterator[Finding]:
    for index, line in enumerate(template.deadlines):
        if not 1 <= line.month <= 12:
            yield _found("deadlines", "month", "month_range", index, found=str(line.month))
        elif not 1 <= line.day <= SHORTEST_MONTHS[line.month - 1]:
            yield _found("deadlines", "day", "day_range", index, found=f"{line.day}/{line.month}")


def _periods(template: PlanTemplate) -> Iterator[Finding]:
    named: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("deadlines", template.deadlines),
        ("routes", template.routes),
        ("citations", template.grounds),
        ("bodies", template.bodies),
    )
    for name, parts in named:
        for index, part in enumerate(parts):
            first: date | None = part.valid_from
            last: date | None = part.valid_to
            if first is not None and last is not None and last < first:
                yield _found(name, "valid_to", "period_ends_early", index)


def _lists(template: PlanTemplate) -> Iterator[Finding]:
    checks = [setting.check for setting in template.checks]
    for name, column, values in (
        ("departments", "text", template.departments),
        ("recipients", "text", template.recipients),
        ("citations", "text", [ground.text for ground in template.grounds]),
        ("bodies", "name", [body.name for body in template.bodies]),
        ("checks", "check", checks),
    ):
        seen: set[str] = set()
        for index, value in enumerate(values):
            if value and value in seen:
                yield _found(name, column, "line_repeated", index, found=str(value))
            seen.add(value)


def _placeholders(template: PlanTemplate) -> Iterator[Finding]:
    """A placeholder that nobody fills would be printed as it is."""
    for name in (*_LISTS, "grounds"):
        for index, part in enumerate(getattr(template, name)):
            texts = {"text": part} if isinstance(part, str) else _texts(part)
            for column, text in texts.items():
                known: tuple[str, ...] = PLACEHOLDERS
                if (name, column) == ("deadlines", "recipient"):
                    known = (*PLACEHOLDERS, *_ROUTE_PLACEHOLDERS)
                strange = [word for word in _BRACES.findall(text) if word not in known]
                if strange:
                    place = "citations" if name == "grounds" else name
                    yield _found(place, column, "placeholder_unknown", index, found=strange[0], known=known)


def _texts(part: Any) -> dict[str, str]:
    values = {name: getattr(part, name) for name in needed_fields(type(part))}
    return {name: value for name, value in values.items() if type(value) is str and "{" in value}


def _suggestions(template: PlanTemplate) -> Iterator[Finding]:
    asked: set[tuple[str, Outcome | None]] = set()
    for index, line in enumerate(template.suggestions):
        if not is_key(line.row):
            yield _found("suggestions", "row", "criterion_shape", index, found=line.row)
        if line.outcome is not None and line.outcome not in OUTCOMES[line.asks]:
            yield _found("suggestions", "outcome", "outcome_unknown", index, found=line.outcome)
        elif (line.outcome is None) != (not line.option):
            yield _found("suggestions", "option", "outcome_and_option", index)
        if (line.row, line.outcome) in asked:
            yield _found("suggestions", "outcome", "suggestion_repeated", index)
        asked.add((line.row, line.outcome))


def _renames(template: PlanTemplate) -> Iterator[Finding]:
    """As of a criteria set: a key is never used again for something else."""
    keyed: tuple[Any, ...] = (*template.sections, *template.areas, *template.tasks, *template.targets)
    keys = {part.key for part in keyed}
    old_keys: set[str] = set()
    new_keys: set[str] = set()
    for index, rename in enumerate(template.renames):
        if not is_key(rename.old):
            yield _found("renames", "old", "key_shape", index, found=rename.old)
        if rename.old in old_keys:
            yield Finding("renames", "old", message("formpack.rename_twice", found=rename.old), index)
        elif rename.old in keys:
            yield _found("renames", "old", "rename_still_there", index, found=rename.old)
        if rename.new and rename.new in new_keys:
            yield Finding("renames", "new", message("formpack.rename_collides", found=rename.new), index)
        if rename.new and rename.new not in keys and rename.new not in {r.old for r in template.renames}:
            yield _found("renames", "new", "rename_nowhere", index, found=rename.new)
        if template.version >= 1 and not 1 <= rename.since <= template.version:
            yield Finding("renames", "since", message("formpack.rename_since"), index)
        old_keys.add(rename.old)
        new_keys.add(rename.new)
