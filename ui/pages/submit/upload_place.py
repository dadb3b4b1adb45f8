"""The place step's part for the network: the office's server, the token, and whether they work."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.services import uploads
from cchc_desktop.services.uploads import Office
from ui.context import Context
from ui.widgets.button import Button, LinkLabel
from ui.widgets.check_box import CheckBox
from ui.widgets.fields import TextField
from ui.widgets.form import Form
from ui.widgets.labels import second
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import column, row

_EMPTY = Office("", "", has_token=False, has_authority=False, remembers=True)


class UploadPlace(QWidget):
    """`changed` when it may be ready or no longer is; `target()` is the server's address."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._office = context, _EMPTY
        self.says = MessageBar()
        self.address = TextField(text("upload_page.address"), placeholder="https://")
        self.address.committed.connect(lambda _typed: self._put_address())
        self.token = TextField(text("upload_page.token"))
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.textChanged.connect(lambda _typed: self._look())
        self.remember = CheckBox(text("upload_page.remember"))
        self.remember.setChecked(True)
        self.check = Button(text("upload_page.check"), self._check, icon="refresh-cw")
        self._authority = second(text("upload_page.authority_none"), wrap=True)
        self.add_authority = LinkLabel(text("upload_page.authority_add"), self._add_authority)
        self.forget_authority = LinkLabel(text("upload_page.authority_forget"), self._forget_authority)
        form = Form(gap=8)
        form.add("address", text("upload_page.address"), self.address, text("upload_page.address_hint"))
        keeping = column(self.token, self.remember, gap=6)
        form.add_line(
            "token", text("upload_page.token"), self.token, keeping, text("upload_page.remember_hint")
        )
        line = row(self.check, self._authority, self.add_authority, self.forget_authority, gap=12)
        line.setStretch(1, 1)
        self.setLayout(column(form, line, self.says, gap=10))
        self._show(_EMPTY)

    def target(self) -> str:
        """As it is kept; "" when there is none yet."""
        return self._office.address

    def blocked(self) -> str:
        """Why nothing can be sent yet; "" when all is there."""
        if not self._office.address:
            return text("upload_page.address_first")
        if not self._office.has_token and not self.token.text().strip():
            return text("upload_page.token_first")
        return ""

    def refresh(self) -> None:
        """Look again; the system's store of secrets may be slow, so not on the window's thread."""
        profile = self._context.profile
        self._context.work.start(
            lambda _: uploads.office(profile), self._show, lambda error: self._failed(error), quiet=True
        )

    def make_ready(self, then: Callable[[], object]) -> None:
        """Take the typed token into use, then go on; what is wrong is said here."""
        self.address.commit()
        self.says.hush()
        profile, typed, remember = self._context.profile, self.token.text(), self.remember.isChecked()

        def ready() -> bool:
            kept = uploads.use_token(profile, typed, remember=remember) if typed.strip() else True
            uploads.be_ready(profile)
            return kept or not remember

        def done(kept: bool) -> None:
            # The token stays on the screen no longer than it has to.
            self.token.clear()
            if not kept:
                self.says.say(text("upload_page.not_remembered"), Tone.INFO)
            self.refresh()
            then()

        self._context.work.start(lambda _: ready(), done, self._failed, quiet=True)

    def failed(self, error: KnownError) -> None:
        """The upload ended with this fault."""
        self._failed(error)

    def _show(self, office: Office) -> None:
        self._office = office
        self.address.set_value(office.address)
        self.token.setPlaceholderText(
            text("upload_page.token_kept" if office.has_token else "upload_page.token_new")
        )
        self.remember.setChecked(office.remembers)
        there = office.has_authority
        self._authority.setText(text(f"upload_page.authority_{'there' if there else 'none'}"))
        self.add_authority.setVisible(not there)
        self.forget_authority.setVisible(there)
        self._look()

    def _look(self) -> None:
        """It may be ready now, or no longer."""
        self.check.set_blocked(self.blocked())
        self.changed.emit()

    def _put_address(self) -> None:
        profile, typed = self._context.profile, self.address.text()
        if not typed.strip():
            return

        def refused(error: KnownError) -> None:
            self.address.set_bad(True)
            self._failed(error)

        def done(_address: str) -> None:
            self.says.hush()
            self.refresh()

        self._context.work.start(lambda _: uploads.set_address(profile, typed), done, refused, quiet=True)

    def _check(self) -> None:
        self.make_ready(self._ask)

    def _ask(self) -> None:
        profile, host = self._context.profile, self._office.host
        self.says.say(text("upload_page.checking"))

        def answered(largest: int | None) -> None:
            word = "answers" if largest is None else "answers_limit"
            self.says.say(text(f"upload_page.{word}", host=host, size=largest or 0), Tone.OK)

        self._context.work.start(lambda _: uploads.check_server(profile), answered, self._failed)

    def _add_authority(self) -> None:
        kinds = ((text("upload_page.authority_kind"), (".pem", ".crt", ".cer")),)
        file = self._context.dialogs.choose_file(text("upload_page.authority_add"), kinds)
        if file is not None:
            profile = self._context.profile
            self._context.work.start(
                lambda _: uploads.set_authority(profile, file), lambda _: self.refresh(), self._failed
            )

    def _forget_authority(self) -> None:
        profile = self._context.profile
        self._context.work.start(
            lambda _: uploads.set_authority(profile, None), lambda _: self.refresh(), self._failed
        )

    def _failed(self, error: KnownError) -> None:
        self.says.say(error.message, Tone.ERROR)
        if error.code in ("upload.token_refused", "upload.no_token", "upload.bad_token"):
            self.token.setFocus()
