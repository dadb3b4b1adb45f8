"""What can be done about each line of the history, by its delivery's state; the next step comes first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.delivery import EMAIL, FOLDER, UPLOAD, Delivery, DeliveryState
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import outbox, receipts
from ui.context import Context
from ui.marks import Mark
from ui.pages.submit.history_list import HistoryList, Line
from ui.pages.submit.sending import Sending
from ui.signing.countersign_dialog import CountersignDialog

_S = DeliveryState
# By state; what needs another channel or a file that is there is left out below.
_ACTS: dict[DeliveryState, tuple[str, ...]] = {
    _S.QUEUED: ("go_on", "open", "call_off"),
    _S.WRITTEN: ("drafts", "said_sent", "receipt", "open", "call_off"),
    _S.EXPORTED: ("said_sent", "receipt", "open", "countersign", "another", "call_off"),
    _S.WAITING: ("said_sent", "drafts", "ask", "receipt", "open", "not_arrived", "call_off"),
    _S.DELIVERED: ("see_receipt", "open", "another"),
    _S.DELIVERED_BY_WORD: ("receipt", "open", "another", "not_arrived"),
    _S.FAILED: ("again", "another", "receipt", "open"),
    _S.SUPERSEDED: ("open", "see_receipt"),
}
_ONLY_FOLDER = frozenset({"countersign"})
_ONLY_EMAIL, _ONLY_UPLOAD = frozenset({"drafts"}), frozenset({"ask"})
_READING = frozenset({"open", "see_receipt"})


def acts_of(line: Line, *, read_only: bool = False) -> tuple[str, ...]:
    """The next step first. A package of before deliveries were kept can be opened and sent again."""
    delivery = line.delivery
    if delivery is None:
        return ("open",) if read_only else ("open", "another")
    acts = _ACTS[delivery.state]
    if delivery.channel == UPLOAD and delivery.state is _S.WAITING:
        acts = tuple(act for act in ("ask", *acts) if act != "said_sent")
        acts = tuple(dict.fromkeys(acts))
    dropped = {
        *(_ONLY_EMAIL if delivery.channel != EMAIL else ()),
        *(_ONLY_UPLOAD if delivery.channel != UPLOAD else ()),
        *(_ONLY_FOLDER if delivery.channel != FOLDER else ()),
        *(() if delivery.receipt else ("see_receipt",)),
    }
    return tuple(act for act in acts if act not in dropped and (not read_only or act in _READING))


class DeliveryMenu:
    """`another(line)` shows the place step for it; `show_package(path)` opens a receipt; `ask(delivery)` asks
    the server."""

    def __init__(
        self,
        context: Context,
        history: HistoryList,
        sending: Callable[[], Sending],
        another: Callable[[Line], object],
        show_package: Callable[[Path], object],
        ask: Callable[[Delivery], object],
        changed: Callable[[Changes], object],
    ) -> None:
        self._context, self._history, self._sending = context, history, sending
        self._another, self._show_package, self._ask, self._changed = another, show_package, ask, changed
        history.menu_wanted.connect(self.open_menu)
        history.set_acts(lambda line: acts_of(line, read_only=context.read_only))

    def open_menu(self, line: Line, at: QPoint) -> None:
        menu = self.menu_of(line)
        menu.popup(at)
        menu.setActiveAction(menu.actions()[0])

    def menu_of(self, line: Line) -> QMenu:
        menu = QMenu(self._history)
        menu.setAccessibleName(text("outbox_page.what_next"))
        for act in acts_of(line, read_only=self._context.read_only):
            action = menu.addAction(text(f"outbox_page.act_{act}"))
            action.triggered.connect(lambda _on=False, act=act: self.do(act, line))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def do(self, act: str, line: Line) -> None:
        """One of `acts_of(line)`."""
        profile, delivery = self._context.profile, line.delivery
        if act == "open":
            where = Path(line.made.folder) if delivery is None else outbox.place_of(profile, delivery.id)
            self._context.dialogs.open_path(where)
        elif act == "countersign":
            self._countersign(line)
        elif act == "another":
            self._another(line)
        elif delivery is None:
            return
        elif act in ("go_on", "again"):
            self._sending().go_on(delivery, again=act == "again")
        elif act == "ask":
            self._ask(delivery)
        elif act == "see_receipt":
            self._see_receipt(delivery)
        elif act == "drafts":
            self.open_drafts(delivery)
        elif act == "receipt":
            self._take_receipt(delivery)
        elif act == "said_sent":
            self.say_sent(delivery)
        elif act == "not_arrived":
            self._not_arrived(delivery)
        elif act == "call_off":
            self._call_off(delivery)

    def _countersign(self, line: Line) -> None:
        """The head signs over what lies on the stick or in the folder."""
        context = self._context
        package = Path(line.made.folder) / line.made.file_name
        CountersignDialog(
            *(self._history.window(), context.work, context.dialogs, package, context.profile.folder),
            profile=context.profile,
        ).exec()

    def open_drafts(self, delivery: Delivery) -> None:
        """Each in the user's mail program; whether they went, only the user can say."""
        profile = self._context.profile
        for draft in outbox.drafts_of(profile, delivery.id):
            self._context.dialogs.open_path(draft)
        if delivery.state is _S.WRITTEN:
            self._run(lambda: outbox.handed_over(profile, delivery.id))

    def say_sent(self, delivery: Delivery) -> None:
        """The user's word: of drafts that were opened, or of a stick that was handed over."""
        profile = self._context.profile
        self._run(lambda: outbox.confirm(profile, delivery.id))

    def _run(self, work: Callable[[], Changes]) -> None:
        self._context.work.start(lambda _: work(), self._changed, self._failed, quiet=True)

    def _failed(self, error: KnownError) -> None:
        self._context.dialogs.message(text("outbox_page.not_done"), render(error.message), Mark.ERROR)

    def _call_off(self, delivery: Delivery) -> None:
        words = text(f"outbox_page.call_off_{delivery.channel}", target=delivery.target)
        act, keep = text("outbox_page.act_call_off"), text("outbox_page.keep")
        profile = self._context.profile
        if self._context.dialogs.ask(act, words, act, keep, danger=True):
            self._run(lambda: outbox.call_off(profile, delivery.id))

    def _not_arrived(self, delivery: Delivery) -> None:
        profile, heading = self._context.profile, text("outbox_page.not_arrived")
        words, act = text("outbox_page.why_not_arrived"), text("outbox_page.note_it")
        reason = self._context.dialogs.ask_text(heading, words, act)
        if reason is not None and reason.strip():
            self._run(lambda: outbox.fail(profile, delivery.id, reason))

    def _take_receipt(self, delivery: Delivery) -> None:
        kinds = ((text("outbox_page.receipt_kind"), (".asice",)),)
        file = self._context.dialogs.choose_file(text("outbox_page.act_receipt"), kinds)
        if file is None:
            return
        profile = self._context.profile

        def take() -> Changes:
            changes, _taken = receipts.take(profile, file, delivery.id)
            return changes

        self._run(take)

    def _see_receipt(self, delivery: Delivery) -> None:
        file = receipts.kept_file(self._context.profile, delivery.receipt)
        if file is not None:
            self._show_package(file)
