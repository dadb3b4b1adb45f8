"""How long work says where it is, and learns that it should stop."""

from __future__ import annotations

from collections.abc import Callable

from cchc_desktop.errors import Cancelled
from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import dataclass, field


@dataclass(slots=True)
class Progress:
    """`report(step, done, total)` runs on the working thread; `stop()` may be called from any thread."""

    report: Callable[[Message, int, int], None] = lambda _step, _done, _total: None
    _stopped: list[bool] = field(default_factory=list)

    def stop(self) -> None:
        self._stopped.append(True)

    def at(self, step: Message, done: int, total: int) -> None:
        """Say how far the step is (bytes or pieces). Raises `Cancelled` when the user asked to stop."""
        if self._stopped:
            raise Cancelled
        self.report(step, done, total)
