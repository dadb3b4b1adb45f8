"""Step 5: what was written and where, and what the receiving office needs besides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QWidget

from cchc_desktop.domain.delivery import EMAIL, FOLDER
from cchc_desktop.domain.package_head import check_code
from cchc_desktop.language import format_size, text
from ui.pages.submit.sending import Gone
from ui.widgets.button import Button, Kind
from ui.widgets.labels import Label, second, section
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import column, row


class DoneStep(QWidget):
    def __init__(
        self,
        open_folder: Callable[[], object],
        save_certificate: Callable[[], object],
        show_code: Callable[[], object],
        again: Callable[[], object],
        countersign: Callable[[Path], object],
        open_drafts: Callable[[], object],
        said_sent: Callable[[], object],
    ) -> None:
        super().__init__()
        self._package: Path | None = None
        self.says = MessageBar()
        self.open_folder = Button(text("submit_page.open_folder"), open_folder, icon="folder-open")
        self.drafts = Button(text("outbox_page.act_drafts"), open_drafts, kind=Kind.PRIMARY, icon="mail")
        self.said_sent = Button(text("outbox_page.act_said_sent"), said_sent, icon="check")
        self._heading = section(text("outbox_page.done_heading_folder"))
        self._hint = second("", wrap=True)
        self.save = Button(text("submit_page.save_certificate"), save_certificate, icon="download")
        self.code = Button(text("submit_page.show_code"), show_code, icon="key-round")
        self.again = Button(text("submit_page.again"), again, icon="refresh-cw")
        self.countersign = Button(
            text("signing.countersign_leader"),
            lambda: countersign(self._package) if self._package else None,
            icon="user-check",
        )
        self._facts: dict[str, Label] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(6)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for name in ("file", "size", "check_code", "folder"):
            label = Label(bold=name == "file", wrap=True)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            label.setAccessibleName(text(f"submit_page.fact_{name}"))
            self._facts[name] = label
            form.addRow(second(text(f"submit_page.fact_{name}")), label)
        whole = column(
            self._heading,
            self.says,
            form,
            row(self.drafts, self.said_sent, self.open_folder, None),
            row(self.countersign, self.save, None),
            self._hint,
            None,
            row(self.again, self.code, None),
            gap=12,
        )
        whole.setContentsMargins(20, 16, 20, 14)
        self.setLayout(whole)

    def show_gone(self, gone: Gone, files: int) -> None:
        """What was made and where it is now; by mail the sending itself is still the user's."""
        made, channel = gone.made, gone.delivery.channel
        mail = channel == EMAIL
        self._heading.setText(text(f"outbox_page.done_heading_{channel}"))
        words = text(f"outbox_page.done_{channel}", count=files, messages=len(gone.besides))
        self.says.say(words, Tone.OK if channel == FOLDER else Tone.INFO)
        self._hint.setText(text(f"outbox_page.done_hint_{channel}"))
        for button in (self.drafts, self.said_sent):
            button.setVisible(mail)
        folder = gone.delivery.target if channel == FOLDER else made.folder
        self._package = Path(folder) / made.file_name
        self._facts["file"].setText(made.file_name)
        self._facts["size"].setText(format_size(made.size))
        self._facts["check_code"].setText(check_code(made.manifest_sha256))
        self._facts["folder"].setText(folder)
        for label in self._facts.values():
            label.setAccessibleDescription(label.text())

    def first(self) -> Button:
        """What most will press next."""
        return self.open_folder if self.drafts.isHidden() else self.drafts

    def facts(self) -> dict[str, str]:
        return {name: label.text() for name, label in self._facts.items()}
