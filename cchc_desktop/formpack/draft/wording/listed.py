"""Options that stand in lines of their own, with their points in another cell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from cchc_desktop.formpack.draft.plain import one_line
from cchc_desktop.formpack.draft.wording.options import read_options
from cchc_desktop.formpack.draft.wording.phrase import Phrase
from cchc_desktop.formpack.draft.wording.reading import Reading, doubt
from cchc_desktop.formpack.draft.wording.registry import completed
from cchc_desktop.formpack.draft.wording.scale import Option, Scale, read_scale
from cchc_desktop.quick_dataclass import replace


def read_listed(options: Sequence[tuple[str, Decimal]], text: str, maximum: Decimal | None) -> Reading:
    """One of the options; what is said beside them is understood as everywhere."""
    if maximum is None or maximum <= 0:
        return Reading(None, (doubt("rule_without_maximum"),))
    scale: Scale = read_scale(text, maximum)
    besides = [*scale.options]
    scale.options = [Option(Phrase(one_line(label)), points, listed_below=True) for label, points in options]
    scale.quotients, scale.products, scale.shares, scale.letters = [], [], [], {}
    if len(scale.options) == 1:
        return Reading(None, (doubt("one_option"),))
    reading = read_options(scale)
    if reading is None or reading.rule is None:
        return Reading(None, (doubt("rule_unread"),))
    reading = completed(reading, scale)
    if besides:
        reading = replace(reading, doubts=(*reading.doubts, doubt("options_twice")))
    return reading
