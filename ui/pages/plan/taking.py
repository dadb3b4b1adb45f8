"""Taking tasks and targets into the plan: from the template, from earlier years, from a five-year plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.plan import Plan
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.services import plan as service
from cchc_desktop.services import plans
from ui.context import Context
from ui.pages.plan import offers
from ui.pages.plan.pick_list import PickList, Source


class Taking:
    """`group` is the content area whose offers are shown first."""

    def __init__(self, context: Context, over: QWidget) -> None:
        self._context, self._over = context, over

    def tasks(self, plan: Plan, group: str = "", source: str = "") -> None:
        sources = offers.task_sources(self._context, plan)
        self._take(plan, text("plan_page.pick_tasks"), sources, group, source)

    def targets(self, plan: Plan, group: str = "") -> None:
        self._take(plan, text("plan_page.pick_targets"), offers.target_sources(self._context, plan), group)

    def _take(
        self, plan: Plan, heading: str, sources: Sequence[Source], group: str, source: str = ""
    ) -> None:
        dialog = PickList(self._over.window(), heading, sources, group, source)
        answer = dialog.exec()
        source, keys = dialog.chosen()
        dialog.deleteLater()
        if answer == QDialog.DialogCode.Accepted:
            write = self._writer(plan.id, source, keys)
            self._context.edits.save(write, failed=self._failed)

    def _writer(self, plan_id: str, source: str, keys: Sequence[str]) -> Callable[[], Changes]:
        profile = self._context.profile
        if source == offers.TEMPLATE:
            return lambda: service.take_presets(profile, plan_id, keys)
        if source.startswith(offers.PERIOD):
            period = source.removeprefix(offers.PERIOD)
            return lambda: plans.take_from_period(profile, plan_id, period, keys)
        return lambda: service.take_from_year(profile, plan_id, source, keys)

    def _failed(self, error: KnownError) -> None:
        self._context.dialogs.message(text("plan_page.not_taken"), error.message)
