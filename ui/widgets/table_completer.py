"""Suggestions while somebody types into a cell: by any part of a word, without accents, part by part.

Only what the user picks is written into the editor, so that Vietnamese typing is never disturbed.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from cchc_desktop.domain.plain_text import folded
from ui.widgets.table_rows import Column

SEPARATOR = "; "
_FOLDED = Qt.ItemDataRole.UserRole + 1


def parts(written: str) -> list[str]:
    """The several things that a cell names."""
    pieces = written.replace("\n", ";").split(";")
    return [piece.strip() for piece in pieces if piece.strip()]


class CellCompleter(QCompleter):
    def __init__(self, line: QLineEdit, column: Column) -> None:
        super().__init__(line)
        self._line, self._column = line, column
        model = QStandardItemModel(self)
        for words in column.suggestions() if column.suggestions else ():
            item = QStandardItem(words)
            item.setData(folded(words), _FOLDED)
            model.appendRow(item)
        self.setModel(model)
        self.setCompletionRole(_FOLDED)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseSensitive)
        self.setMaxVisibleItems(10)
        if (popup := self.popup()) is not None:
            popup.setAccessibleName(line.accessibleName())

    def _last(self) -> str:
        """What of the text is being typed now."""
        typed = self._line.text()[: self._line.cursorPosition()]
        return typed.rpartition(";")[2].strip() if self._column.several else typed

    def splitPath(self, path: str) -> list[str]:
        return [folded(self._last())]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        picked = self._column.inserts(str(index.data(Qt.ItemDataRole.DisplayRole)))
        if not self._column.several:
            return picked
        cursor = self._line.cursorPosition()
        before, after = self._line.text()[:cursor], self._line.text()[cursor:]
        return SEPARATOR.join([*parts(before.rpartition(";")[0]), picked, *parts(after)])
