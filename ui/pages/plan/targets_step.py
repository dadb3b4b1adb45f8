"""The plan's targets: the general ones as text, those that can be measured in a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.plan_checks import Finding, Place
from cchc_desktop.domain.plan_template import TemplateSection
from cchc_desktop.language import text
from cchc_desktop.services import plan as service
from ui.context import Context
from ui.pages.plan.table_step import TableStep
from ui.pages.plan.target_rows import TargetRows
from ui.widgets.button import Button
from ui.widgets.fields import TextBox
from ui.widgets.labels import second
from ui.widgets.panel import column


class TargetsStep(TableStep):
    def __init__(
        self, context: Context, plan: Plan, section: TemplateSection, more: Callable[[], object]
    ) -> None:
        self.section, self.plan_id = section, plan.id
        self.more_button = Button(text("plan_page.more_targets"), more)
        self.more_button.set_help(text("plan_page.more_help"))
        self._targets = TargetRows(context, plan)
        super().__init__(context, "target", self._targets, section.title)
        self.text = TextBox(section.title, rows=3)
        self.text.setReadOnly(context.read_only)
        self.text.setMaximumHeight(self.text.sizeHint().height() + 24)
        self.text.committed.connect(self._write)
        general = column(second(text("plan_page.general_targets")), self.text, gap=4)
        general.setContentsMargins(16, 8, 16, 10)
        whole = column(self.head, general, self.table, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def tools(self) -> list[Button]:
        return [*super().tools(), self.more_button]

    def _write(self, written: object) -> None:
        profile, plan_id, key = self.context.profile, self.plan_id, self.section.key
        self.context.edits.save(lambda: service.set_text(profile, plan_id, key, str(written)))

    def show_plan(self, plan: Plan, findings: Sequence[Finding]) -> None:
        name = f"{self.section.code}. {self.section.title}"
        self.head.set_words(name, text("plan_page.target_count", count=len(plan.targets)))
        if not self.context.edits.pending:
            self.text.set_value(plan.text_of(self.section))
        lines = [
            self._targets.line_of(target)
            for area in plan.template.areas
            for target in plan.area_targets(area.key)
        ]
        self.show_lines(lines, [finding for finding in findings if finding.place.target_id])

    def go_to(self, place: Place | None) -> None:
        if place is not None and not place.target_id and place.area:
            found = [row for row, line in enumerate(self.rows.lines) if line.area == place.area]
            self.table.go_to_cell(found[-1] if found else self.rows.count())
            return
        super().go_to(place)
