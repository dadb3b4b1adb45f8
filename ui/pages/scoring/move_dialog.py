"""What a newer version of the set would change for this round, before it moves: differences, score, rows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLayout

from cchc_desktop.domain.criteria_diff import ChangeKind
from cchc_desktop.domain.set_move import Fate, MovedRow
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import set_versions
from cchc_desktop.services.set_versions import Move
from ui.context import Context
from ui.marks import Mark, MarkSign
from ui.widgets.button import Button, Kind
from ui.widgets.labels import Label, points_text, second, section, strong
from ui.widgets.message_bar import Tone
from ui.widgets.panel import column, row
from ui.widgets.sheet_dialog import SheetDialog
from ui.work import ENVIRONMENT

_MARKS = {
    Fate.OTHER_POINTS: Mark.NO_EVIDENCE,
    Fate.ASK_AGAIN: Mark.OPEN,
    Fate.GONE: Mark.LOST,
}


Said = Callable[[str, Tone], object]


class MoveRound(SheetDialog):
    """`said(words, tone)` gets what came of it."""

    def __init__(self, context: Context, move: Move, said: Said) -> None:
        version = str(move.new.version)
        heading = text("scoring_page.move_title", version=version)
        super().__init__(context.dialogs.parent, heading, 760)
        self._context, self._move, self._said = context, move, said
        words = column(section(heading), Label(text("scoring_page.move_words"), wrap=True), gap=4)
        parts = column(words, self._scores(), self._rows(), self._differences(), gap=16)
        later = Button(text("scoring_page.move_later"), self.reject)
        self.act = Button(text("scoring_page.move_act", version=version), self._go, kind=Kind.PRIMARY)
        self.set_content(parts, row(None, later, self.act))

    def _scores(self) -> Label:
        before, after = self._move.before.total, self._move.after.total
        self.score = strong(
            text(
                "scoring_page.move_score",
                before=points_text(before.final),
                after=points_text(after.final),
                rows=after.open_rows,
                open=after.open_points,
            ),
            wrap=True,
        )
        return self.score

    def _rows(self) -> QLayout:
        changed = [moved for moved in self._move.rows if moved.fate is not Fate.SAME]
        same = len(self._move.rows) - len(changed)
        lines = column(strong(text("scoring_page.move_rows", count=len(self._move.rows))), gap=6)
        for moved in changed:
            words = Label(self._row_words(moved), wrap=True)
            line = row(column(MarkSign(_MARKS[moved.fate]), None), words, gap=8)
            line.setStretch(1, 1)
            lines.addLayout(line)
        lines.addWidget(second(text("scoring_page.move_same", count=same)))
        if groups := self._move.dropped_exclusions:
            lines.addWidget(second(text("scoring_page.move_exclusions", groups=groups), wrap=True))
        return lines

    def _row_words(self, moved: MovedRow) -> str:
        place = moved.code
        if moved.new_code not in ("", moved.code):
            place = text("scoring_page.move_place", old=moved.code, new=moved.new_code)
        return text(
            f"scoring_page.move_{moved.fate.value}",
            place=place,
            label=moved.label,
            before=points_text(moved.before),
            after=points_text(moved.after),
            evidence=moved.evidence,
        )

    def _differences(self) -> QLayout:
        # A key is the office's own affair; where a row went is said with its code and name.
        shown = [found for found in self._move.differences if found.kind is not ChangeKind.RENAMED]
        count = len(shown)
        lines = column(strong(text("scoring_page.move_differences", count=count)), gap=4)
        for found in shown:
            lines.addWidget(Label(render(found.message), wrap=True))
        if not count:
            lines.addWidget(second(text("scoring_page.move_no_difference")))
        return lines

    def _go(self) -> None:
        profile, round_id = self._context.profile, self._context.round_id
        version = self._move.new.version
        done = text("scoring_page.move_done", version=str(version))
        self._context.edits.save(
            lambda: set_versions.migrate(profile, round_id, version),
            lambda _changes: self._said(done, Tone.OK),
            self._failed,
        )
        self.accept()

    def _failed(self, error: KnownError) -> None:
        if error.code not in ENVIRONMENT:
            self._said(render(error.message), Tone.ERROR)
