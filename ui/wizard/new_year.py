"""A new year for an open profile: of the same unit, or of the unit that it merged into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.round import Round
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from ui.wizard.frame import WizardFrame
from ui.wizard.pages import FormsPage, OldPage, PeoplePage, StartPage, UnitPage
from ui.wizard.steps import Draft, Way

if TYPE_CHECKING:
    from ui.context import Context


class NewYear:
    """`ask()` returns the new round, or None when the user steps back."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        from cchc_desktop.services.rounds import rounds

        self._context = context
        self.round: Round | None = None
        all_rounds = rounds(context.profile)
        living = [round_ for round_ in all_rounds if not round_.archived]
        self._last = living[0] if living else context.round
        taken = frozenset(round_.year for round_ in living)
        self.draft = Draft(
            year=max(taken, default=context.today().year) + 1,
            folder=context.profile.folder,
            way=Way.NEW_YEAR,
            taken_years=taken,
        )
        self.draft.take_unit(self._last.unit)
        pages = (
            StartPage(self.draft),
            UnitPage(self.draft),
            PeoplePage(self.draft),
            FormsPage(self.draft),
            OldPage(self.draft, context.dialogs),
        )
        self.frame = WizardFrame(
            text("wizard.year_title"), text("wizard.year_note"), self.draft, pages, self.finish, parent
        )

    def ask(self) -> Round | None:
        self.frame.exec()
        self.frame.deleteLater()
        return self.round

    def finish(self) -> None:
        self.frame.set_busy(text("wizard.making"))
        self._context.work.start(self._make, self._made, self._failed)

    def _make(self, progress: Progress) -> tuple[Changes, Round]:
        from cchc_desktop.services.rounds import start_merged, start_year

        draft, profile = self.draft, self._context.profile
        assert draft.criteria is not None and draft.plan_template is not None
        if draft.way is Way.NEW_YEAR:
            return start_year(profile, draft.year, self._last.id, draft.criteria, draft.plan_template)
        return start_merged(
            profile,
            draft.unit(),
            draft.year,
            draft.criteria,
            draft.plan_template,
            draft.old_folders,
            progress,
        )

    def _made(self, result: tuple[Changes, Round]) -> None:
        _changes, self.round = result
        self.frame.accept()

    def _failed(self, error: KnownError) -> None:
        self.frame.show_error(error.message)
