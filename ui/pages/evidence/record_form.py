"""The document behind a file: number, date, issuer, abstract, page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from cchc_desktop.domain.evidence import EvidenceRecord
from cchc_desktop.language import text
from ui.widgets.check_box import CheckBox
from ui.widgets.fields import DateField, LineField, TextBox, TextField
from ui.widgets.labels import Label
from ui.widgets.message_bar import FieldNote
from ui.widgets.panel import column


class RecordForm(QWidget):
    """`changed(record)` when a field is left (or typing pauses) with something new in it."""

    changed = Signal(object)

    def __init__(self, *, wide: bool = False) -> None:
        super().__init__()
        self._record = EvidenceRecord()
        self.number = TextField(
            text("evidence_page.number"), placeholder=text("evidence_page.number_example")
        )
        self.issued_on = DateField(text("evidence_page.date"), placeholder=text("evidence_page.date_example"))
        self.issuer = TextField(text("evidence_page.issuer"))
        self.abstract = TextBox(text("evidence_page.abstract"), rows=2)
        self.page = TextField(text("evidence_page.page"), placeholder=text("evidence_page.page_example"))
        self.personal = CheckBox(text("evidence_page.personal"))
        self._date_note = FieldNote()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        self._place(grid, self.number, 0, 0)
        self._place(grid, self.issued_on, 0, 1)
        grid.addWidget(self._date_note, 2, 0, 1, 2)
        self._place(grid, self.issuer, 3, 0, 1 if wide else 2)
        if wide:
            self._place(grid, self.page, 3, 1)
        self._place(grid, self.abstract, 5, 0, 2)
        if not wide:
            self._place(grid, self.page, 7, 0, 2)
        grid.addWidget(self.personal, 9, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.setLayout(column(grid))
        for field in (self.number, self.issued_on, self.issuer, self.page, self.abstract):
            field.committed.connect(lambda _value: self._told())
        self.issued_on.mistyped.connect(lambda _typed: self._date_note.say(text("evidence_page.bad_date")))
        self.personal.clicked.connect(lambda _on=False: self._told())

    def _place(
        self, grid: QGridLayout, field: LineField | TextBox, line: int, place: int, span: int = 1
    ) -> None:
        label = Label(field.accessibleName())
        label.setBuddy(field)
        grid.addLayout(column(label, field, gap=2), line, place, 2, span)

    def set_record(self, record: EvidenceRecord) -> None:
        """Show a record; half-typed fields are left alone."""
        self._record = record
        self.number.set_value(record.number)
        self.issued_on.set_value(record.issued_on)
        self.issuer.set_value(record.issuer)
        self.abstract.set_value(record.abstract)
        self.page.set_value(record.page)
        self.personal.setChecked(record.personal_data)
        if not self.issued_on.property("bad"):
            self._date_note.hush()

    def record(self) -> EvidenceRecord:
        return EvidenceRecord(
            number=self.number.text().strip(),
            issued_on=self.issued_on.value(),
            issuer=self.issuer.text().strip(),
            abstract=self.abstract.toPlainText().strip(),
            page=self.page.text().strip(),
            personal_data=self.personal.isChecked(),
        )

    def set_read_only(self, read_only: bool) -> None:
        for field in (self.number, self.issued_on, self.issuer, self.page, self.abstract):
            field.setReadOnly(read_only)
        self.personal.setEnabled(not read_only)

    def commit(self) -> None:
        for field in (self.number, self.issued_on, self.issuer, self.page, self.abstract):
            field.commit()

    def _told(self) -> None:
        if not self.issued_on.property("bad"):
            self._date_note.hush()
        record = self.record()
        if record != self._record:
            self._record = record
            self.changed.emit(record)

    def focus_missing(self) -> None:
        """To the first field that is still empty."""
        fields = (self.number, self.issued_on, self.issuer)
        empty = next((field for field in fields if not field.text().strip()), self.number)
        empty.setFocus()
