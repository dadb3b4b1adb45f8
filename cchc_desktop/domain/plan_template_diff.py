"""What changed between two versions of a plan template, by permanent key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from cchc_desktop.domain.criteria_diff import ChangeKind, Difference
from cchc_desktop.domain.plan_template import PlanTemplate
from cchc_desktop.message import Message, message

_SETTINGS = ("title", "kind", "unit_kinds", "effective_from", "effective_to", "criteria_set", "source")
_KEYED = ("sections", "areas", "tasks", "targets", "deadlines")
_WHOLE = ("routes", "grounds", "recipients", "departments", "bodies", "checks", "suggestions")


def template_differences(old: PlanTemplate, new: PlanTemplate) -> tuple[Difference, ...]:
    """All differences: settings, then the keyed parts in the new version's order, then the other sheets."""
    renamed = {rename.old: rename.new for rename in new.renames if rename.since > old.version}
    found = [*_settings(old, new)]
    for name in _KEYED:
        found.extend(_parts(name, getattr(old, name), getattr(new, name), renamed))
    for name in _WHOLE:
        if getattr(old, name) != getattr(new, name):
            told = message("plan_template.diff_list", sheet=message(f"plan_template.sheet_{name}"))
            found.append(Difference(ChangeKind.SETTING, name, "", "", "", told))
    return tuple(found)


def _settings(old: PlanTemplate, new: PlanTemplate) -> Iterator[Difference]:
    for name in _SETTINGS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            named = message(f"plan_template.setting_{name}")
            told = message("plan_template.diff_setting", name=named)
            yield Difference(ChangeKind.SETTING, name, "", _shown(before), _shown(after), told)


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(_shown(item) for item in value)
    return "" if value is None else str(value)


def _identity(part: Any) -> tuple[str, tuple[Any, ...]]:
    return part.key, getattr(part, "unit_kinds", ())


def _parts(
    name: str, old: Sequence[Any], new: Sequence[Any], renamed: dict[str, str]
) -> Iterator[Difference]:
    before = {_identity(part): part for part in old}
    came_from = {(renamed[key], kinds): (key, kinds) for key, kinds in before if renamed.get(key)}
    sheet = message(f"plan_template.sheet_{name}")
    seen = set()
    for part in new:
        own = _identity(part)
        place = own if own in before else came_from.get(own)
        if place is None:
            told = message("plan_template.diff_added", sheet=sheet, title=part.title)
            yield Difference(ChangeKind.ADDED, part.key, "", "", part.title, told)
            continue
        seen.add(place)
        was = before[place]
        if was.key != part.key:
            told = message("plan_template.diff_renamed", title=part.title, old=was.key, new=part.key)
            yield Difference(ChangeKind.RENAMED, part.key, "", was.key, part.key, told)
        if changed := _changed(was, part):
            told = message("plan_template.diff_changed", sheet=sheet, title=part.title, what=changed)
            kind = ChangeKind.RELABELLED if was.title != part.title else ChangeKind.SETTING
            yield Difference(kind, part.key, "", was.title, part.title, told)
    for place, part in before.items():
        if place not in seen:
            told = message("plan_template.diff_dropped", sheet=sheet, title=part.title)
            yield Difference(ChangeKind.DROPPED, part.key, "", part.title, "", told)


def _changed(old: Any, new: Any) -> tuple[Message, ...]:
    """What about a part is another now, in words; notes about where it comes from are nothing new."""
    names = [field.name for field in fields(old) if field.name not in ("key", "source", "guidance")]
    return tuple(
        message(f"plan_template.column_{name}") for name in names if getattr(old, name) != getattr(new, name)
    )
