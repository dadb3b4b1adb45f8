"""`survey`: percent of satisfied people × maximum (điều tra xã hội học)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from cchc_desktop.domain.fields import Field, FieldKind
from cchc_desktop.domain.reading import AnswerReader
from cchc_desktop.domain.rounding import ONE, exact
from cchc_desktop.domain.rules.rule import Earned, Rule
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass

HUNDRED = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class Survey(Rule):
    """`figure` names the survey's result ("Chỉ số hài lòng (SIPAS)")."""

    kind: ClassVar[str] = "survey"
    answer_fields: ClassVar[tuple[str, ...]] = ("percent",)

    figure: str = ""

    def fields(self, max_points: Decimal) -> tuple[Field, ...]:
        label = self.figure or message("scoring.field_percent")
        return (Field("percent", FieldKind.NUMBER, label, upper=HUNDRED, unit="%"),)

    def judge(self, answer: AnswerReader, max_points: Decimal) -> Earned | None:
        percent = answer.number_up_to("percent", HUNDRED, "above_hundred")
        if percent is None:
            return None
        share = exact(percent) / 100
        told = message(
            "scoring.survey", figure=self.figure or message("scoring.field_percent"), percent=percent
        )
        return Earned(share * exact(max_points), told, share)

    def marks(self, max_points: Decimal) -> tuple[tuple[Fraction, Decimal], ...]:
        return ((ONE, max_points),)
