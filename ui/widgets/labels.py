"""Words: labels by the type scale, elided names, code chips, points."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

from cchc_desktop.language import format_number, format_points
from ui.fonts import Size, font, line, metrics, width_of
from ui.theme import Role, color
from ui.widgets.painted import CENTER, LEFT, chip, paint_text

_MAY_BREAK = "\u200b"
"""A space without width: a line may go on in the next one there."""


class Label(QLabel):
    """A text in one size and role. Plain text unless `rich` (only for our own sentences, never user text).

    Where it wraps, a folder of Windows may go on in the next line after each backslash, as one of Linux does
    after a slash; what is read or copied from it is the text that was set.
    """

    def __init__(
        self,
        words: str = "",
        size: Size = Size.BASE,
        role: Role = Role.TEXT,
        *,
        bold: bool = False,
        wrap: bool = False,
        rich: bool = False,
    ) -> None:
        super().__init__()
        self._heights: dict[int, int] = {}
        self.setFont(font(size, bold=bold))
        self.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(words)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.setObjectName(role.value)  # Qt dresses it by that when it is shown for the first time

    def setText(self, words: str) -> None:
        self._heights.clear()
        super().setText(words.replace("\\", f"\\{_MAY_BREAK}") if self.wordWrap() else words)

    # Not `changeEvent`: Python would be asked at each dressing of each label, and for the first of them
    # PySide makes the classes of all 46 kinds of events.

    def setFont(self, font: QFont | str | Sequence[str]) -> None:
        self._heights.clear()
        super().setFont(font)

    def setContentsMargins(self, *sides: Any) -> None:
        self._heights.clear()
        super().setContentsMargins(*sides)

    def heightForWidth(self, width: int) -> int:
        """As Qt says, kept: layouts ask for the same few widths ten times until a page stands, and each time
        Qt would break the words into lines anew (measured: a fifth of what opening Thiết lập takes).
        """
        found = self._heights.get(width)
        if found is None:
            found = self._heights[width] = super().heightForWidth(width)
        return found

    def lay_out(self) -> None:
        """Break rich words into lines now: Qt does so with the first painting, and then asks for a second."""
        if self.textFormat() is Qt.TextFormat.RichText:
            self.grab(QRect(0, 0, 1, 1))

    def text(self) -> str:
        return super().text().replace(_MAY_BREAK, "")

    def selectedText(self) -> str:
        return super().selectedText().replace(_MAY_BREAK, "")

    def copy_selected(self) -> None:
        QGuiApplication.clipboard().setText(self.selectedText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            self.copy_selected()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.hasSelectedText():
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(QCoreApplication.translate("QWidgetTextControl", "&Copy"), self.copy_selected)
        menu.popup(event.globalPos())

    def set_role(self, role: Role) -> None:
        if self.objectName() != role.value:
            self.setObjectName(role.value)
            self.style().polish(self)


def title(words: str = "") -> Label:
    return Label(words, Size.TITLE, bold=True)


def section(words: str = "", *, wrap: bool = False) -> Label:
    return Label(words, Size.SECTION, bold=True, wrap=wrap)


def second(words: str = "", *, wrap: bool = False) -> Label:
    """The muted second line: dates, units, hints."""
    return Label(words, Size.SMALL, Role.MUTED, wrap=wrap)


def strong(words: str = "", *, wrap: bool = False) -> Label:
    return Label(words, bold=True, wrap=wrap)


class ElidedLabel(QWidget):
    """One line that gives way: elided at the right, whole in its tooltip and to screen readers."""

    def __init__(
        self, words: str = "", size: Size = Size.BASE, role: Role = Role.TEXT, *, bold: bool = False
    ) -> None:
        super().__init__()
        self._words, self._role = words, role
        self._size, self._bold = size, bold
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_words(words)

    def words(self) -> str:
        return self._words

    def set_words(self, words: str) -> None:
        self._words = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def set_role(self, role: Role) -> None:
        self._role = role
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(width_of(self._words, self._size, bold=self._bold) + 2, line(self._size))

    def minimumSizeHint(self) -> QSize:
        few = width_of("MMM…", self._size, bold=self._bold)
        return QSize(min(few, self.sizeHint().width()), line(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            letters = font(self._size, bold=self._bold)
            paint_text(painter, self.rect(), self._words, letters, color(self._role), LEFT, elide=True)


class CodeChip(QWidget):
    """The code of a cell, "[21]", in its little frame."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code
        self.setAccessibleName(code)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(max(44, width_of(self._code, Size.SMALL) + 16), line(Size.SMALL) + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            chip(painter, QRectF(self.rect()), color(Role.SURFACE), color(Role.EDGE), 2)
            paint_text(painter, self.rect(), self._code, font(Size.SMALL), color(Role.MUTED), CENTER)


def points_text(points: Decimal | None) -> str:
    """ "4,89"; "–" where nothing is scored (None is never zero)."""
    return "–" if points is None else format_points(points)


class PointsLabel(QWidget):
    """Points bold, the maximum muted: "4,89" with "/5"."""

    def __init__(self, size: Size = Size.BASE) -> None:
        super().__init__()
        self._points, self._maximum = "–", ""
        self._bold, self._plain = font(size, bold=True), font(Size.SMALL)
        self._bold_metrics, self._plain_metrics = metrics(size, bold=True), metrics(Size.SMALL)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_points(self, points: Decimal | None, maximum: Decimal) -> None:
        self._points, self._maximum = points_text(points), f"/{format_number(maximum)}"
        self.setAccessibleName(self._points + self._maximum)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = self._bold_metrics.horizontalAdvance(self._points)
        width += self._plain_metrics.horizontalAdvance(self._maximum)
        return QSize(width + 2, self._bold_metrics.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        whole, split = self.rect(), self._plain_metrics.horizontalAdvance(self._maximum)
        left = QRect(0, 0, whole.width() - split, whole.height())
        right = QRect(whole.width() - split, 0, split, whole.height())
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            paint_text(painter, left, self._points, self._bold, color(Role.TEXT), flags)
            paint_text(painter, right, self._maximum, self._plain, color(Role.MUTED), LEFT)
