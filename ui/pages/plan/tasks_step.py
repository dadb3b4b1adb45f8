"""The tasks of one content area."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.plan_checks import Finding
from cchc_desktop.domain.plan_template import Area
from cchc_desktop.language import text
from ui.context import Context
from ui.pages.plan.criteria_cell import Linked
from ui.pages.plan.table_step import TableStep
from ui.pages.plan.target_rows import area_name
from ui.pages.plan.task_rows import TaskRows
from ui.widgets.button import Button
from ui.widgets.panel import column


class TasksStep(TableStep):
    """`more()` offers tasks of the template and of last year."""

    def __init__(
        self,
        context: Context,
        plan: Plan,
        area: Area,
        departments: Callable[[], Sequence[str]],
        linked: Callable[[], Linked],
        more: Callable[[], object],
    ) -> None:
        self.area = area
        self._areas = [(one.key, area_name(one)) for one in plan.template.areas]
        self.gone_to: Callable[[str, str], object] = lambda _area, _task_id: None
        """Told when tasks went to another area by the keyboard: the page follows them."""
        self.more_button = Button(text("plan_page.more_tasks"), more)
        self.more_button.set_help(text("plan_page.more_help"))
        self._tasks = TaskRows(context, plan, area.key, departments, linked)
        super().__init__(context, "task", self._tasks, f"{area.code} {area.title}")
        self.setLayout(column(self.head, self.table, gap=0))

    def tools(self) -> list[Button]:
        return [*super().tools(), self.more_button]

    def other_areas(self) -> Sequence[tuple[str, str]]:
        return [one for one in self._areas if one[0] != self.area.key]

    def move_beyond(self, rows: tuple[int, ...], step: int) -> None:
        """Into the area above or below this one, nearest to where they stood."""
        keys = [key for key, _name in self._areas]
        at = keys.index(self.area.key) + step
        at_edge = rows[0] == 0 if step < 0 else rows[-1] == self.rows.count() - 1
        ids = self.rows.ids_of(rows)
        if ids and at_edge and 0 <= at < len(keys):
            self.rows.move_ids(ids, keys[at], first=step > 0)
            self.gone_to(keys[at], ids[0])

    def show_plan(self, plan: Plan, findings: Sequence[Finding]) -> None:
        tasks = plan.area_tasks(self.area.key)
        code = self.area.code if "." in self.area.code else f"{self.area.code}."
        self.head.set_words(f"{code} {self.area.title}", text("plan_page.task_count", count=len(tasks)))
        mine = [
            finding for finding in findings if finding.place.area == self.area.key and finding.place.task_id
        ]
        self.show_lines([self._tasks.line_of(task) for task in tasks], mine)
