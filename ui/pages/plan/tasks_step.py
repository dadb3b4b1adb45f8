"""The tasks of one content area."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.plan_checks import Finding
from cchc_desktop.domain.plan_template import Area
from cchc_desktop.language import text
from ui.context import Context
from ui.pages.plan.table_step import TableStep
from ui.pages.plan.task_rows import TaskRows
from ui.widgets.button import Button
from ui.widgets.panel import column


class TasksStep(TableStep):
    """`more()` offers tasks of the template and of last year."""

    def __init__(
        self,
        context: Context,
        plan_id: str,
        area: Area,
        departments: Callable[[], Sequence[str]],
        codes: Mapping[str, str],
        more: Callable[[], object],
    ) -> None:
        self.area = area
        self.more_button = Button(text("plan_page.more_tasks"), more)
        self.more_button.set_help(text("plan_page.more_help"))
        self._tasks = TaskRows(context, plan_id, area.key, departments, codes)
        super().__init__(context, "task", self._tasks, f"{area.code} {area.title}")
        self.setLayout(column(self.head, self.table, gap=0))

    def tools(self) -> list[Button]:
        return [*super().tools(), self.more_button]

    def show_plan(self, plan: Plan, findings: Sequence[Finding]) -> None:
        tasks = plan.area_tasks(self.area.key)
        code = self.area.code if "." in self.area.code else f"{self.area.code}."
        self.head.set_words(f"{code} {self.area.title}", text("plan_page.task_count", count=len(tasks)))
        mine = [
            finding for finding in findings if finding.place.area == self.area.key and finding.place.task_id
        ]
        self.show_lines([self._tasks.line_of(task) for task in tasks], mine)
