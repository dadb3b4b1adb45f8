"""Below 1000 px the evidence lies behind the row: two tabs that look like the filter chips."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cchc_desktop.language import text
from ui.widgets.chips import Filter, FilterChips
from ui.widgets.panel import row


class PaneTabs(QWidget):
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._chips = FilterChips(
            [
                Filter("row", text("scoring_page.tab_row"), counted=False),
                Filter("evidence", text("scoring_page.tab_evidence")),
            ]
        )
        self._chips.chosen.connect(self.chosen)
        self.setLayout(row(self._chips, None))
        self.hide()

    def value(self) -> str:
        return self._chips.value()

    def set_value(self, key: str) -> None:
        if key != self.value():
            self._chips.set_value(key)

    def set_count(self, count: int) -> None:
        self._chips.set_counts({"evidence": count})
