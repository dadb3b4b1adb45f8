"""A started round and the versions of its criteria set: is there a newer one, what would it change, move."""

from __future__ import annotations

from collections.abc import Mapping

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.criteria_diff import Difference, differences, new_keys
from cchc_desktop.domain.evidence import EvidenceLink, LinkKind
from cchc_desktop.domain.pack import PackKind, PackRef
from cchc_desktop.domain.round import Round
from cchc_desktop.domain.scorer import score
from cchc_desktop.domain.scoring import ScoreSheet
from cchc_desktop.domain.set_move import (
    MovedRow,
    moved_answers,
    moved_exclusions,
    moved_rows,
    scored_keys,
)
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.store import answers as stored_answers
from cchc_desktop.store import evidence as stored_evidence
from cchc_desktop.store import plan as stored_plan
from cchc_desktop.store import rounds
from cchc_desktop.store.change import Change
from cchc_desktop.store.database import Connection
from cchc_desktop.store.profile import Profile


@dataclass(frozen=True)
class Move:
    """What moving the round would do. `rows` are those with figures, explanation or evidence."""

    round: Round
    old: CriteriaSet
    new: CriteriaSet
    differences: tuple[Difference, ...]
    before: ScoreSheet
    after: ScoreSheet
    rows: tuple[MovedRow, ...]
    dropped_exclusions: tuple[str, ...]


def newer(profile: Profile, round_id: str) -> PackRef | None:
    """The newest installed version of the round's set, when it is newer than the round's own."""
    of_round = profile.read(lambda db: rounds.one(db, round_id))
    if of_round.archived:
        return None
    found = registry.newest(registry.pack_folders(profile.folder), PackKind.CRITERIA, of_round.criteria_id)
    ref = None if found is None else found.info.ref
    return ref if ref is not None and ref.version > of_round.criteria_version else None


def preview(profile: Profile, round_id: str, version: int) -> Move:
    """Differences and the score before and after; writes nothing. Raises KnownError form_packs.no_newer."""

    def read(db: Connection) -> tuple[Round, dict[str, Answer], dict[str, int]]:
        counts = stored_evidence.counts(db, round_id, LinkKind.ROW)
        return rounds.one(db, round_id), stored_answers.of_round(db, round_id), counts

    of_round, answers, evidence = profile.read(read)
    old, new = _sets(profile, of_round, version)
    kept, exclusions = moved_answers(old, new, answers), moved_exclusions(new, of_round.exclusions)
    before = score(old, _entries(answers), of_round.exclusions)
    after = score(new, _entries(kept), exclusions)
    gone = tuple(
        group.label for group in old.exclusions if group.id in set(of_round.exclusions) - set(exclusions)
    )
    rows = moved_rows(old, new, before, after, answers, evidence)
    return Move(of_round, old, new, differences(old, new), before, after, rows, gone)


def migrate(profile: Profile, round_id: str, version: int) -> Changes:
    """Move the round, as one step that undo takes back whole.

    Answers, explanations, evidence and the plan's links follow their rows by permanent key and renames; what
    the new version has no place for stays in the journal. Raises KnownError form_packs.no_newer,
    rounds.archived.
    """

    def work(change: Change) -> None:
        of_round = rounds.one(change.db, round_id)
        old, new = _sets(profile, of_round, version)
        rounds.move_criteria(change, round_id, new.version, moved_exclusions(new, of_round.exclusions))
        _move_answers(change, round_id, old, new)
        _move_evidence(change, round_id, old, new)
        _move_tasks(change, round_id, old, new)

    return profile.write(work)[0]


def _sets(profile: Profile, of_round: Round, version: int) -> tuple[CriteriaSet, CriteriaSet]:
    if version <= of_round.criteria_version:
        raise KnownError("form_packs.no_newer", id=of_round.criteria_id, version=version)
    id_ = of_round.criteria_id
    old = registry.criteria_set(PackRef(id_, of_round.criteria_version), profile.folder)
    return old, registry.criteria_set(PackRef(id_, version), profile.folder)


def _entries(answers: Mapping[str, Answer]) -> dict[str, object]:
    return {key: answer.entry for key, answer in answers.items()}


def _move_answers(change: Change, round_id: str, old: CriteriaSet, new: CriteriaSet) -> None:
    """Only what differs is written: a row that stays as it was gets no journal row."""
    before = stored_answers.of_round(change.db, round_id)
    after = moved_answers(old, new, before)
    for key in before.keys() - after.keys():
        change.delete("answers", f"{round_id}/{key}")
    for key, answer in after.items():
        if key not in before:
            stored_answers.insert(change, round_id, key, answer)
        elif answer != before[key]:
            stored_answers.set_entry(change, round_id, key, answer.entry)
            stored_answers.set_explanation(change, round_id, key, answer.explanation)


def _move_evidence(change: Change, round_id: str, old: CriteriaSet, new: CriteriaSet) -> None:
    """The files stay in the unit's store even where their row is gone."""
    keys = scored_keys(old, new)
    for piece in stored_evidence.of_round(change.db, round_id):
        for link in piece.links:
            if link.kind is not LinkKind.ROW or keys.get(link.key) == link.key:
                continue
            stored_evidence.unlink(change, piece.id, (link,))
            if (target := keys.get(link.key)) is not None:
                moved = EvidenceLink(LinkKind.ROW, target)
                stored_evidence.link(change, round_id, piece.id, (moved,))


def _move_tasks(change: Change, round_id: str, old: CriteriaSet, new: CriteriaSet) -> None:
    """The criteria that a task of the plan serves."""
    keys = new_keys(old, new)
    for task in stored_plan.tasks(change.db, round_id):
        moved = tuple(dict.fromkeys(keys[key] for key in task.criteria if key in keys))
        if moved != task.criteria:
            stored_plan.update_task(change, task.id, criteria=moved)
