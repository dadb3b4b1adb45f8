"""Who signs on this page: the unit's own key, a file or a token. The step Ký shows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from cchc_desktop.domain.signer_choice import FoundCertificate, SignerChoice, SignerKind, SignWith
from cchc_desktop.domain.signing_key import KeyState, KeyStatus
from cchc_desktop.domain.vietnam_time import VIETNAM, vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.message import Message, message
from cchc_desktop.services import keys, signers
from ui.context import Context
from ui.marks import Mark
from ui.pages.submit.sign_step import SignStep
from ui.signing.countersign_dialog import CountersignDialog
from ui.signing.secrets import ask_secret
from ui.signing.signer_picker import SignerPicker

_SOON = timedelta(days=30)


class KeyDesk:
    """`onwards()` after the key is ready; `changed()` when there is another key or it was opened."""

    def __init__(
        self, context: Context, onwards: Callable[[], object], changed: Callable[[], object]
    ) -> None:
        self._context, self._changed = context, changed
        self._status = KeyStatus(KeyState.NONE)
        self._choice, self._shown = SignerChoice(), False
        self._ask_passphrase = False
        self.picker = SignerPicker(context.work, context.dialogs, self._picked, self._look_at)
        self.step = SignStep(
            self.picker, self._make, self._unlock, self.show_code, self.save_certificate, onwards
        )

    def show_status(self, status: KeyStatus, choice: SignerChoice | None = None) -> None:
        """What is known of the signer; while the user looks at another kind, that stays."""
        self._status = status
        if choice is not None and (choice != self._choice or not self._shown):
            self._choice, self._shown = choice, True
            self.picker.show_choice(choice, status.certificate.name if status.certificate else "")
        if self.picker.kind is self._choice.kind:
            self.step.show_status(status, self._choice, self._warning(), ask_passphrase=self._ask_passphrase)

    def sign_with(self) -> SignWith | None:
        """The chosen signer, with its password or PIN, asked for now; None when the user steps back."""
        choice = self._choice
        if choice.kind is SignerKind.SOFTWARE or not choice.asks:
            return SignWith(choice)
        secret = ask_secret(self._context.dialogs, choice)
        return None if secret is None else SignWith(choice, secret)

    def countersign(self, package: Path) -> None:
        """The head signs over what was written, on this PC with a file or a token of their own."""
        context = self._context
        dialog = CountersignDialog(
            *(self.step.window(), context.work, context.dialogs, package, context.profile.folder),
            profile=context.profile,
        )
        dialog.exec()

    def _picked(self, choice: SignerChoice, certificate: FoundCertificate | None) -> None:
        profile = self._context.profile
        self._choice, self._shown = choice, True
        self._context.work.start(
            lambda _: signers.choose(profile, choice, certificate), lambda _none: self._changed(), quiet=True
        )

    def _look_at(self, kind: SignerKind) -> None:
        if kind is not SignerKind.SOFTWARE:
            self.step.show_other_kind(kind)

    def _warning(self) -> Message | None:
        """What to know of a file's or a token's certificate before signing with it."""
        found = self._status.certificate
        if found is None or self._choice.kind is SignerKind.SOFTWARE:
            return None
        if found.valid_to - vietnam_now() < _SOON:
            return message("signing.ends_soon", day=found.valid_to.astimezone(VIETNAM))
        return None

    def _make(self, passphrase: str | None) -> None:
        """A lost key is replaced; where there is no keyring, a passphrase is asked for."""
        profile, unit = self._context.profile, self._context.round.unit
        make = keys.replace_key if self._status.state is KeyState.LOST else keys.create_key

        def failed(error: KnownError) -> None:
            if error.code == "trust.keyring_absent":
                self._ask_passphrase = True
                self.show_status(self._status)
                self.step.passphrase.setFocus()
            else:
                self.step.failed(render(error.message))

        self._context.work.start(lambda _: make(profile, unit, passphrase), self._there, failed)

    def _unlock(self, passphrase: str) -> None:
        profile = self._context.profile
        if not passphrase:
            self._changed()
            return
        self._context.work.start(
            lambda _: keys.unlock(profile, passphrase),
            self._there,
            lambda error: self.step.failed(render(error.message)),
        )

    def _there(self, status: KeyStatus) -> None:
        self.step.clear_secrets()
        self.show_status(status)
        self.step.next.setFocus()
        self._changed()

    def show_code(self) -> None:
        """The words to read to the office on the phone."""
        found = self._status.certificate
        if self._choice.kind is not SignerKind.SOFTWARE and found is not None:
            words = text(
                "signing.code_words",
                name=found.name,
                code=found.spoken_code,
                fingerprint=found.fingerprint,
                since=found.valid_from.astimezone(VIETNAM),
                until=found.valid_to.astimezone(VIETNAM),
            )
            self._context.dialogs.show_text(text("submit_page.code_heading"), words)
            return
        try:
            words = keys.enrolment_text(self._context.profile)
        except KnownError as error:
            self._context.dialogs.message(text("submit_page.show_code"), error.message, Mark.ERROR)
            return
        self._context.dialogs.show_text(text("submit_page.code_heading"), words)

    def save_certificate(self) -> None:
        """Write the certificate for the office into a folder."""
        dialogs = self._context.dialogs
        folder = dialogs.choose_folder(text("submit_page.save_certificate_heading"))
        if folder is None:
            return
        try:
            path = signers.export_certificate(self._context.profile, folder)
        except KnownError as error:
            heading = text("submit_page.certificate_not_saved")
            dialogs.message(heading, error.message, Mark.ERROR, error.detail)
            return
        words = text("submit_page.certificate_saved_words", path=str(path))
        dialogs.message(text("submit_page.certificate_saved"), words, Mark.DONE)
