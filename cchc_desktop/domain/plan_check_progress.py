"""Whether what is said of the tasks' progress agrees: nothing of it is put right silently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.plan_check_content import numbered
from cchc_desktop.domain.plan_finding import Finding, Place, Severity
from cchc_desktop.domain.plan_progress import PROGRESS, faults


def progress(plan: Plan, _known: Sequence[str]) -> Iterator[Finding]:
    for area, line, task in numbered(plan, plan.area_tasks):
        for column, what in faults(task, plan.first_year):
            yield Finding(Severity.WARNING, Place(PROGRESS, area.key, task.id, "", column, line), what)
