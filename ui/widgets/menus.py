"""The right-click menu of a field, in Vietnamese whatever translations Qt finds."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit

from cchc_desktop.language import text

Standard = QKeySequence.StandardKey


def build_menu(field: QLineEdit | QPlainTextEdit) -> QMenu:
    """Undo, redo, cut, copy, paste, delete, select all: on where they can do something."""
    menu = QMenu(field)
    if isinstance(field, QLineEdit):
        chosen, empty = field.hasSelectedText(), not field.text()
        undo, redo = field.isUndoAvailable(), field.isRedoAvailable()
        delete = field.del_
    else:
        chosen, empty = field.textCursor().hasSelection(), field.document().isEmpty()
        undo, redo = field.document().isUndoAvailable(), field.document().isRedoAvailable()
        delete = lambda: field.textCursor().removeSelectedText()  # noqa: E731
    free = not field.isReadOnly()
    for name, key, act, on in (
        ("undo", Standard.Undo, field.undo, free and undo),
        ("redo", Standard.Redo, field.redo, free and redo),
        ("", None, None, False),
        ("cut", Standard.Cut, field.cut, free and chosen),
        ("copy", Standard.Copy, field.copy, chosen),
        ("paste", Standard.Paste, field.paste, free),
        ("delete", None, delete, free and chosen),
        ("", None, None, False),
        ("select_all", Standard.SelectAll, field.selectAll, not empty),
    ):
        if act is None:
            menu.addSeparator()
            continue
        action = menu.addAction(text(f"widgets.menu_{name}"))
        if key is not None:
            action.setShortcut(QKeySequence(key))
        action.setEnabled(on)
        action.triggered.connect(lambda _checked=False, act=act: act())
    return menu


def vietnamese_menu(field: QLineEdit | QPlainTextEdit, at: QPoint) -> None:
    menu = build_menu(field)
    menu.exec(field.mapToGlobal(at))
    menu.deleteLater()
