"""A round moved to another version of its set: what each answer becomes, by permanent key and renames.

Nothing is guessed: an option that was chosen by its place is carried over by its label, figures that the new
way of scoring does not ask for stay behind, and a row that is no longer there keeps nothing. What stays
behind is in the journal and comes back when the move is undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.criteria import CriteriaSet, Node, NodeType, Policy
from cchc_desktop.domain.criteria_diff import new_keys
from cchc_desktop.domain.rules.rule import Step
from cchc_desktop.domain.scoring import RowScore, RowState, ScoreSheet
from cchc_desktop.quick_dataclass import dataclass

_NOT_APPLICABLE = "not_applicable"
_OPTION = "option"


class Fate(StrEnum):
    """What the move does to a row that the unit has touched."""

    SAME = "same"
    OTHER_POINTS = "other_points"
    """The same figures give other points."""
    ASK_AGAIN = "ask_again"
    """Figures are missing or no longer right: the row has to be filled in anew."""
    GONE = "gone"
    """The new version has no such row."""


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A touched row; `new_key` and `new_code` are "" when it is gone, points None where nothing is scored."""

    fate: Fate
    key: str
    code: str
    label: str
    new_key: str
    new_code: str
    before: Decimal | None
    after: Decimal | None
    evidence: int


def scored_keys(old: CriteriaSet, new: CriteriaSet) -> dict[str, str]:
    """Old key → new key of what is scored in both versions (rows, bonus, penalty)."""
    return {
        before: after
        for before, after in new_keys(old, new).items()
        if old.by_key[before].rule is not None and new.by_key[after].rule is not None
    }


def moved_answers(old: CriteriaSet, new: CriteriaSet, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """By new key. Where two rows became one, the row that bears the key already wins, else the first."""
    keys = scored_keys(old, new)
    found: dict[str, Answer] = {}
    for key in sorted((key for key in answers if key in keys), key=lambda key: keys[key] != key):
        before, after, answer = old.by_key[key], new.by_key[keys[key]], answers[key]
        moved = Answer(moved_entry(before, after, answer.entry), answer.explanation)
        if moved.entry is not None or moved.explanation:
            found.setdefault(after.key, moved)
    return found


def moved_entry(before: Node, after: Node, entry: Mapping[str, object] | None) -> Mapping[str, object] | None:
    """The figures that the new version asks for too; None when nothing is left."""
    if entry is None or after.rule is None or before.rule is None:
        return None
    wanted = set(after.rule.answer_fields)
    if after.not_applicable is not Policy.NO:
        wanted.add(_NOT_APPLICABLE)
    kept = {name: value for name, value in entry.items() if name in wanted and value is not None}
    if _OPTION in kept:
        kept[_OPTION] = _by_label(before, kept[_OPTION])
    return kept or None


def _by_label(before: Node, option: object) -> object:
    """The label of an option that was chosen by its place, so that another order is no other answer."""
    steps: tuple[Step, ...] = getattr(before.rule, "steps", ())
    if isinstance(option, int) and not isinstance(option, bool) and 1 <= option <= len(steps):
        return steps[option - 1].label
    return option


def moved_exclusions(new: CriteriaSet, chosen: Iterable[str]) -> tuple[str, ...]:
    """The chosen groups that the new version still has."""
    known = {group.id for group in new.exclusions}
    return tuple(id_ for id_ in chosen if id_ in known)


def moved_rows(
    old: CriteriaSet,
    new: CriteriaSet,
    before: ScoreSheet,
    after: ScoreSheet,
    answers: Mapping[str, Answer],
    evidence: Mapping[str, int],
) -> tuple[MovedRow, ...]:
    """Every row with figures, explanation or evidence, in the old order. `evidence` is by old key."""
    keys = scored_keys(old, new)
    found: list[MovedRow] = []
    for node in old.nodes:
        touched = node.key in answers or evidence.get(node.key)
        if node.type in (NodeType.SECTION, NodeType.GROUP) or not touched:
            continue
        row = before.rows[node.code]
        count = evidence.get(node.key, 0)
        target = new.by_key[keys[node.key]] if node.key in keys else None
        if target is None:
            gone = MovedRow(Fate.GONE, node.key, node.code, node.label, "", "", row.points, None, count)
            found.append(gone)
            continue
        moved = after.rows[target.code]
        fate = _fate(row, moved)
        places = (node.key, node.code, target.label, target.key, target.code)
        found.append(MovedRow(fate, *places, row.points, moved.points, count))
    return tuple(found)


def _fate(before: RowScore, after: RowScore) -> Fate:
    unfinished = (RowState.OPEN, RowState.ERROR)
    if after.state in unfinished and before.state not in unfinished:
        return Fate.ASK_AGAIN
    return Fate.SAME if after.points == before.points else Fate.OTHER_POINTS
