"""Which cells of a table are chosen, by ranges: lists of single indexes are too slow while painting."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionRange
from PySide6.QtWidgets import QTableView


def ranges(table: QTableView) -> list[QItemSelectionRange]:
    selection = table.selectionModel().selection()
    return [selection.at(n) for n in range(selection.count())]


def chosen_count(table: QTableView) -> int:
    """How many cells are chosen, those of the row numbers too."""
    return sum(one.height() * one.width() for one in ranges(table))
