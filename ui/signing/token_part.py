"""A USB token as the signer: its maker's library, the token, the certificate. The PIN is not kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.signer_choice import (
    FoundCertificate,
    PinState,
    SignerChoice,
    SignerKind,
    TokenFacts,
    TokenLibrary,
)
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import signers
from ui.dialogs import Dialogs
from ui.signing.certificate_choice import CertificateChoice
from ui.signing.rows import Rows
from ui.signing.secrets import ask_pin
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import column, row
from ui.work import Work

Picked = Callable[[SignerChoice, FoundCertificate], object]
_PIN_WORDS = {PinState.FEW_LEFT: "signing.pin_words_few", PinState.LAST_TRY: "signing.pin_words_last"}
_FAULTS = {PinState.LOCKED: "signers.pin_locked", PinState.NOT_SET: "signers.pin_not_set"}


class TokenPart(QWidget):
    """`picked(choice, certificate)` when a certificate that can sign was found on the token."""

    def __init__(self, work: Work, dialogs: Dialogs, picked: Picked) -> None:
        super().__init__()
        self._work, self._dialogs, self._picked = work, dialogs, picked
        self._libraries: list[TokenLibrary] = []
        self._looks = 0
        self.library = Choice(text("signing.library"))
        self.library.chosen.connect(lambda _path: self.look_for_tokens())
        self.other = Button(text("signing.other_library"), self.ask_library, icon="folder-open")
        self.token = Choice(text("signing.token"))
        self.token.chosen.connect(lambda _facts: self._look_at_token())
        self.search = Button(text("signing.find_token"), self.look_for_tokens, icon="refresh-cw")
        self.certificates = CertificateChoice(self._pick)
        self.with_pin = Button(text("signing.read_with_pin"), self.read_with_pin, icon="key-round")
        self.says = MessageBar()
        rows = Rows()
        rows.add(text("signing.library"), self.library, self.other)
        rows.add(text("signing.token"), self.token, self.search)
        rows.add(text("signing.certificate"), self.certificates)
        self.setLayout(column(rows, self.says, row(self.with_pin, None), gap=10))
        self._show_tokens(())

    def begin(self) -> None:
        """The libraries of this machine; with one of them, its tokens at once."""
        if self.library.value() is not None:
            return
        self._libraries = list(signers.libraries())
        self._show_libraries(self._libraries[0].path if self._libraries else None)
        if self._libraries:
            self.look_for_tokens()
        else:
            self.says.say(text("signing.no_library_found"), Tone.INFO)

    def show_choice(self, choice: SignerChoice, words: str) -> None:
        """What is remembered; the token itself is not touched for it."""
        self._libraries = list(signers.libraries())
        self._show_libraries(choice.path)
        self.token.set_choices([(None, choice.label or choice.serial)])
        self.token.setCurrentIndex(0)
        self.token.setEnabled(False)
        self.certificates.show_kept(words)
        self.says.hush()

    def ask_library(self) -> None:
        kinds = ((text("signing.library_kind"), (".dll", ".so", ".dylib")),)
        file = self._dialogs.choose_file(text("signing.library_heading"), kinds)
        if file is not None:
            self._show_libraries(str(file))
            self.look_for_tokens()

    def look_for_tokens(self) -> None:
        """Look which tokens are plugged in."""
        library = self._library()
        if library is None:
            self._look_for_libraries()
            return
        look = self._begin_look(text("signing.looking_token"))
        self._show_tokens(())

        def found(tokens: tuple[TokenFacts, ...]) -> None:
            if look == self._looks:
                self._found_tokens(tokens)

        self._work.start(lambda _: signers.tokens(library), found, self._failed_of(look), quiet=True)

    def _look_for_libraries(self) -> None:
        """The token's software may have been installed since the window was opened."""
        look = self._begin_look(text("signing.looking_token"))

        def found(libraries: tuple[TokenLibrary, ...]) -> None:
            if look != self._looks:
                return
            self._libraries = list(libraries)
            self._show_libraries(libraries[0].path if libraries else None)
            if libraries:
                self.look_for_tokens()
            else:
                self.says.say(text("signing.no_library_found"), Tone.INFO)

        self._work.start(lambda _: tuple(signers.libraries()), found, self._failed_of(look), quiet=True)

    def _found_tokens(self, tokens: tuple[TokenFacts, ...]) -> None:
        self._show_tokens(tokens)
        if tokens:
            self._look_at_token()
        else:
            self.says.say(text("signers.no_token"), Tone.WARN)

    def _look_at_token(self) -> None:
        library, token = self._library(), self._token()
        if library is None or token is None:
            return
        if (fault := _FAULTS.get(token.pin)) is not None:
            self.says.say(text(fault), Tone.ERROR)
            return
        look = self._begin_look(text("signing.looking_certificates"))

        def found(certificates: tuple[FoundCertificate, ...]) -> None:
            if look == self._looks:
                self._found(certificates, text("signing.token_shows_none"))

        self._work.start(
            lambda _: signers.certificates_of_token(library, token), found, self._failed_of(look), quiet=True
        )

    def read_with_pin(self) -> None:
        """For tokens that hide their certificates."""
        library, token = self._library(), self._token()
        if library is None or token is None:
            return
        pin = "" if token.pin_pad else ask_pin(self._dialogs, token.name, token.pin, text("signing.read"))
        if pin is None:
            return
        look = self._begin_look(text("signing.looking_certificates"))

        def found(certificates: tuple[FoundCertificate, ...]) -> None:
            if look == self._looks:
                self._found(certificates, text("signers.no_key"))

        self._work.start(
            lambda _: signers.private_certificates_of_token(library, token, pin),
            found,
            self._failed_of(look),
            quiet=True,
        )

    def _found(self, certificates: tuple[FoundCertificate, ...], none: str) -> None:
        self.says.hush()
        self.certificates.show_found(certificates)
        self.with_pin.setVisible(not certificates)
        if not certificates:
            self.says.say(none, Tone.INFO)
        elif self.certificates.value() is None:
            fault = certificates[0].fault
            self.says.say(fault or text("signing.choose_certificate"), Tone.ERROR if fault else Tone.INFO)

    def _pick(self, certificate: FoundCertificate) -> None:
        token = self._token()
        if token is None:
            return
        if certificate.fault is not None:
            self.says.say(certificate.fault, Tone.ERROR)
            return
        self.says.hush()
        if token.pin in _PIN_WORDS:
            self.says.say(text(_PIN_WORDS[token.pin]), Tone.WARN)
        choice = SignerChoice(
            SignerKind.TOKEN,
            str(self._library()),
            token.serial,
            token.label,
            certificate.summary.fingerprint,
            asks=not token.pin_pad,
        )
        self._picked(choice, certificate)

    def _failed_of(self, look: int) -> Callable[[KnownError], None]:
        def failed(error: KnownError) -> None:
            if look == self._looks:
                self.says.say(render(error.message), Tone.ERROR)

        return failed

    def _begin_look(self, words: str) -> int:
        """An older look that comes late is dropped."""
        self._looks += 1
        self.says.say(words, Tone.INFO)
        self.with_pin.hide()
        self.certificates.show_found(())
        return self._looks

    def _show_libraries(self, path: str | None) -> None:
        known = [(one.path, one.name) for one in self._libraries]
        if path is not None and path not in {one.path for one in self._libraries}:
            known.append((path, Path(path).name))
        self.library.set_choices(known or [(None, text("signing.no_library"))], path)
        self.library.setCurrentIndex(max(0, self.library.currentIndex()))
        self.library.setEnabled(bool(known))

    def _show_tokens(self, tokens: tuple[TokenFacts, ...]) -> None:
        lines = [(one, one.name) for one in tokens]
        self.token.set_choices(lines or [(None, text("signing.no_token"))])
        self.token.setCurrentIndex(0)
        self.token.setEnabled(bool(lines))
        self.with_pin.hide()

    def _library(self) -> Path | None:
        path = self.library.value()
        return Path(str(path)) if path is not None else None

    def _token(self) -> TokenFacts | None:
        found = self.token.value()
        return found if isinstance(found, TokenFacts) else None
