"""What stands where nothing is yet: an icon, what belongs here, the one action."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.theme import Role
from ui.widgets.button import Button
from ui.widgets.icon_sign import IconSign
from ui.widgets.labels import second, strong
from ui.widgets.panel import Panel, column, row


class EmptyState(Panel):
    def __init__(self, icon: str, words: str, hint: str, action: Button | None = None) -> None:
        super().__init__()
        self._words, self._hint = strong(words, wrap=True), second(hint, wrap=True)
        inner: list[QWidget] = [action] if action is not None else []
        box = row(IconSign(icon, 24, Role.MUTED), column(self._words, self._hint, gap=2), *inner, gap=16)
        box.setStretch(1, 1)
        self.box.addLayout(box)

    def set_words(self, words: str, hint: str) -> None:
        self._words.setText(words)
        self._hint.setText(hint)
