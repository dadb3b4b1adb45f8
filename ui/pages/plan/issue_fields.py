"""How the plan is issued besides its number and date: its form, who signs, and the letter that carries it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.plan import PlanForm, PlanIssue
from cchc_desktop.domain.signing_as import SignsAs
from cchc_desktop.domain.unit import Person
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import replace
from ui.widgets.choice import Choice
from ui.widgets.fields import DateField, TextField
from ui.widgets.labels import second
from ui.widgets.panel import column, row

_CHOICE_WIDTH = 228
"""All words of both choices are seen."""


class IssueFields(QWidget):
    """`changed` fires when the user has settled one of them; `put_into` says what they hold."""

    changed = Signal()

    def __init__(self, read_only: bool) -> None:
        super().__init__()
        self.form = Choice(text("plan_export.form"))
        self.form.set_choices([(form, text(f"plan_export.form_{form}")) for form in PlanForm])
        self.signs_as = Choice(text("plan_export.signs_as"))
        self.signs_as.set_choices([(way, text(f"plan_export.signs_{way}")) for way in SignsAs])
        self.signer = TextField(text("plan_export.signer"), placeholder=text("plan_export.signer_example"))
        self.signer_title = TextField(
            text("plan_export.signer_title"), placeholder=text("plan_export.title_example")
        )
        self.letter_number = TextField(
            text("plan_export.letter_number"), placeholder=text("plan_export.letter_example")
        )
        self.letter_on = DateField(text("plan_export.letter_on"), placeholder=text("plan_page.date_example"))
        for name in (self.signer, self.signer_title):
            name.setMinimumWidth(_CHOICE_WIDTH)
        self.letter_number.setMaximumWidth(240)
        self.letter_on.setMaximumWidth(160)
        for choice in (self.form, self.signs_as):
            choice.setEnabled(not read_only)
            choice.setMinimumWidth(_CHOICE_WIDTH)
            choice.chosen.connect(lambda _value: self._settled())
        for field in (self.signer, self.signer_title, self.letter_number, self.letter_on):
            field.setReadOnly(read_only)
            field.committed.connect(lambda _value: self.changed.emit())
        self._other = QWidget()
        self._other.setLayout(
            row(
                self._field("signer", self.signer),
                self._field("signer_title", self.signer_title),
                None,
                gap=16,
            )
        )
        self.setLayout(
            column(
                row(
                    self._field("form", self.form),
                    self._field("signs_as", self.signs_as),
                    None,
                    gap=16,
                ),
                self._other,
                row(
                    self._field("letter_number", self.letter_number),
                    self._field("letter_on", self.letter_on),
                    None,
                    gap=16,
                ),
                gap=6,
            )
        )

    def _field(self, word: str, field: QWidget) -> QWidget:
        holder = QWidget()
        holder.setLayout(column(second(text(f"plan_export.{word}")), field, gap=4))
        return holder

    def _settled(self) -> None:
        self._show_signer()
        self.changed.emit()

    def _show_signer(self) -> None:
        """The head signs by the unit's particulars; whoever signs for the head may be somebody else."""
        self._other.setVisible(self.signs_as.currentData() != SignsAs.HEAD)

    def put_into(self, issue: PlanIssue) -> PlanIssue:
        day = self.letter_on.value()
        signs_as = SignsAs(self.signs_as.currentData())
        signer = Person(str(self.signer.value()).strip(), str(self.signer_title.value()).strip())
        return replace(
            issue,
            form=PlanForm(self.form.currentData()),
            signs_as=signs_as,
            signer=Person() if signs_as is SignsAs.HEAD else replace(signer, contact=issue.signer.contact),
            letter_number=str(self.letter_number.value()).strip(),
            letter_on=day if isinstance(day, date) else None,
        )

    def show_issue(self, issue: PlanIssue) -> None:
        self.form.set_value(issue.form)
        self.signs_as.set_value(issue.signs_as)
        self.signer.set_value(issue.signer.name)
        self.signer_title.set_value(issue.signer.title)
        self.letter_number.set_value(issue.letter_number)
        self.letter_on.set_value(issue.letter_on)
        self._show_signer()
