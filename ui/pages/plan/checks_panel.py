"""What is wrong or missing in the plan, line by line; Enter or a click jumps to the place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cchc_desktop.domain.plan_checks import Finding, Severity
from cchc_desktop.language import render, text
from cchc_desktop.quick_dataclass import dataclass
from ui.fonts import Size, font, line, metrics
from ui.marks import SIZE, WARN, Mark, MarkSign, paint_mark
from ui.theme import Role, changes, color
from ui.widgets.button import Button, Kind
from ui.widgets.labels import Label, second, section, strong
from ui.widgets.painted import LEFT, RIGHT, centred, paint_text
from ui.widgets.panel import Strip, column

Index = QModelIndex | QPersistentModelIndex
_CHECK = Qt.ItemDataRole.UserRole + 1
_SHOWN_ROWS = 4


@dataclass(frozen=True, slots=True)
class Check:
    """A finding with the name of its place ("B.2, dòng 5, cột (4)")."""

    finding: Finding
    place: str

    @property
    def mark(self) -> Mark:
        return Mark.ERROR if self.finding.severity is Severity.ERROR else WARN

    @property
    def words(self) -> str:
        return render(self.finding.message)


class _Checks(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.checks: tuple[Check, ...] = ()

    def set_checks(self, checks: tuple[Check, ...]) -> None:
        self.beginResetModel()
        self.checks = checks
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.checks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        check = self.checks[index.row()]
        if role == _CHECK:
            return check
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return check.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{check.mark.word}: {check.words} {check.place}"
        return None


class _CheckLine(QStyledItemDelegate):
    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, line() + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        check: Check = index.data(_CHECK)
        room: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(room, color(Role.SELECTION))
        painter.fillRect(QRect(room.left(), room.bottom(), room.width(), 1), color(Role.LINE))
        paint_mark(painter, check.mark, centred(room, SIZE, 16))
        jump = text("plan_page.jump")
        small = metrics(Size.SMALL)
        jump_wide = small.horizontalAdvance(jump) + 1
        right = room.right() - 16 - jump_wide
        linked = font(Size.SMALL)
        linked = type(linked)(linked)
        linked.setUnderline(True)
        paint_text(
            painter,
            QRect(right, room.top(), jump_wide, room.height()),
            jump,
            linked,
            color(Role.ACCENT),
            RIGHT,
        )
        place_wide = min(max(150, small.horizontalAdvance(check.place) + 2), max(60, room.width() // 4))
        right -= place_wide + 16
        where = QRect(right, room.top(), place_wide, room.height())
        paint_text(painter, where, check.place, font(Size.SMALL), color(Role.MUTED), LEFT, elide=True)
        left = room.left() + 16 + SIZE + 10
        words = QRect(left, room.top(), right - 12 - left, room.height())
        paint_text(painter, words, check.words, font(), color(Role.TEXT), LEFT, elide=True)
        if chosen and self._view.hasFocus():
            painter.save()
            painter.setPen(QPen(color(Role.FOCUS), 2))
            painter.drawRect(room.adjusted(1, 1, -1, -2))
            painter.restore()


class _CheckList(QListView):
    jump = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._checks = _Checks()
        self.setModel(self._checks)
        self.setItemDelegate(_CheckLine(self))
        self.setAccessibleName(text("plan_page.checks"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        changes().changed.connect(self.viewport().update)

    def show_checks(self, checks: tuple[Check, ...]) -> None:
        row = self.currentIndex().row()
        self._checks.set_checks(checks)
        if checks and row >= 0:
            self.setCurrentIndex(self._checks.index(min(row, len(checks) - 1)))

    def checks(self) -> tuple[Check, ...]:
        return self._checks.checks

    def choose(self, row: int) -> None:
        self.setCurrentIndex(self._checks.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._go(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._go(self.indexAt(event.position().toPoint()))

    def _go(self, index: QModelIndex) -> None:
        check = index.data(_CHECK) if index.isValid() else None
        if isinstance(check, Check):
            self.jump.emit(check.finding.place)


class _Tally(QWidget):
    """ "2 lỗi phải sửa" with its mark."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self._figure, self._words = strong(), Label()
        whole = Strip()
        whole.box.setContentsMargins(0, 0, 0, 0)
        for widget in (MarkSign(mark), self._figure, self._words):
            whole.box.addWidget(widget)
        self.setLayout(column(whole))

    def set_count(self, count: int, words: str) -> None:
        self._figure.setText(str(count))
        self._words.setText(words)


class ChecksPanel(Strip):
    """Hidden until the user checks; from then on it stays true to the plan."""

    jump = Signal(object)

    def __init__(self) -> None:
        super().__init__("above", upright=True)
        self._errors, self._warnings = _Tally(Mark.ERROR), _Tally(WARN)
        self._fine = Label(text("plan_page.no_findings"))
        self._hint = second(text("plan_page.keys_hint"))
        self.hide_button = Button(text("plan_page.hide_checks"), self.hide, kind=Kind.QUIET)
        head = Strip("below")
        head.box.setContentsMargins(16, 5, 16, 5)
        head.box.setSpacing(16)
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for widget in (section(text("plan_page.checks")), self._errors, self._warnings, self._fine):
            head.box.addWidget(widget)
        head.box.addStretch(1)
        head.box.addWidget(self._hint)
        head.box.addWidget(self.hide_button)
        self.list = _CheckList()
        self.list.jump.connect(self.jump)
        self.box.setContentsMargins(0, 1, 0, 0)
        self.box.setSpacing(0)
        self.box.addWidget(head)
        self.box.addWidget(self.list)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def minimumSizeHint(self) -> QSize:
        return QSize(420, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.setVisible(self.width() >= 760)

    def show_checks(self, checks: Sequence[Check]) -> None:
        errors = sum(1 for check in checks if check.mark is Mark.ERROR)
        self._errors.set_count(errors, text("plan_page.errors"))
        self._warnings.set_count(len(checks) - errors, text("plan_page.warnings"))
        self._errors.setVisible(errors > 0)
        self._warnings.setVisible(len(checks) > errors)
        self._fine.setVisible(not checks)
        self.list.setVisible(bool(checks))
        self.list.show_checks(tuple(checks))
        self.list.setFixedHeight(min(_SHOWN_ROWS, len(checks)) * (line() + 10) + 1)

    def checks(self) -> tuple[Check, ...]:
        return self.list.checks()
