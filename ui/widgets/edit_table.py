"""The table with HTKK's keys: F5 adds, F6 deletes, Enter goes to the next cell, any key starts typing."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui import fonts
from ui.widgets.enter_key import ENTER
from ui.widgets.table_cells import TableCells
from ui.widgets.table_delegate import PAD, TableDelegate
from ui.widgets.table_drag import RowDrag
from ui.widgets.table_header import TableHeader
from ui.widgets.table_model import NUMBER_WIDTH, TableModel
from ui.widgets.table_rows import ColumnKind, Rows
from ui.widgets.table_selection import chosen_count, ranges, select_block

_FIGURES = frozenset("0123456789.,/;% \n\t–-")
_LONGEST_FIGURES = 400
_ROWS_AT_ONCE = 100
"""Rows of which the height is looked for in one turn of the event loop."""
_ARROW = 24
"""How much of a cell at its right opens its list."""
_MOVES = {
    Qt.Key.Key_Up: QAbstractItemView.CursorAction.MoveUp,
    Qt.Key.Key_Down: QAbstractItemView.CursorAction.MoveDown,
    Qt.Key.Key_Left: QAbstractItemView.CursorAction.MoveLeft,
    Qt.Key.Key_Right: QAbstractItemView.CursorAction.MoveRight,
    Qt.Key.Key_Home: QAbstractItemView.CursorAction.MoveHome,
    Qt.Key.Key_End: QAbstractItemView.CursorAction.MoveEnd,
    Qt.Key.Key_PageUp: QAbstractItemView.CursorAction.MovePageUp,
    Qt.Key.Key_PageDown: QAbstractItemView.CursorAction.MovePageDown,
}
_FLAG = QItemSelectionModel.SelectionFlag


class EditTable(QTableView):
    """`add_wanted(row)`: F5 (a new row below that one); `remove_wanted(rows)`: F6; `menu_wanted(place)`: the
    menu of the chosen rows; the page does the work. Excel's keys work on its cells (`cells`); rows are taken
    by their numbers and dropped elsewhere (`drag`).

    After any change of its records the page calls `rows_changed()`: open editors and the place survive.
    """

    add_wanted = Signal(int)
    remove_wanted = Signal(object)
    row_changed = Signal(int)
    menu_wanted = Signal(QPoint)

    def __init__(
        self, name: str, rows: Rows, *, invitation: str = "", read_only: bool = False, lines: int = 2
    ) -> None:
        """`invitation` stands in the empty last row ("Gõ vào đây hoặc bấm F5 …")."""
        super().__init__()
        self._rows, self._lines = rows, lines
        self._tall: set[int] = set()
        self._measure = QTimer(self)
        self._measure.setSingleShot(True)
        self._measure.timeout.connect(self._heights)
        self._measured = 0
        self._anchor = QPersistentModelIndex()
        self._content = TableModel(rows, invitation, read_only=read_only, parent=self)
        self.setModel(self._content)
        self._delegate = TableDelegate(self, rows, lines)
        self.setItemDelegate(self._delegate)
        self.cells = TableCells(self, rows, self.rows_changed)
        self.drag = RowDrag(self)
        self.setAcceptDrops(not read_only)
        self._read_only = read_only
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

    def rows_changed(self) -> None:
        """The records are new: show them, keep the place."""
        self._content.look_again()
        self._measure_all()

    def commit(self) -> None:
        """Write what stands in the open editor."""
        self._delegate.commit_open()

    def row(self) -> int:
        """The current row; -1 when there is none, `count()` on the empty last one."""
        return self.currentIndex().row()

    def chosen_rows(self) -> tuple[int, ...]:
        """The records whose cells are selected."""
        last = self._rows.count() - 1
        blocks = ranges(self)
        return tuple(sorted({n for one in blocks for n in range(one.top(), min(one.bottom(), last) + 1)}))

    def choose_rows(self, rows: range) -> None:
        """Choose whole rows, as by their numbers; the first one's first cell becomes the current one."""
        self._choose(rows.start, rows.stop - 1)

    def _choose(self, first: int, last: int, *, anchor: int | None = None) -> None:
        model, picked = self._content, self.selectionModel()
        here = first if anchor is None else anchor
        self.setCurrentIndex(model.index(here, self._first_editable()))
        whole = QItemSelection(model.index(first, 0), model.index(last, model.columnCount() - 1))
        picked.select(whole, _FLAG.ClearAndSelect)

    def go_to_cell(self, row: int, key: str = "") -> None:
        """Make a cell the current one and show it."""
        keys = [column.key for column in self._rows.columns]
        place = keys.index(key) + 1 if key in keys else self._first_editable()
        self.set_cell(row, place)
        self.scrollTo(self.currentIndex())
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_cell(self, row: int, place: int) -> None:
        """The current and only chosen cell, whichever keys are held down just now."""
        index = self._content.index(row, place)
        self.setCurrentIndex(index)
        self.selectionModel().select(index, _FLAG.ClearAndSelect)  # alone, should Ctrl be held

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
            self.set_cell(0, places[0])
            return
        cells = [(row, place) for row in range(now.row() - 1, now.row() + 2) for place in places]
        here = (now.row(), now.column())
        after = (
            [cell for cell in cells if cell > here] if step > 0 else [c for c in reversed(cells) if c < here]
        )
        for row, place in after:
            if 0 <= row < self._content.rowCount():
                self.set_cell(row, place)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_F5:
            self.add_wanted.emit(self.row())
        elif key == Qt.Key.Key_F6:
            if rows := self.chosen_rows():
                self.remove_wanted.emit(rows)
        elif key in ENTER and self.state() != self.State.EditingState:
            self.next_cell(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key == Qt.Key.Key_F4 and self.state() != self.State.EditingState:
            self.open_list(self.currentIndex())
        elif not self._extended(event) and not self._cell_keys(event):
            super().keyPressEvent(event)

    def _extended(self, event: QKeyEvent) -> bool:
        """Shift with an arrow: Qt goes on from the last cell that was clicked, we from the current one."""
        move = _MOVES.get(Qt.Key(event.key()))
        if move is None or event.modifiers() != Qt.KeyboardModifier.ShiftModifier:
            return False
        if chosen_count(self) < 2 or not self._anchor.isValid():
            self._anchor = QPersistentModelIndex(self.currentIndex())
        wanted = self.moveCursor(move, Qt.KeyboardModifier.NoModifier)
        if wanted.isValid() and self._anchor.isValid():
            select_block(self, self._anchor, wanted)
        return True

    def _cell_keys(self, event: QKeyEvent) -> bool:
        """Copy, cut, paste, fill down, empty: True when the key was one of them."""
        standard = QKeySequence.StandardKey
        if event.matches(standard.Copy):
            self.cells.copy()
            return True
        down = QKeySequence(event.keyCombination()) == QKeySequence("Ctrl+D")
        empty = event.key() == Qt.Key.Key_Delete and not event.modifiers()
        writes = event.matches(standard.Cut) or event.matches(standard.Paste) or down or empty
        if not writes:
            return False
        if self._read_only or not self.cells.can_write:
            if empty and not self._read_only:
                self._empty_cells()
            return True
        if event.matches(standard.Cut):
            self.cells.cut()
        elif event.matches(standard.Paste):
            self.cells.paste()
        elif down:
            self.cells.fill_down()
        else:
            self.cells.empty()
        return True

    def _empty_cells(self) -> None:
        for index in self.selectedIndexes():
            if index.flags() & Qt.ItemFlag.ItemIsEditable and index.row() < self._rows.count():
                self._content.setData(index, "")

    def open_list(self, index: QModelIndex) -> None:
        """Open the cell with its list of suggestions, as F4 does."""
        if index.isValid() and index.column() and self._content.column(index.column()).suggestions:
            self.setCurrentIndex(index)
            self.edit(index)
            self._delegate.open_list()

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        left = event.button() is Qt.MouseButton.LeftButton
        if not left or not index.isValid() or index.column() or index.row() >= self._rows.count():
            super().mousePressEvent(event)
            return
        self.commit()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.row() >= 0:
            here = min(self.row(), self._rows.count() - 1)
            self._choose(min(here, index.row()), max(here, index.row()), anchor=here)
        elif index.row() not in self.chosen_rows() or not self.selectionModel().isSelected(index):
            self._choose(index.row(), index.row())
        if not self._read_only:
            self.drag.pressed(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self.drag.held:
            self.drag.moved(event.position().toPoint(), self.chosen_rows())
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index, held = self.indexAt(at), self.drag.held
        self.drag.released()
        if held:
            if index.isValid() and not event.modifiers():
                self._choose(index.row(), index.row())
            return
        super().mouseReleaseEvent(event)
        plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        if plain and index == self.currentIndex() and not self._read_only and chosen_count(self) < 2:
            box = self.visualRect(index)
            if at.x() > box.right() - _ARROW:
                self.open_list(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.pos()
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(at)
            if index.isValid() and not self.selectionModel().isSelected(index):
                self.setCurrentIndex(index)
        else:
            at = self.visualRect(self.currentIndex()).center()
        self.menu_wanted.emit(self.viewport().mapToGlobal(at))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self.drag.over(event.mimeData(), event.position().toPoint()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drag.left()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.drag.dropped(event.mimeData(), event.position().toPoint()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.drag.paint()

    # Sizes

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

    def _measure_all(self) -> None:
        self._measured = 0
        self._measure.start()

    def _heights(self) -> None:
        """Rows are equally high, but figures are never cut: a row grows for a list of dates or codes.

        Some rows in each turn of the event loop.
        """
        first, count = self._measured, self._rows.count()
        self._measured = min(count, first + _ROWS_AT_ONCE)
        if self._measured < count:
            self._measure.start()
        average = max(1, fonts.metrics().averageCharWidth())
        widths = [self.columnWidth(place) for place in range(1, len(self._rows.columns) + 1)]
        cells = [
            (column.key, width, width // (2 * average))
            for column, width in zip(self._rows.columns, widths, strict=True)
        ]
        shown = self._rows.shown
        for row in range(first, self._measured):
            wanted = 1
            for key, width, short in cells:
                said = shown(row, key)
                if len(said) > short and said[0] in _FIGURES and said[-1] in _FIGURES:
                    wanted = max(wanted, self._lines_of(said, width))
            if wanted > self._lines or row in self._tall:
                self._tall.add(row)
                height = fonts.row_height(self._lines) + max(0, wanted - self._lines) * fonts.line()
                if self.rowHeight(row) != height:
                    self.setRowHeight(row, height)

    @staticmethod
    def _lines_of(said: str, width: int) -> int:
        if len(said) > _LONGEST_FIGURES or not _FIGURES.issuperset(said) or not any(map(str.isdigit, said)):
            return 1
        room = QRect(0, 0, max(1, width - 2 * PAD), 10_000)
        wraps = Qt.TextFlag.TextWordWrap.value
        return fonts.metrics().boundingRect(room, wraps, said).height() // fonts.line()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        places = range(1, self._content.columnCount())
        before = [self.columnWidth(place) for place in places]
        self._widths()
        if before != [self.columnWidth(place) for place in places]:
            self._measure_all()
