"""What is wrong or missing in the plan, line by line; Enter or a click jumps to the place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desktop.domain.plan_checks import Finding, Severity
from cchc_desktop.language import render, text
from cchc_desktop.quick_dataclass import dataclass
from ui.fonts import Size, font, line, metrics
from ui.marks import SIZE, WARN, Mark, MarkSign, paint_mark
from ui.theme import Role, color
from ui.widgets.button import Button, Kind
from ui.widgets.labels import Label, second, section, strong
from ui.widgets.painted import LEFT, centred, paint_text
from ui.widgets.painted_list import PaintedList, paint_link
from ui.widgets.panel import Strip, column

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


class _CheckList(PaintedList):
    jump = Signal(object)

    def __init__(self) -> None:
        super().__init__(text("plan_page.checks"))
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.opened.connect(lambda check: self.jump.emit(check.finding.place))

    def words(self, shown: Check) -> str:
        return shown.words

    def heard(self, shown: Check) -> str:
        return f"{shown.mark.word}: {shown.words} {shown.place}"

    def paint_line(self, painter: QPainter, room: QRect, shown: Check, *, chosen: bool) -> None:
        paint_mark(painter, shown.mark, centred(room, SIZE, 16))
        link = paint_link(painter, room.adjusted(0, 0, -16, 0), text("plan_page.jump"))
        wide = metrics(Size.SMALL).horizontalAdvance(shown.place) + 2
        wide = min(max(150, wide), max(60, room.width() // 4))
        place = QRect(link.left() - 16 - wide, room.top(), wide, room.height())
        paint_text(painter, place, shown.place, font(Size.SMALL), color(Role.MUTED), LEFT, elide=True)
        left = room.left() + 16 + SIZE + 10
        words = QRect(left, room.top(), place.left() - 12 - left, room.height())
        paint_text(painter, words, shown.words, font(), color(Role.TEXT), LEFT, elide=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        shown = self.line_at(self.indexAt(event.position().toPoint()))
        if shown is not None and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(shown)


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
        self.list.show_lines(checks)
        self.list.setFixedHeight(min(_SHOWN_ROWS, len(checks)) * (line() + 10) + 1)

    def checks(self) -> tuple[Check, ...]:
        return self.list.lines()
