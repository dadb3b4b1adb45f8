"""Above the row where room is short: the rows as a drop-down instead of the tree, and two tabs, since the
evidence lies behind the row.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cchc_desktop.language import text
from ui.pages.scoring.live_sheet import LiveSheet
from ui.widgets.chips import Filter, FilterChips
from ui.widgets.choice import Choice
from ui.widgets.panel import row
from ui.widgets.tab_order import tab_after

ROW, EVIDENCE = "row", "evidence"


class NarrowHead(QWidget):
    """`picked(code)`: the user went to another row. `turned`: to another tab. Its parts are made for
    the first window that is too narrow: most never are, and the page opens the faster.
    """

    picked = Signal(str)
    turned = Signal()

    def __init__(self, sheet: LiveSheet) -> None:
        super().__init__()
        self._sheet = sheet
        self._code, self._count = "", 0
        self._is_made = False
        self.hide()
        sheet.loaded.connect(self._fill)

    def fit(self, *, tree_away: bool, evidence_away: bool) -> None:
        if evidence_away and not self._is_made:
            self._make()
        self.setVisible(evidence_away)
        if self._is_made:
            self.row_choice.setVisible(tree_away)

    def _make(self) -> None:
        self._is_made = True
        self.row_choice = Choice(text("scoring_page.row_choice"))
        self.row_choice.chosen.connect(lambda code: self.picked.emit(str(code)))
        self.tabs = FilterChips(
            [
                Filter(ROW, text("scoring_page.tab_row"), counted=False),
                Filter(EVIDENCE, text("scoring_page.tab_evidence")),
            ]
        )
        self.tabs.chosen.connect(lambda _key: self.turned.emit())
        box = row(self.row_choice, row(self.tabs, None), gap=12)
        box.setStretch(0, 1)
        box.setContentsMargins(20, 8, 20, 0)
        self.setLayout(box)
        tab_after(self, self.row_choice, *self.tabs.chips())
        self.set_count(self._count)
        if self._code:
            self._fill()

    def _fill(self) -> None:
        if self._is_made:
            nodes = (*self._sheet.criteria.rows, *self._sheet.criteria.adjustments)
            named = [(node.code, f"{node.code} {node.label}") for node in nodes]
            self.row_choice.set_choices(named, self._code)

    def set_code(self, code: str) -> None:
        """That row is shown."""
        self._code = code
        if self._is_made:
            self.row_choice.set_value(code)

    def set_count(self, count: int) -> None:
        """So many pieces of evidence has it."""
        self._count = count
        if self._is_made:
            self.tabs.set_counts({EVIDENCE: count})

    def tab(self) -> str:
        """What is asked for; the row where there is room for both."""
        return ROW if self.isHidden() else self.tabs.value()

    def set_tab(self, key: str) -> None:
        if self._is_made and key != self.tabs.value():
            self.tabs.set_value(key)
