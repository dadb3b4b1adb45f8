"""The first start: from "which unit are you" to an open profile, or to the sample unit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desktop.domain.vietnam_time import vietnam_today
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from ui.dialogs import Dialogs
from ui.marks import Mark
from ui.widgets.button import Button, Kind
from ui.wizard.frame import WizardFrame
from ui.wizard.pages import FolderPage, FormsPage, KeyPage, PeoplePage, UnitPage
from ui.wizard.steps import Draft, Protection
from ui.work import Work

if TYPE_CHECKING:
    from cchc_desktop.services.profile import Profile


def first_year(today: date) -> int:
    """A unit that begins in December plans the next year; in all others it works on this one."""
    return today.year + 1 if today.month == 12 and today.day > 20 else today.year


class FirstStart:
    """`ask()` shows the wizard and returns the open profile, or None when the user leaves it."""

    def __init__(self, folder: Path, dialogs: Dialogs, today: date | None = None) -> None:
        now = today or vietnam_today()
        self.profile: Profile | None = None
        self._dialogs, self._work = dialogs, Work()
        self.draft = Draft(year=first_year(now), folder=folder)
        pages = (
            UnitPage(self.draft),
            PeoplePage(self.draft),
            FormsPage(self.draft),
            FolderPage(self.draft, dialogs),
            KeyPage(self.draft),
        )
        self.frame = WizardFrame(
            text("wizard.first_title"), text("wizard.first_note"), self.draft, pages, self.finish
        )
        self.sample = Button(text("wizard.sample"), self.open_sample, kind=Kind.QUIET)
        self.frame.aside.addWidget(self.sample)

    def ask(self) -> Profile | None:
        before, self._dialogs.parent = self._dialogs.parent, self.frame
        self.frame.exec()
        self._dialogs.parent = before
        self.frame.deleteLater()
        return self.profile

    def finish(self) -> None:
        """Make the profile, then its key. Both run beside the window; a fault leaves the wizard as it is."""
        if self.profile is not None:
            self._make_key()
            return
        self.frame.set_busy(text("wizard.making"))
        draft = self.draft

        def make(_progress: object) -> Profile:
            from cchc_desktop.services.profile import create_profile

            assert draft.criteria is not None and draft.plan_template is not None
            return create_profile(
                draft.folder,
                draft.unit(),
                draft.year,
                draft.criteria,
                draft.plan_template,
                old_folders=draft.old_folders,
            )

        self._work.start(make, self._made, self._failed)

    def _made(self, profile: Profile) -> None:
        self.profile = profile
        self._make_key()

    def _make_key(self) -> None:
        draft, profile = self.draft, self.profile
        if draft.protection is Protection.LATER:
            self.frame.accept()
            return
        self.frame.set_busy(text("wizard.making_key"))
        passphrase = draft.passphrase if draft.protection is Protection.PASSPHRASE else None

        def make(_progress: object) -> None:
            from cchc_desktop.services import keys

            assert profile is not None
            keys.create_key(profile, draft.unit(), passphrase)

        self._work.start(make, lambda _made: self.frame.accept(), self._failed)

    def _failed(self, error: KnownError) -> None:
        self.frame.show_error(error.message)
        if self.profile is not None:
            # The data is there; only the key is missing: the earlier steps are settled.
            self.frame.back.set_blocked(text("wizard.made_already"))

    def open_sample(self) -> None:
        """Open the sample unit in a folder of its own; the user's own data is not touched."""
        from ui.wizard.sample import ask_kind, open_sample, sample_folder

        kind = ask_kind(self._dialogs)
        if kind is None:
            return
        self.frame.set_busy(text("wizard.making_sample"))
        self.sample.set_blocked(text("wizard.making_sample"))
        folder = sample_folder(self.draft.folder, kind)

        def opened(profile: Profile) -> None:
            self.profile = profile
            self.frame.accept()

        def failed(error: KnownError) -> None:
            self.sample.set_blocked("")
            self.frame.show_error(error.message)
            self._dialogs.message(text("wizard.sample_failed"), error.message, Mark.NO_EVIDENCE)

        self._work.start(lambda progress: open_sample(folder, kind, progress), opened, failed)
