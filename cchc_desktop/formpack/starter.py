"""The set that a new workbook begins with: two worked examples, sound as they stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from cchc_desktop.domain.criteria import ClassBand, CriteriaSet, Node, NodeType, TestLine
from cchc_desktop.domain.rules.choice import Choice
from cchc_desktop.domain.rules.ratio_threshold import RatioThreshold
from cchc_desktop.domain.rules.rule import Step
from cchc_desktop.domain.sample_cases import TOTAL
from cchc_desktop.domain.unit import UnitKind

_PLAN, _ON_TIME = "1.1", "1.2"


def starter(year: int, words: Callable[[str], str]) -> CriteriaSet:
    """`words` gives the labels in the office's language by a short name."""
    full, late = words("option_full"), words("option_late")
    return CriteriaSet(
        id=f"bo-tieu-chi-{year}",
        version=1,
        title=words("title"),
        year=year,
        unit_kinds=(UnitKind.COMMUNE,),
        effective_from=date(year, 1, 1),
        total_max=Decimal(4),
        nodes=(
            Node("muc_1", "1", NodeType.SECTION, words("section"), Decimal(4)),
            Node(
                "ke_hoach",
                _PLAN,
                NodeType.ROW,
                words("plan"),
                Decimal(1),
                Choice(
                    steps=(
                        Step(full, points=Decimal(1)),
                        Step(late, points=Decimal("0.5")),
                        Step(words("option_none"), points=Decimal(0)),
                    )
                ),
                evidence=words("plan_evidence"),
                evidence_required=True,
            ),
            Node(
                "dung_han",
                _ON_TIME,
                NodeType.ROW,
                words("on_time"),
                Decimal(3),
                RatioThreshold(
                    floor=Decimal("0.8"),
                    numerator=words("on_time_numerator"),
                    denominator=words("on_time_denominator"),
                ),
                evidence=words("on_time_evidence"),
                evidence_required=True,
            ),
        ),
        classes=tuple(
            ClassBand(words(name), Decimal(floor))
            for name, floor in (
                ("class_1", 90),
                ("class_2", 80),
                ("class_3", 70),
                ("class_4", 50),
                ("class_5", 0),
            )
        ),
        tests=tuple(_cases(words, late)),
    )


def _cases(words: Callable[[str], str], late: str) -> list[TestLine]:
    """0.5 + 38/40 × 3 = 3.35 of 4, which is 83.75 %: the second class."""
    case = words("case")
    lines = (
        (_PLAN, "option", late),
        (_ON_TIME, "numerator", "38"),
        (_ON_TIME, "denominator", "40"),
        (_ON_TIME, "points", "2.85"),
        (TOTAL, "points", "3.35"),
        (TOTAL, "class", words("class_2")),
    )
    return [TestLine(case, code, field, value) for code, field, value in lines]
