"""Which cells of a table are chosen, by ranges: lists of single indexes are too slow while painting."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
)
from PySide6.QtWidgets import QTableView


def ranges(table: QTableView) -> list[QItemSelectionRange]:
    selection = table.selectionModel().selection()
    return [selection.at(n) for n in range(selection.count())]


def chosen_count(table: QTableView) -> int:
    """How many cells are chosen, those of the row numbers too."""
    return sum(one.height() * one.width() for one in ranges(table))


def select_block(table: QTableView, first: QModelIndex | QPersistentModelIndex, last: QModelIndex) -> None:
    """Choose the rectangle between two cells; `last` becomes the current one."""
    model, picked = table.model(), table.selectionModel()
    rows, columns = sorted((first.row(), last.row())), sorted((first.column(), last.column()))
    block = QItemSelection(model.index(rows[0], columns[0]), model.index(rows[1], columns[1]))
    picked.setCurrentIndex(last, QItemSelectionModel.SelectionFlag.NoUpdate)
    picked.select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    table.scrollTo(last)
