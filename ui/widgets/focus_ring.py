"""The 2 px ring around the focused button, 1 px outside it. One for the whole application."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget

from ui.theme import Role, color

_OUT = 4
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide})


class FocusRing(QWidget):
    """Lies over the nearest scroll area or window, so that neither layout nor neighbours notice it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._watched.clear()
        self._target = now if isinstance(now, QAbstractButton) and not now.property("own_focus") else None
        if self._target is None:
            self.hide()
            self.setParent(None)
            return
        home = self._target.parentWidget()
        self._watched.append(self._target)
        while home is not None and not home.isWindow():
            self._watched.append(home)
            above = home.parentWidget()
            if isinstance(above, QAbstractScrollArea) and above.viewport() is home:
                break
            home = above
        for widget in self._watched:
            widget.installEventFilter(self)
            widget.destroyed.connect(self._lost)
        self.setParent(home)
        self._place()

    def _lost(self, gone: QObject) -> None:
        self._watched = [widget for widget in self._watched if widget is not gone]
        if self._target is gone:
            self._target = None
            self.hide()

    def _place(self) -> None:
        home = self.parentWidget()
        if self._target is None or home is None or not self._target.isVisible():
            self.hide()
            return
        corner = self._target.mapTo(home, QPoint(0, 0))
        self.setGeometry(QRect(corner, self._target.size()).adjusted(-_OUT, -_OUT, _OUT, _OUT))
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color(Role.FOCUS), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
