"""From the office's workbook to a plan template: all errors at once, each with its cell and its mend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cchc_desktop.domain.criteria_checks import Finding
from cchc_desktop.domain.plan_template import PlanTemplate
from cchc_desktop.domain.plan_template_checks import template_findings
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.formpack import plan_codec
from cchc_desktop.formpack.grid import Line, Report, Table, WorkbookFinding
from cchc_desktop.formpack.json_object import LARGEST_FILE
from cchc_desktop.formpack.plan_sheets import PARTS, PlanSheet
from cchc_desktop.formpack.plan_vocabulary import (
    AREAS,
    PLAN_KINDS,
    PLAN_REQUIRED_KEYS,
    PLAN_SETTING_KEYS,
    PLAN_SHEETS,
    SECTIONS,
    TARGETS,
    TASKS,
    UNITS,
)
from cchc_desktop.formpack.setting_lines import setting_lines
from cchc_desktop.formpack.sheets import by_name, in_order, tables_of
from cchc_desktop.formpack.vocabulary import RENAMES, SETTINGS, folded, near
from cchc_desktop.formpack.word_lists import word_list
from cchc_desktop.intake.workbook import Workbook
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass, field, replace

_BY_NAME = by_name(PLAN_SHEETS)
_KEYED = (SECTIONS.alias, AREAS.alias, TASKS.alias, TARGETS.alias)


@dataclass(frozen=True)
class PlanCompilation:
    """`template` is None where there are errors."""

    template: PlanTemplate | None
    errors: tuple[WorkbookFinding, ...]
    warnings: tuple[WorkbookFinding, ...]


@dataclass
class _Read:
    """The parts of a sheet as far as they could be read, each with its line."""

    values: list[Any] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def is_plan_sheet(sheet_name: str) -> bool:
    """Whether the compiler of plan workbooks reads a sheet of that name."""
    return folded(sheet_name) in _BY_NAME


def compile_plan(workbook: Workbook) -> PlanCompilation:
    report = Report()
    tables = tables_of(workbook, PLAN_SHEETS, report)
    settings = _Settings.of(tables.get(SETTINGS.alias), report)
    read = {part.words.alias: _parts(part, tables.get(part.words.alias)) for part in PARTS}
    certain = _areas_are_certain(tables.get(AREAS.alias), read[AREAS.alias], report)
    if certain:
        _name_areas(read)
    template = _assembled(settings, read)
    _check(template, settings, read, tables, report, certain)
    if not report.errors and (size := len(plan_codec.encode(template))) > LARGEST_FILE:
        told = message("plan_template.too_large", size=size, limit=LARGEST_FILE)
        report.add(tables[SETTINGS.alias].name, "", told)
    errors, warnings = in_order(report.errors, PLAN_SHEETS), in_order(report.warnings, PLAN_SHEETS)
    return PlanCompilation(None if errors else template, errors, warnings)


@dataclass
class _Settings:
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, table: Table | None, report: Report) -> _Settings:
        if table is None or not table.complete:
            # Reported already; nothing of it can be judged.
            return cls(wrong=set(PLAN_SETTING_KEYS))
        placed = setting_lines(table, PLAN_SETTING_KEYS, PLAN_REQUIRED_KEYS, report)
        settings = cls({}, placed.lines, placed.wrong)
        for key, line in settings.lines.items():
            before = len(report.errors)
            if not line.is_empty("value"):
                value = _setting(key, line)
                if value is not None:
                    settings.values[key] = value
            if len(report.errors) > before:
                settings.wrong.add(key)
        return settings


def _setting(key: str, line: Line) -> Any:
    match key:
        case "version":
            return line.whole("value")
        case "kind":
            return line.word("value", PLAN_KINDS.known)
        case "unit_kinds":
            return word_list(line, "value", UNITS.known)
        case "effective_from" | "effective_to":
            return line.day("value")
    return line.label("value")


def _parts(part: PlanSheet, table: Table | None) -> _Read:
    read = _Read()
    if table is None or not table.complete:
        return read
    for line in table.lines():
        cells = ((column.alias, column.required) for column in part.words.columns)
        read.values.append(part.make(**{alias: _cell(part, line, alias, needed) for alias, needed in cells}))
        read.lines.append(line)
    return read


def _cell(part: PlanSheet, line: Line, alias: str, required: bool) -> Any:
    """The cell's value, or its stand-in: what is wrong with it is reported, what is right can be judged."""
    cell = part.cell(alias)
    # A key that is gone has no new one.
    needed = required and (part.words, alias) != (RENAMES, "new")
    value = cell.read(line, alias, needed)
    return cell.otherwise if value is None else value


def _areas_are_certain(table: Table | None, areas: _Read, report: Report) -> bool:
    """Whether a preset's area can be judged: not before the sheet of areas is mended."""
    if table is None or any(error.sheet == table.name for error in report.errors):
        return False
    keys, codes = ([getattr(area, name) for area in areas.values] for name in ("key", "code"))
    return len(set(keys)) == len(keys) and len(set(codes)) == len(codes)


def _name_areas(read: Mapping[str, _Read]) -> None:
    """Presets may name their area by its printed code or its name; a near miss is told."""
    keys: dict[str, str] = {}
    for area in read[AREAS.alias].values:
        for word in (area.short_title, area.title, area.code, area.key):
            keys[folded(word)] = area.key
    keys.pop("", None)
    for sheet in (TASKS, TARGETS):
        part = read[sheet.alias]
        for index, (value, line) in enumerate(zip(part.values, part.lines, strict=True)):
            if (key := keys.get(folded(value.area))) is not None:
                part.values[index] = replace(value, area=key)
            elif keys and value.area and (meant := near(value.area, keys)) is not None:
                line.wrong("area", "word_near", found=value.area[:80], meant=keys[meant])


def _assembled(settings: _Settings, read: Mapping[str, _Read]) -> PlanTemplate:
    """The template as far as it could be read; stand-ins where something is wrong, which is reported."""
    given: dict[str, Any] = {
        "id": "id",
        # The highest: whether a key was renamed too late can't be said without the workbook's own version.
        "version": 9_999,
        "title": "title",
        "unit_kinds": (UnitKind.COMMUNE,),
        **settings.values,
    }
    lists: dict[str, Any] = {part.attribute: tuple(read[part.words.alias].values) for part in PARTS}
    citations = tuple(ground.text for ground in lists["grounds"] if ground.preset)
    return PlanTemplate(**(given | lists), citations=citations)


def _check(
    template: PlanTemplate,
    settings: _Settings,
    read: Mapping[str, _Read],
    tables: Mapping[str, Table],
    report: Report,
    certain: bool,
) -> None:
    told = {(error.sheet, error.cell) for error in report.errors}
    whole = all(name in tables and tables[name].complete for name in _KEYED)
    for finding in template_findings(template):
        id_ = finding.message.id.partition(".")[2]
        if (id_ == "rename_nowhere" and not whole) or (id_ == "area_unknown" and not certain):
            continue
        if finding.part == SETTINGS.alias:
            line = settings.lines.get(finding.column)
            if line is not None and finding.column not in settings.wrong:
                _add(report, line, "value", finding)
            continue
        line = read[finding.part].lines[finding.index]
        # One word on a cell is enough: what follows from an error there would mislead.
        if (line.table.name, line.place(finding.column)) not in told:
            _add(report, line, finding.column, finding)


def _add(report: Report, line: Line, column: str, finding: Finding) -> None:
    shown = line.shown(column) or finding.found
    report.add(line.table.name, line.place(column), finding.message, shown, finding.warning)
