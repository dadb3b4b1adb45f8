"""The 2 px ring around the focused button, 1 px outside it. One for the whole application."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from ui.theme import Role, color
from ui.widgets.painted_button import OWN_FOCUS

_OUT = 4
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide})


class _Ring(QWidget):
    """Lies over the nearest scroll area or window, so that neither layout nor neighbours notice it."""

    def __init__(self, home: QWidget) -> None:
        super().__init__(home)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color(Role.FOCUS), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)


class FocusRing(QObject):
    """Makes a ring where the focus goes. A ring dies with its window; the next is made anew."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: _Ring | None = None
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = self._target = None
        if not isinstance(now, QAbstractButton) or now.property(OWN_FOCUS):
            return
        home = now.parentWidget()
        self._target = now
        self._watched.append(now)
        while home is not None and not home.isWindow():
            self._watched.append(home)
            above = home.parentWidget()
            if isinstance(above, QAbstractScrollArea) and above.viewport() is home:
                break
            home = above
        if home is None:
            return
        for widget in self._watched:
            widget.installEventFilter(self)
        self._ring = _Ring(home)
        self._place()

    def _place(self) -> None:
        target, ring = self._target, self._ring
        if ring is None or target is None or not isValid(ring) or not isValid(target):
            return
        home = ring.parentWidget()
        if home is None or not target.isVisible():
            ring.hide()
            return
        corner = target.mapTo(home, QPoint(0, 0))
        ring.setGeometry(QRect(corner, target.size()).adjusted(-_OUT, -_OUT, _OUT, _OUT))
        ring.raise_()
        ring.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return False
