""" "Mỗi phương án được 2 điểm, tối đa 4 điểm", "2 điểm/phương án": points for each thing that is there."""

from __future__ import annotations

from decimal import Decimal

from cchc_desktop.domain.rules.rule import Step
from cchc_desktop.domain.rules.sum_of_items import SumOfItems
from cchc_desktop.formpack.draft.plain import capitalised
from cchc_desktop.formpack.draft.wording.counting import given
from cchc_desktop.formpack.draft.wording.reading import Reading, doubt
from cchc_desktop.formpack.draft.wording.scale import Scale

_MOST_ITEMS = 20


def read_items(scale: Scale) -> Reading | None:
    """One thing that is counted. Its items are numbered up to the maximum, which more of them can't pass."""
    if scale.shares or scale.products:
        return None
    gains = [(clause, gain) for clause in scale.unread if (gain := given(clause)) is not None]
    if len(gains) != 1:
        return None
    clause, gain = gains[0]
    if gain.points <= 0:
        return None
    doubts = [
        doubt("besides_items", text=option.label.text)
        for option in scale.options
        if option.points != 0 or not option.label.plain.startswith(("khong", "chua"))
    ]
    doubts.extend(
        doubt("items_capped", cap=cap, max=scale.maximum)
        for cap in scale.remarks.caps
        if cap != scale.maximum
    )
    if "%" in gain.unit.plain:
        doubts.append(doubt("counted_in_percent"))
    if " " not in gain.unit.text and not scale.remarks.caps:
        doubts.append(doubt("unit_vague", text=gain.unit.text))
    count = -(-scale.maximum // gain.points)
    if count * gain.points != scale.maximum:
        doubts.append(doubt("items_uneven", per_unit=gain.points, max=scale.maximum))
    if count > _MOST_ITEMS:
        doubts.append(doubt("items_many", count=count))
        count = Decimal(_MOST_ITEMS)
    unit = capitalised(gain.unit.text)
    steps = tuple(Step(f"{unit} thứ {place}") for place in range(1, int(count) + 1))
    scale.unread.remove(clause)
    return Reading(SumOfItems(steps=steps, per_unit=gain.points), tuple(doubts))
