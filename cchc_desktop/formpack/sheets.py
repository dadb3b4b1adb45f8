"""The known sheets of an office's workbook as tables, whichever kind of pack it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cchc_desktop.formpack.grid import Report, Table, WorkbookFinding
from cchc_desktop.formpack.vocabulary import SheetWords, folded, near
from cchc_desktop.intake.workbook import MOST_ROWS, Sheet, Workbook
from cchc_desktop.message import message


def by_name(sheets: Iterable[SheetWords]) -> dict[str, SheetWords]:
    """Every name by which a sheet is known, folded."""
    return {folded(word): words for words in sheets for word in (words.name, words.alias)}


def tables_of(workbook: Workbook, sheets: Sequence[SheetWords], report: Report) -> dict[str, Table]:
    """By alias; what is missing, nearly named, there twice or too long is reported."""
    known = by_name(sheets)
    found: dict[str, Sheet] = {}
    strangers: list[str] = []
    for sheet in workbook.sheets:
        if sheet.name.startswith("_"):
            continue
        words = known.get(folded(sheet.name))
        if words is None:
            strangers.append(sheet.name)
        elif words.alias in found:
            report.add(sheet.name, "", message("compile.sheet_twice", sheet=words.name), sheet.name)
        else:
            found[words.alias] = sheet
    tables: dict[str, Table] = {}
    for words in sheets:
        if words.alias not in found:
            _report_absent(words, strangers, report)
            continue
        sheet = found[words.alias]
        if sheet.hidden:
            report.add(sheet.name, "", message("compile.sheet_hidden"), warning=True)
        if sheet.too_many_rows:
            told = message("compile.too_many_rows", most=MOST_ROWS)
            report.add(sheet.name, f"A{MOST_ROWS + 2}", told)
        else:
            tables[words.alias] = Table(sheet, words, report)
    return tables


def _report_absent(words: SheetWords, strangers: list[str], report: Report) -> None:
    for name in strangers:
        if near(name, (words.name, words.alias)) is not None:
            strangers.remove(name)
            told = message("compile.sheet_near", found=name, meant=words.name)
            report.add(name, "", told, name)
            return
    if words.required:
        report.add(words.name, "", message("compile.sheet_missing", sheet=words.name, alias=words.alias))


def in_order(findings: list[WorkbookFinding], sheets: Sequence[SheetWords]) -> tuple[WorkbookFinding, ...]:
    """By sheet in the contract's order, as they were found; each once."""
    known = by_name(sheets)
    rank = {words.alias: place for place, words in enumerate(sheets)}

    def order(finding: WorkbookFinding) -> int:
        words = known.get(folded(finding.sheet))
        return rank[words.alias] if words else -1

    once = {(f.code, f.sheet, f.cell, f.found): f for f in reversed(findings)}
    return tuple(sorted((f for f in findings if once[f.code, f.sheet, f.cell, f.found] is f), key=order))
