"""Labels at the left, fields at the right, and under each field the words on what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QVBoxLayout, QWidget

from cchc_desktop.message import Message
from ui.widgets.fields import LineField, TextBox
from ui.widgets.labels import Label, second
from ui.widgets.message_bar import FieldNote
from ui.widgets.panel import column

LABEL_WIDTH = 158


class Form(QWidget):
    """Each field has a key, by which `show_problems` finds it."""

    def __init__(self, *, gap: int = 10) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(gap)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._labels: dict[str, Label] = {}
        self._boxes: dict[str, QVBoxLayout] = {}
        self._notes: dict[str, FieldNote] = {}
        self._fields: dict[str, QWidget] = {}

    def add(self, key: str, words: str, field: QWidget, hint: str = "") -> None:
        """`hint` stands small under the field."""
        self.add_line(key, words, field, field, hint)

    def add_line(
        self, key: str, words: str, field: QWidget, shown: QWidget | QLayout, hint: str = ""
    ) -> None:
        """Like `add`, for a field that stands in a line with other things."""
        place = self._grid.rowCount()
        label = Label(words, wrap=True)
        label.setBuddy(field)
        label.setMinimumHeight(34)
        label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        box = column(shown, *([second(hint, wrap=True)] if hint else []), gap=2)
        self._labels[key], self._boxes[key], self._fields[key] = label, box, field
        self._grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(box, place, 1)

    def add_wide(self, item: QWidget | QLayout) -> None:
        """Something over both columns."""
        place = self._grid.rowCount()
        if isinstance(item, QLayout):
            self._grid.addLayout(item, place, 0, 1, 2)
        else:
            self._grid.addWidget(item, place, 0, 1, 2)

    def set_shown(self, key: str, shown: bool) -> None:
        for part in (self._labels[key], self._fields[key]):
            part.setVisible(shown)
        if not shown:
            self._hush(key)

    def field(self, key: str) -> QWidget:
        return self._fields[key]

    def show_problems(self, problems: dict[str, Message]) -> None:
        """Mark the fields that are wrong; the focus goes to the first of them."""
        first: QWidget | None = None
        for key, field in self._fields.items():
            wrong = problems.get(key)
            if isinstance(field, LineField | TextBox):
                field.set_bad(wrong is not None)
            if wrong is None:
                self._hush(key)
            else:
                self._note(key).say(wrong)
                first = first or field
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note(self, key: str) -> FieldNote:
        """Made when there is something to say: most fields are never wrong."""
        if key not in self._notes:
            self._notes[key] = note = FieldNote()
            self._boxes[key].addWidget(note)
        return self._notes[key]

    def _hush(self, key: str) -> None:
        if key in self._notes:
            self._notes[key].hush()
