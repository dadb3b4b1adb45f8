""" "Từ 80% trở lên: tỷ lệ × điểm tối đa; dưới 80%: 0 điểm": nothing below a floor, in proportion above it."""

from __future__ import annotations

from decimal import Decimal

from cchc_desktop.domain.rules.ratio_threshold import RatioThreshold
from cchc_desktop.formpack.draft.wording.expression import Base, Product
from cchc_desktop.formpack.draft.wording.interval import Interval, find_interval
from cchc_desktop.formpack.draft.wording.phrase import Phrase
from cchc_desktop.formpack.draft.wording.quotient import Quotient, quotient, starts_ratio
from cchc_desktop.formpack.draft.wording.reading import Reading, doubt
from cchc_desktop.formpack.draft.wording.scale import Scale


def read_threshold(scale: Scale) -> Reading | None:
    """One share from a floor on, and one case below it that is worth nothing."""
    zero = [option for option in scale.options if option.points == 0]
    full = [option for option in scale.options if option.points == scale.maximum and option not in zero]
    if len(zero) != 1 or len(scale.options) != len(zero) + len(full) or len(full) > 1:
        return None
    if len(scale.shares) + len(scale.products) != 1 or (full and not scale.shares):
        return None
    below = find_interval(zero[0].label)
    if below is None or below.after.text:
        return None
    floor = _floor(below.interval)
    if floor is None:
        return None
    named = [_named(below.before)]
    product: Product
    doubts = []
    if scale.shares:
        share = scale.shares[0]
        product = share.product
        if full and share.found is None:
            return None
        if share.found is not None:
            if not _starts_at(share.found.interval, floor, below_whole=bool(full)):
                return None
            if full and not _is_whole(full[0].label):
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


def _starts_at(interval: Interval, floor: Decimal, below_whole: bool) -> bool:
    top = interval.reaches_top or (below_whole and interval.upper == 1)
    return interval.lower == floor and not interval.lower_open and top


def _is_whole(label: Phrase) -> bool:
    """Whether the case is 100 %, where the share gives the maximum too."""
    found = find_interval(label)
    return found is not None and found.interval.lower == 1 and not found.interval.lower_open


def _named(phrase: Phrase) -> Quotient | None:
    if starts_ratio(phrase.plain):
        return quotient(phrase, needs_head=True)
    return None
