"""Whether the package goes encrypted, and for whom: off unless the user ticks it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.signing_key import CertificateSummary
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.services import encryption
from ui.context import Context
from ui.widgets.button import LinkLabel
from ui.widgets.check_box import CheckBox
from ui.widgets.choice import Choice
from ui.widgets.labels import second
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import column, row


class EncryptChoice(QWidget):
    """Without a known certificate there is only the way to add one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._receivers: tuple[CertificateSummary, ...] = ()
        self.says = MessageBar()
        self.tick = CheckBox(text("upload_page.encrypt"))
        self.tick.toggled.connect(lambda _on: self._show_parts())
        self.receiver = Choice(text("upload_page.encrypt_receiver"))
        self._hint = second(text("upload_page.encrypt_hint"), wrap=True)
        self.add = LinkLabel(text("upload_page.encrypt_add"), self._choose)
        self._plain = second(text("upload_page.encrypt_not"))
        line = row(self.tick, self._plain, self.receiver, None, self.add, gap=12)
        self.setLayout(column(line, self._hint, self.says, gap=2))
        self._show_parts()

    def fingerprint(self) -> str:
        """Of the certificate to encrypt for; "" when it goes as it is."""
        if not self.tick.isChecked() or not self._receivers:
            return ""
        return str(self.receiver.value() or self._receivers[0].fingerprint)

    def refresh(self) -> None:
        profile = self._context.profile
        self._context.work.start(
            lambda _: encryption.receivers(profile), self._show, self._failed, quiet=True
        )

    def add_file(self, file: Path) -> None:
        """Take the certificate in; where no trusted CA speaks for it, its code has to be heard."""
        profile = self._context.profile
        self.says.hush()

        def seen(unknown: CertificateSummary | None) -> None:
            heard = "" if unknown is None else self._heard(unknown)
            if heard is not None:
                self._context.work.start(
                    lambda _: encryption.add_receiver(profile, file, heard), self._added, self._failed
                )

        self._context.work.start(lambda _: encryption.needs_code(profile, file), seen, self._failed)

    def _heard(self, unknown: CertificateSummary) -> str | None:
        return self._context.dialogs.ask_text(
            text("upload_page.encrypt_hear", name=unknown.name),
            text("upload_page.encrypt_hear_words"),
            text("upload_page.encrypt_take"),
        )

    def _added(self, added: CertificateSummary) -> None:
        self.tick.setChecked(True)
        self.says.say(text("upload_page.encrypt_added", name=added.name), Tone.OK)
        self.refresh()

    def _choose(self) -> None:
        kinds = ((text("upload_page.encrypt_kind"), (".pem", ".crt", ".cer")),)
        file = self._context.dialogs.choose_file(text("upload_page.encrypt_add"), kinds)
        if file is not None:
            self.add_file(file)

    def _show(self, found: tuple[CertificateSummary, ...]) -> None:
        chosen = self.fingerprint()
        self._receivers = found
        known = {one.fingerprint for one in found}
        value = chosen if chosen in known else next(iter(one.fingerprint for one in found), None)
        self.receiver.set_choices([(one.fingerprint, one.name) for one in found], value)
        if not found:
            self.tick.setChecked(False)
        self._show_parts()

    def _show_parts(self) -> None:
        names = [one.name for one in self._receivers]
        self.tick.setVisible(bool(names))
        self._plain.setVisible(not names)
        self.tick.setText(
            text("upload_page.encrypt_for", name=names[0]) if len(names) == 1 else text("upload_page.encrypt")
        )
        self.receiver.setVisible(len(names) > 1 and self.tick.isChecked())
        self._hint.setVisible(bool(names) and self.tick.isChecked())

    def _failed(self, error: KnownError) -> None:
        self.says.say(error.message, Tone.ERROR)
