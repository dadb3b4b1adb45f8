"""Tables: repeated head, joined cells, rows that break over pages only when they are long."""

from __future__ import annotations

from cchc_desktop.documents import measures, printed
from cchc_desktop.documents.characters import clean
from cchc_desktop.documents.docx import wordml
from cchc_desktop.documents.docx.styles import Style
from cchc_desktop.documents.docx.wordml import BOLD, paragraph, run
from cchc_desktop.documents.measures import Measures
from cchc_desktop.documents.model import ColumnKind, Row, RowKind, Table

_ALIGN = {ColumnKind.TEXT: "", ColumnKind.CENTRED: "center", ColumnKind.NUMBER: "right"}
# Times' letters are about 0.45 of their size wide on average: near enough to tell a long row from a short.
_LETTER = 0.45


def _is_long(row: Row, widths: list[int], size: float) -> bool:
    """Whether a row needs more lines than one that goes to the next page as a whole."""
    for words, width in zip(row.cells, widths, strict=True):
        if len(words) < measures.WHOLE_ROW:
            continue
        letters = (width / 20 - 2 * measures.CELL_SIDE) / (_LETTER * size)
        lines = sum(1 + int(len(line) / max(letters, 1)) for line in words.split("\n"))
        if lines > measures.WHOLE_ROW:
            return True
    return False


def _head(table: Table, widths: list[int], style: Style) -> list[str]:
    tint = measures.HEAD_TINT
    titles = [
        wordml.cell(width, paragraph(style, run(clean(column.title)), keep=True), tint=tint, middle=True)
        for column, width in zip(table.columns, widths, strict=True)
    ]
    rows = [wordml.row(titles, whole=True, head=True)]
    if numbers := printed.column_numbers(table):
        cells = [
            wordml.cell(width, paragraph(Style.COLUMN_NUMBER, run(number), keep=True), tint=tint)
            for number, width in zip(numbers, widths, strict=True)
        ]
        rows.append(wordml.row(cells, whole=True, head=True))
    return rows


def _row(table: Table, row: Row, widths: list[int], style: Style, size: float) -> str:
    first, last = row.span or (-1, -1)
    bold = "" if row.kind is RowKind.PLAIN else BOLD
    tint = "" if row.kind is RowKind.PLAIN else measures.GROUP_TINT
    keep = row.kind is RowKind.GROUP
    cells: list[str] = []
    for index, (words, column) in enumerate(zip(row.cells, table.columns, strict=True)):
        if first < index <= last:
            continue
        until = last if index == first else index
        content = paragraph(
            style,
            run(clean(words), bold),
            keep=keep,
            align="" if until > index else _ALIGN[column.kind],
        )
        width = sum(widths[index : until + 1])
        cells.append(wordml.cell(width, content, across=until - index + 1, tint=tint))
    return wordml.row(cells, whole=not _is_long(row, widths, size))


def table(block: Table, width: float, m: Measures) -> str:
    """The table over the whole `width`. Each row must have a cell per column."""
    widths = wordml.shares(width, [column.share for column in block.columns])
    size = m.cell_size(block.compact)
    cell, column = (Style.SMALL_CELL, Style.SMALL_COLUMN) if block.compact else (Style.CELL, Style.COLUMN)
    rows = _head(block, widths, column)
    rows += [_row(block, row, widths, cell, size) for row in block.rows]
    return wordml.table(
        widths,
        rows,
        line=measures.RULE_COLOUR,
        padding=(measures.CELL_PADDING, measures.CELL_SIDE),
    )
