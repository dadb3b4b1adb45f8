"""The coloured band with the outcome: shape, word, what to do."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.language import text
from ui.marks import WARN, Mark, MarkSign
from ui.theme import Role, color
from ui.widgets.labels import Label, section
from ui.widgets.painted import chip
from ui.widgets.panel import column, row

LOOKS = {
    Outcome.VALID: (Mark.DONE, Role.OK, Role.OK_SOFT),
    Outcome.VALID_WITH_WARNINGS: (WARN, Role.WARN, Role.WARN_SOFT),
    Outcome.UNKNOWN_SIGNER: (Mark.UNKNOWN, Role.INFO, Role.INFO_SOFT),
    Outcome.INVALID: (Mark.ERROR, Role.ERROR, Role.ERROR_SOFT),
    Outcome.UNREADABLE: (Mark.UNREADABLE, Role.MUTED, Role.COMPUTED),
}
"""Mark, colour of the word and the edge, ground."""


class Verdict(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._outcome = Outcome.VALID
        self._sign = MarkSign(Mark.DONE, 36)
        self._word = section(wrap=True)
        self._advice = Label(wrap=True)
        box = row(self._sign, column(self._word, self._advice, gap=2), gap=16)
        box.setStretch(1, 1)
        box.setContentsMargins(22, 14, 16, 14)
        self.setLayout(box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_outcome(self, outcome: Outcome) -> None:
        self._outcome = outcome
        mark, role, _ground = LOOKS[outcome]
        self._sign.set_mark(mark)
        self._word.setText(text(f"verification.name_{outcome.value}"))
        self._word.set_role(role)
        self._advice.setText(text(f"package_view.advice_{outcome.value}"))
        self.setAccessibleName(f"{self._word.text()}. {self._advice.text()}")
        self.update()

    def word(self) -> str:
        return self._word.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        _mark, edge, ground = LOOKS[self._outcome]
        with QPainter(self) as painter:
            chip(painter, QRectF(self.rect()), color(ground), color(edge), 2)
            painter.fillRect(QRectF(0, 0, 6, self.height()), color(edge))
