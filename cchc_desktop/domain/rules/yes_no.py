"""`yes_no`: the maximum or nothing (có hoặc không)."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from cchc_desktop.domain.fields import Field, FieldKind
from cchc_desktop.domain.reading import AnswerReader
from cchc_desktop.domain.rounding import NOTHING
from cchc_desktop.domain.rules.rule import Earned, Rule
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, kw_only=True)
class YesNo(Rule):
    kind: ClassVar[str] = "yes_no"
    answer_fields: ClassVar[tuple[str, ...]] = ("yes",)

    def fields(self, max_points: Decimal) -> tuple[Field, ...]:
        return (Field("yes", FieldKind.YES_NO, message("scoring.field_yes")),)

    def judge(self, answer: AnswerReader, max_points: Decimal) -> Earned | None:
        yes = answer.yes_no_at("yes")
        if yes is None:
            return None
        if yes:
            return Earned(max_points, message("scoring.yes"))
        return Earned(NOTHING, message("scoring.no"))
