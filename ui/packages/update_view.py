"""An update pack in the window that a double click opens: no profile, so nothing but the program itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cchc_desktop.language import text
from ui.dialogs import Dialogs
from ui.starting_anew import start_launcher
from ui.updating import Updating
from ui.widgets.button import Button
from ui.widgets.labels import second, title
from ui.widgets.panel import MARGIN, Panel, column, row
from ui.work import Work


class UpdateView(QWidget):
    """`close_window` is what "Đóng" does, and what happens when the new version is started, on `data`."""

    def __init__(self, work: Work, dialogs: Dialogs, data: Path, close_window: Callable[[], object]) -> None:
        super().__init__()
        self._dialogs, self._data, self._close = dialogs, data, close_window
        self.updating = Updating(work, dialogs, self._restart)
        panel = Panel()
        panel.setMaximumWidth(900)
        panel.box.addWidget(self.updating)
        self.leave = Button(text("updating.close"), close_window)
        heading, under = title(text("updating.view_title")), second(text("updating.view_under"), wrap=True)
        self.setLayout(column(heading, under, panel, row(self.leave, None), None, gap=12, margin=MARGIN))

    def look_at(self, pack: Path) -> None:
        self.updating.refresh()
        self.updating.look_at(pack)

    def _restart(self) -> None:
        if start_launcher(self._data, self._dialogs):
            self._close()
