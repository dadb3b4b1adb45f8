"""The rule kinds by their name in a pack. A new kind is its file and one line here."""

from __future__ import annotations

from cchc_desktop.domain.rules.adjustment import Adjustment
from cchc_desktop.domain.rules.choice import Choice
from cchc_desktop.domain.rules.deduction_count import DeductionCount
from cchc_desktop.domain.rules.deduction_weighted import DeductionWeighted
from cchc_desktop.domain.rules.external_score import ExternalScore
from cchc_desktop.domain.rules.formula import FormulaRule
from cchc_desktop.domain.rules.ratio_bands import RatioBands
from cchc_desktop.domain.rules.ratio_linear import RatioLinear
from cchc_desktop.domain.rules.ratio_threshold import RatioThreshold
from cchc_desktop.domain.rules.ratio_to_target import RatioToTarget
from cchc_desktop.domain.rules.rule import Rule
from cchc_desktop.domain.rules.sum_of_items import SumOfItems
from cchc_desktop.domain.rules.survey import Survey
from cchc_desktop.domain.rules.yes_no import YesNo

RULES: dict[str, type[Rule]] = {
    rule.kind: rule
    for rule in (
        Choice,
        YesNo,
        RatioLinear,
        RatioThreshold,
        RatioBands,
        RatioToTarget,
        DeductionCount,
        DeductionWeighted,
        SumOfItems,
        ExternalScore,
        Survey,
        FormulaRule,
        Adjustment,
    )
}
