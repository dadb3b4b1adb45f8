"""What the panels of the settings page share."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from ui.context import Context
from ui.widgets.labels import second, section
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import Panel


class SettingsPanel(Panel):
    """Heading, a second line that says what it is for, a message bar; then the panel's own things."""

    def __init__(self, context: Context, name: str, parent: QWidget) -> None:
        super().__init__(parent, gap=10)
        self.context = context
        self.kin: tuple[SettingsPanel, ...] = ()
        """Panels that show the same things from another side."""
        self._head = (
            section(text(f"settings.{name}_title")),
            second(text(f"settings.{name}_under"), wrap=True),
        )
        for line in self._head:
            self.box.addWidget(line)

    @cached_property
    def message(self) -> MessageBar:
        """Below the head; made when it is first asked for, since most panels have nothing to say."""
        made = MessageBar()
        self.box.insertWidget(len(self._head), made)
        return made

    def refresh(self, changes: Changes | None) -> None:
        """Look again."""

    def refresh_all(self) -> None:
        """Look again, and have the kin look again too."""
        for panel in (self, *self.kin):
            panel.refresh(None)

    def show_error(self, error: KnownError) -> None:
        self.message.say(error.message, Tone.ERROR)

    def focus_first(self) -> None:
        for child in self.findChildren(QWidget):
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isEnabled() and not child.isHidden():
                child.setFocus(Qt.FocusReason.OtherFocusReason)
                return
