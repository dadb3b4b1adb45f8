""" "Đạt 100%: 2 điểm; từ 85% đến dưới 100%: 1 điểm; dưới 85%: 0 điểm": points by intervals of a ratio."""

from __future__ import annotations

import re
from decimal import Decimal

from cchc_desktop.domain.rules.ratio_bands import RatioBands
from cchc_desktop.domain.rules.rule import Step
from cchc_desktop.formpack.draft.plain import folded
from cchc_desktop.formpack.draft.wording.interval import Found, falling, find_interval, fit_together
from cchc_desktop.formpack.draft.wording.quotient import Quotient, quotient, starts_ratio
from cchc_desktop.formpack.draft.wording.reading import Reading, doubt
from cchc_desktop.formpack.draft.wording.scale import Scale

_EMPTY = re.compile(
    r"^(?:neu |truong hop |khi |tu )*(?:co )?(?:(?:ty|ti) le(?: %| nay| tren| phan tram)*|ket qua|muc do"
    r"|muc)?"
    r"(?: dat(?: duoc)?| hoan thanh| thuc hien| la)*$|^(?:dat(?: duoc)?|hoan thanh|thuc hien dat|con lai)$"
)

_LEADING = re.compile(r"^(?:(?:thuc hien|hoan thanh|dat duoc|dat|co)\s+)+")


def read_bands(scale: Scale) -> Reading | None:
    """Only where every case is an interval, so that the ratio alone decides."""
    if len(scale.options) < 2 or scale.shares or scale.products:
        return None
    found = [find_interval(option.label) for option in scale.options]
    if any(one is None for one in found):
        return None
    known = [one for one in found if one is not None]
    named, common, plain_cases = _subject(known)
    if not plain_cases:
        return None
    ratio = scale.ratio(named)
    doubts = []
    intervals = [one.interval for one in known]
    if common:
        doubts.append(doubt("bands_or_options", text=common))
    if any(interval.exact for interval in intervals) or not fit_together(intervals):
        doubts.append(doubt("intervals_do_not_fit"))
    points = [scale.options[place].points for place in falling(intervals)]
    if points != sorted(points, reverse=True):
        doubts.append(doubt("points_fall"))
    steps = tuple(
        Step("", interval.lower or Decimal(0), interval.lower_open, option.points)
        for interval, option in zip(intervals, scale.options, strict=True)
    )
    if ratio is None:
        doubts.append(doubt("ratio_unknown"))
    elif not ratio.sure:
        doubts.append(doubt("ratio_unsure"))
    rule = RatioBands(
        steps=steps,
        numerator=ratio.numerator if ratio else "",
        denominator=ratio.denominator if ratio else "",
    )
    return Reading(rule, tuple(doubts))


def _subject(found: list[Found]) -> tuple[Quotient | None, str, bool]:
    """The ratio that the cases name, the words that they share, and whether they differ in nothing else."""
    named: Quotient | None = None
    remains: set[str] = set()
    for one in found:
        before, after = one.before, one.after
        if starts_ratio(before.plain) and (inner := quotient(before, needs_head=True)) is not None:
            named = named or inner
            before = before.cut(0, 0)
        if _EMPTY.match(before.plain):
            before = before.cut(0, 0)
        remains.add(" ".join(f"{before.text} {after.text}".split()))
    if remains == {""}:
        return named, "", True
    if len({_LEADING.sub("", folded(text)) for text in remains}) == 1:
        return named, max(remains, key=len), True
    return None, "", False
