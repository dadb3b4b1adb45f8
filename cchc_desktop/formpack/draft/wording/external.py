""" "Điểm = (Điểm Bộ chỉ số 766/100) x 6", "quy đổi từ kết quả công bố (thang điểm 100) về điểm tối đa"."""

from __future__ import annotations

import re
from decimal import Decimal

from cchc_desktop.domain.rules.external_score import ExternalScore
from cchc_desktop.formpack.draft.points import NUMBER, points_value
from cchc_desktop.formpack.draft.wording.expression import Base
from cchc_desktop.formpack.draft.wording.reading import Reading, doubt
from cchc_desktop.formpack.draft.wording.scale import Scale

_CONVERTED = re.compile(
    rf"^(?:diem )?(?:duoc )?quy doi(?: theo ty le| tuong ung)?(?: tu)?\s+[^%]*?thang(?: diem)?"
    rf" (?P<scale>100|10|1000)\)?"
    rf"\s*(?:ve|sang|thanh|theo)\s+(?:thang )?(?P<worth>diem toi da|{NUMBER}(?:\s*diem)?)$"
)


def read_external(scale: Scale) -> Reading | None:
    if scale.options or scale.shares:
        return None
    doubts = []
    found: tuple[Decimal, Decimal | None] | None = None
    if len(scale.products) == 1 and scale.products[0].base is Base.SCORE:
        found = (scale.products[0].worth, scale.products[0].scale)
    elif not scale.products:
        for clause in scale.unread:
            if match := _CONVERTED.match(clause.plain):
                worth = points_value(match["worth"], scale.maximum)
                found = (worth if worth is not None else Decimal(-1), Decimal(match["scale"]))
                scale.unread.remove(clause)
                break
    if found is None or found[1] is None:
        return None
    if found[0] != scale.maximum:
        doubts.append(doubt("not_the_maximum", found=found[0], max=scale.maximum))
    return Reading(ExternalScore(scale=found[1]), tuple(doubts))
