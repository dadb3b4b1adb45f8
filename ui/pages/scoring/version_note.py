"""The bar that says a newer version of the round's set is there, and the way to look at it."""

from __future__ import annotations

from collections.abc import Callable

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services.set_versions import Move
from ui.context import Context
from ui.widgets.message_bar import MessageBar, Tone


class VersionNote(MessageBar):
    """`commit` saves what is typed before the comparison; `said` shows what came of a move."""

    def __init__(
        self, context: Context, commit: Callable[[], object], said: Callable[[str, Tone], object]
    ) -> None:
        super().__init__()
        self._context, self._commit, self._tell = context, commit, said
        self._newer: PackRef | None = None
        self._wanted = False

    def look(self) -> None:
        """Ask again, beside the window: packs come by other pages."""
        from cchc_desktop.services import set_versions

        profile, round_id = self._context.profile, self._context.round_id
        self._context.work.start(
            lambda _: set_versions.newer(profile, round_id), self._found, self._hush, quiet=True
        )

    def _hush(self, _error: KnownError) -> None:
        self.hush()

    def _found(self, newer: PackRef | None) -> None:
        self._newer = newer
        if newer is None:
            self.hush()
            return
        words = text("scoring_page.newer", version=str(newer.version))
        self.say(words, Tone.INFO, text("scoring_page.newer_act"), self.open)
        if self._wanted:
            self._wanted = False
            self.open()

    def want(self) -> None:
        """Open the comparison as soon as it is known what there is to compare."""
        self._wanted = True
        self.look()

    def open(self) -> None:
        from cchc_desktop.services import set_versions

        if self._newer is None:
            return
        self._commit()
        self._context.edits.flush(3.0)
        profile, round_id, version = self._context.profile, self._context.round_id, self._newer.version
        self._context.work.start(
            lambda _: set_versions.preview(profile, round_id, version),
            self._show,
            lambda error: self._tell(render(error.message), Tone.ERROR),
        )

    def _show(self, move: Move) -> None:
        from ui.pages.scoring.move_dialog import MoveRound

        dialog = MoveRound(self._context, move, self._tell)
        dialog.exec()
        dialog.deleteLater()
