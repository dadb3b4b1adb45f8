""" "Từ 70% trở lên: 4 điểm; dưới 70%: (tỷ lệ đạt được/70%) x 4": the maximum at a target, less below."""

from __future__ import annotations

import re
from decimal import Decimal

from cchc_desktop.domain.rules.ratio_to_target import RatioToTarget
from cchc_desktop.formpack.draft.wording.expression import Base
from cchc_desktop.formpack.draft.wording.interval import Found, find_interval
from cchc_desktop.formpack.draft.wording.phrase import Phrase
from cchc_desktop.formpack.draft.wording.quotient import Quotient, quotient, starts_ratio
from cchc_desktop.formpack.draft.wording.reading import Reading, doubt
from cchc_desktop.formpack.draft.wording.scale import Scale

_IN_PROPORTION = re.compile(
    r"^(?:(?:neu )?(?:thap hon|duoi muc (?:nay|tren)|chua dat|khong dat)|cac truong hop (?:con lai|khac)"
    r"|con lai)"
    r"(?: chi tieu| muc tieu)?\s*(?:,|:|thi)*\s*(?:duoc )?tinh (?:diem )?theo (?:ty|ti) le (?:hoan thanh"
    r"|dat duoc)?\s*"
    r"so voi (?:chi tieu|muc tieu)(?:\s*\((?P<ratio>.+)\))?$"
)


def read_target(scale: Scale) -> Reading | None:
    """One case that gives the maximum from a target on, and a share by that target below it."""
    if len(scale.options) != 1 or scale.options[0].points != scale.maximum or scale.products:
        return None
    top = find_interval(scale.options[0].label)
    if top is None or top.after.text or top.interval.lower is None or top.interval.lower_open:
        return None
    if not top.interval.reaches_top or top.interval.exact or not 0 < top.interval.lower < 1:
        return None
    target = top.interval.lower
    named = [_named(top)]
    doubts = []
    below = _below(scale, target)
    if below is None:
        return None
    worth, inner = below
    named.extend(inner)
    if worth != scale.maximum:
        doubts.append(doubt("not_the_maximum", found=worth, max=scale.maximum))
    ratio = scale.ratio(*named)
    if ratio is None:
        doubts.append(doubt("ratio_unknown"))
    elif not ratio.sure:
        doubts.append(doubt("ratio_unsure"))
    rule = RatioToTarget(
        target=target,
        numerator=ratio.numerator if ratio else "",
        denominator=ratio.denominator if ratio else "",
    )
    return Reading(rule, tuple(doubts))


def _named(found: Found) -> Quotient | None:
    if starts_ratio(found.before.plain):
        return quotient(found.before, needs_head=True)
    return None


def _below(scale: Scale, target: Decimal) -> tuple[Decimal, list[Quotient | None]] | None:
    if len(scale.shares) == 1:
        share = scale.shares[0]
        if share.product.base is not Base.TARGET or share.product.target != target:
            return None
        if share.found is None:
            return share.product.worth, [share.product.quotient]
        interval = share.found.interval
        if interval.lower not in (None, Decimal(0)) or interval.upper != target or not interval.upper_open:
            return None
        return share.product.worth, [share.product.quotient, _named(share.found)]
    for clause in scale.unread:
        found = _IN_PROPORTION.match(clause.plain)
        if found:
            scale.unread.remove(clause)
            inner: Phrase | None = None
            if found["ratio"]:
                inner = clause.phrase.cut(found.start("ratio"), found.end("ratio"))
            return scale.maximum, [quotient(inner) if inner is not None else None]
    return None
