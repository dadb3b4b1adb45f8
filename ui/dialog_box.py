"""The box of a dialog of our own: mark, heading, words, what is asked for, and a row of buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QLineEdit, QWidget

from cchc_desktop.language import text
from ui.marks import Mark, MarkSign
from ui.widgets.button import Button, Kind
from ui.widgets.fields import TextBox, TextField
from ui.widgets.labels import Label, section
from ui.widgets.panel import column, row


class DialogBox(QDialog):
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

    def agreed(self) -> bool:
        """Show it until it is answered; whether the answer was yes."""
        return self.exec() == QDialog.DialogCode.Accepted

    def add_detail(self, detail: str, rows: int = 6) -> None:
        """What support wants to know, behind "Chi tiết"."""
        shown = self.add_text(text("window.detail"), detail, rows)
        shown.hide()
        more = Button(text("window.detail"), kind=Kind.QUIET)

        def toggle() -> None:
            shown.setVisible(shown.isHidden())
            self.fit()

        more.clicked.connect(toggle)
        self.buttons.insertWidget(0, more)

    def add_text(self, name: str, words: str, rows: int) -> TextBox:
        """A longer text to read and copy."""
        shown = TextBox(name, rows=rows)
        shown.set_value(words)
        shown.setReadOnly(True)
        self.content.addWidget(shown)
        return shown

    def add_field(self, name: str, start: str, *, secret: bool) -> TextField:
        """A line to type into."""
        field = TextField(name)
        field.set_value(start)
        if secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.content.addWidget(field)
        return field
