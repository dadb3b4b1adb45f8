"""The families of wordings in the order they are tried. A new family is its file and one line here."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from cchc_desktop.domain.criteria import Policy
from cchc_desktop.domain.rules.deduction_count import DeductionCount
from cchc_desktop.domain.rules.deduction_weighted import DeductionWeighted
from cchc_desktop.domain.rules.ratio import RatioRule
from cchc_desktop.domain.rules.rule import ZeroDenominator
from cchc_desktop.domain.rules.sum_of_items import SumOfItems
from cchc_desktop.formpack.draft.wording.bands import read_bands
from cchc_desktop.formpack.draft.wording.deduction import read_deduction
from cchc_desktop.formpack.draft.wording.escalation import read_escalation
from cchc_desktop.formpack.draft.wording.external import read_external
from cchc_desktop.formpack.draft.wording.formula import read_formula
from cchc_desktop.formpack.draft.wording.items import read_items
from cchc_desktop.formpack.draft.wording.linear import read_linear
from cchc_desktop.formpack.draft.wording.options import read_options
from cchc_desktop.formpack.draft.wording.reading import Reading, doubt
from cchc_desktop.formpack.draft.wording.scale import Scale, read_scale
from cchc_desktop.formpack.draft.wording.survey import read_survey
from cchc_desktop.formpack.draft.wording.target import read_target
from cchc_desktop.formpack.draft.wording.threshold import read_threshold
from cchc_desktop.quick_dataclass import replace

FAMILIES: tuple[Callable[[Scale], Reading | None], ...] = (
    read_escalation,
    read_survey,
    read_external,
    read_threshold,
    read_target,
    read_linear,
    read_bands,
    read_deduction,
    read_items,
    read_options,
    read_formula,
)
LONGEST_TEXT = 4_000
_SHOWN = 120


def read_rule(text: str, maximum: Decimal | None) -> Reading:
    """The rule that the text prints. Whatever of the text is not understood is named among the doubts."""
    if not text.strip():
        return Reading(None, (doubt("no_rule_text"),))
    if maximum is None or maximum <= 0:
        return Reading(None, (doubt("rule_without_maximum"),))
    if len(text) > LONGEST_TEXT:
        return Reading(None, (doubt("rule_too_long"),))
    whole = read_scale(text, maximum)
    for family in FAMILIES:
        scale = replace(whole, unread=list(whole.unread))
        reading = family(scale)
        if reading is not None and reading.rule is not None:
            return completed(reading, scale)
    return Reading(None, (doubt("rule_unread"),))


def completed(reading: Reading, scale: Scale) -> Reading:
    remarks, rule = scale.remarks, reading.rule
    doubts = [*reading.doubts, *remarks.doubts]
    doubts.extend(doubt("unread", text=_shown(clause.text)) for clause in scale.unread)
    if not isinstance(rule, DeductionCount | DeductionWeighted | SumOfItems):
        doubts.extend(
            doubt("capped", cap=cap, max=scale.maximum) for cap in remarks.caps if cap != scale.maximum
        )
    policy = remarks.not_applicable
    if remarks.when_nothing is not None:
        if isinstance(rule, RatioRule):
            rule = replace(rule, zero_denominator=remarks.when_nothing)
        else:
            policy = _POLICIES[remarks.when_nothing]
            if remarks.special:
                doubts.append(doubt("case_or_nothing", text=_shown(remarks.special)))
    problems = rule.problems(scale.maximum) if rule is not None else ()
    doubts.extend(doubt("problem", problem=one.message) for one in problems if not one.warning)
    return replace(
        reading,
        rule=rule,
        doubts=tuple(doubts),
        not_applicable=policy,
        by_appraiser=reading.by_appraiser or remarks.by_appraiser,
    )


_POLICIES = {
    ZeroDenominator.EXCLUDE: Policy.RESCALE,
    ZeroDenominator.FULL: Policy.FULL,
    ZeroDenominator.ZERO: Policy.ZERO,
}


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
