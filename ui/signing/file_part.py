"""A PKCS#12 file as the signer: which file, which certificate. The password is asked for and forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.signer_choice import FoundCertificate, SignerChoice, SignerKind
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import signers
from ui.dialogs import Dialogs
from ui.signing.certificate_choice import CertificateChoice
from ui.signing.rows import Rows
from ui.signing.secrets import ask_password
from ui.widgets.button import Button
from ui.widgets.labels import ElidedLabel
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import column
from ui.work import Job, Work

Picked = Callable[[SignerChoice, FoundCertificate], object]
_WRONG = "signers.p12_wrong_password"


class FilePart(QWidget):
    """`picked(choice, certificate)` when a certificate that can sign was read from the file."""

    def __init__(self, work: Work, dialogs: Dialogs, picked: Picked) -> None:
        super().__init__()
        self._work, self._dialogs, self._picked = work, dialogs, picked
        self._file: Path | None = None
        self._asks = True
        self.name = ElidedLabel(text("signing.no_file"))
        self.choose = Button(text("signing.choose_file"), self.ask_file, icon="folder-open")
        self.certificates = CertificateChoice(self._pick)
        self.says = MessageBar()
        rows = Rows()
        rows.add(text("signing.file"), self.name, self.choose)
        rows.add(text("signing.certificate"), self.certificates)
        self.setLayout(column(rows, self.says, gap=10))

    def show_choice(self, choice: SignerChoice, words: str) -> None:
        """What is remembered."""
        self._file = Path(choice.path)
        self.name.set_words(choice.path)
        self.certificates.show_kept(words)
        self.says.hush()

    def ask_file(self) -> None:
        kinds = ((text("signing.file_kind"), (".p12", ".pfx")),)
        file = self._dialogs.choose_file(text("signing.choose_file_heading"), kinds)
        if file is not None:
            self._file = file
            self.name.set_words(str(file))
            self.certificates.show_found(())
            self._read("")  # some files have no password

    def ask_password(self) -> None:
        if self._file is None:
            return
        typed = ask_password(self._dialogs, self._file, text("signing.read"))
        if typed is None:
            self.says.say(text("signing.no_certificate"), Tone.INFO, text("signing.again"), self.ask_password)
        else:
            self._read(typed)

    def _read(self, password: str) -> Job | None:
        # What outlives this call knows whether there was a password, not which.
        file, self._asks = self._file, bool(password)
        typed = self._asks
        if file is None:
            return None
        self.says.say(text("signing.looking_file"), Tone.INFO)

        def failed(error: KnownError) -> None:
            if error.code == _WRONG and not typed:
                self.ask_password()
                return
            again = text("signing.again") if error.code == _WRONG else ""
            self.says.say(render(error.message), Tone.ERROR, again, self.ask_password)

        return self._work.start(
            lambda _: signers.certificates_of_file(file, password), self._found, failed, quiet=True
        )

    def _found(self, found: tuple[FoundCertificate, ...]) -> None:
        self.says.hush()
        self.certificates.show_found(found)
        if self.certificates.value() is None:
            self.says.say(_first_word(found), Tone.INFO)

    def _pick(self, certificate: FoundCertificate) -> None:
        if certificate.fault is not None:
            self.says.say(certificate.fault, Tone.ERROR)
            return
        self.says.hush()
        fingerprint = certificate.summary.fingerprint
        choice = SignerChoice(SignerKind.PKCS12, str(self._file), certificate=fingerprint, asks=self._asks)
        self._picked(choice, certificate)


def _first_word(found: tuple[FoundCertificate, ...]) -> str:
    """Why nothing is taken yet: the fault of all of them, or that there are several."""
    faults = [one.fault for one in found if one.fault is not None]
    if found and len(faults) == len(found):
        return render(faults[0])
    return text("signing.choose_certificate")
