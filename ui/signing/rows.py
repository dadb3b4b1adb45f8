"""Rows of a name, what is chosen, and what can be done with it; the names stand in one column."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.widgets.labels import second


class Rows(QGridLayout):
    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(12)
        self.setVerticalSpacing(8)
        self.setContentsMargins(0, 0, 0, 0)
        self.setColumnStretch(1, 1)

    def add(self, name: str, shown: QWidget, *acts: QWidget) -> QLabel:
        """The label of the row, for what comes and goes."""
        at = self.rowCount()
        label = second(name)
        self.addWidget(label, at, 0)
        self.addWidget(shown, at, 1)
        for place, act in enumerate(acts, start=2):
            self.addWidget(act, at, place)
        return label
