"""Part of "Chữ ký và tin cậy": asking an office to enrol the key, its answer, and changing the key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.signing_key import KeyState
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.language import text
from ui.context import Context
from ui.marks import Mark, MarkSign
from ui.widgets.button import Button
from ui.widgets.labels import Label, strong
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import column, row

if TYPE_CHECKING:
    from cchc_desktop.services.enrolment import Answer, Enrolment


class EnrolmentBox(QWidget):
    """`again` looks at everything anew; `passphrase` asks how a new key shall be kept."""

    def __init__(
        self,
        context: Context,
        message: MessageBar,
        again: Callable[[], None],
        passphrase: Callable[[], tuple[bool, str | None]],
    ) -> None:
        super().__init__()
        self._context, self._message = context, message
        self._again, self._passphrase = again, passphrase
        self._sign, self._words = MarkSign(Mark.OPEN), Label(wrap=True)
        self.request = Button(text("settings.enrol_request"), self._request, icon="file-up")
        self.answer = Button(text("settings.enrol_answer"), self._answer, icon="download")
        self.rotate = Button(text("settings.enrol_rotate"), self._rotate, icon="refresh-cw")
        self.give_up = Button(text("settings.enrol_give_up"), self._give_up, icon="x")
        state = row(self._sign, self._words, gap=8)
        state.setStretch(1, 1)
        self.setLayout(
            column(
                strong(text("settings.enrol_title")),
                state,
                row(self.request, self.answer, self.rotate, self.give_up, None),
                gap=8,
            )
        )

    def show_enrolment(self, found: Enrolment) -> None:
        """Only what can be done now is there."""
        ready = found.key.state in (KeyState.READY, KeyState.LOCKED)
        self.setVisible(ready)
        waiting = found.waiting
        if waiting is not None:
            words = "settings.enrol_rotating" if waiting.rotation else "settings.enrol_waiting"
            day = waiting.at.astimezone(VIETNAM)
            self._words.setText(text(words, name=waiting.file_name, day=day, code=waiting.code))
        else:
            self._words.setText(text("settings.enrol_done" if found.issuer else "settings.enrol_none"))
        done = Mark.DONE if found.issuer else Mark.OPEN
        self._sign.set_mark(Mark.WAITING if waiting is not None else done)
        signs = found.key.state is KeyState.READY
        rotating = found.next_key is not None
        self.request.setVisible(signs and not rotating and not found.issuer)
        self.rotate.setVisible(signs and not rotating and bool(found.issuer))
        self.give_up.setVisible(rotating)

    def _request(self) -> None:
        from cchc_desktop.services import enrolment

        to = self._context.dialogs.choose_folder(text("settings.enrol_where"))
        if to is None:
            return
        profile, unit = self._context.profile, self._context.round.unit

        def done(made: tuple[Path, Any]) -> None:
            path, asked = made
            self._say("enrol_written", name=path.name, code=asked.code)

        self._start(lambda: enrolment.write_enrolment(profile, unit, to), done)

    def _rotate(self) -> None:
        from cchc_desktop.services import enrolment

        go_on, passphrase = self._passphrase()
        if not go_on:
            return
        to = self._context.dialogs.choose_folder(text("settings.enrol_where"))
        if to is None:
            return
        profile, unit = self._context.profile, self._context.round.unit

        def done(made: tuple[Path, Any]) -> None:
            self._say("enrol_rotated", name=made[0].name)

        self._start(lambda: enrolment.rotate(profile, unit, to, passphrase), done)

    def _give_up(self) -> None:
        from cchc_desktop.services import enrolment

        profile = self._context.profile
        self._start(lambda: enrolment.give_up_rotation(profile), lambda _: self._say("enrol_given_up"))

    def _answer(self) -> None:
        kinds = ((text("settings.enrol_files"), (".asice",)),)
        file = self._context.dialogs.choose_file(text("settings.enrol_answer"), kinds)
        if file is not None:
            self.take_file(file)

    def take_file(self, file: Path) -> None:
        """Look first; the first time the office's own code has to be heard."""
        from cchc_desktop.services import enrolment

        profile = self._context.profile
        self._start(
            lambda: enrolment.look_at_answer(profile, file), lambda offered: self._offered(file, offered)
        )

    def _offered(self, file: Path, offered: Answer) -> None:
        from cchc_desktop.services import enrolment

        heard: str | None = ""
        if not offered.known:
            heard = self._context.dialogs.ask_text(
                text("settings.enrol_hear", name=offered.authority.name),
                text("settings.enrol_hear_words"),
                text("settings.enrol_act"),
            )
        if heard is None:
            return
        profile, code = self._context.profile, heard
        said = "enrol_pinned" if offered.pinned else "enrol_taken"

        def done(_taken: object) -> None:
            self._say(said, name=offered.authority.name)

        self._start(lambda: enrolment.take_answer(profile, file, code), done)

    def _say(self, name: str, /, **args: object) -> None:
        self._message.say(text(f"settings.{name}", **args), Tone.OK)
        self._again()

    def _start(self, act: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._message.hush()
        self._context.work.start(
            lambda _: act(), done, lambda error: self._message.say(error.message, Tone.ERROR)
        )
