"""The calm line above the page: what is late or soon due. On start, after changes, and once a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from cchc_desktop.language import render, text
from cchc_desktop.message import Message, message
from ui.context import Context
from ui.widgets.button import LinkLabel
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.note_slot import NoteSlot

if TYPE_CHECKING:
    from cchc_desktop.domain.calendar import CalendarEntry

_EACH_HOUR = 3_600_000
_NEAR_DAYS = 3


class Reminders(NoteSlot):
    """Hidden while there is nothing to remind of. `look` asks the calendar beside the window's work."""

    def __init__(self) -> None:
        later = LinkLabel(text("reminders.tomorrow"), self._put_off)
        bar = MessageBar(later)
        super().__init__(bar)
        self.later, self.bar = later, bar
        self._context: Context | None = None
        self._day: date | None = None
        self._entries: tuple[CalendarEntry, ...] = ()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(_EACH_HOUR)

    def look(self, context: Context) -> None:
        """Look what there is to remind of in the context's year."""
        if context is not self._context:
            self._show(())
        self._context, self._day = context, context.today()
        if context.read_only:
            return
        today = self._day

        def find(_progress: object) -> tuple[CalendarEntry, ...]:
            from cchc_desktop.services.overview import to_remind

            return to_remind(context.profile, context.round_id, today)

        def show(found: tuple[CalendarEntry, ...]) -> None:
            if context is self._context:
                self._show(found)

        context.work.start(find, show, quiet=True)

    def stop(self) -> None:
        """The window closes."""
        self._timer.stop()
        self._context = None

    def _tick(self) -> None:
        """A new day may have begun while the window stood open."""
        if self._context is not None and self._context.today() != self._day:
            self.look(self._context)

    def _show(self, entries: tuple[CalendarEntry, ...]) -> None:
        self._entries = entries
        if not entries:
            self.bar.hush()
            return
        first = entries[0]
        tone = Tone.WARN if first.days_left <= _NEAR_DAYS else Tone.INFO
        way = text("reminders.open") if _where(first) else ""
        self.bar.say(words_of(entries), tone, way, self._open)

    def _open(self) -> None:
        where = _where(self._entries[0]) if self._entries else None
        if self._context is None or where is None:
            return
        self._remember(self._entries[:1], was_opened=True)
        self._context.go_to(*where)

    def _put_off(self) -> None:
        self._remember(self._entries, was_opened=False)

    def _remember(self, entries: tuple[CalendarEntry, ...], *, was_opened: bool) -> None:
        context, today = self._context, self._day
        if context is None or today is None or not entries:
            return
        self._show(tuple(entry for entry in self._entries if entry not in entries))

        def remember(_progress: object) -> None:
            from cchc_desktop.services.overview import put_off

            put_off(context.profile, entries, today, was_opened=was_opened)

        context.work.start(remember)


def words_of(entries: tuple[CalendarEntry, ...]) -> Message:
    """The first of them in words, and how many more there are."""
    entry = entries[0]
    if entry.days_left < 0:
        first = message("reminders.late", title=entry.title, days=-entry.days_left, due=entry.due)
    elif entry.days_left == 0:
        first = message("reminders.today", title=entry.title, due=entry.due)
    else:
        first = message("reminders.soon", title=entry.title, days=entry.days_left, due=entry.due)
    if len(entries) == 1:
        return first
    return message("reminders.more", first=render(first), count=len(entries) - 1)


def _where(entry: CalendarEntry) -> tuple[str, object] | None:
    """Where the thing due is done; None for a report that this program does not write."""
    from cchc_desktop.domain.plan_checks import Place

    if entry.subject == "plan":
        return "plan", Place("issue", plan_id=entry.plan_id)
    return ("submit", None) if entry.subject == "selfscore" else None
