"""Every visible sheet of an Excel workbook as one table; its merged cells are spread as in a document."""

from __future__ import annotations

from cchc_desktop.errors import KnownError
from cchc_desktop.intake.tables import LONGEST_CELL, MOST_ROWS, Document, Table, TableCell, TableRow
from cchc_desktop.intake.workbook import Cell, CellKind, Merged, Sheet, parse_workbook

_BY_EXCEL = {
    CellKind.NUMBER: "number",
    CellKind.DATE: "date",
    CellKind.FORMULA: "formula",
    CellKind.ERROR: "error",
}


def parse_excel(content: bytes, name: str) -> Document:
    """The sheets of the workbook. Raises `KnownError` "workbook.…" or "draft.…"."""
    book = parse_workbook(content, name, lambda _: True)
    tables: list[Table] = []
    left = MOST_ROWS
    for sheet in book.sheets:
        if sheet.hidden or sheet.name.startswith("_"):
            continue
        left -= len(sheet.rows)
        if sheet.too_many_rows or left < 0:
            raise KnownError("draft.too_many_rows", name=name, most=MOST_ROWS)
        tables.append(Table(_rows(sheet, name), len(tables) + 1, sheet.name))
    return Document(tuple(tables))


def _rows(sheet: Sheet, name: str) -> tuple[TableRow, ...]:
    starts = {(block.first_row, block.first_column): block for block in sheet.merged}
    below = _continued(sheet)
    rows: list[TableRow] = []
    for row in sheet.rows:
        cells: list[TableCell] = []
        until = 0
        continued = below.get(row.number, {})
        for column in sorted({*row.cells, *continued}):
            if column <= until:
                continue
            block = continued.get(column) or starts.get((row.number, column))
            until = block.last_column if block is not None else column
            merged = column in continued
            cells.append(_cell(None if merged else row.cells.get(column), column, until, merged, name))
        rows.append(TableRow(row.number, tuple(cells)))
    return tuple(rows)


def _continued(sheet: Sheet) -> dict[int, dict[int, Merged]]:
    """By row and first column: the blocks that began in a row above."""
    found: dict[int, dict[int, Merged]] = {}
    numbers = {row.number for row in sheet.rows}
    last = max(numbers, default=0)
    left = 10 * MOST_ROWS
    for block in sheet.merged:
        for number in range(block.first_row + 1, min(block.last_row, last) + 1):
            left -= 1
            if left < 0:
                return found
            if number in numbers:
                found.setdefault(number, {})[block.first_column] = block
    return found


def _cell(cell: Cell | None, column: int, until: int, merged: bool, name: str) -> TableCell:
    text = "" if cell is None else cell.shown
    by_excel = "" if cell is None else _BY_EXCEL.get(cell.kind, "")
    if cell is not None and cell.kind is CellKind.FORMULA:
        text = cell.result
    elif cell is not None and cell.kind is CellKind.NUMBER and cell.number is not None and not cell.percent:
        text = f"{cell.number:f}" if abs(cell.number.adjusted()) < 20 else cell.shown
    if len(text) > LONGEST_CELL:
        raise KnownError("draft.cell_too_long", name=name, length=len(text), limit=LONGEST_CELL)
    return TableCell(column - 1, text, until - column + 1, merged, by_excel=by_excel)
