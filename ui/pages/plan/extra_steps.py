"""Steps of the plan's page that are no section of its template (the progress through the year, …).

To add one: a line in EXTRA_STEPS; it stands behind the template's steps, before the issue of the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.plan_checks import Finding
from cchc_desktop.domain.plan_progress import PROGRESS
from cchc_desktop.quick_dataclass import dataclass
from ui.context import Context
from ui.pages.plan import progress
from ui.pages.plan.step import Step
from ui.widgets.tree import TreeNode


@dataclass(frozen=True)
class ExtraStep:
    """`node(plan, findings)` is its line among the steps (its key is `key`), None where it has no place;
    `make(context, plan)` builds it when it is first opened.
    """

    key: str
    node: Callable[[Plan, Sequence[Finding]], TreeNode | None]
    make: Callable[[Context, Plan], Step]


EXTRA_STEPS: tuple[ExtraStep, ...] = (ExtraStep(PROGRESS, progress.node, progress.ProgressStep),)
