"""The tasks of one content area as rows of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.plan import Task
from cchc_desktop.errors import KnownError
from cchc_desktop.language import format_number, parse_number, text
from cchc_desktop.services import plan
from ui.context import Context
from ui.pages.plan.record_rows import Line, RecordRows
from ui.widgets.table_rows import Column, ColumnKind

_DUES = ("always", "monthly", "quarterly", "q1", "q2", "q3", "q4", "half", "nine_months")


class TaskRows(RecordRows):
    """`departments()`: whom a task may be given to. `codes`: row key → printed code."""

    def __init__(
        self,
        context: Context,
        plan_id: str,
        area: str,
        departments: Callable[[], Sequence[str]],
        codes: Mapping[str, str],
    ) -> None:
        super().__init__(context, plan_id)
        self._area, self._codes = area, codes
        self._columns = (
            _column("title", width=190, stretch=3),
            _column("product", width=144, stretch=2),
            _column("lead", width=118, stretch=1, suggestions=departments),
            _column("coworkers", width=114, stretch=1, suggestions=departments),
            _column("due", width=122, suggestions=self._dues),
            _column("cost", ColumnKind.NUMBER, width=74),
            _column("criteria", ColumnKind.COMPUTED, width=74),
        )

    @property
    def columns(self) -> Sequence[Column]:
        return self._columns

    def _dues(self) -> Sequence[str]:
        return tuple(text(f"plan_page.due_{name}") for name in _DUES)

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
            "criteria": ", ".join(self._codes.get(key, key) for key in task.criteria),
        }
        return Line(task.id, task.area, values)

    def fields_of(self, line: Line, key: str, typed: str) -> Mapping[str, Any]:
        if key != "cost":
            return {key: typed}
        if not typed:
            return {"cost": None}
        cost = parse_number(typed)
        if cost is None or cost < 0:
            raise KnownError("plan_page.bad_cost", typed=typed)
        return {"cost": cost}

    def written(self, key: str, typed: str) -> str:
        cost = parse_number(typed) if key == "cost" else None
        return typed if cost is None else format_number(cost)

    def add(self, line: Line, position: int, fields: Mapping[str, Any]) -> tuple[Changes, str]:
        known = {"title": "", **fields}
        changes, task = plan.add_task(self.context.profile, self.plan_id, line.area, position, **known)
        return changes, task.id

    def update(self, id_: str, fields: Mapping[str, Any]) -> Changes:
        return plan.update_task(self.context.profile, id_, **fields)

    def remove(self, ids: Sequence[str]) -> Changes:
        return plan.remove_tasks(self.context.profile, ids)

    def move(self, id_: str, position: int) -> Changes:
        return plan.move_task(self.context.profile, id_, position)


def _column(key: str, kind: ColumnKind = ColumnKind.TEXT, **sizes: Any) -> Column:
    return Column(key, text(f"plan_page.column_{key}"), kind, **sizes)
