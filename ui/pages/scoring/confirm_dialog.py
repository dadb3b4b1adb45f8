"""The head answers for the self-score: name, title, date. Any later edit of an answer withdraws it."""

from __future__ import annotations

from cchc_desktop.domain.round import HeadConfirmation
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import rounds
from ui.context import Context
from ui.marks import Mark
from ui.pages.scoring.live_sheet import LiveSheet
from ui.widgets.button import Button, Kind
from ui.widgets.fields import DateField, LineField, TextField
from ui.widgets.labels import Label, section
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import column, row
from ui.widgets.sheet_dialog import SheetDialog
from ui.work import ENVIRONMENT


class ConfirmScore(SheetDialog):
    def __init__(self, context: Context, sheet: LiveSheet) -> None:
        super().__init__(context.dialogs.parent, text("scoring_page.confirm"), 520)
        self._context, self._sheet = context, sheet
        score, round_ = sheet.score, sheet.round
        total = score.total
        words = Label(
            text("scoring_page.confirm_words", points=total.self_points, maximum=total.self_max), wrap=True
        )
        self.state = MessageBar()
        head = round_.unit.head
        self.name = TextField(text("scoring_page.head_name"))
        self.title = TextField(text("scoring_page.head_title"))
        self.day = DateField(text("scoring_page.head_day"))
        self.name.set_value(head.name)
        self.title.set_value(head.title)
        self.day.set_value(context.today())
        fields = row(
            column(self._label(self.title), self.title, gap=2),
            column(self._label(self.day), self.day, gap=2),
            gap=12,
        )
        fields.setStretch(0, 1)
        self.withdraw = Button(text("scoring_page.withdraw"), self._withdraw)
        self.act = Button(text("scoring_page.confirm_act"), self._confirm, kind=Kind.PRIMARY)
        cancel = Button(text("window.cancel"), self.reject)
        buttons = row(self.withdraw, None, cancel, self.act)
        whole = column(
            section(text("scoring_page.confirm")),
            words,
            self.state,
            column(self._label(self.name), self.name, gap=2),
            fields,
            gap=12,
        )
        self.set_content(whole, buttons)
        for field in (self.name, self.title, self.day):
            field.textChanged.connect(lambda _text: self._check())
        self._say_state()
        self._check()

    def _label(self, field: LineField) -> Label:
        label = Label(field.accessibleName())
        label.setBuddy(field)
        return label

    def _say_state(self) -> None:
        done = self._sheet.round.confirmation
        self.withdraw.setVisible(done is not None)
        own_open = sum(self._sheet.mark(node) is Mark.OPEN for node in self._sheet.criteria.rows)
        wrong = len({error.code for error in self._sheet.score.errors})
        if done is not None:
            self.state.say(
                text(
                    "scoring_page.confirmed_by",
                    name=done.name,
                    title=done.title,
                    day=done.confirmed_on,
                    points=done.total_points,
                ),
                Tone.OK,
            )
        elif wrong:
            self.state.say(text("scoring_page.confirm_wrong", rows=wrong), Tone.ERROR)
        elif own_open:
            self.state.say(text("scoring_page.confirm_open", rows=own_open), Tone.WARN)

    def _check(self) -> None:
        self.day.commit()
        missing = ""
        if self._sheet.score.errors:
            missing = text("scoring_page.confirm_blocked")
        elif not self.name.text().strip() or not self.title.text().strip():
            missing = text("scoring_page.confirm_who")
        elif self.day.value() is None or self.day.property("bad"):
            missing = text("scoring_page.confirm_day")
        self.act.set_blocked(missing)

    def _confirm(self) -> None:
        confirmation = HeadConfirmation(
            self.name.text().strip(),
            self.title.text().strip(),
            self.day.value(),
            self._sheet.score.total.self_points,
        )
        profile, round_id = self._context.profile, self._context.round_id
        self._context.edits.save(lambda: rounds.confirm(profile, round_id, confirmation), None, self._failed)
        self.accept()

    def _withdraw(self) -> None:
        profile, round_id = self._context.profile, self._context.round_id
        self._context.edits.save(lambda: rounds.withdraw_confirmation(profile, round_id), None, self._failed)
        self.accept()

    def _failed(self, error: KnownError) -> None:
        if error.code not in ENVIRONMENT:
            self._context.dialogs.message(text("scoring_page.confirm"), render(error.message), Mark.ERROR)
