"""The table with HTKK's keys: F5 adds, F6 deletes, Enter goes to the next cell, any key starts typing."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui import fonts
from ui.theme import changes
from ui.widgets.table_delegate import PAD, TableDelegate
from ui.widgets.table_header import TableHeader
from ui.widgets.table_model import NUMBER_WIDTH, TableModel
from ui.widgets.table_rows import ColumnKind, Rows

_FIGURES = re.compile(r"[\d.,/;%\s–-]*\d[\d.,/;%\s–-]*")


class EditTable(QTableView):
    """`add_wanted(row)`: F5 (a new row below that one); `remove_wanted(rows)`: F6; the page does the work.

    After any change of its records the page calls `rows_changed()`: open editors and the place survive.
    """

    add_wanted = Signal(int)
    remove_wanted = Signal(object)
    row_changed = Signal(int)

    def __init__(
        self, name: str, rows: Rows, *, invitation: str = "", read_only: bool = False, lines: int = 2
    ) -> None:
        """`invitation` stands in the empty last row ("Gõ vào đây hoặc bấm F5 …")."""
        super().__init__()
        self._rows, self._lines = rows, lines
        self._content = TableModel(rows, invitation, read_only=read_only, parent=self)
        self.setModel(self._content)
        self._delegate = TableDelegate(self, rows, lines)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(TableHeader(self))
        self.setAccessibleName(name)
        self.setFont(fonts.font())
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(fonts.row_height(lines))
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.DoubleClicked | trigger.EditKeyPressed)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.row_changed.emit(now.row()))
        self._widths()
        changes().changed.connect(self.viewport().update)

    def rows_changed(self) -> None:
        """The records are new: show them, keep the place."""
        self._content.look_again()
        self._heights()

    def commit(self) -> None:
        """Write what stands in the open editor."""
        self._delegate.commit_open()

    def row(self) -> int:
        """The current row; -1 when there is none, `count()` on the empty last one."""
        return self.currentIndex().row()

    def chosen_rows(self) -> tuple[int, ...]:
        """The records whose cells are selected."""
        count = self._rows.count()
        return tuple(sorted({index.row() for index in self.selectedIndexes() if index.row() < count}))

    def go_to_cell(self, row: int, key: str = "") -> None:
        """Make a cell the current one and show it."""
        keys = [column.key for column in self._rows.columns]
        place = keys.index(key) + 1 if key in keys else self._first_editable()
        self.setCurrentIndex(self._content.index(row, place))
        self.scrollTo(self.currentIndex())
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit_cell(self, row: int, key: str) -> None:
        self.go_to_cell(row, key)
        self.edit(self.currentIndex())

    def _editable(self) -> list[int]:
        kinds = enumerate(column.kind for column in self._rows.columns)
        return [place + 1 for place, kind in kinds if kind is not ColumnKind.COMPUTED]

    def _first_editable(self) -> int:
        return next(iter(self._editable()), 0)

    def next_cell(self, step: int = 1) -> None:
        """Enter: the next cell that can be typed into, at the end of a row the next row's first."""
        now, places = self.currentIndex(), self._editable()
        if not places:
            return
        if not now.isValid():
            self.setCurrentIndex(self._content.index(0, places[0]))
            return
        cells = [(row, place) for row in range(now.row() - 1, now.row() + 2) for place in places]
        here = (now.row(), now.column())
        after = (
            [cell for cell in cells if cell > here] if step > 0 else [c for c in reversed(cells) if c < here]
        )
        for row, place in after:
            if 0 <= row < self._content.rowCount():
                self.setCurrentIndex(self._content.index(row, place))
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_F5:
            self.add_wanted.emit(self.row())
        elif key == Qt.Key.Key_F6:
            if rows := self.chosen_rows():
                self.remove_wanted.emit(rows)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState:
            self.next_cell(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key == Qt.Key.Key_Delete and not event.modifiers():
            self._empty_cells()
        else:
            super().keyPressEvent(event)

    def _empty_cells(self) -> None:
        for index in self.selectedIndexes():
            if index.flags() & Qt.ItemFlag.ItemIsEditable and index.row() < self._rows.count():
                self._content.setData(index, "")

    def _widths(self) -> None:
        scale = fonts.line() / 20
        self.setColumnWidth(0, round(NUMBER_WIDTH * scale))
        columns = self._rows.columns
        base = [round(column.width * scale) for column in columns]
        spare = self.viewport().width() - self.columnWidth(0) - sum(base)
        shares = sum(column.stretch for column in columns)
        for place, column in enumerate(columns):
            extra = spare * column.stretch // shares if shares and spare > 0 else 0
            self.setColumnWidth(place + 1, base[place] + extra)

    def _heights(self) -> None:
        """Rows are equally high, but figures are never cut: a row grows for a list of dates or codes."""
        for row in range(self._rows.count()):
            wanted = max(
                (
                    self._lines_of(self._rows.shown(row, column.key), self.columnWidth(place))
                    for place, column in enumerate(self._rows.columns, start=1)
                ),
                default=1,
            )
            height = fonts.row_height(self._lines) + max(0, wanted - self._lines) * fonts.line()
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)

    @staticmethod
    def _lines_of(shown: str, width: int) -> int:
        if not _FIGURES.fullmatch(shown):
            return 1
        room = QRect(0, 0, max(1, width - 2 * PAD), 10_000)
        wraps = Qt.TextFlag.TextWordWrap.value
        return fonts.metrics().boundingRect(room, wraps, shown).height() // fonts.line()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths()
        self._heights()
