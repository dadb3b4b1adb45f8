"""A criteria set as the office's workbook: compiling it gives the same set again, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import Enum
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cchc_desktop.domain.criteria import CriteriaSet, Node, NodeType, Policy, ScoredBy
from cchc_desktop.domain.rules.rule import Rule, Step
from cchc_desktop.domain.sample_cases import EXCLUSIONS as EXCLUSIONS_CODE
from cchc_desktop.domain.sample_cases import TOTAL as TOTAL_CODE
from cchc_desktop.formpack.criteria_codec import plain
from cchc_desktop.formpack.vocabulary import (
    CLASSES,
    CRITERIA,
    EXCLUSIONS,
    RENAMES,
    SETTING_KEYS,
    SETTINGS,
    STEPS,
    TESTS,
    SheetWords,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_RATIOS = ("floor", "target")
_TEXTS = ("name", "code", "printed", "codes", "old", "new", "id", "case", "field", "formula")
_WIDTHS = {
    "meaning": 58,
    "standing": 64,
    "placeholders": 44,
    "range": 22,
    "label": 52,
    "evidence": 40,
    "guidance": 40,
    "source": 48,
    "legal_basis": 30,
    "name": 28,
    "numerator": 30,
    "denominator": 30,
    "figure": 28,
    "formula": 34,
    "value": 60,
    "codes": 30,
    "case": 26,
    "key": 18,
    "code": 9,
    "type": 10,
    "rule": 20,
    "review": 60,
    "printed": 12,
    "note": 100,
    "title": 52,
    "text": 70,
    "product": 36,
    "lead": 24,
    "coworkers": 24,
    "due": 18,
    "criteria": 24,
    "basis": 30,
    "exception": 30,
    "measure": 36,
    "slogan": 24,
    "milestones": 24,
    "unit_kinds": 16,
    "recipient": 40,
    "plan_kind": 22,
    "addressee": 24,
    "via": 24,
    "replaced_by": 40,
    "successor": 40,
    "check": 28,
}
_LISTS = {
    CRITERIA.alias: {
        "type": tuple(kind.value for kind in NodeType),
        "rule": (
            *("choice", "yes_no", "ratio_linear", "ratio_threshold", "ratio_bands", "ratio_to_target"),
            *("deduction_count", "deduction_weighted", "sum_of_items", "external_score", "survey", "formula"),
        ),
        "allow_over": ("yes", "no"),
        "zero_denominator": ("exclude", "full", "zero"),
        "not_applicable": tuple(policy.value for policy in Policy),
        "scored_by": tuple(scorer.value for scorer in ScoredBy),
        "evidence_required": ("yes", "no"),
    }
}
NO_TEXTS: Mapping[str, Sequence[str]] = {}
_MOST_SIGNIFICANT = 15


def write_workbook(criteria: CriteriaSet) -> bytes:
    """The .xlsx of the set; the same set gives the same bytes."""
    return write_sheets(
        (
            (SETTINGS, ((key, getattr(criteria, key)) for key in SETTING_KEYS)),
            (CRITERIA, (_criterion(node) for node in criteria.nodes)),
            (STEPS, (line for node in criteria.nodes for line in step_lines(node.key, node.rule))),
            (CLASSES, ((band.label, band.floor) for band in criteria.classes)),
            (EXCLUSIONS, ((g.id, g.label, ", ".join(g.codes)) for g in criteria.exclusions)),
            (RENAMES, ((r.old, r.new, r.since) for r in criteria.renames)),
            (TESTS, ((t.case, _test_code(t.code), t.field, t.value) for t in criteria.tests)),
        )
    )


def write_sheets(
    sheets: Iterable[tuple[SheetWords, Iterable[Sequence[Any]]]],
    lists: Mapping[str, Mapping[str, Sequence[str]]] = _LISTS,
    texts: Mapping[str, Sequence[str]] = NO_TEXTS,
) -> bytes:
    """The .xlsx of these sheets, each with its rows in the order of its columns.

    By a sheet's alias: `lists` are the words to choose from in a column, `texts` more columns that hold text.
    """
    from openpyxl import Workbook

    from cchc_desktop.intake.repack import with_fixed_dates

    book = Workbook()
    book.remove(book.worksheets[0])
    for words, rows in sheets:
        _add(book, words, rows, lists.get(words.alias, {}), (*_TEXTS, *texts.get(words.alias, ())))
    written = BytesIO()
    book.save(written)
    return with_fixed_dates(written.getvalue())


def _test_code(code: str) -> str:
    return {TOTAL_CODE: "TỔNG", EXCLUSIONS_CODE: "LOẠI TRỪ"}.get(code, code)


def _criterion(node: Node) -> Sequence[Any]:
    rule = node.rule
    own: dict[str, Any] = {
        "name": node.key,
        "code": node.code,
        "type": node.type,
        "label": node.label,
        "max_points": node.max_points,
        "rule": rule.kind if rule is not None and not node.is_adjustment else None,
        "not_applicable": None if node.not_applicable is Policy.NO else node.not_applicable,
        "scored_by": None if node.scored_by is ScoredBy.SELF else node.scored_by,
        "evidence": node.evidence,
        "evidence_required": node.evidence_required if rule is not None else None,
        "guidance": node.guidance,
        "legal_basis": node.legal_basis,
        "source": node.source,
        **(parameters_of(rule) if rule is not None else {}),
    }
    return [own.get(column.alias) for column in CRITERIA.columns]


def parameters_of(rule: Rule) -> dict[str, Any]:
    """The rule's own columns and what stands in them."""
    values = {field.name: getattr(rule, field.name) for field in fields(rule) if field.name != "steps"}
    return {
        name: _ratio(value) if name in _RATIOS else value
        for name, value in values.items()
        if value not in (None, "", False)
    }


def step_lines(key: str, rule: Rule | None) -> Iterable[Sequence[Any]]:
    """The lines of the sheet of steps for the rule of the row with that key."""
    steps: tuple[Step, ...] = getattr(rule, "steps", ())
    for step in steps:
        floor = None if step.floor is None else _ratio(step.floor, step.above)
        yield (key, step.label, floor, step.points)


class _Percent(float):
    """A ratio that Excel shows as a percentage."""


def _ratio(value: Decimal, above: bool = False) -> Any:
    if above or value > 1 or len(value.normalize().as_tuple().digits) > _MOST_SIGNIFICANT:
        return f"{'>' if above else ''}{plain(value * 100)}%"
    return _Percent(value)


def _cell_value(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(str(_cell_value(item)) for item in value)
    if isinstance(value, Decimal):
        if len(value.normalize().as_tuple().digits) > _MOST_SIGNIFICANT:
            return plain(value)
        return int(value) if value == value.to_integral_value() else float(value)
    return value if value != "" else None


def _add(
    book: Workbook,
    words: SheetWords,
    rows: Iterable[Sequence[Any]],
    lists: Mapping[str, Sequence[str]],
    texts: Sequence[str],
) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet: Worksheet = book.create_sheet(words.name)
    sheet.append([column.header for column in words.columns])
    head = PatternFill("solid", fgColor="E8ECF0")
    for place, column in enumerate(words.columns, start=1):
        cell = sheet.cell(1, place)
        cell.font, cell.fill = Font(bold=True), head
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _WIDTHS.get(column.alias, 14)
        if column.alias in lists:
            choices = DataValidation("list", f'"{",".join(lists[column.alias])}"', allow_blank=True)
            choices.showErrorMessage = False
            choices.add(f"{letter}2:{letter}5001")
            sheet.add_data_validation(choices)
    sheet.freeze_panes = "E2" if words.alias == CRITERIA.alias else "A2"
    last, looks = 1, _Looks()
    for last, values in enumerate(rows, start=2):
        for place, (column, value) in enumerate(zip(words.columns, values, strict=True), start=1):
            _write(looks, sheet.cell(last, place), column.alias, value, column.alias in texts)
    for place, column in enumerate(words.columns, start=1):
        if column.alias in texts:
            for row in range(last + 1, last + 51):
                sheet.cell(row, place).number_format = "@"


def _write(looks: _Looks, cell: Any, alias: str, value: Any, is_text: bool) -> None:
    written = _cell_value(value)
    if written is None:
        looks.dress(cell, _number_format(None, is_text), marked=False)
        return
    cell.value = written
    if isinstance(written, str):
        # A text that begins with "=" stays a text.
        cell.data_type = "s"
    looks.dress(cell, _number_format(written, is_text), marked=alias == "review")


def _number_format(written: Any, is_text: bool) -> str:
    if isinstance(written, str):
        return "@"
    if isinstance(written, _Percent):
        return "0.##########%" if (written * 100) % 1 else "0%"
    if isinstance(written, date):
        return "dd/mm/yyyy"
    return "@" if is_text else "General"


class _Looks:
    """The looks of cells, each made once: openpyxl takes long to make one."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, bool], Any] = {}

    def dress(self, cell: Any, number_format: str, marked: bool) -> None:
        from openpyxl.styles import Alignment, PatternFill

        look = (number_format, marked)
        if look not in self._made:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = number_format
            if marked:
                cell.fill = PatternFill("solid", fgColor="FFF2CC")
            self._made[look] = copy(cell._style)
        cell._style = copy(self._made[look])
