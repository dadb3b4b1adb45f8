"""Step 3: the folder or USB stick that the package goes to; recent ones are remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QWidget

from cchc_desktop.language import text
from ui.fonts import Size
from ui.theme import Role
from ui.widgets.button import Button, Kind
from ui.widgets.choice import CheckBox
from ui.widgets.labels import Label, second, section
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.option_button import RadioOption
from ui.widgets.panel import clear, column, row


class PlaceStep(QWidget):
    """`choose()` asks for a folder, `chosen(folder)` is told of it, `write()` goes on."""

    def __init__(
        self, choose: Callable[[], Path | None], chosen: Callable[[Path], object], write: Callable[[], object]
    ) -> None:
        super().__init__()
        self._choose, self._chosen = choose, chosen
        self._folders: list[Path] = []
        self._group = QButtonGroup(self)
        self._options = QWidget()
        self._box = column(gap=2)
        self._options.setLayout(self._box)
        self.says = MessageBar()
        self._space = Label("", Size.SMALL, Role.MUTED, wrap=True)
        self.choose_button = Button(text("submit_page.choose_folder"), self._ask, icon="folder-open")
        self.certificate = CheckBox(text("submit_page.with_certificate"))
        self.write = Button(
            text("submit_page.write"), write, kind=Kind.PRIMARY, icon="arrow-right", after=True
        )
        whole = column(
            section(text("submit_page.place_heading")),
            self._options,
            row(self.choose_button, None),
            self._space,
            self.says,
            8,
            self.certificate,
            second(text("submit_page.with_certificate_hint"), wrap=True),
            None,
            row(self.write, None),
            gap=8,
        )
        whole.setContentsMargins(20, 16, 20, 14)
        self.setLayout(whole)

    def show_folders(self, folders: Sequence[Path], chosen: Path | None) -> None:
        self._folders = list(folders)
        clear(self._box)
        self._group = QButtonGroup(self)
        for folder in folders:
            option = RadioOption(str(folder))
            option.setChecked(folder == chosen)
            option.clicked.connect(lambda _on=False, folder=folder: self._chosen(folder))
            self._group.addButton(option)
            self._box.addWidget(option)
        self._options.setVisible(bool(folders))
        self.write.set_blocked("" if chosen is not None else text("submit_page.folder_first"))

    def folders(self) -> tuple[Path, ...]:
        return tuple(self._folders)

    def _ask(self) -> None:
        if (folder := self._choose()) is not None:
            self._chosen(folder)

    def show_space(self, words: str) -> None:
        self._space.setText(words)
        self.says.hush()

    def failed(self, words: str) -> None:
        """The folder can't be used, or writing there failed."""
        self._space.setText("")
        self.says.say(words, Tone.ERROR)
