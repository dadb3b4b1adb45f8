"""The tasks of one content area as rows of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cchc_desktop.domain.plan import Plan, Task
from cchc_desktop.errors import KnownError
from cchc_desktop.language import format_number, parse_number, text
from cchc_desktop.services.plan_rows import Rows
from ui.context import Context
from ui.pages.plan.criteria_cell import Linked, code_of
from ui.pages.plan.milestones import is_year, milestones_of, year_columns, year_values
from ui.pages.plan.people import leads_of
from ui.pages.plan.record_rows import Line, RecordRows
from ui.widgets.table_rows import Column, ColumnKind

_DUES = ("always", "monthly", "quarterly", "q1", "q2", "q3", "q4", "half", "nine_months")
_SOURCES = ("regular", "irregular", "programme", "social")


class TaskRows(RecordRows):
    """`departments()`: whom a task may be given to."""

    def __init__(
        self,
        context: Context,
        plan: Plan,
        area: str,
        departments: Callable[[], Sequence[str]],
        linked: Callable[[], Linked],
    ) -> None:
        super().__init__(context, plan.id)
        self._area, self._departments, self._linked = area, departments, linked
        self._years = year_columns(plan)
        self._columns = (
            _column("title", width=176, stretch=3),
            _column("product", width=130, stretch=2),
            _column("lead", width=110, stretch=1, suggestions=self._leads, listed=True),
            _column("coworkers", width=110, stretch=1, suggestions=self._leads, several=True, listed=True),
            _column("due", width=106, suggestions=self._dues, year=plan.year),
            _column("cost", ColumnKind.NUMBER, width=70),
            _column("cost_source", width=92, suggestions=_cost_sources),
            _column(
                "criteria",
                width=76,
                suggestions=lambda: self._linked().offers,
                several=True,
                listed=True,
                inserts=code_of,
            ),
            *self._years,
        )

    @property
    def columns(self) -> Sequence[Column]:
        return self._columns

    @property
    def kind(self) -> Rows:
        return Rows.TASKS

    def _leads(self) -> Sequence[str]:
        return leads_of(self._departments(), self.context.round.unit)

    def _dues(self) -> Sequence[str]:
        months = (text("plan_page.due_month", month=month) for month in range(1, 13))
        return (*(text(f"plan_page.due_{name}") for name in _DUES), *months)

    def new_area(self, row: int) -> str:
        return self._area

    def line_of(self, task: Task) -> Line:
        values = {
            "title": task.title,
            "product": task.product,
            "lead": task.lead,
            "coworkers": task.coworkers,
            "due": task.due,
            "cost": "" if task.cost is None else format_number(task.cost),
            "cost_source": task.cost_source,
            "criteria": self._linked().said(task.criteria) if task.criteria else "",
            **year_values(task.milestones),
        }
        return Line(task.id, task.area, values)

    def fields_of(self, line: Line, key: str, typed: str) -> Mapping[str, Any]:
        if is_year(key):
            return {"milestones": milestones_of({**line.values, key: typed})}
        if key == "criteria":
            return {"criteria": self._linked().read(typed)}
        if key != "cost":
            return {key: typed}
        if not typed:
            return {"cost": None}
        cost = parse_number(typed)
        if cost is None or cost < 0:
            raise KnownError("plan_page.bad_cost", typed=typed[:60])
        return {"cost": cost}

    def written(self, key: str, typed: str) -> str:
        if key == "criteria":
            return self._linked().said(self._linked().read(typed))
        cost = parse_number(typed) if key == "cost" else None
        return typed if cost is None else format_number(cost)


def _cost_sources() -> Sequence[str]:
    return tuple(text(f"plan_page.cost_source_{name}") for name in _SOURCES)


def _column(key: str, kind: ColumnKind = ColumnKind.TEXT, **sizes: Any) -> Column:
    return Column(key, text(f"plan_page.column_{key}"), kind, **sizes)
