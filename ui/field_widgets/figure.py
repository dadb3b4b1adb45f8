"""A number or a count: one white cell, right aligned, "2.847" as Vietnamese write it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.fields import Field
from cchc_desktop.language import format_number, parse_number
from ui.field_widgets.field_widget import FieldWidget
from ui.marks import SIZE, Mark, paint_mark
from ui.widgets.enter_key import ENTER
from ui.widgets.fields import LineField
from ui.widgets.panel import row

_LONGEST = 60
"""Characters that a cell takes; the rules refuse a number long before."""


def stored_number(typed: str) -> str | None:
    """What goes into the answer for typed text: "2.847" → "2847", "0,5" → "0.5", "" → None, "hai" → "hai"."""
    if not typed.strip():
        return None
    number = parse_number(typed)
    return typed.strip() if number is None else f"{number:f}"


def shown_number(value: object | None) -> str:
    """The other way round; text that is no number comes back as it was typed."""
    if value is None:
        return ""
    if isinstance(value, str):
        try:
            return format_number(Decimal(value)) if len(value) <= _LONGEST else value
        except ArithmeticError:
            return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return format_number(value)
    return str(value)


class FigureCell(LineField):
    """The cell itself. A bad figure gets the octagon inside, at the left."""

    next_wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(_LONGEST)

    def _read(self, typed: str) -> str | None:
        return stored_number(typed)

    def _write(self, value: Any) -> str:
        return shown_number(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in ENTER:
            self.next_wanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.property("bad"):
            with QPainter(self) as painter:
                paint_mark(painter, Mark.ERROR, QPointF(8, (self.height() - SIZE) / 2))


class FigureField(FieldWidget):
    def __init__(self, field: Field, name: str) -> None:
        super().__init__(field, name)
        self._cell = FigureCell(name)
        self.setLayout(row(self._cell))
        self.setFocusProxy(self._cell)
        self._cell.textEdited.connect(lambda _text: self.edited.emit())
        self._cell.committed.connect(lambda _value: self._committed())
        self._cell.next_wanted.connect(lambda: self.focusNextChild())
        self._bad = False

    def _committed(self) -> None:
        self._cell.set_bad(self._bad)
        self.left.emit()

    def value(self) -> object | None:
        return stored_number(self._cell.text())

    def set_value(self, value: object | None) -> None:
        self._cell.set_value(value)
        self._cell.set_bad(self._bad)

    def set_read_only(self, read_only: bool) -> None:
        self._cell.setReadOnly(read_only)

    def set_bad(self, bad: bool) -> None:
        self._bad = bad
        self._cell.set_bad(bad)

    def commit(self) -> None:
        self._cell.commit()

    def focus_widget(self) -> QWidget:
        return self._cell
