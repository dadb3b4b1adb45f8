"""Tìm kiếm (Ctrl+K): one field, and as one types what is found in all years; Enter goes to the place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import search
from cchc_desktop.services.search import Hit, HitKind, YearHits
from ui.context import Context
from ui.search.hit_list import Found, Group, HitList, Line, More, lines_of
from ui.widgets.empty_state import EmptyState
from ui.widgets.enter_key import ENTER
from ui.widgets.labels import second
from ui.widgets.panel import column, row
from ui.widgets.search_field import SearchField

PAUSE = 120
"""Milliseconds after the last key before it is searched."""
_LONGEST, _SHORT = 200, 40
"""Letters that may be typed, and those that are said again where nothing holds them."""
_SIZE = (760, 560)
_AROUND = 40
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_PAGES_OF = {
    HitKind.ROW: "scoring",
    HitKind.TASK: "plan",
    HitKind.TARGET: "plan",
    HitKind.EVIDENCE: "evidence",
}


_Answer = tuple[tuple[YearHits, ...], list[Line]]


def place_of(hit: Hit) -> tuple[str, object]:
    """The page of a hit, and what its `go_to` takes."""
    return _PAGES_OF[hit.kind], hit.key


def show_search(
    window: QWidget, context: Callable[[], Context], show_round: Callable[[str], object]
) -> SearchDialog:
    """Over `window`, which keeps it. `context()` is that of the shown year; `show_round(id)`: another."""
    found: SearchDialog | None = window.findChild(SearchDialog)
    dialog = found or SearchDialog(window, context, show_round)
    dialog.ask()
    return dialog


class _Field(SearchField):
    """Keeps the focus while Up and Down go through the list."""

    moved = Signal(int)
    paged = Signal(int)
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.moved.emit(_STEPS[key])
        elif key in _PAGES:
            self.paged.emit(_PAGES[key])
        elif key in ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class SearchDialog(QDialog):
    """Kept while the window lives, and with it what was typed last."""

    def __init__(
        self, window: QWidget, context: Callable[[], Context], show_round: Callable[[str], object]
    ) -> None:
        super().__init__(window)
        self._window, self._context, self._show_round = window, context, show_round
        self._asked = self._answered = 0
        """Searches begun, and the one whose answer is shown."""
        self._enter_waits = False
        self._years: tuple[YearHits, ...] = ()
        self._typed_of_years = ""
        self._whole: set[Group] = set()
        self.setWindowTitle(text("search.title"))
        self.setAccessibleName(text("search.title"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.field = _Field(text("search.field"), placeholder=text("search.placeholder"))
        self.field.setMaxLength(_LONGEST)
        self.list = HitList()
        self.empty = EmptyState("search", text("search.empty"), text("search.empty_hint"))
        self.count, self._keys = second(), second(text("search.keys"))
        self._stack = QStackedWidget()
        holder = QWidget()
        holder.setLayout(column(self.empty, None))
        self._stack.addWidget(holder)
        self._stack.addWidget(self.list)
        whole = column(self.field, self._stack, row(self.count, None, self._keys, gap=16), gap=12, margin=16)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._search)
        self.field.textChanged.connect(self._typed)
        self.field.moved.connect(self.list.move_by)
        self.field.paged.connect(lambda pages: self.list.move_by(pages * self.list.page()))
        self.field.entered.connect(self._enter)
        self.list.opened.connect(self._open)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._say_current())

    # Opening and leaving

    def ask(self) -> None:
        """Show it, with what was typed last; the year and its data may be others by now."""
        if not self.isVisible():
            self._fit()
            self._search()
            self.field.selectAll()
            self.open()
        self.field.setFocus()

    def _fit(self) -> None:
        window = self._window
        wide = min(_SIZE[0], window.width() - _AROUND)
        high = min(_SIZE[1], window.height() - _AROUND)
        self.resize(wide, high)
        self.move(window.mapToGlobal(QPoint((window.width() - wide) // 2, (window.height() - high) // 3)))

    def done(self, result: int) -> None:
        self._pause.stop()
        self._asked += 1  # what is still being looked for comes too late
        self._enter_waits = False
        super().done(result)
        self._window.activateWindow()  # not every system does so by itself; the focus goes back with it

    # Searching

    @property
    def at_rest(self) -> bool:
        return not self._pause.isActive() and self._answered == self._asked

    def _typed(self) -> None:
        self._enter_waits = False
        self._pause.start()

    def _search(self) -> None:
        self._pause.stop()
        self._asked += 1
        asked, typed, context = self._asked, self.field.text(), self._context()
        if not typed.strip():
            self._show(asked, typed, ((), []))
            return
        profile, shown = context.profile, context.round

        def look(_progress: Progress) -> _Answer:
            years = search.find(profile, typed, shown.id)
            return years, lines_of(years, typed, shown, ())

        context.work.start(
            look,
            lambda answer: self._show(asked, typed, answer),
            lambda error: self._failed(asked, error),
            quiet=True,
        )

    def _show(self, asked: int, typed: str, answer: _Answer) -> None:
        """An answer; one that was overtaken by a later question says nothing any more."""
        if asked != self._asked:
            return
        years, lines = answer
        self._answered = asked
        self._years, self._whole = years, set()
        self._typed_of_years = typed
        count = sum(year.total for year in years)
        if years:
            self.list.show_found(lines)
        elif typed.strip():
            self.empty.set_words(text("search.none", typed=_short(typed)), text("search.none_hint"))
        else:
            self.empty.set_words(text("search.empty"), text("search.empty_hint"))
        self._stack.setCurrentIndex(1 if years else 0)
        of_years = "search.count_of_years" if len(years) > 1 else "search.count"
        self._say(text(of_years, count=count, years=len(years)) if typed.strip() else "")
        if self._enter_waits:
            self._enter_waits = False
            self._enter()

    def _failed(self, asked: int, error: KnownError) -> None:
        if asked != self._asked:
            return
        self._answered, self._years, self._enter_waits = asked, (), False
        self.empty.set_words(text("search.failed"), render(error.message))
        self._stack.setCurrentIndex(0)
        self._say("")

    def _say(self, words: str) -> None:
        self.count.setText(words)
        self.field.setAccessibleDescription(words)
        _announce(self.field, words)

    def _say_current(self) -> None:
        """The focus stays in the field: a screen reader is told of the line."""
        if self.field.hasFocus() and (shown := self.list.current()) is not None:
            _announce(self.field, self.list.heard(shown))

    # Going there

    def _enter(self) -> None:
        """Before the answer is there it is waited for: who types and presses Enter means what was typed."""
        if self._pause.isActive():
            self._search()
        if not self.at_rest:
            self._enter_waits = True
        elif self._years and (shown := self.list.current()) is not None:
            self._open(shown)

    def _open(self, shown: object) -> None:
        if isinstance(shown, More):
            row = self.list.currentIndex().row()
            self._whole.add(shown.group)
            lines = lines_of(self._years, self._typed_of_years, self._context().round, self._whole)
            self.list.show_found(lines, row)
        elif isinstance(shown, Found):
            self.accept()
            self._go(shown.hit)

    def _go(self, hit: Hit) -> None:
        if hit.round_id != self._context().round_id:
            self._show_round(hit.round_id)
        page, where = place_of(hit)
        self._context().go_to(page, where)


def _short(typed: str) -> str:
    """A word may be as long as what was pasted, and makes no dialog wider."""
    words = " ".join(typed.split())
    return words if len(words) <= _SHORT else f"{words[:_SHORT]}…"


def _announce(widget: QWidget, words: str) -> None:
    if words and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
