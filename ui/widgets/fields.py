"""White fields: text, long text, numbers, dates.

One contract: `committed(value)` when the field is left, and at most 1.2 s after the last key. Nothing is
rewritten while somebody types (input methods break otherwise); text becomes NFC where it is stored.
`set_value` never touches a field that holds unsaved typing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QSize, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from cchc_desktop.language import format_date, format_number, parse_number
from cchc_desktop.language.times import parse_date
from ui import fonts
from ui.widgets.enter_key import ENTER
from ui.widgets.menus import vietnamese_menu

PAUSE = 700
"""Milliseconds after the last key before what stands there is committed."""


def _set_bad(field: QWidget, bad: bool) -> None:
    if bool(field.property("bad")) != bad:
        field.setProperty("bad", bad)
        field.style().polish(field)


class _Pending:
    """Typing that nobody has been told of yet."""

    def __init__(self, field: QWidget, tell: Callable[[], None]) -> None:
        self.dirty = False
        self._tell = tell
        self._timer = QTimer(field)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.commit)

    def typed(self) -> None:
        self.dirty = True
        self._timer.start()

    def commit(self) -> None:
        self._timer.stop()
        if self.dirty:
            self.dirty = False
            self._tell()

    def forget(self) -> None:
        self._timer.stop()
        self.dirty = False


def _own_undo(event: QEvent, available: bool) -> bool:
    """Whether a field may keep this key. Ctrl+Z in a field without typing to take back is the page's."""
    return not (
        isinstance(event, QKeyEvent)
        and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        and event.matches(QKeySequence.StandardKey.Undo)
        and not available
    )


class LineField(QLineEdit):
    """What the one-line fields share; `_read` and `_write` turn text into the value and back."""

    committed = Signal(object)
    mistyped = Signal(str)

    def __init__(self, name: str, *, placeholder: str = "") -> None:
        super().__init__()
        self._pending = _Pending(self, self._tell)
        self._value: Any = self._read("")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFont(fonts.font())
        self.setMinimumHeight(fonts.field_height())
        self.textEdited.connect(lambda _text: self._pending.typed())
        self.returnPressed.connect(self.commit)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: vietnamese_menu(self, at))

    def _read(self, typed: str) -> Any:
        """The value, or raise ValueError."""
        return typed

    def _write(self, value: Any) -> str:
        return str(value)

    def value(self) -> Any:
        """What was last committed or set."""
        return self._value

    def set_value(self, value: Any) -> None:
        if self._pending.dirty:
            return
        self._value = value
        _set_bad(self, False)
        if self.text() != (written := self._write(value)) and not (self.hasFocus() and self._same(value)):
            self.setText(written)

    def _same(self, value: Any) -> bool:
        """The text already says this value, in the user's own spelling: it is left alone while focused."""
        try:
            return bool(self._read(self.text()) == value)
        except ValueError:
            return False

    def set_bad(self, bad: bool) -> None:
        _set_bad(self, bad)

    def commit(self) -> None:
        """Say now what was typed."""
        self._pending.commit()

    def _tell(self) -> None:
        try:
            self._value = self._read(self.text())
        except ValueError:
            _set_bad(self, True)
            self.mistyped.emit(self.text())
            return
        _set_bad(self, False)
        self.committed.emit(self._value)

    def event(self, event: QEvent) -> bool:
        if _own_undo(event, self.isUndoAvailable()):
            return super().event(event)
        event.ignore()
        return False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.commit()
        if event.reason() != Qt.FocusReason.PopupFocusReason and not self.property("bad"):
            written = self._write(self._value)
            if written != self.text():
                self.setText(written)


class TextField(LineField):
    """One line of text, with a list of `suggestions` to pick from where there is one."""

    def suggest(self, words: Sequence[str]) -> None:
        completer = QCompleter(QStringListModel(list(words), self), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(lambda _words: self._pending.typed())
        if (popup := completer.popup()) is not None:
            popup.setAccessibleName(self.accessibleName())
        self.setCompleter(completer)


class NumberField(LineField):
    """A figure as Vietnamese write it: "2.847", "0,5". Its value is a Decimal, or None when empty."""

    def __init__(self, name: str, *, placeholder: str = "") -> None:
        super().__init__(name, placeholder=placeholder)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def _read(self, typed: str) -> Decimal | None:
        if not typed.strip():
            return None
        number = parse_number(typed)
        if number is None:
            raise ValueError(typed)
        return number

    def _write(self, value: Decimal | None) -> str:
        return "" if value is None else format_number(value)


class DateField(LineField):
    """A day: "7/12/2026". Its value is a date, or None when empty."""

    def _read(self, typed: str) -> date | None:
        if not typed.strip():
            return None
        day = parse_date(typed)
        if day is None:
            raise ValueError(typed)
        return day

    def _write(self, value: date | None) -> str:
        return "" if value is None else format_date(value)


class TextBox(QPlainTextEdit):
    """Several lines of text. Tab leaves it, as it leaves every other field."""

    committed = Signal(object)

    def __init__(self, name: str, *, placeholder: str = "", rows: int = 3) -> None:
        super().__init__()
        self._rows, self._setting = rows, False
        self._pending = _Pending(self, self._tell)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFont(fonts.font())
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(rows * fonts.line() + 22)
        self.textChanged.connect(self._changed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: vietnamese_menu(self, at))

    def sizeHint(self) -> QSize:
        return QSize(240, self._rows * fonts.line() + 22)

    def value(self) -> str:
        return self.toPlainText()

    def set_value(self, value: str) -> None:
        if self._pending.dirty or value == self.toPlainText():
            return
        self._setting = True
        self.setPlainText(value)
        self._setting = False

    def set_bad(self, bad: bool) -> None:
        _set_bad(self, bad)

    def _changed(self) -> None:
        if not self._setting:
            self._pending.typed()

    def commit(self) -> None:
        self._pending.commit()

    def _tell(self) -> None:
        self.committed.emit(self.toPlainText())

    def event(self, event: QEvent) -> bool:
        if _own_undo(event, self.document().isUndoAvailable()):
            return super().event(event)
        event.ignore()
        return False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
        else:
            super().keyPressEvent(event)
