"""The targets of all content areas as rows of one table; the area is a cell of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.plan import Plan, Target
from cchc_desktop.domain.plan_template import Area
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.services.plan_rows import Rows
from ui.context import Context
from ui.pages.plan.milestones import is_year, milestones_of, year_columns, year_values
from ui.pages.plan.record_rows import Line, RecordRows
from ui.widgets.table_rows import Column


class TargetRows(RecordRows):
    def __init__(self, context: Context, plan: Plan) -> None:
        super().__init__(context, plan.id)
        self._areas = {area.key: area_name(area) for area in plan.template.areas}
        self._columns = (
            _column("title", width=214, stretch=4),
            _column("area", width=150, stretch=1, suggestions=lambda: tuple(self._areas.values())),
            _column("unit", width=72),
            _column("baseline", width=94),
            _column("value", width=94),
            _column("source", width=140, stretch=2),
            *year_columns(plan),
        )

    @property
    def kind(self) -> Rows:
        return Rows.TARGETS

    @property
    def columns(self) -> Sequence[Column]:
        return self._columns

    def line_of(self, target: Target) -> Line:
        values = {
            "title": target.title,
            "area": self._areas.get(target.area, target.area),
            "unit": target.unit,
            "baseline": target.baseline,
            "value": target.value,
            "source": target.source,
            **year_values(target.milestones),
        }
        return Line(target.id, target.area, values)

    def new_area(self, row: int) -> str:
        return super().new_area(row) or next(iter(self._areas))

    def fields_of(self, line: Line, key: str, typed: str) -> Mapping[str, Any]:
        line.values.setdefault("area", self._areas.get(line.area, line.area))
        if is_year(key):
            return {"milestones": milestones_of({**line.values, key: typed})}
        if key != "area":
            return {key: typed}
        line.area = self._area(typed)
        return {}

    def _area(self, typed: str) -> str:
        wanted = folded(typed)
        for fits in (str.__eq__, str.startswith, str.__contains__):
            found = [key for key, name in self._areas.items() if wanted and fits(folded(name), wanted)]
            if len(found) == 1:
                return found[0]
        raise KnownError("plan_page.bad_area", typed=typed)

    def written(self, key: str, typed: str) -> str:
        return self._areas[self._area(typed)] if key == "area" else typed

    def moved_to(self, line: Line, area: str) -> None:
        super().moved_to(line, area)
        line.values["area"] = self._areas.get(area, area)


def area_name(area: Area) -> str:
    """ "B.2 Thủ tục hành chính"; A and C keep the point of a one-letter number."""
    return f"{area.code}{'' if '.' in area.code else '.'} {area.short_title}"


def _column(key: str, **sizes: Any) -> Column:
    return Column(key, text(f"plan_page.column_target_{key}"), **sizes)
