"""Keeps a part of a scrolled page in sight while what stands above it is still being read and grows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ui.widgets.panel import PANEL_GAP

PATIENCE = 3000
"""Milliseconds after which it is left alone: by then the page is read, and what moves is the user's doing."""


class InSight(QObject):
    """One part at a time; who scrolls or goes elsewhere is not brought back."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._part: QWidget | None = None
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self.let_go)
        area.verticalScrollBar().actionTriggered.connect(self.let_go)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_went)

    def keep(self, part: QWidget) -> None:
        """Scroll to it now, and whenever it moves or grows within the next moments."""
        self.let_go()
        self._part = part
        part.installEventFilter(self)
        self._end.start(PATIENCE)
        self._bring()

    def let_go(self) -> None:
        if self._part is not None:
            self._part.removeEventFilter(self)
            self._part = None
        self._end.stop()

    def _focus_went(self, before: QWidget | None, _now: QWidget | None) -> None:
        """The user goes on by himself, unless only the window came to the front."""
        if before is not None and self._area.isAncestorOf(before) and before.isVisible():
            self.let_go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            QTimer.singleShot(0, self, self._bring)  # once the area knows how far it can scroll now
        return False

    def _bring(self) -> None:
        """Whole if there is room for it, else from its top."""
        inside = self._area.widget()
        if self._part is None or inside is None or not inside.isAncestorOf(self._part):
            return
        bar, seen = self._area.verticalScrollBar(), self._area.viewport().height()
        top = self._part.mapTo(inside, QPoint(0, 0)).y()
        lowest = min(top + self._part.height() + PANEL_GAP - seen, top - PANEL_GAP)
        bar.setValue(min(max(bar.value(), lowest), top - PANEL_GAP))
