"""`deduction_count`: the maximum less so much for each occurrence, not below 0 (trừ theo lần)."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from cchc_desktop.domain.fields import Field, FieldKind
from cchc_desktop.domain.reading import AnswerReader
from cchc_desktop.domain.rounding import NOTHING, less
from cchc_desktop.domain.rules.rule import Earned, Rule
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, kw_only=True)
class DeductionCount(Rule):
    """`figure` says what is counted ("báo cáo thiếu hoặc gửi trễ")."""

    kind: ClassVar[str] = "deduction_count"
    answer_fields: ClassVar[tuple[str, ...]] = ("count",)

    per_unit: Decimal
    figure: str = ""

    def fields(self, max_points: Decimal) -> tuple[Field, ...]:
        return (Field("count", FieldKind.COUNT, self.figure or message("scoring.field_count")),)

    def judge(self, answer: AnswerReader, max_points: Decimal) -> Earned | None:
        count = answer.count_at("count")
        if count is None:
            return None
        left = less(max_points, (count, self.per_unit))
        told = message(
            "scoring.deduction_below_zero" if left < 0 else "scoring.deduction",
            count=count,
            figure=self.figure or message("scoring.times"),
            per_unit=self.per_unit,
            left=left,
        )
        return Earned(max(left, NOTHING), told)
