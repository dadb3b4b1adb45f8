"""Starting a further plan of the round: the templates that fit the unit, by their kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.pack import PackInfo, PackRef
from cchc_desktop.domain.plan_template import PlanKind, PlanTemplate
from cchc_desktop.language import text
from cchc_desktop.services import packs
from ui.context import Context
from ui.widgets.button import Button, Kind
from ui.widgets.fields import DateField
from ui.widgets.labels import Label, second, section
from ui.widgets.message_bar import FieldNote
from ui.widgets.option_card import OptionCard
from ui.widgets.panel import column, row
from ui.widgets.sheet_dialog import SheetDialog

_ORDER = (PlanKind.COMPETITIVENESS, PlanKind.FIVE_YEAR, PlanKind.PART_YEAR, PlanKind.INDICES)


def further_templates(context: Context) -> tuple[PlanTemplate, ...]:
    """What the round's own yearly plan leaves: templates of other kinds for this unit and year,
    of each the highest version."""
    unit, year = context.round.unit, context.round.year
    newest: dict[str, PackInfo] = {}
    for info in packs.plan_templates(context.profile.folder):
        before = newest.get(info.ref.id)
        if unit.kind in info.unit_kinds and (before is None or before.ref.version < info.ref.version):
            newest[info.ref.id] = info
    found = [packs.plan_template(info.ref, context.profile.folder) for info in newest.values()]
    fitting = [one for one in found if one.kind in _ORDER and _holds(one, year)]
    return tuple(sorted(fitting, key=lambda one: (_ORDER.index(one.kind), one.title)))


def _holds(template: PlanTemplate, year: int) -> bool:
    begins = template.effective_from is None or template.effective_from <= date(year, 12, 31)
    return begins and (template.effective_to is None or template.effective_to >= date(year, 1, 1))


class NewPlan(SheetDialog):
    """`chosen()` after it was accepted: the template, and the first day of a part-year plan."""

    def __init__(self, parent: QWidget | None, context: Context, templates: Sequence[PlanTemplate]) -> None:
        super().__init__(parent, text("plan_page.new_plan"), 560)
        self._templates = tuple(templates)
        self._year = context.round.year
        self.cards = [OptionCard(one.title) for one in self._templates]
        self.starts_on = DateField(
            text("plan_page.new_plan_starts_on"), placeholder=text("plan_page.date_example")
        )
        self.starts_on.setMaximumWidth(180)
        self._note = FieldNote()
        self._day = QWidget()
        day = column(second(text("plan_page.new_plan_starts_on")), self.starts_on, self._note, gap=4)
        self._day.setLayout(day)
        self.make = Button(text("plan_page.new_plan_make"), self._accept, kind=Kind.PRIMARY)
        self.back = Button(text("plan_page.pick_back"), self.reject)
        content = column(
            section(text("plan_page.new_plan")),
            Label(text("plan_page.new_plan_words"), wrap=True),
            *self.cards,
            self._day,
            None,
            gap=8,
        )
        self.set_content(content, row(None, self.back, self.make, gap=8))
        for card in self.cards:
            card.toggled.connect(lambda _on: self._look())
        if self.cards:
            self.cards[0].setChecked(True)
        self._look()

    def _template(self) -> PlanTemplate | None:
        pairs = zip(self.cards, self._templates, strict=True)
        return next((template for card, template in pairs if card.isChecked()), None)

    def _look(self) -> None:
        template = self._template()
        self._day.setVisible(template is not None and template.kind is PlanKind.PART_YEAR)
        self.make.set_blocked("" if template else text("plan_page.pick_first"))
        self.fit()

    def _accept(self) -> None:
        self.starts_on.commit()
        day = self.starts_on.value()
        if self._day.isVisible() and (not isinstance(day, date) or day.year != self._year):
            self._note.say(text("plan_page.new_plan_bad_day", year=str(self._year)))
            self.starts_on.setFocus()
            self.fit()
            return
        self.accept()

    def chosen(self) -> tuple[PackRef | None, date | None]:
        template, day = self._template(), self.starts_on.value()
        if template is None:
            return None, None
        part = template.kind is PlanKind.PART_YEAR and isinstance(day, date)
        return PackRef(template.id, template.version), day if part else None
