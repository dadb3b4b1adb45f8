""" "Ban hành kịp thời: 1 điểm; không kịp thời: 0,5 điểm; không ban hành: 0 điểm": one of several cases."""

from __future__ import annotations

import re
from decimal import Decimal

from cchc_desktop.domain.rules.choice import Choice
from cchc_desktop.domain.rules.rule import Step
from cchc_desktop.domain.rules.sum_of_items import SumOfItems
from cchc_desktop.formpack.draft.plain import capitalised
from cchc_desktop.formpack.draft.wording.interval import find_interval
from cchc_desktop.formpack.draft.wording.reading import Reading, doubt
from cchc_desktop.formpack.draft.wording.remarks import says_adding_up
from cchc_desktop.formpack.draft.wording.scale import Option, Scale

_COUNTED = re.compile(r"^(?:moi|cu|tung)\b")
_SUBTRACTS = re.compile(r"\btru\b(?! (?:van ban|truong hop|ho so|cac|don vi|nhung|thu tuc))")


def read_options(scale: Scale) -> Reading | None:
    """Cases with points, of which one holds; or items whose points add up where the text says so."""
    options = scale.options
    if len(options) < 2 or scale.shares or scale.products:
        return None
    if any(_COUNTED.search(option.label.plain) for option in options):
        return None
    steps = tuple(Step(capitalised(option.label.text), points=option.points) for option in options)
    if len({step.label.casefold() for step in steps}) < len(steps):
        return None
    adds = scale.remarks.adds_up or any(says_adding_up(clause.plain) for clause in scale.unread)
    if adds:
        return _items(scale, steps)
    return _choice(scale, options, steps)


def _items(scale: Scale, steps: tuple[Step, ...]) -> Reading:
    doubts = [
        doubt("items_capped", cap=cap, max=scale.maximum)
        for cap in scale.remarks.caps
        if cap != scale.maximum
    ]
    total = sum((step.points or Decimal(0) for step in steps), start=Decimal(0))
    if total < scale.maximum:
        doubts.append(doubt("items_short", total=total, max=scale.maximum))
    if any(step.points == 0 for step in steps):
        doubts.append(doubt("item_of_zero"))
    return Reading(SumOfItems(steps=steps), tuple(doubts))


def _choice(scale: Scale, options: list[Option], steps: tuple[Step, ...]) -> Reading:
    doubts = []
    points = [option.points for option in options]
    highest, total = max(points), sum(points)
    if any(_SUBTRACTS.search(option.label.plain) for option in options):
        doubts.append(doubt("label_subtracts"))
    if highest < scale.maximum == total and 0 not in points:
        return Reading(SumOfItems(steps=steps), (*doubts, doubt("items_or_options")))
    if highest != scale.maximum:
        doubts.append(doubt("highest_is_not_maximum", highest=highest, max=scale.maximum))
    if len(set(points)) < len(points) and highest == min(points):
        doubts.append(doubt("items_or_options"))
    if scale.quotients or scale.letters:
        doubts.append(doubt("options_and_ratio"))
    elif all(option.listed_below is False and find_interval(option.label) for option in options):
        doubts.append(doubt("options_by_ratio"))
    return Reading(Choice(steps=steps), tuple(doubts))
