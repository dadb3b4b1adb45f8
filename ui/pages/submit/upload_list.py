"""Uploads that stopped on their way or wait for the office's receipt: go on, give up, ask again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.delivery import Delivery
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.errors import KnownError
from cchc_desktop.language import format_date, format_time, render, text
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.services import receipts, uploads
from cchc_desktop.services.receipts import Taken
from cchc_desktop.services.uploads import Begun
from ui.context import Context
from ui.fonts import Size
from ui.marks import Mark, MarkSign
from ui.theme import Role
from ui.widgets.button import Button
from ui.widgets.labels import ElidedLabel, Label, section
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import Strip, clear, column


@dataclass(frozen=True)
class _Look:
    begun: tuple[Begun, ...]
    waiting: tuple[Delivery, ...]


class UploadList(QWidget):
    """Hidden while there is none. `go_on(delivery)` and `give_up(delivery)` are the page's work."""

    def __init__(
        self,
        context: Context,
        go_on: Callable[[Delivery], object],
        give_up: Callable[[Delivery], object],
        changed: Callable[[Changes], object],
    ) -> None:
        super().__init__()
        self._context, self._go_on, self._give_up, self._changed = context, go_on, give_up, changed
        self.says = MessageBar()
        self.buttons: dict[str, Button] = {}
        self._lines = column(gap=0)
        self._heading = section(text("upload_page.under_way"))
        self.setLayout(column(self._heading, self._lines, self.says, gap=6))
        self._show(_Look((), ()))

    def refresh(self) -> None:
        profile, round_id = self._context.profile, self._context.round_id
        self._context.work.start(
            lambda _: _Look(uploads.begun(profile, round_id), uploads.waiting(profile, round_id)),
            self._show,
            self._failed,
            quiet=True,
        )

    def ask(self, delivery: Delivery, *, quietly: bool = False) -> None:
        """Ask the server for the receipt and have it checked; `quietly` says nothing of a bad line."""
        profile = self._context.profile
        if not quietly:
            self._say(text("upload_page.asking"), Tone.INFO)

        def asked(progress: object) -> tuple[Changes, Taken] | None:
            file = uploads.fetch_receipt(profile, delivery.id, progress)  # type: ignore[arg-type]
            if file is None:
                return None
            try:
                return receipts.take(profile, file, delivery.id)
            finally:
                _remove(file)

        def failed(error: KnownError) -> None:
            if not quietly:
                self._failed(error)

        def done(found: tuple[Changes, Taken] | None) -> None:
            if found is None:
                if not quietly:
                    self._say(text("upload_page.not_yet"), Tone.INFO)
                return
            changes, taken = found
            self._say(_words(taken), Tone.OK)
            self._changed(changes)
            self.refresh()

        self._context.work.start(asked, done, failed, quiet=True)

    def ask_all_quietly(self) -> None:
        """At the program's start: receipts may have come meanwhile."""
        profile, round_id = self._context.profile, self._context.round_id

        def done(found: tuple[Delivery, ...]) -> None:
            for delivery in found:
                self.ask(delivery, quietly=True)

        self._context.work.start(
            lambda _: uploads.waiting(profile, round_id), done, lambda _error: None, quiet=True
        )

    def _show(self, look: _Look) -> None:
        clear(self._lines)
        self.buttons.clear()
        for one in look.begun:
            delivery, percent = one.delivery, min(99, one.sent * 100 // max(1, one.size))
            since = text("upload_page.begun_since", at=delivery.changed_at.astimezone(VIETNAM))
            why = since if delivery.reason is None else render(delivery.reason)
            words = text("upload_page.begun", percent=percent, sent=one.sent, size=one.size, why=why)
            go_on = self._button("go_on", delivery, self._go_on, "send")
            give_up = self._button("give_up", delivery, self._ask_give_up, "trash-2")
            self._lines.addWidget(_line(Mark.DOING, delivery, words, go_on, give_up))
        for delivery in look.waiting:
            words = text("upload_page.waiting", at=delivery.changed_at.astimezone(VIETNAM))
            again = self._button("ask", delivery, self.ask, "refresh-cw")
            self._lines.addWidget(_line(Mark.WAITING, delivery, words, again))
        any_there = bool(look.begun or look.waiting)
        self._heading.setVisible(any_there)
        self.setVisible(any_there or not self.says.isHidden())

    def _button(self, act: str, delivery: Delivery, work: Callable[[Delivery], object], icon: str) -> Button:
        button = Button(text(f"upload_page.{act}"), lambda: work(delivery), icon=icon)
        button.set_help(delivery.files[0].name)
        self.buttons[f"{act}:{delivery.id}"] = button
        return button

    def _ask_give_up(self, delivery: Delivery) -> None:
        words = text("upload_page.give_up_words", name=delivery.files[0].name)
        act = text("upload_page.give_up")
        if self._context.dialogs.ask(act, words, act, text("upload_page.keep"), danger=True):
            self._give_up(delivery)

    def _say(self, words: str, tone: Tone) -> None:
        self.says.say(words, tone)
        self.show()

    def _failed(self, error: KnownError) -> None:
        self.says.say(error.message, Tone.ERROR)
        self.show()


def _line(mark: Mark, delivery: Delivery, words: str, *buttons: Button) -> Strip:
    strip = Strip("below")
    strip.box.setContentsMargins(0, 6, 0, 6)
    strip.box.setSpacing(10)
    name = ElidedLabel(delivery.files[0].name)
    said = column(name, Label(words, Size.SMALL, Role.MUTED, wrap=True), gap=0)
    strip.box.addLayout(column(3, MarkSign(mark), None, gap=0))
    strip.box.addLayout(said, 1)
    for button in buttons:
        strip.box.addWidget(button)
    return strip


def _words(taken: Taken) -> str:
    at = taken.receipt.received_at.astimezone(VIETNAM)
    word = "superseded" if taken.effect.value == "superseded" else "delivered"
    return text(
        f"upload_page.{word}",
        office=taken.receipt.receiver_name,
        name=taken.receipt.file_name,
        at=f"{format_time(at)} {format_date(at)}",
    )


def _remove(file: Path) -> None:
    file.unlink(missing_ok=True)
    file.parent.rmdir()
