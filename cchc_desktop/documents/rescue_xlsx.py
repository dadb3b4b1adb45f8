"""The workbook of what was rescued: a sheet that says what there is, then one sheet per table, as stored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cchc_desktop.documents.xlsx import put
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table; `title` is cut to what Excel allows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | None, ...], ...]


def write(
    target: Path,
    report_name: str,
    title: str,
    heads: Sequence[str],
    lines: Sequence[tuple[str, str]],
    sheets: Sequence[Sheet],
) -> None:
    """Plain and quick: thousands of rows, no styles but a bold head. OSError when it can't be written."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    bold = Font(bold=True)
    book = Workbook()
    report = book.active
    assert report is not None
    report.title = report_name[:31]
    report.column_dimensions["A"].width = 44
    report.column_dimensions["B"].width = 18
    for row, values in enumerate([(title, ""), tuple(heads), *lines], 1):
        for column, value in enumerate(values, 1):
            cell = report.cell(row, column)
            put(cell, value)
            if row < 3:
                cell.font = bold
    for sheet in sheets:
        page = book.create_sheet(sheet.title[:31])
        page.freeze_panes = "A2"
        for column, name in enumerate(sheet.columns, 1):
            cell = page.cell(1, column)
            put(cell, name)
            cell.font = bold
        for row, kept in enumerate(sheet.rows, 2):
            for column, stored in enumerate(kept, 1):
                put(page.cell(row, column), stored, "0")
    book.save(target)
