"""Whose form packs are taken in here: certificates confirmed by the spoken code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.signing_key import CertificateSummary
from cchc_desktop.language import text
from ui.context import Context
from ui.fonts import Size
from ui.marks import Mark, MarkSign
from ui.pages.settings.panel import SettingsPanel
from ui.theme import Role
from ui.widgets.button import Button, LinkLabel
from ui.widgets.labels import ElidedLabel, second
from ui.widgets.message_bar import Tone
from ui.widgets.panel import clear, column, row


class OfficesPanel(SettingsPanel):
    def __init__(self, context: Context) -> None:
        super().__init__(context, "offices")
        self._lines = column(gap=10)
        self.add = Button(text("settings.offices_add"), self._add, icon="shield-check")
        self.box.addLayout(self._lines)
        self.box.addLayout(row(self.add, None))

    def refresh(self, changes: Changes | None) -> None:
        if changes is not None:
            return
        from cchc_desktop.services import trusted

        profile = self.context.profile
        self.context.work.start(
            lambda _: trusted.certificates(profile), self._show, self.show_error, quiet=True
        )

    def _show(self, found: tuple[CertificateSummary, ...]) -> None:
        clear(self._lines)
        if not found:
            self._lines.addWidget(second(text("settings.offices_none"), wrap=True))
        for certificate in found:
            self._lines.addLayout(self._line(certificate))

    def _line(self, certificate: CertificateSummary) -> Any:
        words = column(
            ElidedLabel(certificate.name),
            ElidedLabel(certificate.spoken_code, Size.SMALL, Role.MUTED),
            gap=0,
        )
        link = LinkLabel(text("settings.offices_forget"), lambda: self._forget(certificate))
        link.setAccessibleName(text("settings.offices_forget_named", name=certificate.name))
        line = row(MarkSign(Mark.DONE), words, link, gap=12)
        line.setStretch(1, 1)
        return line

    def _add(self) -> None:
        kinds = ((text("settings.offices_file"), (".pem", ".crt", ".cer")),)
        file = self.context.dialogs.choose_file(text("settings.offices_add"), kinds)
        if file is not None:
            self.add_file(file)

    def add_file(self, file: Path) -> None:
        from cchc_desktop.services import trusted

        self.message.hush()
        self.context.work.start(
            lambda _: trusted.look_at(file), lambda found: self._hear(file, found), self.show_error
        )

    def _hear(self, file: Path, found: CertificateSummary) -> None:
        from cchc_desktop.services import trusted

        heard = self.context.dialogs.ask_text(
            text("settings.offices_hear", name=found.name),
            text("settings.offices_hear_words"),
            text("settings.offices_act"),
        )
        if heard is None:
            return
        profile = self.context.profile

        def done(_found: object) -> None:
            self.message.say(text("settings.offices_added", name=found.name), Tone.OK)
            self.refresh(None)

        self.context.work.start(lambda _: trusted.confirm(profile, file, heard), done, self.show_error)

    def _forget(self, certificate: CertificateSummary) -> None:
        from cchc_desktop.services import trusted

        words = text("settings.offices_forget_words", name=certificate.name)
        act = text("settings.offices_forget")
        if not self.context.dialogs.ask(act, words, act, text("settings.forms_keep"), danger=True):
            return
        profile = self.context.profile

        def done(_nothing: object) -> None:
            self.message.say(text("settings.offices_forgotten", name=certificate.name), Tone.OK)
            self.refresh(None)

        self.context.work.start(
            lambda _: trusted.forget(profile, certificate.fingerprint), done, self.show_error
        )
