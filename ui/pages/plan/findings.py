"""The plan's findings, computed off the window's thread: a plan of 500 tasks must not hold up the typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from cchc_desktop.domain.plan_checks import Finding
from cchc_desktop.domain.progress import Progress
from cchc_desktop.services import plan as service
from ui.context import Context


class Findings(QObject):
    """`look` computes them anew; `found(findings)` tells of them, the newest only.

    While one look is under way, any number of calls make one more look after it.
    """

    found = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._plan_id = ""
        self._looking = self._again = False
        self._then: list[Callable[[], object]] = []

    @property
    def at_rest(self) -> bool:
        return not self._looking

    def look(self, plan_id: str, then: Callable[[], object] | None = None) -> None:
        """Look at that plan; `then()` is called once what was found has been told."""
        self._plan_id = plan_id
        if then is not None:
            self._then.append(then)
        if self._looking:
            self._again = True
            return
        self._looking, self._again = True, False
        profile, edits, wait = self._context.profile, self._context.edits, bool(self._then)

        def run(_progress: Progress) -> tuple[Finding, ...]:
            if wait:
                edits.flush()
            return service.findings(profile, plan_id)

        job = self._context.work.start(run, self._done, self._failed, quiet=True)
        job.ended.connect(self._ended)

    def _done(self, findings: tuple[Finding, ...]) -> None:
        if not self._again:
            self.found.emit(findings)

    def _failed(self, _error: object) -> None:
        """The plan is gone: its page hears of that by itself."""

    def _ended(self) -> None:
        self._looking = False
        if self._again:
            self.look(self._plan_id)
            return
        waiting, self._then = self._then, []
        for then in waiting:
            then()
