""" "Mỗi báo cáo gửi chậm trừ 0,25 điểm", "Khiển trách: trừ 0,5 điểm/lần": from the maximum down."""

from __future__ import annotations

import re

from cchc_desktop.domain.rules.deduction_count import DeductionCount
from cchc_desktop.domain.rules.deduction_weighted import DeductionWeighted
from cchc_desktop.domain.rules.rule import Rule, Step
from cchc_desktop.domain.rules.yes_no import YesNo
from cchc_desktop.formpack.draft.wording.counting import Counted, taken
from cchc_desktop.formpack.draft.wording.phrase import Clause
from cchc_desktop.formpack.draft.wording.reading import Reading, doubt
from cchc_desktop.formpack.draft.wording.scale import Scale
from cchc_desktop.message import Message

_THEN = re.compile(r"\s+thi\b.*$")
_PLAIN_FULL = re.compile(
    r"^(?:thuc hien|dam bao|bao dam|khong|hoan thanh|gui|dat|chap hanh|dung|day du|kip thoi|ban hanh|to"
    r" chuc|co|"
    r"bao cao|tat ca)\b"
)


def read_deduction(scale: Scale) -> Reading | None:
    """What is left of the maximum; a first case that gives the maximum only says where counting begins."""
    if scale.shares or scale.products:
        return None
    costs: list[tuple[Clause, Counted]] = []
    for clause in scale.unread:
        cost = taken(clause, scale.maximum)
        if cost is not None:
            costs.append((clause, cost))
    if not costs:
        return None
    doubts: list[Message] = [
        doubt("besides_deduction", text=option.label.text)
        for option in scale.options
        if option.points != scale.maximum or not _PLAIN_FULL.match(option.label.plain)
    ]
    doubts.extend(
        doubt("deduction_capped", cap=cap, max=scale.maximum)
        for cap in scale.remarks.caps
        if cap != scale.maximum
    )
    if any("%" in cost.unit.plain for _, cost in costs):
        doubts.append(doubt("counted_in_percent"))
    for clause, _ in costs:
        scale.unread.remove(clause)
    rule = _rule(scale, [cost for _, cost in costs], doubts)
    return Reading(rule, tuple(doubts))


def _rule(scale: Scale, costs: list[Counted], doubts: list[Message]) -> Rule:
    first = costs[0]
    if len(costs) == 1:
        if not first.each and first.points == scale.maximum and not scale.options:
            return YesNo()
        if not first.each:
            doubts.append(doubt("once_or_each", text=first.unit.text))
        return DeductionCount(per_unit=first.points, figure=first.unit.text)
    if any(not cost.each for cost in costs):
        doubts.append(doubt("once_or_each", text=next(c.unit.text for c in costs if not c.each)))
    labels = [_label(cost) for cost in costs]
    if len(set(labels)) < len(labels):
        doubts.append(doubt("labels_repeat"))
        labels = [f"{label} ({place})" for place, label in enumerate(labels, start=1)]
    steps = tuple(Step(label, points=cost.points) for label, cost in zip(labels, costs, strict=True))
    return DeductionWeighted(steps=steps)


def _label(cost: Counted) -> str:
    found = _THEN.search(cost.unit.plain)
    unit = cost.unit.cut(0, found.start()) if found and found.start() else cost.unit
    return unit.text
