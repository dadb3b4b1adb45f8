"""Bonus and penalty: so much for each occurrence, not above the cap (điểm thưởng, điểm phạt).

They stand outside the sum; without an answer they are 0 and never open.
"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from cchc_desktop.domain.fields import Field, FieldKind
from cchc_desktop.domain.reading import AnswerReader
from cchc_desktop.domain.rounding import NOTHING, product
from cchc_desktop.domain.rules.rule import Earned, Rule
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, kw_only=True)
class Adjustment(Rule):
    """The row's maximum is the cap; `figure` says what is counted."""

    kind: ClassVar[str] = "adjustment"
    answer_fields: ClassVar[tuple[str, ...]] = ("count",)

    per_unit: Decimal
    figure: str = ""

    def fields(self, max_points: Decimal) -> tuple[Field, ...]:
        return (Field("count", FieldKind.COUNT, self.figure or message("scoring.field_count")),)

    def judge(self, answer: AnswerReader, max_points: Decimal) -> Earned | None:
        count = answer.count_at("count")
        if answer.faults:
            return None
        if count is None:
            return Earned(NOTHING, message("scoring.no_occurrence"))
        total = product(count, self.per_unit)
        told = message(
            "scoring.occurrences_over" if total > max_points else "scoring.occurrences",
            count=count,
            figure=self.figure or message("scoring.times"),
            per_unit=self.per_unit,
            total=total,
        )
        return Earned(min(total, max_points), told)
