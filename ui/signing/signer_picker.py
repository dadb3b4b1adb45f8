"""Three kinds of signer as cards, and below them what the chosen kind needs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QWidget

from cchc_desktop.domain.signer_choice import FoundCertificate, SignerChoice, SignerKind
from cchc_desktop.language import text
from ui.dialogs import Dialogs
from ui.signing.file_part import FilePart
from ui.signing.token_part import TokenPart
from ui.widgets.option_card import OptionCard
from ui.widgets.panel import column, row
from ui.work import Work

Picked = Callable[[SignerChoice, FoundCertificate | None], object]


class SignerPicker(QWidget):
    """`picked(choice, certificate)` when there is something to sign with (the program's own key at once);
    `shown(kind)` when the user looks at another kind."""

    def __init__(
        self, work: Work, dialogs: Dialogs, picked: Picked, shown: Callable[[SignerKind], object]
    ) -> None:
        super().__init__()
        self._picked, self._shown = picked, shown
        self.kind = SignerKind.SOFTWARE
        self.file = FilePart(work, dialogs, picked)
        self.token = TokenPart(work, dialogs, picked)
        self.cards = {kind: OptionCard(text(f"signing.kind_{kind.value}")) for kind in SignerKind}
        self._group = QButtonGroup(self)
        for kind, card in self.cards.items():
            self._group.addButton(card)
            card.clicked.connect(lambda _on=False, kind=kind: self._look_at(kind))
        self.setLayout(column(row(*self.cards.values(), None, gap=8), self.file, self.token, gap=12))
        self._show(SignerKind.SOFTWARE)

    def show_choice(self, choice: SignerChoice, certificate: str) -> None:
        """What is remembered; `certificate` in words."""
        self._show(choice.kind)
        if choice.kind is SignerKind.PKCS12:
            self.file.show_choice(choice, certificate)
        elif choice.kind is SignerKind.TOKEN:
            self.token.show_choice(choice, certificate)

    def _look_at(self, kind: SignerKind) -> None:
        if kind is self.kind:
            return
        self._show(kind)
        self._shown(kind)
        if kind is SignerKind.SOFTWARE:
            self._picked(SignerChoice(), None)
        elif kind is SignerKind.TOKEN:
            self.token.begin()

    def _show(self, kind: SignerKind) -> None:
        self.kind = kind
        self.cards[kind].setChecked(True)
        self.file.setVisible(kind is SignerKind.PKCS12)
        self.token.setVisible(kind is SignerKind.TOKEN)
