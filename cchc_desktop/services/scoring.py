"""Self-scoring: the sheet of a round, and the unit's answers and explanations row by row."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.criteria import CriteriaSet, Node, NodeType, ScoredBy
from cchc_desktop.domain.evidence import LinkKind
from cchc_desktop.domain.marks import Mark, mark_of
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.round import Round
from cchc_desktop.domain.scorer import score
from cchc_desktop.domain.scoring import ScoreSheet
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.store import answers as store
from cchc_desktop.store import evidence, rounds
from cchc_desktop.store.change import Change
from cchc_desktop.store.database import Connection
from cchc_desktop.store.profile import Profile

_NOTHING = Answer()


@dataclass(frozen=True)
class RoundSheet:
    """A round scored. `answers` and `evidence_count` are by permanent key and hold only touched rows."""

    round: Round
    criteria: CriteriaSet
    score: ScoreSheet
    answers: Mapping[str, Answer]
    evidence_count: Mapping[str, int]

    def answer(self, key: str) -> Answer:
        return self.answers.get(key, _NOTHING)

    def state_of(self, key: str) -> Mark:
        """The mark of a row or an adjustment."""
        node = self.criteria.by_key[key]
        row = self.score.rows[node.code]
        return mark_of(node, row, self.answer(key), self.evidence_count.get(key, 0))


def sheet(profile: Profile, round_id: str) -> RoundSheet:
    """The round as it stands, scored anew. Raises `KnownError` when its criteria set is not installed."""

    def read(db: Connection) -> tuple[Round, dict[str, Answer], dict[str, int]]:
        counts = evidence.counts(db, round_id, LinkKind.ROW)
        return rounds.one(db, round_id), store.of_round(db, round_id), counts

    of_round, answers, counts = profile.read(read)
    criteria = criteria_of(profile, of_round)
    entries = {key: answer.entry for key, answer in answers.items()}
    return RoundSheet(of_round, criteria, score(criteria, entries, of_round.exclusions), answers, counts)


def criteria_of(profile: Profile, of_round: Round) -> CriteriaSet:
    """The set by which a round is scored. Raises `KnownError` when it is not installed."""
    return _kept(PackRef(of_round.criteria_id, of_round.criteria_version), profile.folder)


def set_answer(profile: Profile, round_id: str, row_key: str, entry: Mapping[str, object] | None) -> Changes:
    """State a row's figures (fields of the workbook contract, decimals as strings or Decimal).

    None, or nothing but empty fields, opens the row again; figures that can't be right are kept and shown
    as an error. Withdraws the head's confirmation. Raises `KnownError` rounds.appraiser_row,
    rounds.no_such_row, rounds.archived.
    """
    filled = {name: value for name, value in (entry or {}).items() if value is not None}

    def work(change: Change) -> None:
        node = _node(profile, change, round_id, row_key)
        if node.scored_by is ScoredBy.APPRAISER:
            raise KnownError("rounds.appraiser_row", row=node.code)
        store.set_entry(change, round_id, row_key, filled or None)

    return profile.write(work)[0]


def set_explanation(profile: Profile, round_id: str, row_key: str, text: str) -> Changes:
    """What the unit says where points or evidence are missing (also of rows that the appraiser scores)."""

    def work(change: Change) -> None:
        _node(profile, change, round_id, row_key)
        store.set_explanation(change, round_id, row_key, text)

    return profile.write(work)[0]


@lru_cache(maxsize=8)
def _kept(ref: PackRef, folder: Path) -> CriteriaSet:
    """A pack never changes, so an edit need not look for it on the disk again."""
    return registry.criteria_set(ref, folder)


def _node(profile: Profile, change: Change, round_id: str, row_key: str) -> Node:
    node = _kept(rounds.criteria_of(change, round_id), profile.folder).by_key.get(row_key)
    if node is None or node.type in (NodeType.SECTION, NodeType.GROUP):
        raise KnownError("rounds.no_such_row", key=row_key)
    return node
