"""Where the data lie."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cchc_desktop.language import text
from ui.context import Context
from ui.fonts import Size
from ui.pages.settings.panel import SettingsPanel
from ui.theme import Role
from ui.widgets.button import Button
from ui.widgets.labels import ElidedLabel
from ui.widgets.message_bar import Tone
from ui.widgets.panel import row


class DataPanel(SettingsPanel):
    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, "data", parent)
        folder = context.profile.folder
        self.open = Button(text("settings.data_open"), self._open, icon="folder-open")
        line = row(ElidedLabel(str(folder), Size.BASE, Role.TEXT), self.open)
        line.setStretch(0, 1)
        self.box.addLayout(line)

    def _open(self) -> None:
        folder = self.context.profile.folder
        if not self.context.dialogs.open_path(folder):
            self.message.say(text("settings.data_not_opened", folder=str(folder)), Tone.WARN)
