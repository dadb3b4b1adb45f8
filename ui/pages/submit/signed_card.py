"""One document that people sign: how far it has come, who signed, and the next thing to do."""

from __future__ import annotations

from collections.abc import Callable

from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.signed_document import SignedBy, Signing
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import dataclass
from ui.fonts import Size
from ui.marks import WARN, Mark, MarkSign
from ui.theme import Role
from ui.widgets.button import Button, LinkLabel
from ui.widgets.labels import Label, strong
from ui.widgets.panel import Panel, row


@dataclass(frozen=True)
class Acts:
    """What can be done with a document."""

    export: Callable[[Signing], object]
    take_in: Callable[[Signing], object]
    sign_here: Callable[[Signing], object]
    number: Callable[[Signing], object]
    look: Callable[[Signing], object]
    drop: Callable[[Signing], object]


def state_of(one: Signing) -> tuple[Mark, str]:
    """The mark and the sentence of a document's state."""
    signed, exported = one.signed, one.exported
    if signed is not None and not one.signed_is_current:
        return WARN, text("signed_page.state_signed_old")
    if signed is not None and signed.state is DocumentState.SIGNED_NOT_NUMBERED:
        return Mark.DOING, text("signed_page.state_not_numbered")
    if signed is not None:
        number, day = signed.given.number, signed.given.issued_on
        if day is None:
            return Mark.DONE, text("signed_page.state_signed_no_day", number=number)
        return Mark.DONE, text("signed_page.state_signed", number=number, day=day)
    if exported is None:
        return Mark.OPEN, text("signed_page.state_none")
    if not one.exported_is_current:
        return WARN, text("signed_page.state_export_old")
    at = exported.created_at.astimezone(VIETNAM)
    return Mark.WAITING, text("signed_page.state_exported", time=at, day=at)


def signer_words(by: SignedBy) -> str:
    at = by.signed_at.astimezone(VIETNAM)
    word = text(f"signed_page.word_{by.outcome.value}")
    key = "signer_of" if by.organisation else "signer"
    return text(f"signed_page.{key}", name=by.name, organisation=by.organisation, time=at, day=at, word=word)


class SignedCard(Panel):
    def __init__(self, title: str, one: Signing, acts: Acts, blocked: str) -> None:
        super().__init__(padding=14, gap=6)
        mark, words = state_of(one)
        self.words = words
        self.look = self._link("look", acts.look, one, title)
        self.drop = self._link("drop", acts.drop, one, title)
        head = row(MarkSign(mark), strong(title, wrap=True), self.look, 8, self.drop, gap=10)
        head.setStretch(1, 1)
        self.box.addLayout(head)
        self.box.addWidget(Label(words, wrap=True))
        for by in one.signed.signers if one.signed else ():
            self.box.addWidget(Label(signer_words(by), Size.SMALL, Role.MUTED, wrap=True))
        signed = one.signed is not None and one.signed_is_current
        self.number = self._button("number", acts.number, one, title)
        self.export = self._button("export", acts.export, one, title)
        self.take_in = self._button("take_in", acts.take_in, one, title)
        self.here = self._button("sign_more" if signed else "sign_here", acts.sign_here, one, title)
        for button in (self.number, self.export, self.here):
            button.set_blocked(blocked)
        first = "" if one.exported is not None else text("signed_page.export_first")
        self.take_in.set_blocked(blocked or first)
        self.look.setVisible(one.signed is not None)
        self.drop.setVisible(one.signed is not None and not blocked)
        unnumbered = one.signed is not None and one.signed.state is DocumentState.SIGNED_NOT_NUMBERED
        self.number.setVisible(unnumbered)
        self.box.addSpacing(2)
        self.box.addLayout(row(self.number, self.export, self.take_in, self.here, None))

    @staticmethod
    def _button(name: str, act: Callable[[Signing], object], one: Signing, title: str) -> Button:
        button = Button(text(f"signed_page.{name}"), lambda: act(one))
        button.setAccessibleDescription(title)
        return button

    @staticmethod
    def _link(name: str, act: Callable[[Signing], object], one: Signing, title: str) -> LinkLabel:
        link = LinkLabel(text(f"signed_page.{name}"), lambda: act(one), Size.SMALL)
        link.setAccessibleDescription(title)
        return link
