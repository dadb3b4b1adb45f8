"""All dialogs go through one `Dialogs` object; tests put another in its place and answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from cchc_desktop.language import render, text
from cchc_desktop.message import Message
from ui.marks import Mark
from ui.widgets.button import Button, Kind
from ui.widgets.labels import second
from ui.widgets.panel import column

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

    from ui.dialog_box import DialogBox

FileKinds = Sequence[tuple[str, Sequence[str]]]
"""(words, extensions): (("Tệp PDF", (".pdf",)), …)."""


def _filters(kinds: FileKinds) -> str:
    named = [f"{words} ({' '.join(f'*{ending}' for ending in endings)})" for words, endings in kinds]
    return ";;".join([*named, text("window.all_files")])


def _files() -> type[QFileDialog]:
    from PySide6.QtWidgets import QFileDialog

    return QFileDialog


class Dialogs:
    """`parent` is set by the window; every answer of None or False means that the user stepped back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent

    def _over(self) -> QWidget | None:
        return QApplication.activeModalWidget() or self.parent

    def _box(self, heading: str, words: str, mark: Mark | None) -> DialogBox:
        from ui.dialog_box import DialogBox  # with the first dialog: a start asks nothing

        return DialogBox(self._over(), heading, words, mark)

    def ask(
        self, heading: str, words: Message | str, act: str, keep: str = "", *, danger: bool = False
    ) -> bool:
        """A question whose buttons name the consequence ("Xóa 3 dòng" / "Giữ lại")."""
        box = self._box(heading, render(words), Mark.NO_EVIDENCE if danger else None)
        stay = box.add(Button(keep or text("window.cancel"), box.reject))
        go = box.add(Button(act, box.accept, kind=Kind.PLAIN if danger else Kind.PRIMARY))
        (stay if danger else go).setFocus()
        return box.agreed()

    def choose(
        self, heading: str, words: Message | str, options: Sequence[str], mark: Mark | None = None
    ) -> int | None:
        """One of several ways on, by its place; None when the user steps back. The first is advised."""
        box = self._box(heading, render(words), mark)
        for place, option in reversed(list(enumerate(options))):
            kind = Kind.PLAIN if place else Kind.PRIMARY
            button = box.add(Button(option, lambda place=place: box.done(10 + place), kind=kind))  # type: ignore[misc]
            if not place:
                button.setFocus()
        answer = box.exec()
        return answer - 10 if answer >= 10 else None

    def choose_way(
        self,
        heading: str,
        words: Message | str,
        ways: Sequence[tuple[str, str]],
        leave: str,
        mark: Mark | None = None,
    ) -> int | None:
        """One of several ways on, each a button with a line that says what it does; None: leave.

        The first is advised.
        """
        box = self._box(heading, render(words), mark)
        box.setMinimumWidth(560)
        for place, (option, explained) in enumerate(ways):
            kind = Kind.PLAIN if place else Kind.PRIMARY
            button = Button(option, lambda place=place: box.done(10 + place), kind=kind)  # type: ignore[misc]
            button.setAccessibleDescription(explained)
            box.content.addSpacing(8)
            box.content.addLayout(column(button, second(explained, wrap=True), gap=4))
            if not place:
                button.setFocus()
        box.content.addStretch(1)
        box.add(Button(leave, box.reject))
        answer = box.exec()
        return answer - 10 if answer >= 10 else None

    def message(self, heading: str, words: Message | str, mark: Mark = Mark.INFO, detail: str = "") -> None:
        """Something to know before going on; technical detail behind "Chi tiết"."""
        box = self._box(heading, render(words), mark)
        if detail:
            box.add_detail(detail)
        box.add(Button(text("window.close"), box.accept, kind=Kind.PRIMARY)).setFocus()
        box.exec()

    def offer(self, heading: str, words: Message | str, mark: Mark, detail: str, act: str) -> bool:
        """Something to know, with one thing that may be done about it; True when the user wants that."""
        box = self._box(heading, render(words), mark)
        box.setMinimumWidth(560)
        box.add_detail(detail, rows=12)
        box.add(Button(act, box.accept))
        box.add(Button(text("window.close"), box.reject, kind=Kind.PRIMARY)).setFocus()
        return box.agreed()

    def show_text(self, heading: str, words: str) -> None:
        """A longer text to read and copy (legal basis, history)."""
        box = self._box(heading, "", None)
        box.add_text(heading, words, 14).setMinimumWidth(560)
        box.add(Button(text("window.close"), box.accept, kind=Kind.PRIMARY)).setFocus()
        box.exec()

    def ask_text(
        self, heading: str, words: Message | str, act: str, *, secret: bool = False, start: str = ""
    ) -> str | None:
        """One line of text, or a passphrase."""
        box = self._box(heading, render(words), None)
        field = box.add_field(heading, start, secret=secret)
        box.add(Button(text("window.cancel"), box.reject))
        go = box.add(Button(act, box.accept, kind=Kind.PRIMARY))
        go.set_blocked("" if start else text("window.type_first"))
        field.textChanged.connect(lambda typed: go.set_blocked("" if typed else text("window.type_first")))
        field.returnPressed.connect(lambda: box.accept() if go.isEnabled() else None)
        field.setFocus()
        return field.text() if box.agreed() else None

    def choose_files(self, heading: str, kinds: FileKinds) -> tuple[Path, ...]:
        names, _kind = _files().getOpenFileNames(self._over(), heading, "", _filters(kinds))
        return tuple(Path(name) for name in names)

    def choose_file(self, heading: str, kinds: FileKinds) -> Path | None:
        name, _kind = _files().getOpenFileName(self._over(), heading, "", _filters(kinds))
        return Path(name) if name else None

    def save_file(self, heading: str, suggestion: str, kinds: FileKinds) -> Path | None:
        name, _kind = _files().getSaveFileName(self._over(), heading, suggestion, _filters(kinds))
        return Path(name) if name else None

    def choose_folder(self, heading: str) -> Path | None:
        name = _files().getExistingDirectory(self._over(), heading)
        return Path(name) if name else None

    def open_path(self, path: Path) -> bool:
        """Hand a file or folder to the system's own program. False when it has none."""
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
