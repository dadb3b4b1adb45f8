"""A section that is written as text, with the template's standing text to begin from."""

from __future__ import annotations

from collections.abc import Sequence

from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.plan_checks import Finding, Place, Severity
from cchc_desktop.domain.plan_template import TemplateSection
from cchc_desktop.language import text
from cchc_desktop.services import plan as service
from ui.context import Context
from ui.pages.plan.section_head import SectionHead
from ui.pages.plan.step import Step
from ui.widgets.button import Button
from ui.widgets.fields import TextBox
from ui.widgets.labels import second
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import column


class TextStep(Step):
    def __init__(self, context: Context, plan_id: str, section: TemplateSection) -> None:
        super().__init__()
        self.context, self.plan_id, self.section = context, plan_id, section
        self.standing = Button(text("plan_page.standing_text"), self._restore, icon="undo-2")
        self.head = SectionHead(self.standing)
        self.head.set_words(f"{section.code}. {section.title}")
        self.text = TextBox(section.title, rows=6)
        self.text.setReadOnly(context.read_only)
        self.text.committed.connect(self._write)
        self._says = MessageBar()
        guidance = second(section.guidance, wrap=True)
        source = second(text("plan_page.text_source", source=section.source), wrap=True)
        inner = column(self._says, guidance, self.text, source, gap=8)
        inner.setContentsMargins(16, 10, 16, 12)
        inner.setStretch(2, 1)
        whole = column(self.head, inner, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        guidance.setVisible(bool(section.guidance))
        source.setVisible(bool(section.source))

    def _write(self, written: object) -> None:
        profile, plan_id, key = self.context.profile, self.plan_id, self.section.key
        self.context.edits.save(lambda: service.set_text(profile, plan_id, key, str(written)))

    def _restore(self) -> None:
        sure = not self.text.value().strip() or self.context.dialogs.ask(
            text("plan_page.restore_heading"),
            text("plan_page.restore_words"),
            text("plan_page.restore_act"),
            text("plan_page.restore_keep"),
            danger=True,
        )
        if sure:
            self.text.commit()
            self.text.set_value(self.section.text)
            self._write(self.section.text)

    def show_plan(self, plan: Plan, findings: Sequence[Finding]) -> None:
        if not self.context.edits.pending:
            self.text.set_value(plan.text_of(self.section))
        same = self.text.value() == self.section.text
        closed = text("plan_page.read_only") if self.context.read_only else ""
        self.standing.set_blocked(closed or (text("plan_page.is_standing") if same else ""))
        mine = [one for one in findings if one.place.section == self.section.key and not one.place.area]
        if mine:
            error = mine[0].severity is Severity.ERROR
            self._says.say(mine[0].message, Tone.ERROR if error else Tone.WARN)
        else:
            self._says.hush()

    def go_to(self, place: Place | None) -> None:
        self.text.setFocus()
