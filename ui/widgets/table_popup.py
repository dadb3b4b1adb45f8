"""What F4 opens below a cell: a list to tick several in, or a calendar with the usual words beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTableView,
    QToolButton,
    QWidget,
)

from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.vietnam_time import vietnam_today
from cchc_desktop.language import format_date, text
from cchc_desktop.language.times import parse_date
from ui import fonts, icons
from ui.theme import Role, color
from ui.widgets.button import Button, Kind
from ui.widgets.enter_key import ENTER
from ui.widgets.fields import TextField
from ui.widgets.panel import column, row
from ui.widgets.table_completer import SEPARATOR, parts
from ui.widgets.table_rows import Column

_ROWS = 8
_ARROWS = {"qt_calendar_prevmonth": "chevron-left", "qt_calendar_nextmonth": "chevron-right"}


class CellPopup(QFrame):
    """`write(text)` puts the choice into the cell; it closes by Enter, Esc or a click beside it."""

    def __init__(self, editor: QLineEdit, words: str) -> None:
        super().__init__(editor, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("panel")
        self.setAccessibleName(words)
        self._editor = editor

    def open_below(self) -> None:
        """Below the cell, above it where the screen ends."""
        self.adjustSize()
        room = self._editor.screen().availableGeometry()
        at = self._editor.mapToGlobal(QPoint(0, self._editor.height()))
        if at.y() + self.height() > room.bottom():
            at = self._editor.mapToGlobal(QPoint(0, -self.height()))
        left = max(room.left(), min(at.x(), room.right() - self.width()))
        self.move(left, max(room.top(), at.y()))
        self.show()


class TickList(CellPopup):
    """Several of the suggestions; what the cell names besides them stays."""

    def __init__(self, editor: QLineEdit, of: Column, done: Callable[[str], object]) -> None:
        super().__init__(editor, of.title)
        self._of, self._done = of, done
        self._before = parts(editor.text())
        self.list = QListWidget()
        self.list.setAccessibleName(of.title)
        self.list.setFont(fonts.font())
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        ticked = {folded(part) for part in self._before}
        for words in of.suggestions() if of.suggestions else ():
            item = QListWidgetItem(words)
            item.setToolTip(words)
            on = folded(of.inserts(words)) in ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.list.addItem(item)
        self.list.itemClicked.connect(self._clicked)
        self.search = TextField(text("widgets.find_in_list"), placeholder=text("widgets.find_in_list"))
        self.search.textChanged.connect(self._filter)
        self.search.setVisible(self.list.count() > _ROWS)
        self.ready = Button(text("widgets.take_ticked"), self.take, kind=Kind.PRIMARY)
        self.setLayout(column(self.search, self.list, row(None, self.ready), gap=8, margin=8))
        widest = max(
            (fonts.metrics().horizontalAdvance(self.list.item(n).text()) for n in self._all()), default=0
        )
        high = min(_ROWS, max(1, self.list.count())) * (fonts.line() + 8) + 4
        self.list.setFixedSize(QSize(min(560, max(editor.width(), widest + 64)), high))
        self.setFocusProxy(self.search if self.list.count() > _ROWS else self.list)
        self.list.setCurrentRow(0)

    def _all(self) -> range:
        return range(self.list.count())

    def _clicked(self, item: QListWidgetItem) -> None:
        self.list.setCurrentItem(item)

    def _filter(self, typed: str) -> None:
        wanted = folded(typed.strip())
        for n in self._all():
            self.list.item(n).setHidden(wanted not in folded(self.list.item(n).text()))

    def tick(self, words: str, *, on: bool = True) -> None:
        """Tick the suggestion that reads so."""
        for item in self.list.findItems(words, Qt.MatchFlag.MatchExactly):
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def take(self) -> None:
        """Write what is ticked into the cell: what was there keeps its place, the new comes behind."""
        known = {folded(self._of.inserts(self.list.item(n).text())) for n in self._all()}
        ticked = [
            self._of.inserts(self.list.item(n).text())
            for n in self._all()
            if self.list.item(n).checkState() is Qt.CheckState.Checked
        ]
        wanted = {folded(words) for words in ticked}
        stay = [part for part in self._before if folded(part) in wanted or folded(part) not in known]
        there = {folded(part) for part in stay}
        stay += [words for words in ticked if folded(words) not in there]
        self.close()
        self._done(SEPARATOR.join(stay))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.take()
        else:
            super().keyPressEvent(event)


class DayPicker(CellPopup):
    """A day of the calendar, or one of the usual words ("Quý II", "Thường xuyên")."""

    def __init__(self, editor: QLineEdit, of: Column, done: Callable[[str], object]) -> None:
        super().__init__(editor, of.title)
        self._done = done
        self.days = QCalendarWidget()
        self.days.setLocale(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
        self.days.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.days.setAccessibleName(text("widgets.calendar"))
        self.days.setFont(fonts.font(fonts.Size.SMALL))
        self.days.setGridVisible(False)
        self._plain_weekends()
        day = parse_date(editor.text())
        shown = day or date(of.year, 1, 1)
        self.days.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        if day is None:
            today = vietnam_today()
            month = today.month if today.year == of.year else 1
            self.days.setCurrentPage(of.year, month)
        self.days.activated.connect(self._day)
        self.days.clicked.connect(self._day)
        self._name_parts()
        self.words = QListWidget()
        self.words.setAccessibleName(of.title)
        self.words.setFont(fonts.font())
        self.words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.words.addItems(list(of.suggestions()) if of.suggestions else [])
        self.words.itemActivated.connect(lambda item: self._take(item.text()))
        self.words.itemClicked.connect(lambda item: self._take(item.text()))
        widest = max(
            (fonts.metrics().horizontalAdvance(self.words.item(n).text()) for n in range(self.words.count())),
            default=80,
        )
        self.words.setFixedWidth(widest + 40)
        self.setLayout(row(self.days, self.words, gap=8, margin=8))
        self.setFocusProxy(self.days)

    def _plain_weekends(self) -> None:
        """Qt paints weekends red, which here would say that something is wrong."""
        plain = self.days.weekdayTextFormat(Qt.DayOfWeek.Monday)
        plain.setForeground(color(Role.TEXT))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.days.setWeekdayTextFormat(day, plain)

    def _name_parts(self) -> None:
        """Qt's own buttons of the calendar have no names, and its table is no page of ours."""
        for name, words in (
            ("qt_calendar_prevmonth", "widgets.month_before"),
            ("qt_calendar_nextmonth", "widgets.month_after"),
            ("qt_calendar_monthbutton", "widgets.month"),
            ("qt_calendar_yearbutton", "widgets.year"),
        ):
            if (made := self.days.findChild(QToolButton, name)) is not None:
                made.setAccessibleName(text(words))
                made.setToolTip(text(words))
                if name in _ARROWS:
                    made.setIcon(icons.icon(_ARROWS[name]))
        if (table := self.days.findChild(QTableView)) is not None:
            table.setAccessibleName(text("widgets.calendar"))
        for other in self.days.findChildren(QWidget, "qt_calendar_yearedit"):
            other.setAccessibleName(text("widgets.year"))

    def _day(self, day: QDate) -> None:
        self._take(format_date(date(day.year(), day.month(), day.day())))

    def _take(self, words: str) -> None:
        self.close()
        self._done(words)
