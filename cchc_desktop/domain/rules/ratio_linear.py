"""`ratio_linear`: ratio × maximum, at most the maximum (tỷ lệ nhân điểm tối đa)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from cchc_desktop.domain.rounding import ONE, exact
from cchc_desktop.domain.rules.ratio import Figures, RatioRule
from cchc_desktop.domain.rules.rule import Earned
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, kw_only=True)
class RatioLinear(RatioRule):
    kind: ClassVar[str] = "ratio_linear"

    def reached(self, figures: Figures, max_points: Decimal) -> Earned:
        ratio = figures.ratio
        if ratio > 1:
            return Earned(max_points, figures.told("ratio_over", Decimal(1)), ratio)
        return Earned(ratio * exact(max_points), figures.told("ratio_linear", Decimal(1)), ratio)

    def marks(self, max_points: Decimal) -> tuple[tuple[Fraction, Decimal], ...]:
        return ((ONE, max_points),)
