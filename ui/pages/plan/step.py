"""What every step of the plan's page can do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.plan_checks import Finding, Place


class Step(QWidget):
    """One part of the plan. `show_plan` on every change; `go_to` puts the focus on a place of it."""

    def show_plan(self, plan: Plan, findings: Sequence[Finding]) -> None:
        raise NotImplementedError

    def go_to(self, place: Place | None) -> None:
        raise NotImplementedError
