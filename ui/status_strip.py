"""The strip at the foot: unit, year, whether all is saved, and the next deadline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from cchc_desktop.errors import KnownError
from cchc_desktop.language import format_date, render, text
from cchc_desktop.message import Message
from ui import icons
from ui.fonts import Size, line
from ui.marks import Mark, MarkSign
from ui.stylesheet import strip_name
from ui.theme import Role
from ui.widgets.button import LinkLabel
from ui.widgets.icon_sign import IconSign
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.panel import Strip

ROOMY = 900


def _divider() -> QFrame:
    line_ = QFrame()
    line_.setObjectName(strip_name(side="left"))
    line_.setFixedWidth(1)
    return line_


class StatusStrip(Strip):
    def __init__(self, retry: Callable[[], object]) -> None:
        super().__init__("above", "window")
        self.setAccessibleName(text("window.strip"))
        self.setMinimumHeight(line(Size.SMALL) + 10)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._unit = ElidedLabel("", Size.SMALL)
        self._year = Label("", Size.SMALL)
        self._mark = MarkSign(Mark.DONE)
        self._saved = ElidedLabel("", Size.SMALL)
        self._retry = LinkLabel(text("window.retry"), retry, Size.SMALL)
        self._retry.hide()
        self._due_sign = IconSign("calendar-clock", icons.STATUS)
        self._due = Label("", Size.SMALL)
        self._due_what = ElidedLabel("", Size.SMALL, bold=True)
        self._due_date = Label("", Size.SMALL, bold=True)
        self._days = Label("", Size.SMALL)
        self.box.setContentsMargins(14, 0, 14, 0)
        self._year_line = _divider()
        house = IconSign("building-2", icons.STATUS)
        left: list[QWidget | int] = [house, self._unit, 6, self._year_line, 6, self._year]
        left += [6, _divider(), 6, self._mark, self._saved, self._retry, 6, _divider()]
        for item in left:
            self._add(item)
        self.box.addStretch(1)
        for item in (self._due_sign, self._due, self._due_what, self._due_date, self._days):
            self._add(item)
        self.nothing_to_save()
        self.set_deadline(None, date.min)

    def _add(self, item: QWidget | int) -> None:
        if isinstance(item, int):
            self.box.addSpacing(item)
        else:
            self.box.addWidget(item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow strip drops what stands elsewhere too: the year, and the words before the deadline."""
        super().resizeEvent(event)
        roomy = self.width() >= ROOMY
        for part in (self._year, self._year_line):
            part.setVisible(roomy)
        self._due.setVisible(roomy and self._has_deadline)

    def set_unit(self, name: str) -> None:
        self._unit.set_words(name)

    def set_round(self, year: int, *, read_only: bool) -> None:
        self._year.setText(text("window.year", year=str(year)))
        if read_only:
            self._mark.set_mark(Mark.NOT_APPLICABLE)
            self._saved.set_words(text("window.read_only"))
        else:
            self.nothing_to_save()

    def state(self) -> str:
        """What the strip says about saving."""
        return self._saved.words()

    def nothing_to_save(self) -> None:
        self._show(Mark.DONE, text("window.saved_nothing"))

    def saving(self) -> None:
        self._show(Mark.DOING, text("window.saving"))

    def saved(self, at: datetime) -> None:
        self._show(Mark.DONE, text("window.saved_at", at=at))

    def failed(self, error: KnownError) -> None:
        """Stays until a save succeeds."""
        self._show(Mark.ERROR, text("window.save_failed", why=render(error.message)), retry=True)

    def _show(self, mark: Mark, words: str, *, retry: bool = False) -> None:
        self._mark.set_mark(mark)
        self._saved.set_words(words)
        self._saved.set_role(Role.ERROR if retry else Role.TEXT)
        self._retry.setVisible(retry)

    def set_deadline(self, due: date | None, today: date, what: Message | str = "") -> None:
        self._has_deadline = due is not None
        for part in (self._due_sign, self._due_what, self._due_date, self._days):
            part.setVisible(self._has_deadline)
        self._due.setVisible(self._has_deadline and self.width() >= ROOMY)
        if due is None:
            return
        left = (due - today).days
        self._due.setText(text("window.next_deadline"))
        self._due_what.set_words(render(what))
        self._due_date.setText(format_date(due))
        self._days.setText(f"({days_words(left)})")


def days_words(left: int) -> str:
    """ "còn 8 ngày", "hôm nay", "trễ 3 ngày"."""
    if left < 0:
        return text("window.days_late", n=-left)
    return text("window.days_left", n=left) if left else text("window.days_today")
