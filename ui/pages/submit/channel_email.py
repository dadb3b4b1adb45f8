"""By e-mail: to whom, how large a message may be, and how many messages it takes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.evidence import MEGABYTE
from cchc_desktop.domain.readiness import Readiness
from cchc_desktop.errors import KnownError
from cchc_desktop.language import format_size, render, text
from cchc_desktop.services import outbox, submissions
from ui.context import Context
from ui.pages.submit.size_bar import SizeBar
from ui.widgets.choice import Choice
from ui.widgets.fields import TextField
from ui.widgets.form import Form
from ui.widgets.labels import Label, second
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import column

LIMITS = tuple(size * MEGABYTE for size in (5, 10, 15, 20, 25, 35, 50))


class EmailPanel(QWidget):
    """`relimited` when the largest message was changed: the number of messages is another then."""

    changed = Signal()
    relimited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._kept = ""
        self._readiness: Readiness | None = None
        self.says = MessageBar()
        self.address = TextField(text("outbox_page.address"), placeholder="vanthu@tinh.gov.vn")
        self.address.committed.connect(lambda _typed: self.changed.emit())
        self.limit = Choice(text("outbox_page.limit"))
        self.limit.chosen.connect(self._set_limit)
        self.bar = SizeBar()
        self.words = Label("", wrap=True)
        form = Form(gap=8)
        form.add("address", text("outbox_page.address"), self.address, text("outbox_page.address_hint"))
        form.add("limit", text("outbox_page.limit"), self.limit, text("outbox_page.limit_hint"))
        self.setLayout(
            column(
                form,
                self.bar,
                self.words,
                second(text("outbox_page.email_hint"), wrap=True),
                self.says,
                gap=8,
            )
        )

    # What the place step asks

    def target(self) -> str:
        return self.address.text().strip()

    def blocked(self) -> str:
        return self._too_large()

    def make_ready(self, then: Callable[[], object]) -> None:
        """The address is kept for the next time; one that is none is said here."""
        self.address.commit()
        profile, typed = self._context.profile, self.target()
        self.says.hush()

        def kept(_none: object) -> None:
            self._kept = typed
            self.address.set_bad(False)
            then()

        def refused(error: KnownError) -> None:
            self.address.set_bad(True)
            self.failed(error)
            self.address.setFocus()

        if typed == self._kept:
            then()
        else:
            self._context.work.start(
                lambda _: outbox.set_email_address(profile, typed), kept, refused, quiet=True
            )

    def failed(self, error: KnownError) -> None:
        self.says.say(render(error.message), Tone.ERROR)

    def refresh(self) -> None:
        profile, round_id = self._context.profile, self._context.round_id
        self._context.work.start(
            lambda _: outbox.email_address(profile, round_id), self._show_address, quiet=True
        )

    # What it shows

    def show_readiness(self, found: Readiness) -> None:
        self._readiness = found
        sizes = sorted({*LIMITS, found.email_limit})
        self.limit.set_choices([(size, format_size(size)) for size in sizes], found.email_limit)
        whole = found.fits_email
        largest = found.email_size if whole else found.email_limit
        self.bar.show_size(largest, found.email_limit)
        facts = {
            "size": format_size(found.email_size),
            "limit": format_size(found.email_limit),
            "count": found.messages,
            "packs": found.messages - 1,
        }
        self.words.setText(text("outbox_page.one_message" if whole else "outbox_page.messages", **facts))
        if too_large := self._too_large():
            self.says.say(too_large, Tone.ERROR)
        else:
            self.says.hush()
        self.changed.emit()

    def _too_large(self) -> str:
        if self._readiness is None or not self._readiness.too_large:
            return ""
        return text("outbox_page.file_too_large", name=self._readiness.too_large[0])

    def _show_address(self, address: str) -> None:
        if not self.address.hasFocus() or not self.address.text():
            self._kept = address
            self.address.set_value(address)

    def _set_limit(self, size: object) -> None:
        profile, limit = self._context.profile, int(str(size))
        self._context.edits.save(
            lambda: submissions.set_email_limit(profile, limit), lambda _none: self.relimited.emit()
        )
