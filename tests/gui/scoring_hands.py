"""What the tests of the scoring page do with it: open it, fill in figures, drop files on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.criteria import Node
from cchc_desktop.services import scoring
from tests.gui.hands import settle, type_text
from ui.main_window import MainWindow
from ui.pages.scoring.page import Page

CONTROL = Qt.KeyboardModifier.ControlModifier
NO_SECRET, SECRET = 0, 1
SAMPLE_NAMES = frozenset(["Ea", "Kao", "Ket", "qua", "root"])


def opened(window: MainWindow, where: str = "") -> Page:
    window.activateWindow()
    settle(window.isActiveWindow)
    window.go_to("scoring", where or None)
    page = window.page("scoring")
    assert isinstance(page, Page)
    settle()
    return page


def node(page: Page, code: str) -> Node:
    return page.sheet.criteria.by_code[code]


def cells(page: Page) -> list[QLineEdit]:
    found = [widget.focus_widget() for widget in page.row_pane.figures.fields()]
    return [cell for cell in found if isinstance(cell, QLineEdit)]


def fill(page: Page, *figures: str) -> None:
    for cell, figure in zip(cells(page), figures, strict=True):
        cell.setFocus()
        cell.selectAll()
        type_text(cell, figure)


def stored(window: MainWindow, code: str) -> Answer:
    """What is on the disk, once the window says that all is saved."""
    settle(lambda: window.edits.at_rest)
    context = window.context
    sheet = scoring.sheet(context.profile, context.round_id)
    return sheet.answer(sheet.criteria.by_code[code].key)


def answer(window: MainWindow, code: str, entry: dict[str, object] | None) -> None:
    context = window.context
    key = scoring.sheet(context.profile, context.round_id).criteria.by_code[code].key
    scoring.set_answer(context.profile, context.round_id, key, entry)


def a_file(folder: Path, name: str = "142-BC-UBND 01-12-2026 Ket qua.pdf", size: int = 1000) -> Path:
    path = folder / name
    path.write_bytes(b"%PDF-1.4\n" + b"x" * size + b"\n%%EOF\n")
    return path


def in_front(opened_: QWidget) -> None:
    """A window manager would do this by itself."""
    opened_.activateWindow()
    settle(opened_.isActiveWindow)


def drop(widget: QWidget, *paths: Path) -> None:
    """Files let go over a widget, as the system sends it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    keys, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    act = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPointF(10, 10), act, data, left, keys)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(10, 10), act, data, left, keys))
