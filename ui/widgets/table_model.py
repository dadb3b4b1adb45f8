"""Qt's view of `Rows`: column 0 is the row's number, the last row is the empty one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cchc_desktop.language import text
from ui.widgets.table_rows import Column, ColumnKind, Rows

NUMBER_WIDTH = 38
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
_FIXED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITABLE = _FIXED | Qt.ItemFlag.ItemIsEditable


class TableModel(QAbstractTableModel):
    def __init__(self, rows: Rows, invitation: str, *, read_only: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._rows, self._invitation, self._read_only = rows, invitation, read_only
        self._lines = self._wanted()

    def _wanted(self) -> int:
        return self._rows.count() + (0 if self._read_only or not self._invitation else 1)

    def look_again(self) -> None:
        """Rows come and go at the end (texts are asked for anew anyway), so that places stay valid."""
        wanted = self._wanted()
        if wanted > self._lines:
            self.beginInsertRows(QModelIndex(), self._lines, wanted - 1)
            self._lines = wanted
            self.endInsertRows()
        elif wanted < self._lines:
            self.beginRemoveRows(QModelIndex(), wanted, self._lines - 1)
            self._lines = wanted
            self.endRemoveRows()
        if wanted:
            self.dataChanged.emit(self.index(0, 0), self.index(wanted - 1, self.columnCount() - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._lines

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows.columns) + 1

    def column(self, place: int) -> Column:
        return self._rows.columns[place - 1]

    def invitation(self, index: Index) -> str:
        """What the empty row says, in its first cell."""
        return self._invitation if index.row() == self._rows.count() and index.column() == 1 else ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        place = index.column()
        fixed = self._read_only or not place or self.column(place).kind is ColumnKind.COMPUTED
        return _FIXED if fixed else _EDITABLE

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        if role not in (_Role.DisplayRole, _Role.EditRole, _Role.ToolTipRole, _Role.AccessibleTextRole):
            return None
        row, place = index.row(), index.column()
        if not place:
            return str(row + 1)
        if row >= self._rows.count():
            return "" if role in (_Role.DisplayRole, _Role.EditRole) else self._invitation
        column = self.column(place)
        shown = self._rows.shown(row, column.key)
        if role in (_Role.DisplayRole, _Role.EditRole):
            return shown
        problem = self._rows.problem(row, column.key)
        advice = (problem.advice or problem.words) if problem else ""
        if role == _Role.ToolTipRole:
            return "\n".join(part for part in (shown, advice) if part)
        return ". ".join(part for part in (f"{column.title}: {shown}", advice) if part)

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:
        typed = str(value)
        if role != _Role.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        if typed == self.data(index, _Role.EditRole):
            return True
        self._rows.put(index.row(), self.column(index.column()).key, typed)
        self.look_again()
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role not in (
            _Role.DisplayRole,
            _Role.ToolTipRole,
            _Role.AccessibleTextRole,
        ):
            return None
        return self.column(section).title if section else text("widgets.row_number")
