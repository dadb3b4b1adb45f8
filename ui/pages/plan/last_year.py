"""What earlier plans left unfinished: offered while this plan is still being written, taken by the user."""

from __future__ import annotations

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.plan import Plan, Task
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.round import Round
from cchc_desktop.language import text
from cchc_desktop.services import plan as service
from ui.context import Context
from ui.pages.plan.taking import Taking
from ui.widgets.message_bar import MessageBar, Tone

_LeftOver = tuple[tuple[Round, tuple[Task, ...]], ...]


class LastYearNote(MessageBar):
    """Only on the round's own plan, until it is issued. Looked up beside the window's thread."""

    def __init__(self, context: Context, taking: Taking) -> None:
        super().__init__()
        self._context, self._taking = context, taking
        self._plan: Plan | None = None
        self._looking = self._again = False

    @property
    def at_rest(self) -> bool:
        return not self._looking

    def show_plan(self, plan: Plan, changes: Changes | None) -> None:
        """Look again where the tasks may have changed."""
        same = self._plan is not None and self._plan.id == plan.id
        self._plan = plan
        if not self._wanted(plan):
            self.hush()
        elif not same or changes is None or changes.subjects & {"tasks", "rounds"}:
            self._look()

    def _wanted(self, plan: Plan) -> bool:
        own = plan.id == plan.round_id and plan.kind is PlanKind.YEARLY
        return own and plan.issue.issued_on is None and not self._context.read_only

    def _look(self) -> None:
        if self._looking:
            self._again = True
            return
        self._looking, self._again = True, False
        profile, plan_id = self._context.profile, self._context.round_id

        def run(_progress: Progress) -> _LeftOver:
            return service.left_over(profile, plan_id)

        job = self._context.work.start(run, self._show, self._nothing, quiet=True)
        job.ended.connect(self._ended)

    def _show(self, found: _LeftOver) -> None:
        plan = self._plan
        if not found or plan is None or not self._wanted(plan):
            self.hush()
            return
        earlier, tasks = found[0]
        self.say(
            text("plan_page.left_over", year=str(earlier.year), count=len(tasks)),
            Tone.INFO,
            text("plan_page.take_left_over"),
            lambda: self._take(earlier),
        )

    def _take(self, earlier: Round) -> None:
        self._context.edits.flush()
        plan = service.plan(self._context.profile, self._context.round_id)
        self._taking.tasks(plan, source=earlier.id)

    def _nothing(self, _error: object) -> None:
        """An earlier year whose template is not installed offers nothing."""
        self.hush()

    def _ended(self) -> None:
        self._looking = False
        if self._again:
            self._look()
