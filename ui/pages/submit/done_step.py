"""Step 5: what was written and where, and what the receiving office needs besides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QWidget

from cchc_desktop.domain.submission import Submission
from cchc_desktop.language import format_size, text
from ui.packages.package_view import check_code
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
    ) -> None:
        super().__init__()
        self.says = MessageBar()
        self.open_folder = Button(
            text("submit_page.open_folder"), open_folder, kind=Kind.PRIMARY, icon="folder-open"
        )
        self.save = Button(text("submit_page.save_certificate"), save_certificate, icon="download")
        self.code = Button(text("submit_page.show_code"), show_code, icon="key-round")
        self.again = Button(text("submit_page.again"), again, icon="refresh-cw")
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
            section(text("submit_page.done_heading")),
            self.says,
            form,
            row(self.open_folder, self.save, self.code, None),
            second(text("submit_page.done_hint"), wrap=True),
            None,
            row(self.again, None),
            gap=12,
        )
        whole.setContentsMargins(20, 16, 20, 14)
        self.setLayout(whole)

    def show_submission(self, made: Submission, files: int) -> None:
        self.says.say(text("submit_page.done_words", count=files), Tone.OK)
        self._facts["file"].setText(made.file_name)
        self._facts["size"].setText(format_size(made.size))
        self._facts["check_code"].setText(check_code(made.manifest_sha256))
        self._facts["folder"].setText(str(Path(made.folder)))
        for label in self._facts.values():
            label.setAccessibleDescription(label.text())

    def facts(self) -> dict[str, str]:
        return {name: label.text() for name, label in self._facts.items()}
