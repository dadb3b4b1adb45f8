"""Step 3: by which way the package goes, and where to. Each way has a panel of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from cchc_desktop.domain.delivery import EMAIL, FOLDER, UPLOAD
from cchc_desktop.domain.package_head import filing
from cchc_desktop.domain.readiness import Readiness
from cchc_desktop.domain.submission import Submission
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from ui.context import Context
from ui.pages.submit.channel_email import EmailPanel
from ui.pages.submit.channel_folder import FolderPanel
from ui.pages.submit.channels import PANELS, ChannelPanel, made_panel
from ui.pages.submit.encrypt_choice import EncryptChoice
from ui.widgets.button import Button, Kind
from ui.widgets.labels import section
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.option_card import OptionCard
from ui.widgets.panel import column, row, scrolling


class PlaceStep(QWidget):
    """`send()` goes on. `resend` is the package that goes out once more; None: a new one is made."""

    changed = Signal()
    relimited = Signal()

    def __init__(self, context: Context, send: Callable[[], object]) -> None:
        super().__init__()
        self.channel = FOLDER
        self.resend: Submission | None = None
        self._panels: dict[str, QWidget] = {}
        self._above: dict[str, QWidget] = {}
        self.cards: dict[str, OptionCard] = {}
        group = QButtonGroup(self)
        cards, self._panel_box = row(gap=8), column(gap=8)
        for channel in PANELS:
            card = OptionCard(text(f"outbox_page.channel_{channel}"))
            card.setChecked(channel == self.channel)
            card.clicked.connect(lambda _on=False, channel=channel: self.choose_channel(channel))
            group.addButton(card)
            cards.addWidget(card)
            self.cards[channel] = card
            panel = self._panels[channel] = made_panel(channel, context)
            cast(ChannelPanel, panel).changed.connect(self._changed)
            self._panel_box.addWidget(panel)
        cards.addStretch(1)
        self.email.relimited.connect(self.relimited)
        self._again = MessageBar()
        self.encrypt = EncryptChoice(context)
        self.write = Button("", send, kind=Kind.PRIMARY, icon="arrow-right", after=True)
        content = QWidget()
        content.setLayout(
            column(
                *(section(text("outbox_page.heading")), self._again, cards),
                *(self._panel_box, self.encrypt, None),
                gap=12,
            )
        )
        content.layout().setContentsMargins(20, 16, 20, 8)  # type: ignore[union-attr]
        bottom = row(self.write, None)
        bottom.setContentsMargins(20, 8, 20, 14)
        # The button stays in sight however many sticks there are.
        whole = column(scrolling(content), bottom, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self._show_channel()
        self._changed()

    @property
    def panel(self) -> ChannelPanel:
        return cast(ChannelPanel, self._panels[self.channel])

    @property
    def folder(self) -> FolderPanel:
        return cast(FolderPanel, self._panels[FOLDER])

    @property
    def email(self) -> EmailPanel:
        return cast(EmailPanel, self._panels[EMAIL])

    def add_above(self, channel: str, more: QWidget) -> None:
        """Something that stands over a channel's panel, and shows with it."""
        self._above[channel] = more
        self._panel_box.insertWidget(0, more)
        self._show_channel()

    @property
    def choose_button(self) -> Button:
        return self.folder.choose_button

    @property
    def says(self) -> MessageBar:
        """What the open panel says."""
        return self.panel.says

    def choose_channel(self, channel: str) -> None:
        self.channel = channel
        self.cards[channel].setChecked(True)
        self._show_channel()
        self.panel.refresh()
        self._changed()

    def show_readiness(self, found: Readiness) -> None:
        self.folder.need(found.size)
        self.email.show_readiness(found)

    def send_again(self, made: Submission | None) -> None:
        """Another way for a package that is there already; None: back to a new one."""
        self.resend = made
        # What was made already goes as it was made.
        self.encrypt.setVisible(made is None)
        if made is None:
            self._again.hush()
        else:
            words = text("outbox_page.again", name=made.file_name, filing=filing(made.revision))
            self._again.say(words, Tone.INFO, text("outbox_page.not_again"), lambda: self.send_again(None))
        self._changed()

    def refresh(self) -> None:
        self.panel.refresh()
        self.encrypt.refresh()

    def target_words(self) -> str:
        """For the step's own line; "" when nothing is chosen."""
        if self.panel.blocked():
            return ""
        if self.channel == FOLDER:
            return self.panel.target()
        return text(f"outbox_page.channel_{self.channel}")

    def failed(self, error: KnownError) -> None:
        self.panel.failed(error)

    def stopped(self) -> None:
        if self.channel == UPLOAD:
            self.says.say(text("upload_page.stopped"), Tone.INFO)
        else:
            self.folder.show_space(text("submit_page.stopped"))

    def chosen_folder(self) -> Path | None:
        return self.folder.folder if self.channel == FOLDER else None

    def _show_channel(self) -> None:
        for name, panel in self._panels.items():
            panel.setVisible(name == self.channel)
        for name, more in self._above.items():
            more.setVisible(name == self.channel)

    def _changed(self) -> None:
        self.write.setText(text(f"outbox_page.send_{'again_' if self.resend else ''}{self.channel}"))
        self.write.set_blocked(self.panel.blocked())
        self.changed.emit()
