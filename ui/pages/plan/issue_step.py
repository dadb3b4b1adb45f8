"""The last step: what the plan rests on, who gets it, its number and date, and the document itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.plan import CITATIONS_TEXT, RECIPIENTS_TEXT, Plan, PlanIssue
from cchc_desktop.domain.plan_checks import Finding, Place, Severity
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import replace
from cchc_desktop.services import plan as service
from ui.context import Context
from ui.pages.plan.issue_fields import IssueFields
from ui.pages.plan.section_head import SectionHead
from ui.pages.plan.step import Step
from ui.widgets.button import Button
from ui.widgets.fields import DateField, TextBox, TextField
from ui.widgets.labels import second
from ui.widgets.message_bar import FieldNote, Tone
from ui.widgets.panel import column, row
from ui.widgets.scroll_column import ScrollColumn

ISSUE = "issue"


class IssueStep(Step):
    """`save` writes the plan's document; the page's own button shows it."""

    def __init__(self, context: Context, plan_id: str, save: Callable[[], object]) -> None:
        super().__init__()
        self.context, self.plan_id = context, plan_id
        self._issue = PlanIssue()
        self.save = Button(text("plan_page.save_pdf"), save, icon="download")
        self.head = SectionHead(self.save)
        self.head.set_words(text("plan_page.step_issue_long"), "")
        self.citations = TextBox(text("plan_page.citations"), rows=4)
        self.recipients = TextBox(text("plan_page.recipients"), rows=3)
        self.number = TextField(text("plan_page.number"), placeholder=text("plan_page.number_example"))
        self.issued_on = DateField(text("plan_page.issued_on"), placeholder=text("plan_page.date_example"))
        self._notes = {name: FieldNote() for name in (CITATIONS_TEXT, RECIPIENTS_TEXT, "number", "issued_on")}
        self.number.setMaximumWidth(240)
        self.issued_on.setMaximumWidth(160)
        for box, key in ((self.citations, CITATIONS_TEXT), (self.recipients, RECIPIENTS_TEXT)):
            box.setReadOnly(context.read_only)
            box.committed.connect(lambda written, key=key: self._write(key, str(written)))
        for field in (self.number, self.issued_on):
            field.setReadOnly(context.read_only)
            field.committed.connect(lambda _value: self._set_issue())
        self.fields = IssueFields(context.read_only)
        self.fields.changed.connect(self._set_issue)
        self.issued_on.mistyped.connect(
            lambda _typed: self._notes["issued_on"].say(text("plan_page.bad_date"))
        )
        inner = column(
            *self._labelled("citations", self.citations, CITATIONS_TEXT),
            4,
            *self._labelled("recipients", self.recipients, RECIPIENTS_TEXT),
            4,
            row(
                self._field("number", self.number),
                self._field("issued_on", self.issued_on),
                None,
                gap=16,
            ),
            self._notes["number"],
            self._notes["issued_on"],
            self.fields,
            second(text("plan_page.issue_hint"), wrap=True),
            gap=4,
        )
        inner.setContentsMargins(16, 12, 16, 12)
        inner.setStretch(1, 3)
        inner.setStretch(5, 2)
        whole = column(self.head, ScrollColumn(inner), gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _labelled(self, word: str, box: TextBox, note: str) -> tuple[QWidget, ...]:
        return second(text(f"plan_page.{word}_label")), box, self._notes[note]

    def _field(self, word: str, field: QWidget) -> QWidget:
        holder = QWidget()
        holder.setLayout(column(second(text(f"plan_page.{word}")), field, gap=4))
        return holder

    def _write(self, key: str, written: str) -> None:
        profile, plan_id = self.context.profile, self.plan_id
        self.context.edits.save(lambda: service.set_text(profile, plan_id, key, written))

    def _set_issue(self) -> None:
        day = self.issued_on.value()
        number = str(self.number.value()).strip()
        issue = self.fields.put_into(
            replace(self._issue, number=number, issued_on=day if isinstance(day, date) else None)
        )
        if issue == self._issue:
            return
        self._issue = issue
        profile, plan_id = self.context.profile, self.plan_id
        self.context.edits.save(lambda: service.set_issue(profile, plan_id, issue))

    def show_plan(self, plan: Plan, findings: Sequence[Finding]) -> None:
        if not self.context.edits.pending:
            self._issue = plan.issue
            self.citations.set_value("\n".join(plan.citations))
            self.recipients.set_value("\n".join(plan.recipients))
            self.number.set_value(plan.issue.number)
            self.issued_on.set_value(plan.issue.issued_on)
            self.fields.show_issue(plan.issue)
        for name, note in self._notes.items():
            mine = [one for one in findings if name in (one.place.section, one.place.column)]
            if mine:
                note.say(mine[0].message, Tone.ERROR if mine[0].severity is Severity.ERROR else Tone.WARN)
            elif not (name == "issued_on" and self.issued_on.property("bad")):
                note.hush()

    def go_to(self, place: Place | None) -> None:
        where = {
            CITATIONS_TEXT: self.citations,
            RECIPIENTS_TEXT: self.recipients,
            "issued_on": self.issued_on,
        }
        section = (place.column or place.section) if place is not None else ""
        where.get(section, self.number).setFocus()
