"""The clerk's number and day for a document that was signed before it had them."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from cchc_desktop.language import text
from ui.widgets.button import Button, Kind
from ui.widgets.fields import DateField, LineField, TextField
from ui.widgets.labels import Label, section
from ui.widgets.panel import column, row
from ui.widgets.sheet_dialog import SheetDialog


class SignedNumber(SheetDialog):
    """`number` and `day` hold what was typed, once it was accepted."""

    def __init__(self, parent: QWidget | None, title: str, today: date) -> None:
        super().__init__(parent, text("signed_page.number_heading"), 480)
        self.number = TextField(text("signed_page.number_field"))
        self.day = DateField(text("signed_page.number_day"))
        self.day.set_value(today)
        fields = row(self._named(self.number), self._named(self.day), gap=12)
        fields.setStretch(0, 1)
        self.act = Button(text("signed_page.number_act"), self.accept, kind=Kind.PRIMARY)
        buttons = row(None, Button(text("window.cancel"), self.reject), self.act)
        words = Label(text("signed_page.number_words"), wrap=True)
        self.set_content(column(section(title, wrap=True), words, fields, gap=12), buttons)
        for field in (self.number, self.day):
            field.textChanged.connect(lambda _text: self._check())
        self._check()

    @staticmethod
    def _named(field: LineField) -> QWidget:
        label = Label(field.accessibleName())
        label.setBuddy(field)
        both = QWidget()
        both.setLayout(column(label, field, gap=2))
        return both

    def _check(self) -> None:
        self.day.commit()
        missing = ""
        if not self.number.text().strip():
            missing = text("signed_page.number_missing")
        elif self.day.value() is None or self.day.property("bad"):
            missing = text("signed_page.day_missing")
        self.act.set_blocked(missing)
