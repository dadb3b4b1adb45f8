"""Reading a plan and what it lacks, off the window's thread: 500 tasks must not hold up the typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.plan_checks import Finding
from cchc_desktop.domain.progress import Progress
from cchc_desktop.services import plan as service
from ui.context import Context

_PAUSE = 60
"""Milliseconds after an edit: first the window paints what was typed, then the plan is read (Python runs one
thread at a time)."""

Seen = tuple[Plan, tuple[Finding, ...]]


class Looking(QObject):
    """`look` reads anew; `seen((plan, findings))` tells of it. Any number of calls make one more look.

    What was read while an edit was on its way is not told: the next look comes by itself.
    """

    seen = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._plan_id = ""
        self._busy = self._again = self._passed_over = False
        self._then: list[Callable[[], object]] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._start)
        context.edits.saved.connect(self._saved)

    @property
    def at_rest(self) -> bool:
        return not self._busy and not self._pause.isActive()

    def look(
        self, plan_id: str, then: Callable[[], object] | None = None, *, after_edit: bool = False
    ) -> None:
        """Read that plan; `then()` is called once it has been told."""
        self._plan_id = plan_id
        if then is not None:
            self._then.append(then)
        if self._busy:
            self._again = True
        elif after_edit:
            self._pause.start()
        else:
            self._pause.stop()
            self._start()

    def _start(self) -> None:
        if self._context.work.ended:
            return
        self._busy, self._again, self._passed_over = True, False, False
        profile, edits, plan_id, wait = (
            *(self._context.profile, self._context.edits, self._plan_id),
            bool(self._then),
        )

        def run(_progress: Progress) -> Seen:
            if wait:
                edits.flush()
            return service.plan_and_findings(profile, plan_id)

        job = self._context.work.start(run, self._done, self._failed, quiet=True)
        job.ended.connect(self._ended)

    def _done(self, seen: Seen) -> None:
        if self._again or self._context.work.ended:
            return
        if not self._context.edits.at_rest:
            self._passed_over = True
            return
        self.seen.emit(seen)

    def _failed(self, _error: object) -> None:
        """The plan is gone: its page hears of that by itself."""

    def _saved(self, _at: object) -> None:
        if self._passed_over and not self._busy:
            self.look(self._plan_id, after_edit=True)

    def _ended(self) -> None:
        self._busy = False
        if self._again or (self._passed_over and self._context.edits.at_rest):
            self._start()
            return
        if self._passed_over:
            return
        waiting, self._then = self._then, []
        for then in waiting:
            then()
