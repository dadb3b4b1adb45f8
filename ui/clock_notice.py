"""A word above the pages while the PC's clock can't be right. It goes when the clock is mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDateTime, QTimer, QTimeZone

from cchc_desktop.language import text
from cchc_desktop.message import Message
from ui.context import Context
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.note_slot import NoteSlot

EACH_MINUTE = 60_000


def system_offset() -> timedelta:
    """What the system adds to UTC; asked anew each time, since the zone may be changed meanwhile."""
    seconds = QTimeZone.systemTimeZone().offsetFromUtc(QDateTime.currentDateTimeUtc())
    return timedelta(seconds=seconds)


class ClockNotice(NoteSlot):
    """Hidden while nothing is wrong. Looks once the window is up and then each minute."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        bar = MessageBar()
        super().__init__(bar)
        self._now, self.bar = now, bar
        self._context: Context | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def watch(self, context: Context) -> None:
        self._context = context
        self._timer.start(EACH_MINUTE)
        self._look()

    def stop(self) -> None:
        """The window closes."""
        self._timer.stop()
        self._context = None

    def _look(self) -> None:
        if (context := self._context) is None:
            return
        now, offset = self._now(), system_offset()

        def find(_progress: object) -> Message | None:
            from cchc_desktop.services.clock import wrong_clock

            return wrong_clock(context.profile, now, offset)

        context.work.start(find, self._show, quiet=True)

    def _show(self, found: Message | None) -> None:
        if found is None:
            self.bar.hush()
        elif found.id == "clock.zone":
            self.bar.say(found, Tone.WARN, text("clock.known"), self._accept)
        else:
            self.bar.say(found, Tone.WARN)

    def _accept(self) -> None:
        if (context := self._context) is None:
            return
        offset = system_offset()

        def accept(_progress: object) -> None:
            from cchc_desktop.services.clock import accept_zone

            accept_zone(context.profile, offset)

        context.work.start(accept, lambda _: self._look())
