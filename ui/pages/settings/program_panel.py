"""The program's version, updates by stick or mail, and the way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.changes import Changes
from ui.context import Context
from ui.pages.settings.panel import SettingsPanel
from ui.starting_anew import leave_for_new_version
from ui.updating import Updating


class ProgramPanel(SettingsPanel):
    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, "program", parent)
        self.updating = Updating(context.work, context.dialogs, self._restart)
        self.box.addWidget(self.updating)

    def refresh(self, changes: Changes | None) -> None:
        if changes is None:
            self.updating.refresh()

    def look_at(self, pack: Path) -> None:
        """A pack that was dropped onto the window, or opened with it."""
        self.updating.look_at(pack)

    def _restart(self) -> None:
        folder, dialogs = self.context.profile.folder, self.context.dialogs
        self.context.close_for(lambda: leave_for_new_version(folder, dialogs))
