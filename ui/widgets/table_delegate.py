"""Cells: white to type, grey computed, tinted when wrong; and the editors that open in them."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui import icons
from ui.fonts import font, line
from ui.marks import SIZE, Mark, paint_mark
from ui.theme import Role, color
from ui.widgets.enter_key import ENTER
from ui.widgets.fields import PAUSE
from ui.widgets.painted import CENTER, LEFT, RIGHT, centred, paint_lines, paint_text
from ui.widgets.table_completer import CellCompleter
from ui.widgets.table_model import TableModel
from ui.widgets.table_popup import DayPicker, TickList
from ui.widgets.table_rows import ColumnKind, MutedRows, Rows
from ui.widgets.table_selection import chosen_count

Index = QModelIndex | QPersistentModelIndex
PAD = 8
_SELECTED = QStyle.StateFlag.State_Selected


class TableDelegate(QStyledItemDelegate):
    def __init__(self, table: QTableView, rows: Rows, lines: int) -> None:
        super().__init__(table)
        self._table, self._rows, self._lines = table, rows, lines
        self._muted = rows if isinstance(rows, MutedRows) else None  # asked once: it takes long
        self._open: QWidget | None = None
        self._at = QPersistentModelIndex()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.commit_open)
        self.closeEditor.connect(self._closed)

    def _model(self) -> TableModel:
        model = self._table.model()
        assert isinstance(model, TableModel)
        return model

    # Drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A table has a hundred cells in sight: each word more in here is felt in scrolling."""
        box: QRect = option.rect
        row, place = index.row(), index.column()
        current = self._table.currentIndex()
        if not place:
            here = current.row() == row
            painter.fillRect(box, color(Role.ACCENT if here else Role.COMPUTED))
            ink = color(Role.ON_ACCENT if here else Role.MUTED)
            paint_text(painter, box, str(row + 1), font(bold=here), ink, CENTER)
            return
        here = current.row() == row and current.column() == place
        many = bool(option.state & _SELECTED) and chosen_count(self._table) > 1
        self._cell(painter, box, row, place, chosen=many, here=here)
        if here and self._table.hasFocus():
            painter.save()
            painter.setPen(QPen(color(Role.FOCUS), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))
            painter.restore()

    def _cell(self, painter: QPainter, box: QRect, row: int, place: int, *, chosen: bool, here: bool) -> None:
        column = self._rows.columns[place - 1]
        last = row >= self._rows.count()
        problem = None if last else self._rows.problem(row, column.key)
        computed = column.kind is ColumnKind.COMPUTED
        ground = Role.COMPUTED if computed and not last else Role.INPUT
        ink = Role.TEXT
        if problem is not None:
            bad = problem.mark is Mark.ERROR
            ground, ink = (Role.ERROR_SOFT, Role.ERROR) if bad else (Role.WARN_SOFT, Role.WARN)
        painter.fillRect(box, color(Role.SELECTION if chosen and problem is None else ground))
        inner = box.adjusted(PAD, 1, -PAD, -1)
        if last:
            if words := self._model().invitation(self._model().index(row, place)):
                paint_lines(painter, inner, words, font(), color(Role.MUTED), self._lines)
            return
        shown = self._rows.shown(row, column.key)
        if problem is None and self._muted is not None and self._muted.muted(row):
            ink = Role.MUTED
        if problem is not None:
            paint_mark(painter, problem.mark, centred(inner, SIZE, 0))
            inner = inner.adjusted(SIZE + 6, 0, 0, 0)
            if shown:
                ink = Role.TEXT
            else:
                shown = problem.words
        if not shown:
            pass
        elif column.kind is ColumnKind.NUMBER:
            paint_text(painter, inner, shown, font(), color(ink), RIGHT)
        elif self._lines > 1:
            lines = max(self._lines, inner.height() // line())
            paint_lines(painter, inner, shown, font(), color(ink), lines)
        else:
            paint_text(painter, inner, shown, font(), color(ink), LEFT, elide=True)
        if here and column.suggestions is not None:
            at = centred(box, icons.STATUS, box.width() - icons.STATUS - 4)
            icons.paint(painter, "chevron-down", at, icons.STATUS, Role.MUTED)

    # Typing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._model().column(index.column())
        editor: QWidget
        if column.kind is ColumnKind.NUMBER or column.suggestions is not None or self._lines == 1:
            line = QLineEdit(parent)
            line.textEdited.connect(lambda _text: self._pause.start())
            if column.kind is ColumnKind.NUMBER:
                line.setAlignment(Qt.AlignmentFlag.AlignRight)
            if column.suggestions is not None:
                line.setCompleter(CellCompleter(line, column))
            editor = line
        else:
            box = QPlainTextEdit(parent)
            box.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            box.document().setDocumentMargin(3)
            box.textChanged.connect(self._pause.start)
            editor = box
        editor.setFont(font())
        editor.setProperty("cell", True)
        editor.setAccessibleName(column.title)
        self._open, self._at = editor, QPersistentModelIndex(index)
        return editor

    def _closed(self, editor: QWidget) -> None:
        """Told when an editor closes, not when it dies: by then the next one may be open already."""
        if editor is not self._open:
            return
        self._pause.stop()
        self._open = None

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Only once: while somebody types, nothing is written into the editor."""
        if editor.property("filled"):
            return
        editor.setProperty("filled", True)
        written = str(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, QLineEdit):
            editor.setText(written)
            editor.selectAll()
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(written)
            editor.selectAll()
            self._pause.stop()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        self._pause.stop()
        typed = editor.text() if isinstance(editor, QLineEdit) else ""
        if isinstance(editor, QPlainTextEdit):
            typed = editor.toPlainText()
        model.setData(index, typed)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect)

    def commit_open(self) -> None:
        """The view closes an editor without a word when another cell becomes the current one."""
        if self._open is None:
            return
        at = self._table.model().index(self._at.row(), self._at.column())
        if self._table.indexWidget(at) is self._open:
            self.commitData.emit(self._open)
        else:
            self._open = None

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(editor, QWidget)
        ):
            if event.key() in ENTER:
                if isinstance(editor, QPlainTextEdit) and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                    editor.insertPlainText("\n")
                    return True
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self._leave(editor, -1 if back else 1)
                return True
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._leave(editor, -1 if event.key() == Qt.Key.Key_Backtab else 1)
                return True
            if event.key() == Qt.Key.Key_F4:
                self.open_list()
                return True
        return super().eventFilter(editor, event)

    def open_list(self) -> None:
        """What can be picked for the open cell: a list, ticks for several, a calendar beside the words."""
        line = self._open
        if not isinstance(line, QLineEdit) or line.completer() is None:
            return
        column = self._model().column(self._at.column())
        if column.several or column.year:
            made = TickList if column.several else DayPicker
            made(line, column, lambda words: self._picked(line, words)).open_below()
            return
        line.completer().setCompletionPrefix("")
        line.completer().complete()

    def _picked(self, line: QLineEdit, words: str) -> None:
        line.setText(words)
        self.commitData.emit(line)
        self.closeEditor.emit(line)
        self._table.setFocus()

    def _leave(self, editor: QWidget, step: int) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
        next_cell = getattr(self._table, "next_cell", None)
        if next_cell is not None:
            next_cell(step)
