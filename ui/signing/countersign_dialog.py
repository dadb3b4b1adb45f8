"""Signing over a package: who signed so far, who signs now, where the new file goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.signer_choice import FoundCertificate, SignerChoice, SignerKind, SignWith
from cchc_desktop.domain.signing_key import KeyState, KeyStatus, Protection
from cchc_desktop.domain.verification import SignerFinding, Verification
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import countersigning, office_keys
from cchc_desktop.services.countersigning import CountersignedFile
from cchc_desktop.services.profile import Profile
from ui.dialogs import Dialogs
from ui.signing.rows import Rows
from ui.signing.secrets import ask_passphrase, ask_secret
from ui.signing.signer_picker import SignerPicker
from ui.widgets.button import Button, Kind
from ui.widgets.labels import ElidedLabel, Label, second, section
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import clear, column, row
from ui.widgets.progress_panel import ProgressPanel
from ui.widgets.sheet_dialog import SheetDialog
from ui.work import Job, Work

WIDTH = 720


class CountersignDialog(SheetDialog):
    """`keys` is the profile's folder, where its own key lies, open (`profile`) or not. `done(file)` hears of
    the new package.
    """

    def __init__(
        self,
        parent: QWidget | None,
        work: Work,
        dialogs: Dialogs,
        package: Path,
        keys: Path,
        done: Callable[[CountersignedFile], object] | None = None,
        profile: Profile | None = None,
    ) -> None:
        super().__init__(parent, text("signing.countersign"), WIDTH)
        self._work, self._dialogs, self._package, self._keys = work, dialogs, package, keys
        self._done, self._folder, self._profile = done, package.parent, profile
        self._choice: SignerChoice | None = None
        self._own = KeyStatus(KeyState.NONE)
        self._signed: tuple[SignerFinding, ...] | None = None
        self._job: Job | None = None
        self._lines = column(gap=2)
        self.picker = SignerPicker(work, dialogs, self._picked, self._look_at)
        self.own_words = second(wrap=True)
        self._where = ElidedLabel(str(self._folder))
        self.choose_folder = Button(text("signing.choose_folder"), self._ask_folder, icon="folder-open")
        self.says = MessageBar()
        self.progress = ProgressPanel()
        self.sign = Button(text("signing.countersign_act"), self._sign, kind=Kind.PRIMARY)
        self.leave = Button(text("signing.close"), self.reject)
        where = Rows()
        where.add(text("signing.folder"), self._where, self.choose_folder)
        content = column(
            section(package.name, wrap=True),
            second(text("signing.countersign_words"), wrap=True),
            Label(text("signing.signed_so_far"), bold=True),
            self._lines,
            4,
            Label(text("signing.sign_with"), bold=True),
            *(self.picker, self.own_words, 4, where, self.says, self.progress),
            gap=8,
        )
        self.set_content(content, row(None, self.leave, self.sign, gap=8))
        self._fit_acts()
        self._look()

    def _look(self) -> None:
        package, keys = self._package, self._keys

        def run(progress: object) -> tuple[Verification, KeyStatus]:
            return countersigning.look_at(package), office_keys.status(keys)

        self._work.start(run, self._looked, self._cannot, quiet=True)

    def _looked(self, result: tuple[Verification, KeyStatus]) -> None:
        found, self._own = result
        self._signed = found.signers
        clear(self._lines)
        for number, signer in enumerate(found.signers, start=1):
            at = signer.signed_at.astimezone(VIETNAM)
            words = text("signing.signed_line", number=number, name=signer.name, time=at, day=at)
            self._lines.addWidget(Label(words, wrap=True))
        if self.picker.kind is SignerKind.SOFTWARE:
            self._picked(SignerChoice(), None)
        self._fit_acts()
        self.fit()

    def _cannot(self, error: KnownError) -> None:
        """This package is not to be signed over at all."""
        self.says.say(render(error.message), Tone.ERROR)
        self.picker.setEnabled(False)
        self._fit_acts()
        self.fit()

    def _picked(self, choice: SignerChoice, _certificate: FoundCertificate | None) -> None:
        self._choice = choice
        self.says.hush()
        self._show_own()
        self._fit_acts()

    def _look_at(self, kind: SignerKind) -> None:
        self._choice = None
        self.says.hush()
        self._show_own()
        self._fit_acts()
        self.fit()

    def fit(self) -> None:
        """Once more when the words that just came have their place."""
        super().fit()
        QTimer.singleShot(0, self, super().fit)

    def _show_own(self) -> None:
        """What the program's own key is good for here."""
        own = self.picker.kind is SignerKind.SOFTWARE
        self.own_words.setVisible(own)
        fault = self._own_fault()
        certificate = self._own.certificate
        if own and fault:
            self._choice = None
            self.own_words.setText(fault)
        elif own and certificate is not None:
            self.own_words.setText(text("signing.own_key_hint", name=certificate.name))

    def _own_fault(self) -> str:
        certificate = self._own.certificate
        if certificate is None:
            return text("signing.own_key_none")
        if any(one.fingerprint == certificate.fingerprint for one in self._signed or ()):
            return text("signing.own_key_already")
        if self._own.state is KeyState.LOST and self._own.reason is not None:
            return render(self._own.reason)
        return ""

    def _fit_acts(self) -> None:
        ready = self._signed is not None and self._choice is not None and self._job is None
        self.sign.set_blocked("" if ready else text("signing.choose_certificate"))

    def _ask_folder(self) -> None:
        if (folder := self._dialogs.choose_folder(text("signing.folder_heading"))) is not None:
            self._folder = folder
            self._where.set_words(str(folder))

    def _sign(self) -> None:
        if (sign_with := self._sign_with()) is None or self._job is not None:
            return
        package, folder, keys, profile = self._package, self._folder, self._keys, self._profile
        self.says.hush()
        self._job = self._work.start(
            lambda progress: countersigning.countersign(package, folder, sign_with, keys, progress, profile),
            self._written,
            self._failed,
            self._stopped,
        )
        self.progress.watch(self._job)
        self._fit_acts()

    def _sign_with(self) -> SignWith | None:
        """Asks for the passphrase, the password or the PIN; None when the user steps back."""
        choice = self._choice
        if choice is None:
            return None
        if choice.kind is SignerKind.SOFTWARE:
            locked = self._own.state is KeyState.LOCKED and self._own.protection is Protection.PASSPHRASE
            secret = ask_passphrase(self._dialogs) if locked else ""
        else:
            secret = ask_secret(self._dialogs, choice) if choice.asks else ""
        return None if secret is None else SignWith(choice, secret)

    def _written(self, made: CountersignedFile) -> None:
        self._job = None
        words = text("signing.countersigned", count=made.signatures, name=made.path.name)
        act = text("signing.open_folder")
        self.says.say(words, Tone.OK, act, lambda: self._dialogs.open_path(made.path.parent))
        for widget in (self.sign, self.choose_folder):
            widget.hide()
        self.picker.setEnabled(False)
        self.leave.setFocus()
        self.fit()
        if self._done is not None:
            self._done(made)

    def _failed(self, error: KnownError) -> None:
        self._job = None
        self.says.say(render(error.message), Tone.ERROR)
        self._fit_acts()
        self.fit()

    def _stopped(self) -> None:
        self._job = None
        self.says.say(text("signing.stopped"), Tone.INFO)
        self._fit_acts()

    def reject(self) -> None:
        """Closing while it is written stops the writing first; no part of a file stays."""
        if self._job is not None:
            self._job.ended.connect(self._leave)
            self._job.stop()
        else:
            self._leave()

    def _leave(self) -> None:
        super().reject()
        self.deleteLater()
