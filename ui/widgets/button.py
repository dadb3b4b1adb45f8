"""Buttons and links: named by a verb, the shortcut behind the label, why one is off in its tooltip."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcutEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui import icons
from ui.fonts import Size, button_height, font, line, width_of
from ui.theme import Role, color
from ui.widgets.enter_key import pressed_by_enter
from ui.widgets.painted import LEFT, chip, paint_text
from ui.widgets.painted_button import PaintedButton

_PADDING, _GAP = 14, 8


class Kind(Enum):
    """PRIMARY: the page's one next step. QUIET: no frame, accent words (a small step aside)."""

    PLAIN = "plain"
    PRIMARY = "primary"
    QUIET = "quiet"


class Button(QPushButton):
    """`shortcut` is a portable key name ("F5", "Ctrl+Z"); `tall` for bottom bars; `after`: icon behind."""

    def __init__(
        self,
        words: str,
        clicked: Callable[[], object] | None = None,
        *,
        kind: Kind = Kind.PLAIN,
        icon: str = "",
        shortcut: str = "",
        tall: bool = False,
        after: bool = False,
    ) -> None:
        super().__init__(words)
        self._kind, self._icon, self._hint, self._after = kind, icon, shortcut, after
        self._tall, self._help = tall, ""
        self._bare = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.setFont(font(bold=kind is Kind.PRIMARY))
        self.setAccessibleName(words)
        if shortcut:
            self.setShortcut(QKeySequence(shortcut))
            self.installEventFilter(self)
        if clicked is not None:
            self.clicked.connect(lambda: clicked())

    def setText(self, text: str) -> None:
        """Changing the words keeps the shortcut, which Qt would drop."""
        key = self.shortcut()
        super().setText(text)
        self.setShortcut(key)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_bare(self, bare: bool) -> None:
        """Only the icon, where room is short; the words stay in the tooltip and for screen readers."""
        self._bare = bare
        self._say_help()
        self.updateGeometry()
        self.update()

    def full_width(self) -> int:
        """How wide it is with its words, bare or not."""
        return sum(self._metrics()) + 2 * _PADDING + 2

    def set_icon(self, name: str) -> None:
        self._icon = name
        self.updateGeometry()
        self.update()

    def set_help(self, words: str) -> None:
        self._help = words
        if self.isEnabled():
            self._say_help()

    def _say_help(self) -> None:
        self.setToolTip(self._help or (self.text() if self._bare else ""))

    def set_blocked(self, reason: str) -> None:
        """Off, with the reason in the tooltip; an empty reason turns it on again."""
        self.setEnabled(not reason)
        if reason:
            self.setToolTip(reason)
        else:
            self._say_help()
        self.setAccessibleDescription(reason)

    def _metrics(self) -> tuple[int, int, int]:
        """How wide words, hint and icon are."""
        words = width_of(self.text(), bold=self._kind is Kind.PRIMARY)
        hint = width_of(self._hint, Size.SMALL) + _GAP if self._hint else 0
        sign = icons.BUTTON + (_GAP if self.text() else 0) if self._icon else 0
        return words, hint, sign

    def sizeHint(self) -> QSize:
        padding = 0 if self._kind is Kind.QUIET else 2 * _PADDING
        height = button_height() + (4 if self._tall else 0)
        if not self.text() or self._bare:
            return QSize(height, height)
        return QSize(sum(self._metrics()) + padding + 2, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _inks(self) -> tuple[Role | None, Role, Role, Role]:
        """Fill, edge, words, hint."""
        if self._kind is Kind.PRIMARY and self.isEnabled():
            return Role.ACCENT, Role.ACCENT, Role.ON_ACCENT, Role.ON_ACCENT
        if not self.isEnabled():
            return (None if self._kind is Kind.QUIET else Role.SURFACE), Role.LINE, Role.MUTED, Role.MUTED
        if self._kind is Kind.QUIET:
            return (Role.COMPUTED if self.underMouse() else None), Role.SURFACE, Role.ACCENT, Role.MUTED
        if self.isDown() or self.isChecked():
            return Role.SELECTION, Role.ACCENT, Role.TEXT, Role.MUTED
        return (Role.COMPUTED if self.underMouse() else Role.SURFACE), Role.EDGE, Role.TEXT, Role.MUTED

    def paintEvent(self, event: QPaintEvent) -> None:
        fill, edge, ink, hint_ink = self._inks()
        words, hint, sign = (0, 0, icons.BUTTON) if self._bare else self._metrics()
        box = self.rect()
        with QPainter(self) as painter:
            if fill is not None:
                frame = fill if self._kind is Kind.QUIET else edge
                chip(painter, QRectF(box), color(fill), color(frame))
            left = box.left() + max(0, (box.width() - words - hint - sign) // 2)
            top = (box.height() - icons.BUTTON) / 2
            if self._icon and (self._bare or not self._after):
                icons.paint(painter, self._icon, QPointF(left, top), icons.BUTTON, ink)
                left += sign
            if self._bare:
                return
            bold = self._kind is Kind.PRIMARY
            where = QRect(left, box.top(), words + 1, box.height())
            paint_text(painter, where, self.text(), font(bold=bold), color(ink), LEFT)
            left += words
            if self._hint:
                where = QRect(left + _GAP, box.top() + 1, hint - _GAP + 1, box.height() - 1)
                paint_text(painter, where, self._hint, font(Size.SMALL), color(hint_ink), LEFT)
                left += hint
            if self._icon and self._after:
                icons.paint(painter, self._icon, QPointF(left + _GAP, top), icons.BUTTON, ink)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A shortcut acts at once: Qt would first show the button pressed for 100 ms, and what is typed in
        that time would land in the wrong place.
        """
        if isinstance(event, QShortcutEvent) and self.isEnabled() and not event.isAmbiguous():
            self.click()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)


class LinkLabel(PaintedButton):
    """Underlined accent words that do one thing; Enter and Space press it."""

    def __init__(
        self, words: str, clicked: Callable[[], object] | None = None, size: Size = Size.BASE
    ) -> None:
        super().__init__()
        self._size = size
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(words)
        if clicked is not None:
            self.clicked.connect(lambda: clicked())

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(width_of(self.text(), self._size) + 2, line(self._size) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            underlined = QFont(font(self._size))
            underlined.setUnderline(self.isEnabled())
            ink = color(Role.ACCENT if self.isEnabled() else Role.MUTED)
            paint_text(painter, self.rect(), self.text(), underlined, ink, LEFT)
