"""Who signed, in order: the name of the certificate, its code, when, and what each signature covers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.verification import SignerFinding
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.language import text
from ui.marks import MarkSign
from ui.packages.verdict import LOOKS
from ui.theme import Role
from ui.widgets.labels import Label, second, section
from ui.widgets.panel import Strip, clear, column


class Signers(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._lines = column(gap=0)
        self.setLayout(column(section(text("package_view.signers")), self._lines, gap=4))

    def show_signers(self, signers: Sequence[SignerFinding]) -> None:
        clear(self._lines)
        self.setVisible(bool(signers))
        for number, signer in enumerate(signers, 1):
            self._lines.addWidget(_line(number, signer))

    def words(self) -> tuple[str, ...]:
        return tuple(label.text() for label in self.findChildren(Label))


def _line(number: int, signer: SignerFinding) -> QWidget:
    at = signer.signed_at.astimezone(VIETNAM)
    who = text("package_view.signer", number=number, name=signer.name)
    if signer.unit_code:
        who = text("package_view.signer_of", number=number, name=signer.name, code=signer.unit_code)
    covers = text("package_view.covers_first") if number == 1 else text("package_view.covers_again")
    issued = (
        text("package_view.issued_by", authority=signer.authority)
        if signer.authority
        else text("package_view.self_issued")
    )
    strip = Strip("below")
    strip.box.setContentsMargins(4, 6, 4, 6)
    strip.box.setSpacing(12)
    sign = column(3, MarkSign(LOOKS[signer.outcome][0]), None, gap=0)
    name = Label(who, bold=True, wrap=True)
    code = Label(
        text("package_view.certificate", issued=issued, code=signer.spoken_code), role=Role.MUTED, wrap=True
    )
    code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    when = second(text("package_view.signed_at", covers=covers, time=at, day=at), wrap=True)
    strip.box.addLayout(sign)
    words = column(name, when, code, gap=1)
    strip.box.addLayout(words, 1)
    return strip
