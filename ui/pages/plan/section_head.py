"""The head of a step: its name, a muted word, and its buttons; on a narrow page the buttons go below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from ui.fonts import Size
from ui.widgets.labels import ElidedLabel, second
from ui.widgets.panel import Strip, row


class SectionHead(Strip):
    def __init__(self, *buttons: QWidget) -> None:
        super().__init__("below", upright=True)
        self._title = ElidedLabel("", Size.SECTION, bold=True)
        self._note = second()
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        words = row(self._title, self._note, gap=12)
        words.addStretch(1)
        self._tools = row(*buttons, gap=8)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(8)
        self._both.addLayout(words, 1)
        self._both.addLayout(self._tools)
        self._both.setAlignment(self._tools, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.box.setContentsMargins(16, 7, 16, 8)
        self.box.addLayout(self._both)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_words(self, title: str, note: str = "") -> None:
        self._title.set_words(title)
        self._note.setText(note)

    def words(self) -> tuple[str, str]:
        return self._title.words(), self._note.text()

    def minimumSizeHint(self) -> QSize:
        """As narrow as with the buttons below: what does not fit beside the words goes there."""
        return QSize(self._tools.sizeHint().width() + 32, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._tools.sizeHint().width() + 240
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._both.direction() != way:
            self._both.setDirection(way)
