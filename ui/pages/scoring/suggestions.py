"""What the unit's own plan suggests for a row: shown above its figures, taken over when the user says so.

Taking it over is an edit like any other: saved, scored, undone with Ctrl+Z.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.criteria import Node
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.scoring import RowState
from cchc_desktop.domain.suggestion import Suggestion, differs
from cchc_desktop.language import render, text
from cchc_desktop.services import suggestions as service
from ui.context import Context
from ui.pages.scoring.live_sheet import LiveSheet
from ui.widgets.message_bar import MessageBar, Tone

_SPEAKS_OF = frozenset(("tasks", "targets", "plan_texts", "rounds", "evidence_links"))


class Suggestions(QObject):
    """Looked up beside the window's thread; `found` when there are new ones."""

    found = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._known: Mapping[str, Suggestion] = {}
        self._looking = self._again = False

    @property
    def at_rest(self) -> bool:
        return not self._looking

    def of(self, node: Node) -> Suggestion | None:
        return self._known.get(node.key)

    def refresh(self, changes: Changes | None) -> None:
        """Look again when the plan may say something else."""
        if changes is not None and not changes.subjects & _SPEAKS_OF:
            return
        if self._looking:
            self._again = True
            return
        self._looking, self._again = True, False
        profile, round_id, today = self._context.profile, self._context.round_id, self._context.today()

        def run(_progress: Progress) -> Mapping[str, Suggestion]:
            return service.suggestions(profile, round_id, today)

        job = self._context.work.start(run, self._show, self._nothing, quiet=True)
        job.ended.connect(self._ended)

    def _show(self, known: Mapping[str, Suggestion]) -> None:
        self._known = known
        self.found.emit()

    def _nothing(self, _error: object) -> None:
        """A plan whose template is not installed suggests nothing; its own page says so."""
        self._show({})

    def _ended(self) -> None:
        self._looking = False
        if self._again:
            self.refresh(None)


class SuggestionBar(MessageBar):
    """`taken(entry)` when the user wants the suggested figures."""

    taken = Signal(object)

    def __init__(self, sheet: LiveSheet, suggestions: Suggestions) -> None:
        super().__init__()
        self._sheet, self._suggestions = sheet, suggestions
        self._node: Node | None = None
        suggestions.found.connect(self.renew)

    def show_row(self, node: Node) -> None:
        self._node = node
        self.renew()

    def renew(self) -> None:
        """Hidden where the plan says what is entered already, and where nothing may be entered."""
        node = self._node
        offered = None if node is None else self._suggestions.of(node)
        if node is None or offered is None or not self._open(node):
            self.hush()
            return
        if not differs(offered, node, self._sheet.entry(node)):
            self.hush()
            return
        value, ground = render(offered.value), render(offered.ground)
        words = ground if ground.startswith(value) else f"{value}\n{ground}"
        self.say(
            text("scoring_page.suggestion", words=words),
            Tone.INFO,
            text("scoring_page.take_suggestion"),
            lambda: self.taken.emit(offered.entry),
        )

    def _open(self, node: Node) -> bool:
        return not self._sheet.read_only and self._sheet.row(node).state is not RowState.EXCLUDED
