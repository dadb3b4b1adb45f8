"""A drop-down with our chevron."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView

from ui import fonts, icons
from ui.theme import Role, color
from ui.widgets.painted import LEFT, chip, paint_text


class Choice(QComboBox):
    """A drop-down of (value, words); `chosen(value)` fires only when the user picks."""

    chosen = Signal(object)

    def __init__(self, name: str, *, quiet: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFont(fonts.font(bold=quiet))
        self.setProperty("quiet", quiet)
        self._open = self._has_list = False
        self.setMinimumHeight(fonts.field_height() - (2 if quiet else 0))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda row: self.chosen.emit(self.itemData(row)))
        self.currentTextChanged.connect(self.setToolTip)

    def set_choices(self, choices: Sequence[tuple[object, str]], value: object = None) -> None:
        self.blockSignals(True)
        self.clear()
        for item, words in choices:
            self.addItem(words, item)
            self.setItemData(self.count() - 1, words, Qt.ItemDataRole.ToolTipRole)
        self.blockSignals(False)
        self.set_value(value)

    def value(self) -> object:
        return self.currentData()

    def set_value(self, value: object) -> None:
        row = next((row for row in range(self.count()) if self.itemData(row) == value), -1)
        self.setCurrentIndex(row)
        self.setToolTip(self.currentText())

    def showPopup(self) -> None:
        """Its list is made when it is first opened: most choices on a page never are."""
        if not self._has_list:
            self._has_list = True
            self.setView(QListView())
            self.view().setAccessibleName(self.accessibleName())
            self.view().setFont(fonts.font())
        self._open = True
        super().showPopup()

    def hidePopup(self) -> None:
        self._open = False
        super().hidePopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a page must not change an answer under the mouse."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint_frame(painter)
            ink = Role.TEXT if self.isEnabled() else Role.MUTED
            where = self.rect().adjusted(10, 0, -30, 0)
            paint_text(painter, where, self.currentText(), self.font(), color(ink), LEFT, elide=True)
            at = QPointF(self.width() - 25, (self.height() - icons.STATUS) / 2)
            icons.paint(painter, "chevron-down", at, icons.STATUS, ink)

    def _paint_frame(self, painter: QPainter) -> None:
        """As the stylesheet dresses other fields; Qt's style, asked to draw it, would bring all its names."""
        quiet = bool(self.property("quiet"))
        ground, edge, wide = Role.SURFACE if quiet else Role.INPUT, Role.EDGE, 1
        if not self.isEnabled():
            ground, edge = Role.COMPUTED, Role.LINE
        elif self.property("bad"):
            ground, edge, wide = Role.ERROR_SOFT, Role.ERROR, 2
        elif self._open or self.hasFocus():
            edge, wide = Role.FOCUS, 2
        chip(painter, QRectF(self.rect()), color(ground), color(edge), 3 if quiet else 2, wide)
