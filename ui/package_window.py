"""A window of its own for looking at packages: for a file opened by double click, with or without a profile.

It holds no profile, so it opens beside the running program; of the profile's folder it only reads whose
signatures count, the form packs and the office's register.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from cchc_desktop.language import text
from ui.dialogs import Dialogs
from ui.help_window import show_help
from ui.packages.desk import PackageDesk
from ui.packages.drops import PackageDrops
from ui.packages.surroundings import Surroundings
from ui.packages.update_view import UpdateView
from ui.widgets.empty_state import EmptyState
from ui.widgets.panel import column, scrolling
from ui.work import Work


class PackageWindow(QMainWindow):
    """`paths`: one package, several, or folders; none yet shows where to drop one."""

    def __init__(self, paths: Sequence[Path], data: Path, dialogs: Dialogs | None = None) -> None:
        super().__init__()
        self.dialogs = dialogs or Dialogs()
        self.dialogs.parent = self
        self.work = Work()
        self._around = Surroundings(self.work, self.dialogs, data, update=self._show_update)
        self.desk = PackageDesk(self._around, self._shown, self.close)
        self._stack = QStackedWidget()
        empty = QWidget()
        waiting = EmptyState("file-up", text("package_view.drop_here"), text("package_view.drop_hint"))
        empty.setLayout(column(waiting, None, margin=20))
        self._empty = empty
        self._stack.addWidget(self.desk)
        self._stack.addWidget(empty)
        self.update_view = UpdateView(self.work, self.dialogs, data, self.close)
        self._stack.addWidget(scrolling(self.update_view))
        self.setCentralWidget(self._stack)
        self.setAccessibleName(text("package_view.window_title"))
        PackageDrops(self, self.show_paths)
        for keys in ("Ctrl+Q", "Ctrl+W"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.close)
        QShortcut(QKeySequence(Qt.Key.Key_F1), self).activated.connect(lambda: show_help(self, "packages"))
        self.resize(1100, 768)
        self.show_paths(paths)

    def show_paths(self, paths: Sequence[Path]) -> None:
        if paths:
            self.setWindowTitle(text("package_view.window_title_of", name=paths[0].name or str(paths[0])))
            self._stack.setCurrentWidget(self.desk)
            self.desk.show_paths(paths)
        else:
            self.setWindowTitle(text("package_view.window_title"))
            self._stack.setCurrentWidget(self._empty)

    def _show_update(self, pack: Path) -> None:
        """It is no report but an update of the program."""
        self._stack.setCurrentIndex(self._stack.count() - 1)
        self.update_view.look_at(pack)

    def _shown(self) -> None:
        self.desk.back.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.work.stop_all()
        self._around.tidy()
        event.accept()
