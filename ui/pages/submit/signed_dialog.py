"""Văn bản đã ký: every document of the round that people sign, with what to do next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.signed_document import SignedKind, Signing
from cchc_desktop.domain.signer_choice import SignWith
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import signed_documents
from cchc_desktop.services.profile import Profile
from cchc_desktop.services.signed_documents import TakenIn
from ui.context import Context
from ui.pages.submit.signed_card import Acts, SignedCard
from ui.pages.submit.signed_here import SignedHere
from ui.pages.submit.signed_number import SignedNumber
from ui.widgets.button import Button, Kind
from ui.widgets.labels import Label
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.option_button import CheckOption
from ui.widgets.panel import clear, column, row
from ui.widgets.sheet_dialog import SheetDialog

_WIDTH = 720


def document_name(kind: SignedKind, year: int) -> str:
    return text(f"signed_page.document_{kind.value}", year=str(year))


class SignedDialog(SheetDialog):
    """`sign_with()` asks for the chosen signer's secret; None when the user steps back."""

    def __init__(
        self, context: Context, found: tuple[Signing, ...], sign_with: Callable[[], SignWith | None]
    ) -> None:
        super().__init__(context.dialogs.parent, text("signed_page.title"), _WIDTH)
        self._context, self._sign_with = context, sign_with
        self.changed = False
        """Whether a document came, went or got its number."""
        self.says = MessageBar()
        self._cards = column(gap=10)
        self.cards: dict[SignedKind, SignedCard] = {}
        self.drawn_too = CheckOption(text("signed_page.drawn_too"))
        self.drawn_too.setChecked(signed_documents.signs_drawn(context.profile))
        self.drawn_too.setEnabled(not context.read_only)
        self.drawn_too.toggled.connect(self._set_drawn)
        close = Button(text("signed_page.close"), self.accept, kind=Kind.PRIMARY)
        intro = Label(text("signed_page.intro"), wrap=True)
        self.set_content(column(intro, self.says, self._cards, self.drawn_too, gap=12), row(None, close))
        self._show(found)
        close.setFocus()

    def _show(self, found: tuple[Signing, ...]) -> None:
        clear(self._cards)
        acts = Acts(self._export, self._take_in, self._sign_here, self._number, self._look, self._drop)
        blocked = text("signed_page.read_only") if self._context.read_only else ""
        self.cards = {one.kind: SignedCard(self._name(one), one, acts, blocked) for one in found}
        for card in self.cards.values():
            self._cards.addWidget(card)
        self.fit()

    def _name(self, one: Signing) -> str:
        return document_name(one.kind, self._context.round.year)

    # What can be done

    def _export(self, one: Signing) -> None:
        folder = self._context.dialogs.choose_folder(text("signed_page.export_heading"))
        if folder is None:
            return

        def done(path: Path) -> None:
            words = text("signed_page.exported_words", name=path.name)
            self._done(words, act=text("signed_page.open_folder"), go=lambda: self._open(path.parent))

        self._work(
            lambda progress: signed_documents.export_to_sign(*self._of(), one.kind, folder, progress), done
        )

    def _take_in(self, one: Signing) -> None:
        kinds = ((text("signed_page.pdf_kind"), (".pdf",)),)
        file = self._context.dialogs.choose_file(text("signed_page.choose_signed"), kinds)
        if file is not None:
            self._work(lambda _: signed_documents.take_in(*self._of(), one.kind, file), self._taken)

    def _sign_here(self, one: Signing) -> None:
        asked = SignedHere(self._context.dialogs, self._name(one), second=one.signed_is_current)
        if asked.exec() != QDialog.DialogCode.Accepted or (sign_with := self._sign_with()) is None:
            return
        signs_in, image = asked.signs_in, asked.image
        self._work(
            lambda progress: signed_documents.sign_here(
                *self._of(), one.kind, sign_with, signs_in, image, progress
            ),
            self._taken,
        )

    def _number(self, one: Signing) -> None:
        if one.signed is None:
            return
        asked = SignedNumber(self, self._name(one), self._context.today())
        day = asked.day.value() if asked.exec() == QDialog.DialogCode.Accepted else None
        if day is None:
            return
        number, kept = asked.number.text(), one.signed.id
        self._work(
            lambda _: signed_documents.give_number(self._context.profile, kept, number, day),
            lambda _: self._done(),
        )

    def _look(self, one: Signing) -> None:
        if one.signed is not None:
            kept = one.signed.id
            self._work(
                lambda _: signed_documents.open_copy(self._context.profile, kept), self._open, quiet=True
            )

    def _drop(self, one: Signing) -> None:
        if one.signed is None:
            return
        words = text("signed_page.drop_question", document=self._name(one))
        act = text("signed_page.drop")
        if self._context.dialogs.ask(act, words, act, danger=True):
            kept = one.signed.id
            self._work(lambda _: signed_documents.drop(self._context.profile, kept), lambda _: self._done())

    def _set_drawn(self, wanted: bool) -> None:
        self.changed = True
        signed_documents.set_signs_drawn(self._context.profile, wanted)

    # How it went

    def _of(self) -> tuple[Profile, str]:
        return self._context.profile, self._context.round_id

    def _work(
        self,
        run: Callable[[Progress], object],
        done: Callable[[Any], object],
        *,
        quiet: bool = False,
    ) -> None:
        """One thing at a time: the rest waits until it is done or said why not."""
        self._context.edits.flush()
        self.says.say(text("signed_page.working"))
        self._set_waiting(True)

        def finished(result: Any) -> None:
            self._set_waiting(False)
            self.says.hush()
            done(result)

        self._context.work.start(run, finished, self._failed, lambda: self._set_waiting(False), quiet=quiet)

    def _set_waiting(self, waiting: bool) -> None:
        for card in self.cards.values():
            card.setEnabled(not waiting)

    def _failed(self, error: KnownError) -> None:
        self._set_waiting(False)
        self.says.say(render(error.message), Tone.ERROR)
        self.fit()

    def _taken(self, taken: TakenIn) -> None:
        count = len(taken.document.signers)
        if taken.warnings:
            first = render(taken.warnings[0])
            self._done(text("signed_page.taken_warned", count=count, first=first), Tone.WARN)
        else:
            self._done(text("signed_page.taken_words", count=count))

    def _done(
        self, words: str = "", tone: Tone = Tone.OK, act: str = "", go: Callable[[], object] | None = None
    ) -> None:
        self.changed = True
        subjects = frozenset({"signed_documents", "rounds", "plans"})
        self._context.edits.changed.emit(Changes(1, self._context.round_id, subjects))
        if words:
            self.says.say(words, tone, act, go)
        self._context.work.start(
            lambda _: signed_documents.signings(*self._of()), self._show, self._failed, quiet=True
        )

    def _open(self, path: object) -> None:
        self._context.dialogs.open_path(Path(str(path)))
