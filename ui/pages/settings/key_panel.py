"""Chữ ký và tin cậy: the unit's key, its certificate, and enrolling it with the receiving office."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.signing_key import SHORTEST_PASSPHRASE, CertificateSummary, KeyState
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.language import render, text
from ui.context import Context
from ui.marks import Mark, MarkSign
from ui.pages.settings.enrolment_box import EnrolmentBox
from ui.pages.settings.panel import SettingsPanel
from ui.widgets.button import Button
from ui.widgets.form import Form
from ui.widgets.labels import Label, strong
from ui.widgets.message_bar import Tone
from ui.widgets.panel import clear, column, row
from ui.widgets.tab_order import tab_after

if TYPE_CHECKING:
    from cchc_desktop.services.enrolment import Enrolment

_MARKS = {
    KeyState.NONE: Mark.OPEN,
    KeyState.READY: Mark.DONE,
    KeyState.LOCKED: Mark.WAITING,
    KeyState.LOST: Mark.NO_EVIDENCE,
}


# As long before its end a key is to be changed: enough for a letter to the office and back.
SOON = 60


def _ending(certificate: CertificateSummary) -> str:
    """What to do, when the end is near or past."""
    left = (certificate.valid_to - vietnam_now()).days
    if left < 0:
        return text("settings.key_ended")
    return text("settings.key_soon", days=left) if left <= SOON else ""


class KeyPanel(SettingsPanel):
    """With passphrase or keyring lost all data stay open; a new key and enrolment are offered."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, "key", parent)
        self._sign, self._state = MarkSign(Mark.OPEN), strong(wrap=True)
        self._why = Label(wrap=True)
        state = row(self._sign, self._state, gap=8)
        state.setStretch(1, 1)
        self._facts = column(gap=4)
        self.make = Button(text("settings.key_make"), self._make, icon="key-round")
        self.unlock = Button(text("settings.key_unlock"), self._unlock, icon="lock")
        self.replace = Button(text("settings.key_replace"), self._replace, icon="refresh-cw")
        self.enrol = Button(text("settings.key_enrol"), self._enrol, icon="download")
        self._enrolment: EnrolmentBox | None = None
        self.box.addLayout(state)
        self.box.addWidget(self._why)
        self.box.addLayout(self._facts)
        self.box.addLayout(row(self.make, self.unlock, self.enrol, self.replace, None))

    @property
    def enrolment(self) -> EnrolmentBox:
        """Made when there is a key to enrol."""
        if self._enrolment is None:
            self._enrolment = made = EnrolmentBox(
                self.context, self.message, self.refresh_all, self._passphrase
            )
            made.hide()
            self.box.addWidget(made)
            tab_after(self.replace, made.request, made.answer, made.rotate, made.give_up)
        return self._enrolment

    def refresh(self, changes: Changes | None) -> None:
        if changes is not None:
            return
        from cchc_desktop.services import enrolment

        profile = self.context.profile
        self.context.work.start(
            lambda _: enrolment.enrolment(profile), self._show, self.show_error, quiet=True
        )

    def _show(self, found: Enrolment) -> None:
        status = found.key
        state = status.state
        self._sign.set_mark(_MARKS[state])
        self._state.setText(text(f"settings.key_state_{state.value}"))
        why = render(status.reason) if status.reason else text(f"settings.key_why_{state.value}")
        if status.reason is None and found.issuer:
            why = text("settings.key_why_enrolled", name=found.issuer)
        self._why.setText(why)
        clear(self._facts)
        if (certificate := status.certificate) is not None:
            form = Form(gap=2)
            lasts = text("settings.key_lasts_value", start=certificate.valid_from, end=certificate.valid_to)
            facts = {
                "name": certificate.name,
                "issuer": found.issuer or text("settings.key_issuer_own"),
                "lasts": lasts,
                "spoken": certificate.spoken_code,
            }
            if found.earlier:
                facts["earlier"] = text("settings.key_earlier_value", count=len(found.earlier))
            for key, value in facts.items():
                shown = Label(value, wrap=True)
                form.add(
                    key, text(f"settings.key_{key}"), shown, _ending(certificate) if key == "lasts" else ""
                )
            self._facts.addWidget(form)
        self.make.setVisible(state is KeyState.NONE)
        self.unlock.setVisible(state is KeyState.LOCKED)
        self.replace.setVisible(state is not KeyState.NONE)
        self.enrol.setVisible(status.certificate is not None)
        if self._enrolment is not None or state in (KeyState.READY, KeyState.LOCKED):
            self.enrolment.show_enrolment(found)

    def _passphrase(self) -> tuple[bool, str | None]:
        """(go on, passphrase or None for the keyring)."""
        place = self.context.dialogs.choose(
            text("settings.key_how"),
            text("settings.key_how_words"),
            (text("wizard.key_keyring"), text("wizard.key_passphrase")),
        )
        if place is None:
            return False, None
        if place == 0:
            return True, None
        words = text("settings.key_new_passphrase", least=SHORTEST_PASSPHRASE)
        first = self.context.dialogs.ask_text(
            text("wizard.passphrase"), words, text("wizard.next"), secret=True
        )
        if first is None:
            return False, None
        again = self.context.dialogs.ask_text(
            text("wizard.passphrase_again"), words, text("settings.key_make"), secret=True
        )
        if again is None:
            return False, None
        if again != first:
            self.message.say(text("wizard.passphrase_differs"), Tone.ERROR)
            return False, None
        return True, first

    def _make(self) -> None:
        from cchc_desktop.services import keys

        go_on, passphrase = self._passphrase()
        if go_on:
            profile, unit = self.context.profile, self.context.round.unit
            self._run(lambda: keys.create_key(profile, unit, passphrase), "settings.key_made")

    def _replace(self) -> None:
        from cchc_desktop.services import keys

        if not self.context.dialogs.ask(
            text("settings.key_replace"),
            text("settings.key_replace_words"),
            text("settings.key_replace_act"),
            danger=True,
        ):
            return
        go_on, passphrase = self._passphrase()
        if go_on:
            profile, unit = self.context.profile, self.context.round.unit
            self._run(lambda: keys.replace_key(profile, unit, passphrase), "settings.key_made")

    def _unlock(self) -> None:
        from cchc_desktop.services import keys

        typed = self.context.dialogs.ask_text(
            text("settings.key_unlock"),
            text("settings.key_unlock_words"),
            text("settings.key_unlock"),
            secret=True,
        )
        if typed is not None:
            profile = self.context.profile
            self._run(lambda: keys.unlock(profile, typed), "settings.key_unlocked")

    def _enrol(self) -> None:
        from cchc_desktop.services import keys

        suggestion = f"{self.context.round.unit.code}.pem"
        to = self.context.dialogs.save_file(
            text("settings.key_enrol"), suggestion, ((text("settings.key_file"), (".pem",)),)
        )
        if to is None:
            return
        profile = self.context.profile

        def export(_progress: object) -> str:
            keys.export_certificate(profile, to)
            return keys.enrolment_text(profile)

        def done(enrolment: str) -> None:
            self.message.say(text("settings.key_enrolled"), Tone.OK)
            self.context.dialogs.show_text(text("settings.key_enrolment"), enrolment)

        self.context.work.start(export, done, self.show_error)

    def _run(self, act: Callable[[], Any], said: str) -> None:
        def done(_result: object) -> None:
            self.message.say(text(said), Tone.OK)
            self.refresh_all()

        self.message.hush()
        self.context.work.start(lambda _: act(), done, self.show_error)
