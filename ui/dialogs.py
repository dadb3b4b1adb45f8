"""All dialogs go through one `Dialogs` object; tests put another in its place and answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLayout, QLineEdit, QWidget

from cchc_desktop.language import render, text
from cchc_desktop.message import Message
from ui.marks import Mark, MarkSign
from ui.widgets.button import Button, Kind
from ui.widgets.fields import TextBox, TextField
from ui.widgets.labels import Label, second, section
from ui.widgets.panel import column, row

FileKinds = Sequence[tuple[str, Sequence[str]]]
"""(words, extensions): (("Tệp PDF", (".pdf",)), …)."""


def _filters(kinds: FileKinds) -> str:
    named = [f"{words} ({' '.join(f'*{ending}' for ending in endings)})" for words, endings in kinds]
    return ";;".join([*named, text("window.all_files")])


class _Box(QDialog):
    """Mark, heading, words, and a row of buttons; the first one is the safe way out (Esc)."""

    def __init__(self, parent: QWidget | None, heading: str, words: str, mark: Mark | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setModal(True)
        self.setMinimumWidth(440)
        self.setMaximumWidth(640)
        self._heading = section(heading, wrap=True)
        self._words = Label(words, wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.content = column(self._heading, self._words, gap=8)
        top = row(gap=16)
        if mark:
            top.addWidget(MarkSign(mark, 28), 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(self.content, 1)
        self.buttons = row(None, gap=8)
        whole = column(top, self.buttons, gap=20, margin=20)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # see `fit`
        self.setLayout(whole)

    def add(self, button: Button) -> Button:
        self.buttons.addWidget(button)
        return button

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its words need at this width: Qt's own guess leaves a hole between them."""
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        if (box := self.layout()) is None:
            return
        width = max(self.width(), box.totalMinimumSize().width())
        height = box.totalHeightForWidth(width)
        self.setMinimumHeight(height)
        self.resize(width, height)

    def done(self, result: int) -> None:
        """Goes once it is answered: the window would keep it, with a passphrase in its field."""
        super().done(result)
        self.deleteLater()


class Dialogs:
    """`parent` is set by the window; every answer of None or False means that the user stepped back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent

    def _over(self) -> QWidget | None:
        return QApplication.activeModalWidget() or self.parent

    def ask(
        self, heading: str, words: Message | str, act: str, keep: str = "", *, danger: bool = False
    ) -> bool:
        """A question whose buttons name the consequence ("Xóa 3 dòng" / "Giữ lại")."""
        box = _Box(self._over(), heading, render(words), Mark.NO_EVIDENCE if danger else None)
        stay = box.add(Button(keep or text("window.cancel"), box.reject))
        go = box.add(Button(act, box.accept, kind=Kind.PLAIN if danger else Kind.PRIMARY))
        (stay if danger else go).setFocus()
        return box.exec() == QDialog.DialogCode.Accepted

    def choose(
        self, heading: str, words: Message | str, options: Sequence[str], mark: Mark | None = None
    ) -> int | None:
        """One of several ways on, by its place; None when the user steps back. The first is advised."""
        box = _Box(self._over(), heading, render(words), mark)
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
        box = _Box(self._over(), heading, render(words), mark)
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
        box = _Box(self._over(), heading, render(words), mark)
        if detail:
            self._detail(box, detail)
        box.add(Button(text("window.close"), box.accept, kind=Kind.PRIMARY)).setFocus()
        box.exec()

    def offer(self, heading: str, words: Message | str, mark: Mark, detail: str, act: str) -> bool:
        """Something to know, with one thing that may be done about it; True when the user wants that."""
        box = _Box(self._over(), heading, render(words), mark)
        box.setMinimumWidth(560)
        self._detail(box, detail, rows=12)
        box.add(Button(act, box.accept))
        box.add(Button(text("window.close"), box.reject, kind=Kind.PRIMARY)).setFocus()
        return box.exec() == QDialog.DialogCode.Accepted

    def _detail(self, box: _Box, detail: str, rows: int = 6) -> None:
        shown = TextBox(text("window.detail"), rows=rows)
        shown.set_value(detail)
        shown.setReadOnly(True)
        shown.hide()
        box.content.addWidget(shown)
        more = Button(text("window.detail"), kind=Kind.QUIET)

        def toggle() -> None:
            shown.setVisible(shown.isHidden())
            box.fit()

        more.clicked.connect(toggle)
        box.buttons.insertWidget(0, more)

    def show_text(self, heading: str, words: str) -> None:
        """A longer text to read and copy (legal basis, history)."""
        box = _Box(self._over(), heading, "", None)
        shown = TextBox(heading, rows=14)
        shown.set_value(words)
        shown.setReadOnly(True)
        shown.setMinimumWidth(560)
        box.content.addWidget(shown)
        box.add(Button(text("window.close"), box.accept, kind=Kind.PRIMARY)).setFocus()
        box.exec()

    def ask_text(
        self, heading: str, words: Message | str, act: str, *, secret: bool = False, start: str = ""
    ) -> str | None:
        """One line of text, or a passphrase."""
        box = _Box(self._over(), heading, render(words), None)
        field = TextField(heading)
        field.set_value(start)
        if secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        box.content.addWidget(field)
        box.add(Button(text("window.cancel"), box.reject))
        go = box.add(Button(act, box.accept, kind=Kind.PRIMARY))
        go.set_blocked("" if start else text("window.type_first"))
        field.textChanged.connect(lambda typed: go.set_blocked("" if typed else text("window.type_first")))
        field.returnPressed.connect(lambda: box.accept() if go.isEnabled() else None)
        field.setFocus()
        return field.text() if box.exec() == QDialog.DialogCode.Accepted else None

    def choose_files(self, heading: str, kinds: FileKinds) -> tuple[Path, ...]:
        names, _kind = QFileDialog.getOpenFileNames(self._over(), heading, "", _filters(kinds))
        return tuple(Path(name) for name in names)

    def choose_file(self, heading: str, kinds: FileKinds) -> Path | None:
        name, _kind = QFileDialog.getOpenFileName(self._over(), heading, "", _filters(kinds))
        return Path(name) if name else None

    def save_file(self, heading: str, suggestion: str, kinds: FileKinds) -> Path | None:
        name, _kind = QFileDialog.getSaveFileName(self._over(), heading, suggestion, _filters(kinds))
        return Path(name) if name else None

    def choose_folder(self, heading: str) -> Path | None:
        name = QFileDialog.getExistingDirectory(self._over(), heading)
        return Path(name) if name else None

    def open_path(self, path: Path) -> bool:
        """Hand a file or folder to the system's own program. False when it has none."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
