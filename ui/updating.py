"""Updates of the program: which version it is, what a chosen pack brings, taking it, and the way back.

One widget for Thiết lập and for the window that a double click on a pack opens, which has no profile.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.message import Message
from ui.dialogs import Dialogs
from ui.fonts import Size
from ui.marks import Mark, MarkSign
from ui.widgets.button import Button, Kind, LinkLabel
from ui.widgets.labels import Label, second, strong
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import HLine, clear, column, row
from ui.widgets.progress_panel import ProgressPanel
from ui.work import Job, Work

if TYPE_CHECKING:
    from cchc_desktop.domain.update import Update
    from cchc_desktop.services.updates import Offer, ProgramState

PACK = (".asice",)


class Updating(QWidget):
    """`restart()` closes the window and starts the version that counts now."""

    def __init__(self, work: Work, dialogs: Dialogs, restart: Callable[[], object]) -> None:
        super().__init__()
        self._work, self._dialogs, self._restart = work, dialogs, restart
        self._offer: Offer | None = None
        self._state: ProgramState | None = None
        self._under_way = 0
        self._now = strong(wrap=True)
        self._hint = second(wrap=True)
        self.note = MessageBar()
        self._facts = column(gap=8)
        self.progress = ProgressPanel()
        self.choose_button = Button(text("updating.choose"), self.choose, icon="download")
        self.take_button = Button(text("updating.take"), self.take, kind=Kind.PRIMARY)
        self.leave_button = Button(text("updating.leave"), self.leave)
        self.back = LinkLabel("", self.go_back)
        buttons = row(self.take_button, self.leave_button, self.choose_button, self.back, None, gap=8)
        box = column(self._now, self._hint, self.note, self._facts, self.progress, buttons, gap=10)
        self.setLayout(box)
        self.back.hide()
        self._show_offer(None)

    # Which version

    def refresh(self) -> None:
        """Look again which version it is."""
        from cchc_desktop.services import updates

        self._work.start(lambda _: updates.state(), self._show_state, self._say_fault, quiet=True)

    def _show_state(self, state: ProgramState) -> None:
        self._state = state
        self._now.setText(text("updating.version", version=state.running))
        self.back.setText(text("updating.back", version=state.before))
        self.back.setVisible(bool(state.before))
        self._block()
        self._hint.setText(render(state.fixed) if state.fixed else text("updating.hint"))
        if state.restart_needed and not self.note.words():
            self._say_restart("updating.waiting", state.current)

    def _say_restart(self, words: str, version: str) -> None:
        said = text(words, version=version)
        self.note.say(said, Tone.OK, text("updating.restart"), self._restart)

    # A pack

    def choose(self) -> None:
        """Ask for a pack and look at it."""
        file = self._dialogs.choose_file(text("updating.choose"), ((text("updating.packs"), PACK),))
        if file is not None:
            self.look_at(file)

    def look_at(self, pack: Path) -> Job:
        """Say what the pack brings, or all that is against it."""
        from cchc_desktop.services import updates

        self.note.hush()
        self._show_offer(None)
        return self._begun(
            self._work.start(
                lambda progress: updates.inspect(pack, progress), self._show_offer, self._say_fault
            )
        )

    def _show_offer(self, offer: Offer | None) -> None:
        self._hold_focus()
        clear(self._facts)
        self._offer = offer
        can = offer is not None and offer.can_be_taken
        self.take_button.setVisible(can)
        self.leave_button.setVisible(offer is not None)
        self.choose_button.setVisible(not can)
        self._hint.setVisible(offer is None)
        if offer is None:
            return
        self._facts.addWidget(HLine())
        if (update := offer.update) is not None:
            self._facts.addWidget(strong(text("updating.brings", version=update.version), wrap=True))
            self._facts.addWidget(Label(_about(offer, update), Size.SMALL, wrap=True))
            if update.notes and can:  # what a stranger promises is not repeated
                self._facts.addWidget(second(text("updating.notes")))
                self._facts.addWidget(Label(update.notes, wrap=True))
        if offer.refusals:
            self._facts.addWidget(strong(text("updating.refused", name=offer.pack.name), wrap=True))
        for refusal in offer.refusals:
            self._facts.addLayout(_line(Mark.ERROR, refusal))
        for warning in offer.warnings if can else ():
            self._facts.addLayout(_line(Mark.INFO, warning))

    def leave(self) -> None:
        """Put the pack away."""
        self._show_offer(None)
        self.choose_button.setFocus()

    def take(self) -> None:
        """Take what was looked at."""
        from cchc_desktop.services import updates

        if self._offer is None:
            return
        pack = self._offer.pack
        self._begun(
            self._work.start(
                lambda progress: updates.apply(pack, progress), self._taken, self._say_fault, self._stopped
            )
        )

    def _taken(self, offer: Offer) -> None:
        self._show_offer(None)
        self._say_restart("updating.taken", offer.version)
        self.refresh()

    # The way back

    def go_back(self) -> None:
        """Ask, then point at the version before."""
        from cchc_desktop.services import updates

        if self._state is None or not self._state.before:
            return
        version = self._state.before
        words = text("updating.back_words", version=version)
        if self._dialogs.ask(text("updating.back", version=version), words, text("updating.back_act")):
            self.note.hush()
            self._begun(self._work.start(lambda _: updates.back(), self._went_back, self._say_fault))

    def _went_back(self, version: str) -> None:
        self._say_restart("updating.went_back", version)
        self.refresh()

    # Work

    def _begun(self, job: Job) -> Job:
        self._hold_focus()
        self._under_way += 1
        self._block()
        job.ended.connect(self._over)
        self.progress.watch(job)
        return job

    def _over(self) -> None:
        self._hold_focus()
        self._under_way -= 1
        self._block()
        if self._offer is not None or self.hasFocus():
            (self.choose_button if self.take_button.isHidden() else self.take_button).setFocus()

    def _hold_focus(self) -> None:
        """A button that goes off would hand its focus on, and the page would scroll to whoever gets it."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.setFocus()

    def _block(self) -> None:
        """What can't be pressed now, and why; said nowhere else."""
        busy = text("updating.under_way") if self._under_way else ""
        fixed = self._state.fixed if self._state is not None else None
        self.choose_button.set_blocked(busy or (render(fixed) if fixed else ""))
        for button in (self.take_button, self.leave_button):
            button.set_blocked(busy)
        self.back.setEnabled(not busy)
        self.back.setToolTip(busy)
        self.back.setAccessibleDescription(busy)

    def _stopped(self) -> None:
        self.note.say(text("updating.stopped"), Tone.INFO)

    def _say_fault(self, error: KnownError) -> None:
        self.note.say(error.message, Tone.ERROR)

    def said(self) -> tuple[str, ...]:
        """Everything that is said of the pack, from top to bottom."""
        return tuple(
            label.text() for label in self.findChildren(Label) if label.isVisible() and label.text().strip()
        )


def _about(offer: Offer, update: Update) -> str:
    facts = [text("updating.facts", from_version=update.from_version, system=render(offer.system))]
    facts.append(text("updating.amount", count=len(update.files), size=offer.size))
    if (signer := offer.signer) is not None:
        facts.append(text("updating.signed", name=signer.name, at=signer.signed_at))
    return " · ".join(facts)


def _line(mark: Mark, words: Message) -> QHBoxLayout:
    line = row(column(4, MarkSign(mark), None, gap=0), Label(render(words), wrap=True), gap=10)
    line.setStretch(1, 1)
    return line
