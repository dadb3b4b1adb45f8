"""Step 2: the unit's key. Made here, unlocked here, replaced here when it is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from cchc_desktop.domain.signing_key import KeyState, KeyStatus, Protection
from cchc_desktop.language import text
from ui.fonts import Size
from ui.theme import Role
from ui.widgets.button import Button, Kind
from ui.widgets.fields import TextField
from ui.widgets.labels import Label, second, section, strong
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import column, row


class SignStep(QWidget):
    """`make(passphrase | None)`, `unlock(passphrase)`, `show_code()`, `save_certificate()`, `onwards()`."""

    def __init__(
        self,
        make: Callable[[str | None], object],
        unlock: Callable[[str], object],
        show_code: Callable[[], object],
        save_certificate: Callable[[], object],
        onwards: Callable[[], object],
    ) -> None:
        super().__init__()
        self._make, self._unlock = make, unlock
        self.act = Button("", self._do, kind=Kind.PRIMARY)
        self._status = KeyStatus(KeyState.NONE)
        self._heading = section(text("submit_page.sign_heading"), wrap=True)
        self.says = MessageBar()
        self._name = strong(wrap=True)
        self._code = Label("", bold=True)
        self._valid = Label("", Size.SMALL, Role.MUTED)
        self._facts = QWidget()
        self._facts.setLayout(
            column(
                self._name, row(second(text("submit_page.spoken_code")), self._code, None), self._valid, gap=4
            )
        )
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
        self.code_button = Button(text("submit_page.show_code"), show_code, icon="key-round")
        self.save = Button(text("submit_page.save_certificate"), save_certificate, icon="download")
        self.next = Button(
            text("submit_page.to_place"), onwards, kind=Kind.PRIMARY, icon="arrow-right", after=True
        )
        note = second(text("submit_page.seal_note"), wrap=True)
        whole = column(
            *(self._heading, self.says, self._facts, self._fields),
            row(self.act, self.code_button, self.save, None),
            note,
            None,
            row(self.next, None),
            gap=12,
        )
        whole.setContentsMargins(20, 16, 20, 14)
        self.setLayout(whole)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing is known of the key yet."""
        for widget in (self._facts, self._fields, self.act, self.code_button, self.save):
            widget.hide()
        self.next.set_blocked(text("submit_page.checking"))

    def show_status(self, status: KeyStatus, *, ask_passphrase: bool = False) -> None:
        """`ask_passphrase`: there is no keyring, so a new key needs one."""
        self._status = status
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
        summary = status.certificate
        self._facts.setVisible(summary is not None)
        if summary is not None:
            self._name.setText(summary.name)
            self._code.setText(summary.spoken_code)
            self._valid.setText(text("submit_page.valid", since=summary.valid_from, until=summary.valid_to))
        need = (locked and not keyring_shut) or (making and ask_passphrase)
        self._fields.setVisible(need)
        for widget in (self._again_word, self.again):
            widget.setVisible(need and making)
        self.act.setVisible(not ready)
        act = "unlock" if locked and not keyring_shut else "retry" if keyring_shut else "make_key"
        self.act.setText(text(f"submit_page.{'new_key' if state is KeyState.LOST else act}"))
        for button in (self.code_button, self.save):
            button.setVisible(summary is not None and state is not KeyState.LOST)
        self.next.setVisible(True)
        self.next.set_blocked("" if ready else text("submit_page.key_first"))

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
