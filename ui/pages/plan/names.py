"""What a plan is called in the window: "Kế hoạch CCHC năm 2026", "Kế hoạch 5 năm 2026–2030"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from cchc_desktop.domain.plan import PlanRecord
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.language import text


def plan_name(record: PlanRecord) -> str:
    """Short enough for the page's title."""
    return kind_name(record.kind, record.first_year, record.last_year, record.starts_on)


def kind_name(kind: PlanKind, first: int, last: int, starts_on: date | None = None) -> str:
    if kind is PlanKind.PART_YEAR and starts_on is not None:
        return text("plan_page.name_part_year_from", on=starts_on)
    return text(f"plan_page.name_{kind.value}", year=str(first), last=str(last))


def plan_names(records: Sequence[PlanRecord]) -> tuple[tuple[str, str], ...]:
    """(id, name) of each; of those with the same name the second bears "(2)"."""
    seen: Counter[str] = Counter()
    named = []
    for record in records:
        name = plan_name(record)
        seen[name] += 1
        named.append((record.id, name if seen[name] == 1 else f"{name} ({seen[name]})"))
    return tuple(named)
