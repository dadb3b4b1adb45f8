"""Workbooks of every kind of pack: which kind one holds, compiling it, and writing a pack as one.

A further kind is one line in `_KINDS`.
"""

from __future__ import annotations

from collections.abc import Callable

from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.pack import PackKind
from cchc_desktop.domain.plan_template import PlanTemplate
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import compiler, document_sheets, plan_compiler
from cchc_desktop.formpack.grid import WorkbookFinding
from cchc_desktop.formpack.installing import Pack
from cchc_desktop.formpack.plan_vocabulary import PLAN_SHEETS
from cchc_desktop.formpack.sheets import by_name
from cchc_desktop.formpack.vocabulary import SETTINGS, SHEETS, folded
from cchc_desktop.intake.workbook import Sheet, Workbook
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True)
class Compiled:
    """What a workbook holds; `pack` is None where there are errors."""

    kind: PackKind
    pack: Pack | None
    errors: tuple[WorkbookFinding, ...]
    warnings: tuple[WorkbookFinding, ...]


@dataclass(frozen=True)
class _Kind:
    is_wanted: Callable[[str], bool]
    compiled: Callable[[Workbook], Compiled]


def _criteria(workbook: Workbook) -> Compiled:
    found = compiler.compile_workbook(workbook)
    return Compiled(PackKind.CRITERIA, found.criteria, found.errors, found.warnings)


def _plan(workbook: Workbook) -> Compiled:
    found = plan_compiler.compile_plan(workbook)
    return Compiled(PackKind.PLAN, found.template, found.errors, found.warnings)


def _document(workbook: Workbook) -> Compiled:
    found = document_sheets.compile_document(workbook)
    return Compiled(PackKind.DOCUMENT, found.template, found.errors, found.warnings)


_KINDS = {
    PackKind.CRITERIA: _Kind(compiler.is_wanted, _criteria),
    PackKind.PLAN: _Kind(plan_compiler.is_plan_sheet, _plan),
    PackKind.DOCUMENT: _Kind(document_sheets.is_wanted, _document),
}
_CRITERIA_ONLY = by_name(SHEETS).keys() - by_name(PLAN_SHEETS).keys()
_PLAN_ONLY = by_name(PLAN_SHEETS).keys() - by_name(SHEETS).keys()
_SETTINGS = by_name((SETTINGS,))


def is_wanted(sheet_name: str) -> bool:
    """Whether any of the compilers reads a sheet of that name."""
    return any(kind.is_wanted(sheet_name) for kind in _KINDS.values())


def kind_of(workbook: Workbook) -> PackKind:
    """By what the workbook says: the setting `kind` is a plan's; else whose sheets there are more of."""
    names = [folded(sheet.name) for sheet in workbook.sheets]
    if document_sheets.is_document_workbook(names):
        return PackKind.DOCUMENT
    if any(_says_kind(sheet) for sheet in workbook.sheets if folded(sheet.name) in _SETTINGS):
        return PackKind.PLAN
    of_plan = sum(name in _PLAN_ONLY for name in names)
    return PackKind.PLAN if of_plan > sum(name in _CRITERIA_ONLY for name in names) else PackKind.CRITERIA


def _says_kind(sheet: Sheet) -> bool:
    return any(folded(cell.shown) == "kind" for row in sheet.rows for cell in row.cells.values())


def compile_pack(workbook: Workbook) -> Compiled:
    return _KINDS[kind_of(workbook)].compiled(workbook)


def with_workbook(pack: Pack) -> bool:
    """Whether `workbook_of` can write the pack."""
    return isinstance(pack, CriteriaSet | PlanTemplate)


def workbook_of(pack: Pack) -> bytes:
    """The pack as its office's workbook. Raises KnownError formpack.no_workbook for a kind that has none."""
    if isinstance(pack, CriteriaSet):
        from cchc_desktop.formpack.workbook_writer import write_workbook

        return write_workbook(pack)
    if isinstance(pack, PlanTemplate):
        from cchc_desktop.formpack.workbook_writer_plan import plan_workbook

        return plan_workbook(pack)
    raise KnownError("formpack.no_workbook", id=pack.id)
