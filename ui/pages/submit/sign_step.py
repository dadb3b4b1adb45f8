"""Step 2: who signs. The unit's own key is made, unlocked and replaced here; files and tokens are chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from cchc_desktop.domain.signer_choice import SignerChoice, SignerKind
from cchc_desktop.domain.signing_key import CertificateSummary, KeyState, KeyStatus, Protection
from cchc_desktop.language import text
from cchc_desktop.message import Message
from ui.fonts import Size
from ui.signing.signer_picker import SignerPicker
from ui.theme import Role
from ui.widgets.button import Button, Kind
from ui.widgets.fields import TextField
from ui.widgets.labels import Label, second, section, strong
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import column, row
from ui.widgets.scroll_column import TrueHeight


class SignStep(TrueHeight):
    """`make(passphrase | None)`, `unlock(passphrase)`, `show_code()`, `save_certificate()`, `onwards()`."""

    def __init__(
        self,
        picker: SignerPicker,
        make: Callable[[str | None], object],
        unlock: Callable[[str], object],
        show_code: Callable[[], object],
        save_certificate: Callable[[], object],
        onwards: Callable[[], object],
    ) -> None:
        super().__init__()
        self._make, self._unlock = make, unlock
        self.picker = picker
        self.act = Button("", self._do, kind=Kind.PRIMARY)
        self._status = KeyStatus(KeyState.NONE)
        self._heading = section(text("submit_page.sign_heading"), wrap=True)
        self.says = MessageBar()
        self._make_facts()
        self._make_fields()
        self.code_button = Button(text("submit_page.show_code"), show_code, icon="key-round")
        self.save = Button(text("submit_page.save_certificate"), save_certificate, icon="download")
        self.next = Button(
            text("submit_page.to_place"), onwards, kind=Kind.PRIMARY, icon="arrow-right", after=True
        )
        self._note = second(text("submit_page.seal_note"), wrap=True)
        whole = column(
            *(self._heading, self.picker, self.says, self._facts, self._fields),
            row(self.act, self.code_button, self.save, None),
            self._note,
            None,
            row(self.next, None),
            gap=12,
        )
        whole.setContentsMargins(20, 16, 20, 14)
        self.setLayout(whole)
        self.show_nothing()

    def _make_facts(self) -> None:
        self._name = strong(wrap=True)
        self._code = Label("", bold=True)
        self._unit = second()
        self._valid = Label("", Size.SMALL, Role.MUTED)
        self._facts = QWidget()
        spoken = row(second(text("submit_page.spoken_code")), self._code, None)
        about = row(self._unit, self._valid, None, gap=16)
        self._facts.setLayout(column(self._name, spoken, about, gap=4))

    def _make_fields(self) -> None:
        self.passphrase = TextField(text("submit_page.passphrase"))
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.again = TextField(text("submit_page.passphrase_again"))
        self.again.setEchoMode(QLineEdit.EchoMode.Password)
        for field in (self.passphrase, self.again):
            field.setMaximumWidth(320)
            field.returnPressed.connect(lambda: self.act.click())
        self._again_word = second(text("submit_page.passphrase_again"))
        self._fields = QWidget()
        self._fields.setLayout(
            column(
                second(text("submit_page.passphrase")), self.passphrase, self._again_word, self.again, gap=4
            )
        )

    def show_nothing(self) -> None:
        """Nothing is known of the key yet."""
        self._hide_key()
        self.next.set_blocked(text("submit_page.checking"))

    def show_other_kind(self, kind: SignerKind) -> None:
        """The user looks at a kind of signer that is not chosen yet."""
        self._heading.setText(text(f"signing.kind_{kind.value}"))
        self._hide_key()
        self.says.hush()
        self._show_note(kind)
        self.next.set_blocked(text("signing.choose_certificate"))

    def _hide_key(self) -> None:
        for widget in (self._facts, self._fields, self.act, self.code_button, self.save):
            widget.hide()

    def show_status(
        self,
        status: KeyStatus,
        choice: SignerChoice | None = None,
        warning: Message | None = None,
        *,
        ask_passphrase: bool = False,
    ) -> None:
        """`ask_passphrase`: there is no keyring, so a new key needs one. `warning` is worth knowing first."""
        self._status = status
        kind = SignerKind.SOFTWARE if choice is None else choice.kind
        self._show_note(kind)
        self._show_facts(status.certificate, kind)
        ready = status.state is KeyState.READY
        if kind is SignerKind.SOFTWARE:
            self._show_own(status, ask_passphrase=ask_passphrase)
        else:
            self._hide_acts()
            words = f"signing.ready_{kind.value}" if ready else f"signing.kind_{kind.value}"
            self._heading.setText(text(words))
            if status.reason is not None:
                self.says.say(status.reason, Tone.INFO if status.state is KeyState.NONE else Tone.ERROR)
            else:
                self.says.hush()
        if ready and warning is not None:
            self.says.say(warning, Tone.WARN)
        self.next.set_blocked("" if ready else text("submit_page.key_first"))

    def _show_own(self, status: KeyStatus, *, ask_passphrase: bool) -> None:
        state = status.state
        ready, locked = state is KeyState.READY, state is KeyState.LOCKED
        keyring_shut = locked and status.protection is Protection.KEYRING
        making = not ready and not locked
        self._heading.setText(text(f"submit_page.key_{state.value}"))
        if status.reason is not None:
            self.says.say(status.reason, Tone.ERROR if state is KeyState.LOST else Tone.WARN)
        elif making:
            words = "submit_page.key_none_passphrase" if ask_passphrase else "submit_page.key_none_words"
            self.says.say(text(words), Tone.INFO)
        else:
            self.says.hush()
        need = (locked and not keyring_shut) or (making and ask_passphrase)
        self._fields.setVisible(need)
        for widget in (self._again_word, self.again):
            widget.setVisible(need and making)
        self.act.setVisible(not ready)
        act = "unlock" if locked and not keyring_shut else "retry" if keyring_shut else "make_key"
        self.act.setText(text(f"submit_page.{'new_key' if state is KeyState.LOST else act}"))
        for button in (self.code_button, self.save):
            button.setVisible(status.certificate is not None and state is not KeyState.LOST)

    def _hide_acts(self) -> None:
        for widget in (self._fields, self.act, self.code_button, self.save):
            widget.hide()

    def _show_facts(self, summary: CertificateSummary | None, kind: SignerKind) -> None:
        self._facts.setVisible(summary is not None)
        if summary is None:
            return
        self._name.setText(summary.name)
        self._code.setText(summary.spoken_code)
        self._valid.setText(text("submit_page.valid", since=summary.valid_from, until=summary.valid_to))
        unit = text("signing.unit_code", code=summary.unit_code)
        self._unit.setText(unit if summary.unit_code else text("signing.no_unit_code"))
        self._unit.setVisible(kind is not SignerKind.SOFTWARE)

    def _show_note(self, kind: SignerKind) -> None:
        own = kind is SignerKind.SOFTWARE
        self._note.setText(text("submit_page.seal_note" if own else "signing.note_certificate"))

    def failed(self, words: str) -> None:
        """What was tried did not work."""
        self.says.say(words, Tone.ERROR)

    def _do(self) -> None:
        typed = self.passphrase.text()
        if self._status.state is KeyState.LOCKED:
            self._unlock(typed)
            return
        asked = not self._fields.isHidden()
        if asked and typed != self.again.text():
            self.says.say(text("submit_page.passphrases_differ"), Tone.ERROR)
            self.again.setFocus()
            return
        self._make(typed if asked else None)

    def clear_secrets(self) -> None:
        for field in (self.passphrase, self.again):
            field.commit()
            field.set_value("")
