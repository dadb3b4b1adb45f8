"""Choosing: a drop-down with our chevron, a check box, and cards of which one holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QListView,
    QRadioButton,
    QSizePolicy,
)

from ui import fonts, icons
from ui.theme import Role, changes, color
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
        changes().changed.connect(self.update)

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


class CheckBox(QCheckBox):
    """A box with an edge that shows on every ground."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setFont(fonts.font())
        self.setAccessibleName(words)
        changes().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(26 + fonts.metrics().horizontalAdvance(self.text()) + 2, max(30, fonts.line() + 8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            top = (self.height() - 18) / 2
            box = QRectF(0, top, 18, 18)
            on = self.isChecked()
            fill = Role.ACCENT if on else Role.INPUT
            chip(painter, box, color(fill), color(Role.ACCENT if on else Role.EDGE), 2, 1.5)
            if on:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(color(Role.ON_ACCENT), 2))
                painter.drawPolyline([QPointF(4, top + 9.4), QPointF(7.6, top + 13), QPointF(14, top + 5.6)])
            ink = color(Role.TEXT if self.isEnabled() else Role.MUTED)
            where = QRect(26, 0, self.width() - 26, self.height())
            paint_text(painter, where, self.text(), fonts.font(), ink, LEFT)

    def hitButton(self, pos: object) -> bool:
        return True


class OptionCard(QRadioButton):
    """One of a few: the whole card is the button ("Xã, phường, đặc khu")."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.toggled.connect(lambda _on: self.updateGeometry())
        changes().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(38 + fonts.metrics(bold=True).horizontalAdvance(self.text()) + 14, fonts.line() + 16)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        on = self.isChecked()
        with QPainter(self) as painter:
            fill, edge = (Role.SELECTION, Role.ACCENT) if on else (Role.INPUT, Role.EDGE)
            chip(painter, QRectF(self.rect()), color(fill), color(edge), 3, 2 if on else 1)
            paint_radio(painter, QPointF(12, (self.height() - 16) / 2), on)
            where = QRect(38, 0, self.width() - 46, self.height())
            paint_text(painter, where, self.text(), fonts.font(bold=on), color(Role.TEXT), LEFT)


def paint_radio(painter: QPainter, at: QPointF, on: bool) -> None:
    """The round mark of a choice, 16 px."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    centre = at + QPointF(8, 8)
    painter.setPen(QPen(color(Role.ACCENT if on else Role.EDGE), 1.5))
    painter.setBrush(color(Role.ACCENT if on else Role.INPUT))
    painter.drawEllipse(centre, 7.2, 7.2)
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(Role.ON_ACCENT))
        painter.drawEllipse(centre, 3, 3)
    painter.restore()
