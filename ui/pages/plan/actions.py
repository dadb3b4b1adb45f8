"""The buttons at the right of the plan's head. To add one: a function that makes it, and a line in ACTIONS.

Each gets an icon: where the head is too narrow for all of the words, the icon stays (`Button.set_bare`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desktop.language import text
from ui.pages.plan.export_button import export_button
from ui.pages.plan.rooms_button import rooms_button
from ui.widgets.button import Button, Kind
from ui.widgets.panel import row

if TYPE_CHECKING:
    from ui.pages.plan.page import Page

_GAP = 8


def preview_button(page: Page) -> Button:
    return Button(text("plan_page.preview"), page.show_preview, icon="eye")


def check_button(page: Page) -> Button:
    return Button(
        text("plan_page.check"), page.run_checks, kind=Kind.PRIMARY, icon="list-checks", shortcut="F9"
    )


ACTIONS: tuple[Callable[[Page], Button], ...] = (
    rooms_button,
    export_button,
    preview_button,
    check_button,
)
"""From left to right. What a button needs of the page: `context`, `plan_id`, `plan()`, `commit()`."""


class HeadActions(QWidget):
    """The buttons in a row; `fit` takes words away from the left until they have room."""

    def __init__(self, buttons: tuple[Button, ...]) -> None:
        super().__init__()
        self._buttons = buttons
        self.setLayout(row(*buttons, gap=_GAP))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Icons alone: words that still stand there must not keep the page wider than its window."""
        tall = super().sizeHint().height()
        return QSize((tall + _GAP) * len(self._buttons) - _GAP, tall)

    def fit(self, room: int) -> None:
        """`room`: the pixels that the buttons may take."""
        wide = [button.full_width() for button in self._buttons]
        spare = room - sum(wide) - _GAP * (len(self._buttons) - 1)
        for button, full in zip(self._buttons, wide, strict=True):
            button.set_bare(spare < 0)
            if spare < 0:
                spare += full - button.sizeHint().width()
