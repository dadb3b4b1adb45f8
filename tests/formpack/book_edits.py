"""What is done to a sound workbook before it is compiled: cells, rows, columns, sheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.formpack.books import Rows

S, C, M, X, L, R, T = (
    *("Thông tin", "Tiêu chí", "Mức điểm", "Xếp loại"),
    *("Nhóm loại trừ", "Đổi khóa", "Kiểm thử"),
)
Edit = Callable[[dict[str, Rows]], object]


def put(sheet: str, cell: str, value: Any) -> Edit:
    """Write one cell, given by its address."""

    def edit(book: dict[str, Rows]) -> None:
        column, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1
        rows = book[sheet]
        while len(rows) <= row:
            rows.append([])
        rows[row].extend([None] * (column + 1 - len(rows[row])))
        rows[row][column] = value

    return edit


def all_of(*edits: Edit) -> Edit:
    return lambda book: [edit(book) for edit in edits]


def drop(sheet: str) -> Edit:
    return lambda book: book.pop(sheet)


def drop_row(sheet: str, row: int) -> Edit:
    return lambda book: book[sheet].pop(row - 1)


def rename(sheet: str, name: str) -> Edit:
    return lambda book: book.update({name: book.pop(sheet)})


def drop_column(sheet: str, column: int) -> Edit:
    return lambda book: [row.pop(column) for row in book[sheet] if len(row) > column]
