"""The rail at the left: the year, the pages, and at its foot the settings. Below 1180 px: icons only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QSizePolicy

from cchc_desktop.domain.round import Round
from cchc_desktop.language import text
from ui import icons
from ui.fonts import font, line
from ui.pages import PageEntry
from ui.theme import Role, color
from ui.widgets.choice import Choice
from ui.widgets.painted import LEFT, paint_text
from ui.widgets.painted_button import PaintedButton
from ui.widgets.panel import Strip, row

WIDE, NARROW = 164, 56
NEW_YEAR = "new"
HELP_KEY = "F1"
SEARCH_KEY = "Ctrl+K"


class _RailButton(PaintedButton):
    def __init__(self, entry: PageEntry, keys: str) -> None:
        super().__init__(own_focus=True)
        self._entry, self._collapsed = entry, False
        self.setCheckable(True)
        self.setText(text(entry.title))
        self.setAccessibleName(self.text())
        self.setToolTip(text("window.page_keys", page=self.text(), keys=keys))
        # Not by a click: the page before would be painted anew only to show that it lost the focus.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def collapse(self, collapsed: bool) -> None:
        self._collapsed = collapsed
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROW if self._collapsed else WIDE, line() + 20)

    def minimumSizeHint(self) -> QSize:
        """On a low screen (200 %) the entries stand closer together."""
        return QSize(NARROW if self._collapsed else WIDE, line() + 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        box, on = self.rect(), self.isChecked()
        with QPainter(self) as painter:
            ground = Role.SURFACE if on else Role.COMPUTED if self.underMouse() else Role.WINDOW
            painter.fillRect(box, color(ground))
            if on:
                painter.fillRect(QRect(0, 0, 3, box.height()), color(Role.ACCENT))
            ink = Role.ACCENT if on else Role.TEXT
            left = (box.width() - icons.RAIL) / 2 if self._collapsed else 16
            at = QPointF(left, (box.height() - icons.RAIL) / 2)
            icons.paint(painter, self._entry.icon, at, icons.RAIL, Role.ACCENT if on else Role.MUTED)
            if not self._collapsed:
                where = box.adjusted(46, 0, -4, 0)
                paint_text(painter, where, self.text(), font(bold=on), color(ink), LEFT)
            if self.hasFocus():
                pen = painter.pen()
                pen.setColor(color(Role.FOCUS))
                pen.setWidth(2)
                painter.setPen(pen)
                painter.drawRect(box.adjusted(1, 1, -1, -1))


def year_words(of: Round) -> str:
    """A year by its number; one of a unit that was merged by that unit too."""
    if of.archived:
        return text("window.year_archived", year=str(of.year), unit=of.unit.name)
    return text("window.year", year=str(of.year))


class Rail(Strip):
    """`page_wanted(id)`, `year_wanted(round id or NEW_YEAR)`, `help_wanted()` for the page that is shown,
    `search_wanted()`. Ctrl+1 opens the first page, and so on."""

    page_wanted = Signal(str)
    year_wanted = Signal(str)
    help_wanted = Signal()
    search_wanted = Signal()

    def __init__(self, entries: Sequence[PageEntry]) -> None:
        super().__init__("right", "window", upright=True)
        self.setAccessibleName(text("window.rail"))
        self.box.setSpacing(0)
        self.year = Choice(text("window.year_choice"), quiet=True)
        self.year.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.year.chosen.connect(lambda value: self.year_wanted.emit(str(value)))
        self._buttons: dict[str, _RailButton] = {}
        self._group = QButtonGroup(self)
        self._year_row = row(self.year)
        self._year_row.setContentsMargins(12, 0, 12, 0)
        self.box.addLayout(self._year_row)
        self.box.addSpacing(11)
        self.search = self._door("search", "search", SEARCH_KEY, self.search_wanted)
        self.box.addWidget(self.search)
        upper = [entry for entry in entries if not entry.foot]
        for place, entry in enumerate([*upper, *(entry for entry in entries if entry.foot)], 1):
            if place == len(upper) + 1:
                self.box.addStretch(1)
            self.box.addWidget(self._button(entry, f"Ctrl+{place}"))
        self.help = self._door("help", "circle-help", HELP_KEY, self.help_wanted)
        self.box.addWidget(self.help)
        self.collapse(False)

    def _button(self, entry: PageEntry, keys: str) -> _RailButton:
        button = self._buttons[entry.id] = _RailButton(entry, keys)
        QShortcut(QKeySequence(keys), self).activated.connect(lambda: self.page_wanted.emit(entry.id))
        self._group.addButton(button)
        button.clicked.connect(lambda _on=False, page=entry.id: self.page_wanted.emit(page))
        return button

    def _door(self, name: str, icon: str, keys: str, wanted: SignalInstance) -> _RailButton:
        """An entry that opens something over the page, or beside the window."""
        button = _RailButton(PageEntry(name, icon), keys)
        button.setCheckable(False)
        QShortcut(QKeySequence(keys), self).activated.connect(wanted)
        button.clicked.connect(lambda _on=False: wanted.emit())
        return button

    def set_years(self, rounds: Sequence[Round], current: str) -> None:
        """One entry for each, by its id; the last one opens a new year."""
        years = [(of.id, year_words(of)) for of in rounds]
        self.year.set_choices([*years, (NEW_YEAR, text("window.year_new"))], current)

    def show_page(self, page: str) -> None:
        self._buttons[page].setChecked(True)

    def collapse(self, collapsed: bool) -> None:
        self.setFixedWidth(NARROW if collapsed else WIDE)
        self.box.setContentsMargins(0, 12, 1, 8)
        self.year.setVisible(not collapsed)
        for button in (self.search, *self._buttons.values(), self.help):
            button.collapse(collapsed)
