""" "Điểm = Chỉ số hài lòng (%) x 18", "18 điểm × tỷ lệ hài lòng chung (Sở Nội vụ chấm)"."""

from __future__ import annotations

from cchc_desktop.domain.rules.survey import Survey
from cchc_desktop.formpack.draft.wording.expression import Base
from cchc_desktop.formpack.draft.wording.reading import Reading, doubt
from cchc_desktop.formpack.draft.wording.remarks import says_appraiser
from cchc_desktop.formpack.draft.wording.scale import Scale
from cchc_desktop.quick_dataclass import replace


def read_survey(scale: Scale) -> Reading | None:
    """The percentage of a survey, which others than the unit find out."""
    if scale.options or scale.shares or len(scale.products) != 1:
        return None
    product = scale.products[0]
    if product.base is not Base.SURVEY:
        return None
    doubts = []
    if product.worth != scale.maximum:
        doubts.append(doubt("not_the_maximum", found=product.worth, max=scale.maximum))
    said = scale.remarks.by_appraiser or any(says_appraiser(clause.plain) for clause in scale.clauses)
    if not said:
        doubts.append(doubt("survey_by_whom"))
    return replace(Reading(Survey(), tuple(doubts)), by_appraiser=True)
