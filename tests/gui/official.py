"""An official at the window: works by what can be seen and pressed, and finds it by the names it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from tests.gui.hands import NO_KEYS, click, press, settle, type_text
from ui.dialogs import Dialogs, FileKinds
from ui.widgets.tree import Tree

W = TypeVar("W", bound=QWidget)
R = TypeVar("R")


class ChosenFiles(Dialogs):
    """Only the system's own file choosers are answered here; every other dialog is the real one."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[Path] = []
        self.opened: list[Path] = []

    def choose_files(self, heading: str, kinds: FileKinds) -> tuple[Path, ...]:
        return (self.paths.pop(0),)

    def choose_file(self, heading: str, kinds: FileKinds) -> Path | None:
        return self.paths.pop(0)

    def choose_folder(self, heading: str) -> Path | None:
        return self.paths.pop(0)

    def save_file(self, heading: str, suggestion: str, kinds: FileKinds) -> Path | None:
        return self.paths.pop(0) / suggestion

    def open_path(self, path: Path) -> bool:
        self.opened.append(path)
        return True


def while_open(begin: Callable[[], R], act: Callable[[QDialog], object]) -> R:
    """`begin()` opens a dialog that waits for the user; `act(dialog)` is what the user does in it."""
    faults: list[BaseException] = []
    waiting = QTimer()

    def work() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            return
        waiting.stop()
        try:
            act(dialog)
        except BaseException as fault:
            faults.append(fault)
        finally:
            if dialog.isVisible() and faults:
                dialog.reject()

    waiting.timeout.connect(work)
    waiting.start(5)
    try:
        result = begin()
    finally:
        waiting.stop()
    if faults:
        raise faults[0]
    activate_again()
    return result


def activate_again() -> None:
    """A window system gives the focus back when a dialog closes; the offscreen platform has to be asked."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QMainWindow) and window.isVisible():
            window.activateWindow()
            settle(window.isActiveWindow)


def shown(inside: QWidget, kind: type[W], name: str) -> W:
    """The one visible widget of that kind and name."""
    found = [made for made in inside.findChildren(kind) if made.accessibleName() == name and made.isVisible()]
    assert len(found) == 1, f"{name!r}: {len(found)} visible"
    return found[0]


def open_dialog(heading: str) -> QDialog:
    """The open dialog of that heading."""
    found = [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QDialog) and widget.isVisible() and widget.windowTitle() == heading
    ]
    assert len(found) == 1, f"{heading!r}: {[w.windowTitle() for w in QApplication.topLevelWidgets()]}"
    found[0].activateWindow()
    settle(found[0].isActiveWindow)
    return found[0]


def write(field: QLineEdit | QPlainTextEdit, words: str) -> None:
    """Click into a field and write it anew."""
    click(field if isinstance(field, QLineEdit) else field.viewport())
    assert field.hasFocus(), f"{field.accessibleName()!r}: the focus is at {QApplication.focusWidget()}"
    field.selectAll()
    type_text(field, words)


def line_of(tree: Tree, key: str) -> QModelIndex:
    """Where a line stands in a tree."""

    def below(parent: QModelIndex) -> QModelIndex:
        model = tree.model()
        for place in range(model.rowCount(parent)):
            index = model.index(place, 0, parent)
            if tree.model().data(index, Qt.ItemDataRole.UserRole + 1) == tree.node(key):
                return index
            if (found := below(index)).isValid():
                return found
        return QModelIndex()

    found = below(QModelIndex())
    assert found.isValid(), key
    return found


def pick(tree: Tree, key: str) -> None:
    """Click on a line of a tree, after scrolling to it."""
    index = line_of(tree, key)
    tree.scrollTo(index)
    box = tree.visualRect(index)
    click(tree.viewport(), QPoint(box.left() + 120, box.center().y()))
    assert tree.current_key() == key


def click_cell(table: QTableView, row: int, column: int) -> None:
    index = table.model().index(row, column)
    table.scrollTo(index)
    click(table.viewport(), table.visualRect(index).center())


def write_cells(table: QTableView, row: int, words: Sequence[str]) -> None:
    """From the first cell of a row on, with Enter between the cells."""
    click_cell(table, row, 1)
    for word in words:
        if word:
            type_text(table, word)
        press(None, Qt.Key.Key_Return)


def drop(widget: QWidget, *paths: Path) -> None:
    """Files let go over a widget, as the system sends it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, act = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPointF(10, 10), act, data, left, NO_KEYS)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(10, 10), act, data, left, NO_KEYS))


def shortcut(window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
    """A key that a button or page answers to wherever the focus stands."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)
    settle()
