"""By folder or stick: what is plugged in as cards, folders of before, and any other by choosing it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from cchc_desktop.domain.drive import Drive, known_name
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.language import format_size, render, text
from cchc_desktop.services import outbox
from ui.context import Context
from ui.fonts import Size
from ui.pages.submit.drive_card import DriveCard
from ui.pages.submit.recent_folders import recent_folders
from ui.theme import Role
from ui.widgets.button import Button, LinkLabel
from ui.widgets.check_box import CheckBox
from ui.widgets.labels import Label, second
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.option_button import RadioOption
from ui.widgets.panel import clear, column, row


def drive_name(drive: Drive) -> str:
    """ "CAN BO (E:)": its own name and where the system shows it."""
    where = str(drive.folder).rstrip("\\") or str(drive.folder)
    return f"{drive.label} ({where})" if drive.label else where


def drive_words(drive: Drive, needed: int) -> tuple[str, bool]:
    """Room and file system; and whether something speaks against it."""
    facts = {
        "free": format_size(drive.free),
        "total": format_size(drive.total),
        "kind": known_name(drive.file_system) or text("submit_page.unknown_file_system"),
    }
    if drive.read_only:
        return text("outbox_page.drive_read_only", **facts), True
    if drive.largest_file is not None and needed > drive.largest_file:
        return text("outbox_page.drive_fat", **facts), True
    if needed > drive.free:
        return text("outbox_page.drive_full", missing=format_size(needed - drive.free), **facts), True
    return text("outbox_page.drive_room", **facts), False


class FolderPanel(QWidget):
    """`choose(folder)` picks it; `folder` is what is picked."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.folder: Path | None = None
        self._needed = 0
        self._folders: list[Path] = []
        self._drives: tuple[Drive, ...] = ()
        self._group = QButtonGroup(self)
        self._cards, self._options = column(gap=6), column(gap=2)
        self._recent = second(text("outbox_page.recent_folders"))
        self._no_stick = Label(text("outbox_page.no_stick"), Size.SMALL, Role.MUTED)
        self.look_again = LinkLabel(text("outbox_page.look_again"), self.refresh)
        self.says = MessageBar()
        self._space = Label("", Size.SMALL, Role.MUTED, wrap=True)
        self.choose_button = Button(text("submit_page.choose_folder"), self._ask, icon="folder-open")
        self.certificate = CheckBox(text("submit_page.with_certificate"))
        self.setLayout(
            column(
                self._cards,
                self._no_stick,
                self._recent,
                self._options,
                row(self.choose_button, self.look_again, None, gap=16),
                self._space,
                self.says,
                self.certificate,
                second(text("submit_page.with_certificate_hint"), wrap=True),
                gap=8,
            )
        )
        self._space.hide()
        self._show_all()

    # What the place step asks

    def target(self) -> str:
        return "" if self.folder is None else str(self.folder)

    def blocked(self) -> str:
        return "" if self.folder is not None else text("submit_page.folder_first")

    def make_ready(self, then: Callable[[], object]) -> None:
        then()

    def failed(self, error: KnownError) -> None:
        """The folder can't be used, or writing there failed."""
        self._space.hide()
        self.says.say(render(error.message), Tone.ERROR)

    def refresh(self) -> None:
        """Sticks come and go; asking them may take a while."""
        self._folders = recent_folders(self._context)
        self._show_all()
        self._context.work.start(lambda _: outbox.drives(), self._show_drives, quiet=True)

    def need(self, size: int) -> None:
        """So many bytes have to go there."""
        if size != self._needed:
            self._needed = size
            self._show_all()

    # Choosing

    def folders(self) -> tuple[Path, ...]:
        return tuple(self._folders)

    def drives(self) -> tuple[Drive, ...]:
        return self._drives

    def choose(self, folder: Path) -> None:
        self.folder = folder
        self.says.hush()
        self._show_all()
        self.changed.emit()

        def space(_progress: Progress) -> str:
            found = outbox.look_at(folder)
            kind = known_name(found.file_system) or text("submit_page.unknown_file_system")
            return text("submit_page.space", free=format_size(found.free), kind=kind)

        self._context.work.start(space, self.show_space, self.failed, quiet=True)

    def show_space(self, words: str) -> None:
        self._space.setText(words)
        self._space.show()
        self.says.hush()

    def _ask(self) -> None:
        folder = self._context.dialogs.choose_folder(text("submit_page.place_heading"))
        if folder is not None:
            self.choose(folder)

    def _show_drives(self, found: tuple[Drive, ...]) -> None:
        shown = tuple(drive for drive in found if _is_for_people(drive))
        if shown != self._drives:
            self._drives = shown
            self._show_all()

    def _show_all(self) -> None:
        """Cards of drives, then folders of before (and the chosen one), as one choice."""
        clear(self._cards)
        clear(self._options)
        self._group = QButtonGroup(self)
        places = {drive.folder for drive in self._drives}
        for drive in self._drives:
            words, warning = drive_words(drive, self._needed)
            self._add(DriveCard(drive_name(drive), words, warning=warning), drive.folder, self._cards)
        others = [folder for folder in self._folders if folder not in places]
        if self.folder is not None and self.folder not in places and self.folder not in others:
            others.insert(0, self.folder)
        for folder in others:
            self._add(RadioOption(str(folder)), folder, self._options)
        self._in_reading_order()
        self._recent.setVisible(bool(others))
        self._no_stick.setVisible(not any(drive.removable for drive in self._drives))

    def _in_reading_order(self) -> None:
        """Options are made anew and would come last by Tab."""
        before: QWidget | None = self.choose_button.previousInFocusChain()
        while before is not None and before.focusPolicy() is Qt.FocusPolicy.NoFocus:
            before = before.previousInFocusChain()
        if before is None:
            return
        for option in self._group.buttons():
            QWidget.setTabOrder(before, option)
            before = option

    def _add(self, option: QAbstractButton, folder: Path, box: object) -> None:
        option.setChecked(folder == self.folder)
        option.clicked.connect(lambda _on=False, folder=folder: self.choose(folder))
        self._group.addButton(option)
        box.addWidget(option)  # type: ignore[attr-defined]


def _is_for_people(drive: Drive) -> bool:
    """Sticks, and disks that are not the system's own."""
    return drive.removable or (drive.folder != Path(drive.folder.anchor) and str(drive.folder) != "/home")
