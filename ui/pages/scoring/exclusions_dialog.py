"""Groups of rows that this unit is not assessed on: they leave both sums, their answers are kept."""

from __future__ import annotations

from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.services import rounds
from ui.context import Context
from ui.marks import Mark
from ui.pages.scoring.live_sheet import LiveSheet
from ui.widgets.button import Button, Kind
from ui.widgets.labels import Label, second, section
from ui.widgets.option_button import CheckOption
from ui.widgets.panel import column, row
from ui.widgets.sheet_dialog import SheetDialog
from ui.work import ENVIRONMENT


class ChooseExclusions(SheetDialog):
    def __init__(self, context: Context, sheet: LiveSheet) -> None:
        super().__init__(context.dialogs.parent, text("scoring_page.exclusions_title"), 560)
        self._context = context
        self.groups: dict[str, CheckOption] = {}
        listed = column(gap=4)
        for group in sheet.criteria.exclusions:
            rows = [node for code in group.codes for node in sheet.criteria.rows_below(code)]
            points = sum(node.max_points for node in rows)
            option = CheckOption(group.label, text("scoring_page.exclusion_points", points=points))
            option.setChecked(group.id in sheet.round.exclusions)
            self.groups[group.id] = option
            listed.addWidget(option)
            codes = second(text("scoring_page.exclusion_rows", codes=group.codes, rows=len(rows)), wrap=True)
            codes.setContentsMargins(34, 0, 0, 4)
            listed.addWidget(codes)
        cancel = Button(text("window.cancel"), self.reject)
        self.act = Button(text("scoring_page.exclusions_act"), self._choose, kind=Kind.PRIMARY)
        heading = section(text("scoring_page.exclusions_title"))
        words = Label(text("scoring_page.exclusions_words"), wrap=True)
        self.set_content(column(heading, words, listed, gap=12), row(None, cancel, self.act))

    def _choose(self) -> None:
        chosen = tuple(key for key, option in self.groups.items() if option.isChecked())
        profile, round_id = self._context.profile, self._context.round_id
        self._context.edits.save(lambda: rounds.set_exclusions(profile, round_id, chosen), None, self._failed)
        self.accept()

    def _failed(self, error: KnownError) -> None:
        if error.code not in ENVIRONMENT:
            self._context.dialogs.message(text("scoring_page.exclusions_title"), error.message, Mark.ERROR)
