"""Score a unit's answers against a criteria set: exact, pure, and each row with its explanation.

The order for one row, the policies and the rounding are those of the workbook contract (forms/README.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from cchc_desktop.domain.answers import Repeated
from cchc_desktop.domain.criteria import CriteriaSet, Exclusion, Node, NodeType, Policy, ScoredBy
from cchc_desktop.domain.reading import AnswerReader, cleaned, shown
from cchc_desktop.domain.rounding import half_up
from cchc_desktop.domain.rules.rule import Earned, NothingArose, ZeroDenominator
from cchc_desktop.domain.scoring import AnswerError, RowScore, RowState, ScoreSheet
from cchc_desktop.domain.totals import section_scores, total_of
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass

_EXCLUSIONS = "exclusions"
_POLICY_OF = {
    ZeroDenominator.EXCLUDE: Policy.RESCALE,
    ZeroDenominator.FULL: Policy.FULL,
    ZeroDenominator.ZERO: Policy.ZERO,
}


def score(criteria: CriteriaSet, answers: Mapping[str, object], exclusions: Iterable[str] = ()) -> ScoreSheet:
    """Score answers held by permanent key: key → entry (None: nothing filled in), as the store has them."""
    known = {key: entry for key, entry in answers.items() if key in criteria.by_key}
    strangers = tuple(
        AnswerError(key, "", message("scoring.unknown_code", found=shown(key)))
        for key in answers
        if key not in known
    )
    return _scored(criteria, known, strangers, exclusions)


def score_by_code(
    criteria: CriteriaSet, answers: Mapping[str, object], exclusions: Iterable[str] = ()
) -> ScoreSheet:
    """Score answers held by printed code ("3.3.1"), as an answers file has them."""
    by_key: dict[str, object] = {}
    strangers: list[AnswerError] = []
    for raw, entry in answers.items():
        code = cleaned(raw)
        node = criteria.by_code.get(code)
        if node is None:
            strangers.append(AnswerError(code, "", _unknown_code(criteria, code)))
        elif node.rule is None:
            strangers.append(AnswerError(code, "", message("scoring.not_a_row", found=code)))
        elif node.key in by_key:
            by_key[node.key] = Repeated()
        else:
            by_key[node.key] = entry
    return _scored(criteria, by_key, tuple(strangers), exclusions)


def score_row(
    criteria: CriteriaSet, node: Node, entry: object, excluded_by: Exclusion | None = None
) -> RowScore:
    """Score one row or adjustment: (1) excluded, (2) not applicable, (3) denominator 0, (4) the rule."""
    if excluded_by is not None:
        told = message("scoring.excluded", group=excluded_by.label, max=node.max_points)
        return _row(node, RowState.EXCLUDED, told)
    if entry is None:
        return _ruled(criteria, node, AnswerReader({})) if node.is_adjustment else _open(node, ())
    if isinstance(entry, dict):
        return _ruled(criteria, node, AnswerReader(entry))
    if isinstance(entry, Repeated):
        return _wrong(node, (AnswerError(node.code, "", message("scoring.given_twice")),))
    if not isinstance(entry, Mapping):
        fault = message("scoring.not_an_entry", found=shown(entry))
        return _wrong(node, (AnswerError(node.code, "", fault),))
    return _ruled(criteria, node, AnswerReader(entry))


def _row(
    node: Node,
    state: RowState,
    told: Message,
    points: Decimal | None = None,
    errors: tuple[AnswerError, ...] = (),
) -> RowScore:
    return RowScore(node.code, node.key, state, node.max_points, points, told, errors)


def _ruled(criteria: CriteriaSet, node: Node, answer: AnswerReader) -> RowScore:
    rule = node.rule
    assert rule is not None
    if answer.entry.get("not_applicable") is not None:
        chosen = answer.yes_no_at("not_applicable")
        if chosen and node.not_applicable is not Policy.NO:
            policy = criteria.not_applicable if node.not_applicable is Policy.YES else node.not_applicable
            return _by_policy(criteria, node, policy, "not_applicable")
        if chosen:
            answer.fault("not_applicable", "not_applicable_forbidden")
    _check_fields(rule.answer_fields, answer)
    judged = rule.judge(answer, node.max_points)
    if answer.faults:
        return _wrong(node, tuple(AnswerError(node.code, f.field, f.message) for f in answer.faults))
    if judged is None:
        return _open(node, tuple(answer.missing))
    if isinstance(judged, Earned):
        return _earned(criteria, node, judged)
    return _nothing_arose(criteria, node, judged)


def _check_fields(known: tuple[str, ...], answer: AnswerReader) -> None:
    for name, value in answer.entry.items():
        if name not in known and name != "not_applicable" and value is not None:
            answer.fault(str(name), "unknown_field", found=shown(name), known=known)


def _earned(criteria: CriteriaSet, node: Node, earned: Earned) -> RowScore:
    points = half_up(earned.points, criteria.decimals)
    # Only where the maximum has more decimals than the set rounds to.
    points = min(points, node.max_points)
    told = Message(
        earned.explanation.id, {**earned.explanation.args, "points": points, "max": node.max_points}
    )
    if earned.stated is not None and earned.stated != points:
        told = message("scoring.rounded", sentence=told, points=points)
    marks = criteria.marks[node.code]
    return RowScore(
        node.code, node.key, RowState.SCORED, node.max_points, points, told, (), earned.ratio, marks
    )


def _nothing_arose(criteria: CriteriaSet, node: Node, found: NothingArose) -> RowScore:
    if found.policy is not None:
        return _by_policy(criteria, node, _POLICY_OF[found.policy], "nothing_arose")
    choose = "" if node.not_applicable is Policy.NO else "_choose"
    return _row(node, RowState.OPEN, message(f"scoring.open_nothing_arose{choose}", max=node.max_points))


def _by_policy(criteria: CriteriaSet, node: Node, policy: Policy, why: str) -> RowScore:
    points: Decimal | None = None
    if policy is Policy.FULL:
        points = min(half_up(node.max_points, criteria.decimals), node.max_points)
    elif policy is Policy.ZERO:
        points = half_up(Decimal(0), criteria.decimals)
    told = message(f"scoring.{why}_{policy.value}", points=points, max=node.max_points)
    return _row(node, RowState.NOT_APPLICABLE, told, points)


def _wrong(node: Node, errors: tuple[AnswerError, ...]) -> RowScore:
    told = message("scoring.wrong", max=node.max_points, fault=errors[0].message)
    return _row(node, RowState.ERROR, told, errors=errors)


def _open(node: Node, missing: tuple[str, ...]) -> RowScore:
    if node.scored_by is ScoredBy.APPRAISER:
        return _row(node, RowState.OPEN, message("scoring.open_appraiser", max=node.max_points))
    named: tuple[object, ...] = ()
    if missing:
        assert node.rule is not None
        labels = {field.path: field.label for field in node.rule.fields(node.max_points)}
        named = tuple(labels[path] for path in missing if path in labels)
        if len(named) == len(labels):
            named = ()
    if not named:
        return _row(node, RowState.OPEN, message("scoring.open", max=node.max_points))
    return _row(node, RowState.OPEN, message("scoring.open_partly", max=node.max_points, missing=named))


@dataclass(frozen=True)
class _Groups:
    by_code: Mapping[str, Exclusion]
    errors: tuple[AnswerError, ...]


def _groups(criteria: CriteriaSet, ids: Iterable[str]) -> _Groups:
    """Which row is excluded by which of the chosen groups."""
    known = {group.id: group for group in criteria.exclusions}
    by_code: dict[str, Exclusion] = {}
    errors: list[AnswerError] = []
    for id_ in ids:
        group = known.get(cleaned(id_)) if isinstance(id_, str) else None
        if group is None:
            fault = (
                message("scoring.unknown_exclusion", found=shown(id_), known=tuple(known))
                if known
                else message("scoring.no_exclusions", found=shown(id_))
            )
            errors.append(AnswerError(shown(id_), _EXCLUSIONS, fault))
            continue
        for code in group.codes:
            for node in criteria.nodes:
                if node.code == code or node.code.startswith(f"{code}."):
                    by_code.setdefault(node.code, group)
    return _Groups(by_code, tuple(errors))


def _scored(
    criteria: CriteriaSet,
    answers: Mapping[str, object],
    strangers: tuple[AnswerError, ...],
    exclusions: Iterable[str],
) -> ScoreSheet:
    groups = _groups(criteria, exclusions)
    rows: dict[str, RowScore] = {}
    errors: list[AnswerError] = []
    for node in criteria.nodes:
        if node.type in (NodeType.SECTION, NodeType.GROUP):
            continue
        row = score_row(criteria, node, answers.get(node.key), groups.by_code.get(node.code))
        rows[node.code] = row
        errors.extend(row.errors)
    sections = section_scores(criteria, rows)
    return ScoreSheet(rows, sections, total_of(criteria, rows), (*errors, *strangers, *groups.errors))


def _unknown_code(criteria: CriteriaSet, code: str) -> Message:
    from difflib import get_close_matches  # only for a code that is wrong

    near = get_close_matches(code, [row.code for row in criteria.rows], 1, 0.75)
    if near:
        return message("scoring.unknown_code_near", found=shown(code), meant=near[0])
    return message("scoring.unknown_code", found=shown(code))
