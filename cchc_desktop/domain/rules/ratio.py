"""What the four ratio rules share: two figures, their check, and a denominator of 0."""

from __future__ import annotations

from abc import abstractmethod
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from cchc_desktop.domain.fields import Field, FieldKind
from cchc_desktop.domain.reading import AnswerReader
from cchc_desktop.domain.rounding import quotient, shown_percent
from cchc_desktop.domain.rules.rule import Earned, NothingArose, Rule, ZeroDenominator
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    numerator: Decimal
    denominator: Decimal
    ratio: Fraction

    def told(self, id_: str, *limits: Decimal, **args: Any) -> Message:
        """An explanation with both figures and their ratio in percent."""
        return message(
            f"scoring.{id_}",
            numerator=self.numerator,
            denominator=self.denominator,
            percent=shown_percent(self.ratio, *limits),
            **args,
        )


@dataclass(frozen=True, kw_only=True)
class RatioRule(Rule):
    """`numerator` and `denominator` say in words what the two figures are."""

    answer_fields: ClassVar[tuple[str, ...]] = ("numerator", "denominator")

    numerator: str = ""
    denominator: str = ""
    allow_over: bool = False
    zero_denominator: ZeroDenominator | None = None

    def fields(self, max_points: Decimal) -> tuple[Field, ...]:
        return (
            Field("numerator", FieldKind.NUMBER, self.numerator or message("scoring.field_numerator")),
            Field("denominator", FieldKind.NUMBER, self.denominator or message("scoring.field_denominator")),
        )

    def judge(self, answer: AnswerReader, max_points: Decimal) -> Earned | NothingArose | None:
        numerator = answer.number_at("numerator")
        denominator = answer.number_at("denominator")
        if numerator is None or denominator is None:
            return None
        if denominator == 0:
            if numerator > 0:
                answer.fault("denominator", "numerator_without_denominator", numerator=numerator)
                return None
            return NothingArose(self.zero_denominator)
        if numerator > denominator and not self.allow_over:
            answer.fault(
                "numerator", "numerator_above_denominator", numerator=numerator, denominator=denominator
            )
            return None
        ratio = quotient(numerator, denominator)
        return self.reached(Figures(numerator, denominator, ratio), max_points)

    @abstractmethod
    def reached(self, figures: Figures, max_points: Decimal) -> Earned:
        """The points of a ratio whose figures are in order."""
