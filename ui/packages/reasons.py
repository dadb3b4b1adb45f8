"""Why the outcome is what it is: one line for each aspect, integrity, signer and revocation apart."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.verification import Aspect, Reason, Verification, worst
from cchc_desktop.language import render, text
from ui.marks import MarkSign
from ui.packages.verdict import LOOKS
from ui.widgets.labels import Label, strong
from ui.widgets.panel import Strip, clear, column

_MARK_DROP = 3
"""A mark is lower than a line of text: so far down it stands in its middle."""


class Reasons(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._lines = column(gap=0)
        self.setLayout(self._lines)

    def show_reasons(self, found: Verification) -> None:
        clear(self._lines)
        for aspect in Aspect:
            if reasons := found.about(aspect):
                self._lines.addWidget(_line(aspect, reasons))

    def words(self) -> tuple[str, ...]:
        """Each line as shown."""
        found = []
        for place in range(self._lines.count()):
            item = self._lines.itemAt(place)
            widget = item.widget() if item is not None else None
            labels = widget.findChildren(Label) if widget is not None else []
            found.append(": ".join(label.text() for label in labels))
        return tuple(found)


def _line(aspect: Aspect, reasons: Sequence[Reason]) -> QWidget:
    strip = Strip("below")
    strip.box.setContentsMargins(4, 6, 4, 6)
    strip.box.setSpacing(12)
    outcome = worst(reason.leads_to for reason in reasons)
    name = strong(text(f"verification.aspect_{aspect.value}"))
    name.setMinimumWidth(130)
    name.setAlignment(Qt.AlignmentFlag.AlignTop)
    words = Label("\n".join(dict.fromkeys(render(reason.message) for reason in reasons)), wrap=True)
    strip.box.addLayout(column(_MARK_DROP, MarkSign(LOOKS[outcome][0]), None, gap=0))
    strip.box.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
    strip.box.addWidget(words, 1)
    return strip
