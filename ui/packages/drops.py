"""Packages and folders that are dropped anywhere onto a window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.drop_zone import PACKAGE_ENDING


class PackageDrops(QObject):
    """Takes what no widget inside took for itself: packages, and folders that may hold some."""

    def __init__(self, window: QWidget, show_paths: Callable[[Sequence[Path]], object]) -> None:
        super().__init__(window)
        self._show = show_paths
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and packages_of(event):
            event.acceptProposedAction()
            return True
        if (
            isinstance(event, QDropEvent)
            and event.type() is QEvent.Type.Drop
            and (paths := packages_of(event))
        ):
            event.acceptProposedAction()
            # Later: the program that the files come from waits until the drop is taken.
            QTimer.singleShot(0, self, lambda: self._show(paths))
            return True
        return super().eventFilter(watched, event)


def packages_of(event: QDropEvent) -> tuple[Path, ...]:
    """Of what is dropped: packages by their ending, and folders."""
    urls = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return tuple(path for path in urls if path.suffix.lower() == PACKAGE_ENDING or path.is_dir())
