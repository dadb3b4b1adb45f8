"""The round's self-score in memory: an edit is scored at once, and saved behind it.

What is on screen comes from here, so the total stands there in the same moment as the figure. The figures
that are typed but not on disk yet win over what a reload finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.criteria import CriteriaSet, Node
from cchc_desktop.domain.evidence import Evidence
from cchc_desktop.domain.marks import mark_of
from cchc_desktop.domain.round import Round
from cchc_desktop.domain.scorer import score, score_row
from cchc_desktop.domain.scoring import RowScore, RowState, ScoreSheet
from cchc_desktop.domain.totals import section_scores, total_of
from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import replace
from cchc_desktop.services import evidence as evidence_service
from cchc_desktop.services import scoring as scoring_service
from ui.context import Context
from ui.marks import Mark
from ui.work import ENVIRONMENT

Entry = Mapping[str, object]
_Seen = tuple[RowScore, Mark | None, Answer | None, Sequence[object]]
MAY_CHANGE_POINTS = frozenset({"answers", "rounds", "exclusions", "confirmations"})
MAY_CHANGE_MARKS = frozenset({"evidence", "evidence_links"})


class LiveSheet(QObject):
    loaded = Signal()
    """Everything is new: another round or another set."""
    changed = Signal(object)
    """frozenset of codes whose answer, points or mark is new."""
    total_changed = Signal()
    typed = Signal()
    """Somebody changed a figure; it is not saved yet."""
    refused = Signal(object)
    """KnownError: an edit that could not be kept."""

    criteria: CriteriaSet
    score: ScoreSheet
    round: Round

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._answers: dict[str, Answer] = {}
        self._evidence = evidence_service.EvidenceByRow()
        self._unsaved: dict[str, int] = {}
        self._typing: dict[str, Entry | None] = {}
        self._shown: dict[str, _Seen] = {}
        self._marks: dict[str, tuple[RowScore, Answer | None, Sequence[object], Mark | None]] = {}

    # -- reading ---------------------------------------------------------------------------------

    def load(self) -> None:
        for _part in self.loading():
            pass

    def loading(self) -> Iterator[None]:
        """The same in turns of the event loop, before anything is in sight."""
        self._read()
        yield
        self._shown = self._picture()
        self.loaded.emit()
        yield
        self.total_changed.emit()

    def refresh(self, changes: Changes | None) -> None:
        """Look again at what others (undo, another page) may have changed."""
        if changes is None or changes.round_id not in ("", self._context.round_id):
            self.load()
            return
        if not changes.subjects & (MAY_CHANGE_POINTS | MAY_CHANGE_MARKS):
            return
        own = changes.subjects <= {"answers"} and set(changes.keys) <= self._unsaved.keys()
        if own:
            return
        before = self.criteria
        self._read()
        if self.criteria is not before and self.criteria != before:
            self._shown = self._picture()
            self.loaded.emit()
        else:
            self._tell()
        self.total_changed.emit()

    def _read(self) -> None:
        profile, round_id = self._context.profile, self._context.round_id
        found = scoring_service.sheet(profile, round_id)
        self.round = found.round
        self.criteria = found.criteria
        kept = {key: self._answers[key] for key in self._unsaved if key in self._answers}
        self._answers = {**found.answers, **kept}
        self._evidence = evidence_service.evidence_by_row(profile, round_id)
        if kept or self._typing:
            self._rescore()
        else:
            self.score = found.score

    def _rescore(self) -> None:
        entries: dict[str, object] = {key: answer.entry for key, answer in self._answers.items()}
        self.score = score(self.criteria, {**entries, **self._typing}, self.round.exclusions)

    def _rescore_row(self, node: Node) -> None:
        """One edit: one row and the sums, so that the total is there in the same frame."""
        old = self.score
        if old.rows[node.code].state is RowState.EXCLUDED:
            return
        rows = {**old.rows, node.code: score_row(self.criteria, node, self.entry(node))}
        others = tuple(error for error in old.errors if error.code not in rows)
        errors = tuple(error for row in rows.values() for error in row.errors)
        sections, total = section_scores(self.criteria, rows), total_of(self.criteria, rows)
        self.score = ScoreSheet(rows, sections, total, (*errors, *others))

    def answer(self, node: Node) -> Answer:
        return self._answers.get(node.key, Answer())

    def entry(self, node: Node) -> Entry | None:
        """What stands in the fields, saved or not."""
        return self._typing[node.key] if node.key in self._typing else self.answer(node).entry

    def evidence(self, node: Node) -> tuple[Evidence, ...]:
        return self._evidence.of(node.key)

    def row(self, node: Node) -> RowScore:
        return self.score.rows[node.code]

    @property
    def read_only(self) -> bool:
        return self.round.archived

    def mark(self, node: Node) -> Mark | None:
        """The state of a row in one mark; None where there is nothing to say (no bonus claimed)."""
        row, answer = self.score.rows[node.code], self._answers.get(node.key)
        pieces = self._evidence.state(node.key)
        known = self._marks.get(node.code)  # many lines ask: the row, those above it, each look for one
        if known is not None and known[0] is row and known[1] is answer and known[2] is pieces:
            return known[3]
        found = self._marked(node, row, answer or Answer(), len(pieces))
        self._marks[node.code] = row, answer, pieces, found
        return found

    def _marked(self, node: Node, row: RowScore, answer: Answer, pieces: int) -> Mark | None:
        if node.is_adjustment and row.state is RowState.SCORED and not row.points:
            return None
        return Mark(mark_of(node, row, answer, pieces).value)

    def lacks_evidence(self, node: Node) -> bool:
        """Points are claimed that no file proves yet."""
        row = self.score.rows[node.code]
        claimed = row.state is RowState.SCORED and bool(row.points)
        return claimed and node.evidence_required and not self._evidence.state(node.key)

    # -- writing ---------------------------------------------------------------------------------

    def type(self, node: Node, entry: Entry | None) -> None:
        """Somebody is typing: score it, save it later."""
        self._typing[node.key] = entry
        self.typed.emit()
        self._rescore_row(node)
        self._tell_row(node)
        self.total_changed.emit()

    def save_entry(self, node: Node, entry: Entry | None) -> None:
        """Score it and put it on disk. The same answer again writes nothing."""
        self._typing.pop(node.key, None)
        old = self.answer(node)
        if old.entry != entry:
            self._answers[node.key] = replace(old, entry=entry)
        self._rescore_row(node)
        self._tell_row(node)
        self.total_changed.emit()
        if old.entry == entry:
            return
        profile, round_id = self._context.profile, self._context.round_id
        self._save(node.key, lambda: scoring_service.set_answer(profile, round_id, node.key, entry))

    def save_explanation(self, node: Node, words: str) -> None:
        old = self.answer(node)
        if old.explanation == words:
            return
        self._answers[node.key] = replace(old, explanation=words)
        self._tell_row(node)
        profile, round_id = self._context.profile, self._context.round_id
        self._save(node.key, lambda: scoring_service.set_explanation(profile, round_id, node.key, words))

    def _save(self, key: str, write: Any) -> None:
        self._unsaved[key] = self._unsaved.get(key, 0) + 1

        def settle(_result: object = None) -> None:
            self._unsaved[key] -= 1
            if not self._unsaved[key]:
                del self._unsaved[key]

        def refused(error: KnownError) -> None:
            if error.code in ENVIRONMENT:
                return  # kept in the queue and tried again; the status strip says so
            settle()
            self.refused.emit(error)

        self._context.edits.save(write, settle, refused)

    # -- telling ---------------------------------------------------------------------------------

    def _seen(self, node: Node) -> _Seen:
        answer = self._answers.get(node.key)
        return self.score.rows[node.code], self.mark(node), answer, self._evidence.state(node.key)

    def _picture(self) -> dict[str, _Seen]:
        nodes = (*self.criteria.rows, *self.criteria.adjustments)
        return {node.code: self._seen(node) for node in nodes}

    def _tell(self) -> None:
        now = self._picture()
        codes = frozenset(code for code, seen in now.items() if self._shown.get(code) != seen)
        self._shown = now
        if codes:
            self.changed.emit(codes)

    def _tell_row(self, node: Node) -> None:
        seen = self._seen(node)
        if self._shown.get(node.code) != seen:
            self._shown[node.code] = seen
            self.changed.emit(frozenset({node.code}))
