"""What stands where nothing is yet: an icon, what belongs here, the one action."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.theme import Role, changes
from ui.widgets.button import Button
from ui.widgets.labels import Label, second, strong
from ui.widgets.panel import Panel, column, row


class EmptyState(Panel):
    def __init__(self, icon: str, words: str, hint: str, action: Button | None = None) -> None:
        super().__init__()
        self._icon = icon
        self._sign = Label()
        self._sign.setFixedSize(24, 24)
        self._words, self._hint = strong(words, wrap=True), second(hint, wrap=True)
        inner: list[QWidget] = [action] if action is not None else []
        box = row(self._sign, column(self._words, self._hint, gap=2), *inner, gap=16)
        box.setStretch(1, 1)
        self.box.addLayout(box)
        self._tint()
        changes().changed.connect(self._tint)

    def set_words(self, words: str, hint: str) -> None:
        self._words.setText(words)
        self._hint.setText(hint)

    def _tint(self) -> None:
        from ui import icons

        self._sign.setPixmap(icons.pixmap(self._icon, 24, Role.MUTED, 2.0))
