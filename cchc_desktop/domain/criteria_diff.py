"""What changed between two versions of a criteria set, by permanent key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cchc_desktop.domain.criteria import CriteriaSet, Node, Policy, ScoredBy
from cchc_desktop.domain.rounding import hundredfold
from cchc_desktop.domain.rules.rule import Step, ZeroDenominator
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass, needed_fields, replace


class ChangeKind(StrEnum):
    ADDED = "added"
    DROPPED = "dropped"
    RENAMED = "renamed"
    RENUMBERED = "renumbered"
    REPOINTED = "repointed"
    RERULED = "reruled"
    RELABELLED = "relabelled"
    SETTING = "setting"


@dataclass(frozen=True, slots=True)
class Difference:
    """`key` and `code` are those of the new version (of the old one for what was dropped)."""

    kind: ChangeKind
    key: str
    code: str
    old: str
    new: str
    message: Message


_SETTINGS = ("title", "year", "total_max", "decimals", "not_applicable", "final_cap", "effective_from")


def differences(old: CriteriaSet, new: CriteriaSet) -> tuple[Difference, ...]:
    """All differences: settings, then the new version's nodes in order, then what was dropped."""
    return (*_settings(old, new), *_nodes(old, new))


def new_keys(old: CriteriaSet, new: CriteriaSet) -> dict[str, str]:
    """Old key → key in the new version, through all renames since; keys that were removed are missing."""
    renamed = {
        rename.old: rename.new
        for rename in sorted(new.renames, key=lambda rename: rename.since)
        if rename.since > old.version
    }
    found: dict[str, str] = {}
    for node in old.nodes:
        key = node.key
        for _ in range(len(renamed) + 1):
            if key not in renamed:
                break
            key = renamed[key]
        if key in new.by_key:
            found[node.key] = key
    return found


def _settings(old: CriteriaSet, new: CriteriaSet) -> Iterator[Difference]:
    for name in _SETTINGS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            named = message(f"formpack.setting_{name}")
            told = message("formpack.diff_setting", name=named, old=_value(before), new=_value(after))
            yield Difference(ChangeKind.SETTING, name, "", str(before), str(after), told)
    for name in ("classes", "exclusions"):
        if getattr(old, name) != getattr(new, name):
            told = message(f"formpack.diff_{name}")
            yield Difference(ChangeKind.SETTING, name, "", "", "", told)


def _value(value: object) -> Message:
    """A setting as people read it."""
    if value is None:
        return message("formpack.value_none")
    if isinstance(value, Policy):
        return message(f"formpack.policy_{value.value}")
    kind = "number" if isinstance(value, Decimal) else "date" if isinstance(value, date) else "text"
    return message(f"formpack.value_{kind}", value=str(value) if kind == "text" else value)


def _nodes(old: CriteriaSet, new: CriteriaSet) -> Iterator[Difference]:
    keys = new_keys(old, new)
    before_of: dict[str, Node] = {}
    for key in sorted(
        keys, key=lambda key: keys[key] != key
    ):  # the row that bears the key already goes first
        before_of.setdefault(keys[key], old.by_key[key])
    followed = {node.key for node in before_of.values()}
    for node in new.nodes:
        before = before_of.get(node.key)
        if before is None:
            told = message("formpack.diff_added", code=node.code, label=node.label, max=node.max_points)
            yield Difference(ChangeKind.ADDED, node.key, node.code, "", node.label, told)
        else:
            yield from _changes(before, node)
    for node in old.nodes:
        if node.key not in followed:
            told = message("formpack.diff_dropped", code=node.code, label=node.label, max=node.max_points)
            yield Difference(ChangeKind.DROPPED, node.key, node.code, node.label, "", told)


def _changes(before: Node, after: Node) -> Iterator[Difference]:
    def changed(kind: ChangeKind, old: object, new: object, told_as: tuple[object, object]) -> Difference:
        args = {"code": after.code, "label": after.label, "old": told_as[0], "new": told_as[1]}
        told = message(f"formpack.diff_{kind.value}", **args)
        return Difference(kind, after.key, after.code, str(old), str(new), told)

    if before.key != after.key:
        yield changed(ChangeKind.RENAMED, before.key, after.key, (before.key, after.key))
    if before.code != after.code:
        yield changed(ChangeKind.RENUMBERED, before.code, after.code, (before.code, after.code))
    if before.max_points != after.max_points:
        points = (before.max_points, after.max_points)
        yield changed(ChangeKind.REPOINTED, *points, points)
    if _only_points_differ(before, after):
        args = {"code": after.code, "label": after.label, "old": _told(before), "new": _told(after)}
        told = message("formpack.diff_steps_repointed", **args)
        was, now = _points_of(before), _points_of(after)
        yield Difference(ChangeKind.REPOINTED, after.key, after.code, was, now, told)
    elif _rule_of(before) != _rule_of(after):
        yield changed(ChangeKind.RERULED, _kind(before), _kind(after), (_told(before), _told(after)))
    if before.label != after.label:
        yield changed(ChangeKind.RELABELLED, before.label, after.label, (before.label, after.label))


def _rule_of(node: Node) -> object:
    return (node.type, node.rule, node.not_applicable, node.scored_by)


def _steps(node: Node) -> tuple[Step, ...]:
    steps: tuple[Step, ...] = getattr(node.rule, "steps", ())
    return steps


def _only_points_differ(before: Node, after: Node) -> bool:
    """The same options, intervals or items in the same way of scoring, worth other points."""
    old, new = _steps(before), _steps(after)
    if before.rule is None or after.rule is None or old == new or len(old) != len(new):
        return False
    as_new = tuple(replace(step, points=other.points) for step, other in zip(old, new, strict=True))
    repointed = replace(before.rule, steps=as_new)  # type: ignore[call-arg]
    return _rule_of(replace(before, rule=repointed)) == _rule_of(after)


def _points_of(node: Node) -> str:
    return "; ".join("" if step.points is None else str(step.points) for step in _steps(node))


def _kind(node: Node) -> str:
    return node.type.value if node.rule is None else node.rule.kind


def _told(node: Node) -> Message:
    """The rule with its figures, for people."""
    if node.rule is None:
        return message(f"formpack.type_{node.type.value}")
    parts: list[Message] = [message(f"formpack.rule_{node.rule.kind}")]
    for name in needed_fields(type(node.rule)):
        value = getattr(node.rule, name)
        if name == "steps":
            parts.extend(_told_step(step) for step in value)
        elif name in _TOLD and value not in (None, "", False):
            shown = message(f"formpack.zero_{value.value}") if isinstance(value, ZeroDenominator) else value
            parts.append(message(f"formpack.parameter_{name}", value=shown))
    if node.not_applicable is not Policy.NO:
        parts.append(message("formpack.parameter_not_applicable", value=_value(node.not_applicable)))
    if node.scored_by is ScoredBy.APPRAISER:
        parts.append(message("formpack.parameter_appraiser"))
    return message("formpack.rule_told", parts=tuple(parts))


_TOLD = ("floor", "target", "per_unit", "scale", "formula", "allow_over", "zero_denominator")


def _told_step(step: Step) -> Message:
    if step.floor is not None:
        bound = message(
            "scoring.band_above" if step.above else "scoring.band_from", bound=hundredfold(step.floor)
        )
        return message("formpack.step_told", label=bound, points=step.points or 0)
    if step.points is None:
        return message("formpack.step_named", label=step.label)
    return message("formpack.step_told", label=step.label, points=step.points)
