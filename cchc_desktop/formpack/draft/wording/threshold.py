""" "Từ 80% trở lên: tỷ lệ × điểm tối đa; dưới 80%: 0 điểm": nothing below a floor, in proportion above it."""

from __future__ import annotations

from decimal import Decimal

from cchc_desktop.domain.rules.ratio_threshold import RatioThreshold
from cchc_desktop.formpack.draft.wording.expression import Base, Product
from cchc_desktop.formpack.draft.wording.interval import Interval, find_interval
from cchc_desktop.formpack.draft.wording.quotient import Quotient, quotient, starts_ratio
from cchc_desktop.formpack.draft.wording.reading import Reading, doubt
from cchc_desktop.formpack.draft.wording.scale import Scale


def read_threshold(scale: Scale) -> Reading | None:
    """One share from a floor on, and one case below it that is worth nothing."""
    if len(scale.options) != 1 or len(scale.shares) + len(scale.products) != 1:
        return None
    below = find_interval(scale.options[0].label)
    if below is None or below.after.text or scale.options[0].points != 0:
        return None
    floor = _floor(below.interval)
    if floor is None:
        return None
    named = [_named(below.before.plain and below.before)]
    product: Product
    doubts = []
    if scale.shares:
        share = scale.shares[0]
        product = share.product
        if share.found is not None:
            if not _starts_at(share.found.interval, floor):
                return None
            named.append(_named(share.found.before))
            named.append(_named(share.found.after))
    else:
        product = scale.products[0]
    if product.base is not Base.RATIO:
        return None
    ratio = scale.ratio(product.quotient, *named)
    if product.worth != scale.maximum:
        doubts.append(doubt("not_the_maximum", found=product.worth, max=scale.maximum))
    if ratio is None:
        doubts.append(doubt("ratio_unknown"))
    elif not ratio.sure:
        doubts.append(doubt("ratio_unsure"))
    rule = RatioThreshold(
        floor=floor,
        numerator=ratio.numerator if ratio else "",
        denominator=ratio.denominator if ratio else "",
    )
    return Reading(rule, tuple(doubts))


def _floor(interval: Interval) -> Decimal | None:
    """The bound of "below x %"; a bound that counts as below can't be a floor."""
    if interval.lower in (None, Decimal(0)) and interval.upper is not None and interval.upper_open:
        return interval.upper
    return None


def _starts_at(interval: Interval, floor: Decimal) -> bool:
    return interval.lower == floor and not interval.lower_open and interval.reaches_top


def _named(phrase: object) -> Quotient | None:
    from cchc_desktop.formpack.draft.wording.phrase import Phrase

    if isinstance(phrase, Phrase) and starts_ratio(phrase.plain):
        return quotient(phrase, needs_head=True)
    return None
