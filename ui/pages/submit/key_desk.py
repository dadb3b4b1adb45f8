"""What can be done with the unit's key on this page; the step Ký shows it."""

from __future__ import annotations

from collections.abc import Callable

from cchc_desktop.domain.signing_key import KeyState, KeyStatus
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import keys
from ui.context import Context
from ui.marks import Mark
from ui.pages.submit.sign_step import SignStep


class KeyDesk:
    """`onwards()` after the key is ready; `changed()` when there is another key or it was opened."""

    def __init__(
        self, context: Context, onwards: Callable[[], object], changed: Callable[[], object]
    ) -> None:
        self._context, self._changed = context, changed
        self._status = KeyStatus(KeyState.NONE)
        self._ask_passphrase = False
        self.step = SignStep(self._make, self._unlock, self.show_code, self.save_certificate, onwards)

    def show_status(self, status: KeyStatus) -> None:
        self._status = status
        self.step.show_status(status, ask_passphrase=self._ask_passphrase)

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
            path = keys.export_certificate(self._context.profile, folder)
        except KnownError as error:
            heading = text("submit_page.certificate_not_saved")
            dialogs.message(heading, error.message, Mark.ERROR, error.detail)
            return
        words = text("submit_page.certificate_saved_words", path=str(path))
        dialogs.message(text("submit_page.certificate_saved"), words, Mark.DONE)
