"""`external_score`: a score from another system, scaled to the maximum (điểm từ hệ thống khác)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from cchc_desktop.domain.fields import Field, FieldKind
from cchc_desktop.domain.reading import AnswerReader
from cchc_desktop.domain.rounding import ONE, exact, quotient
from cchc_desktop.domain.rules.rule import Earned, Problem, Rule
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, kw_only=True)
class ExternalScore(Rule):
    """`scale` is the highest score of the other system; `figure` names that score."""

    kind: ClassVar[str] = "external_score"
    answer_fields: ClassVar[tuple[str, ...]] = ("score",)

    scale: Decimal = Decimal(100)
    figure: str = ""

    def fields(self, max_points: Decimal) -> tuple[Field, ...]:
        label = self.figure or message("scoring.field_score")
        unit = message("scoring.on_scale", scale=self.scale)
        return (Field("score", FieldKind.NUMBER, label, upper=self.scale, unit=unit),)

    def judge(self, answer: AnswerReader, max_points: Decimal) -> Earned | None:
        score = answer.number_up_to("score", self.scale, "above_scale")
        if score is None:
            return None
        share = quotient(score, self.scale)
        told = message(
            "scoring.external",
            figure=self.figure or message("scoring.field_score"),
            score=score,
            scale=self.scale,
        )
        return Earned(min(share, ONE) * exact(max_points), told, share)

    def marks(self, max_points: Decimal) -> tuple[tuple[Fraction, Decimal], ...]:
        return ((ONE, max_points),)

    def problems(self, max_points: Decimal) -> Iterator[Problem]:
        if self.scale <= 0:
            yield Problem("scale", message("formpack.scale_is_zero"), found=str(self.scale))
