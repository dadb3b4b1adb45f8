""" "Điểm = (N/D) x 2", "Điểm = Tỷ lệ*Điểm tối đa", "tính theo tỷ lệ giữa N và D, nhân với điểm tối đa"."""

from __future__ import annotations

from cchc_desktop.domain.rules.ratio_linear import RatioLinear
from cchc_desktop.formpack.draft.wording.expression import Base
from cchc_desktop.formpack.draft.wording.reading import Reading, doubt
from cchc_desktop.formpack.draft.wording.scale import Scale


def read_linear(scale: Scale) -> Reading | None:
    if len(scale.products) != 1 or scale.options or scale.shares:
        return None
    product = scale.products[0]
    if product.base is not Base.RATIO:
        return None
    ratio = scale.ratio(product.quotient)
    doubts = []
    if product.worth != scale.maximum:
        doubts.append(doubt("not_the_maximum", found=product.worth, max=scale.maximum))
    if ratio is None:
        doubts.append(doubt("ratio_unknown"))
    elif not ratio.sure:
        doubts.append(doubt("ratio_unsure"))
    rule = RatioLinear(
        numerator=ratio.numerator if ratio else "", denominator=ratio.denominator if ratio else ""
    )
    return Reading(rule, tuple(doubts))
