"""From the office's workbook to a criteria set: all errors at once, each with its cell and its mend."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from cchc_desktop.domain.criteria import CriteriaSet, Policy
from cchc_desktop.domain.criteria_checks import Finding, findings_of
from cchc_desktop.domain.sample_cases import run_cases
from cchc_desktop.formpack.compile_criteria import CriteriaPart, compile_criteria
from cchc_desktop.formpack.compile_lists import (
    compile_classes,
    compile_exclusions,
    compile_renames,
    compile_tests,
)
from cchc_desktop.formpack.compile_settings import Settings, compile_settings
from cchc_desktop.formpack.grid import Line, Report, Table, WorkbookFinding
from cchc_desktop.formpack.sheets import by_name, in_order, tables_of
from cchc_desktop.formpack.vocabulary import (
    CLASSES,
    CRITERIA,
    EXCLUSIONS,
    RENAMES,
    SETTINGS,
    SHEETS,
    STEPS,
    TESTS,
    folded,
)
from cchc_desktop.intake.workbook import Workbook
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass

_BY_NAME = by_name(SHEETS)
_NEVER = date(1900, 1, 1)


@dataclass(frozen=True)
class Compilation:
    """`criteria` is None where there are errors."""

    criteria: CriteriaSet | None
    errors: tuple[WorkbookFinding, ...]
    warnings: tuple[WorkbookFinding, ...]


def is_wanted(sheet_name: str) -> bool:
    """Whether the compiler reads a sheet of that name."""
    return folded(sheet_name) in _BY_NAME


def compile_workbook(workbook: Workbook) -> Compilation:
    report = Report()
    tables = tables_of(workbook, SHEETS, report)
    settings = compile_settings(tables.get("settings"), report)
    part = compile_criteria(tables.get("criteria"), tables.get("steps"), report)
    lists = _Lists(
        compile_classes(tables.get("classes")),
        compile_exclusions(tables.get("exclusions")),
        compile_renames(tables.get("renames")),
        compile_tests(tables.get("tests"), part),
    )
    criteria = _assembled(settings, part, lists)
    _check(criteria, settings, part, lists, tables, report)
    if not lists.tests[0] and not any(e.sheet == TESTS.name for e in report.errors):
        report.add(TESTS.name, "", message("compile.tests_missing"), warning=True)
    if not report.errors:
        for case in run_cases(criteria):
            line = lists.tests[1][case.index]
            report.add(line.table.name, line.place(case.column), case.message, case.found)
    return Compilation(
        None if report.errors else criteria,
        in_order(report.errors, SHEETS),
        in_order(report.warnings, SHEETS),
    )


@dataclass(frozen=True)
class _Lists:
    """The smaller sheets, each as its values and the lines they stand in."""

    classes: tuple[list[object], list[Line]]
    exclusions: tuple[list[object], list[Line]]
    renames: tuple[list[object], list[Line]]
    tests: tuple[list[object], list[Line]]


def _assembled(settings: Settings, part: CriteriaPart, lists: _Lists) -> CriteriaSet:
    """The set as far as it could be read; stand-ins where a setting is wrong, which is reported already."""
    total = settings.total_max
    if total is None:
        total = sum((node.max_points for node in part.nodes if node.type == "row"), start=Decimal(0))
    return CriteriaSet(
        id=settings.id or "id",
        version=1 if settings.version is None else settings.version,
        title=settings.title or "title",
        year=2000 if settings.year is None else settings.year,
        unit_kinds=settings.unit_kinds,
        effective_from=settings.effective_from or _NEVER,
        total_max=total,
        nodes=tuple(part.nodes),
        effective_to=settings.effective_to,
        issuer=settings.issuer,
        decision_number=settings.decision_number,
        decision_date=settings.decision_date,
        decimals=settings.decimals,
        not_applicable=settings.not_applicable or Policy.RESCALE,
        final_cap=settings.final_cap,
        classes=tuple(lists.classes[0]),  # type: ignore[arg-type]
        exclusions=tuple(lists.exclusions[0]),  # type: ignore[arg-type]
        renames=tuple(lists.renames[0]),  # type: ignore[arg-type]
        tests=tuple(lists.tests[0]),  # type: ignore[arg-type]
    )


def _check(
    criteria: CriteriaSet,
    settings: Settings,
    part: CriteriaPart,
    lists: _Lists,
    tables: Mapping[str, Table],
    report: Report,
) -> None:
    lines: Mapping[str, list[Line]] = {
        CRITERIA.alias: part.lines,
        CLASSES.alias: lists.classes[1],
        EXCLUSIONS.alias: lists.exclusions[1],
        RENAMES.alias: lists.renames[1],
    }
    for finding in findings_of(criteria, complete=part.complete, unsure=frozenset(part.unsure)):
        if finding.part == SETTINGS.alias:
            if finding.column in settings.lines and finding.column not in settings.wrong:
                line = settings.lines[finding.column]
                _add(report, line, "value", finding)
        elif finding.part == STEPS.alias and finding.step is not None:
            _add(report, part.step_lines[finding.index][finding.step], finding.column, finding)
        elif not (finding.message.id == "formpack.rule_missing" and finding.index in part.without_rule):
            _add(report, lines[finding.part][finding.index], finding.column, finding)


def _add(report: Report, line: Line, column: str, finding: Finding) -> None:
    shown = line.shown(column) or finding.found
    report.add(line.table.name, line.place(column), finding.message, shown, finding.warning)
