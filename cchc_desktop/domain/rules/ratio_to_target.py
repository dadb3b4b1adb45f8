"""`ratio_to_target`: the maximum at the target, below it in proportion (theo mục tiêu)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from cchc_desktop.domain.rounding import exact, hundredfold
from cchc_desktop.domain.rules.ratio import Figures, RatioRule
from cchc_desktop.domain.rules.rule import Earned, Problem
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, kw_only=True)
class RatioToTarget(RatioRule):
    """`target` is the ratio at which the maximum is reached (0.6 is 60 %)."""

    kind: ClassVar[str] = "ratio_to_target"

    target: Decimal

    def reached(self, figures: Figures, max_points: Decimal) -> Earned:
        share = figures.ratio / exact(self.target)
        if share >= 1:
            told = figures.told("target_reached", self.target, target=hundredfold(self.target))
            return Earned(max_points, told, figures.ratio)
        told = figures.told("target_missed", self.target, target=hundredfold(self.target))
        return Earned(share * exact(max_points), told, figures.ratio)

    def marks(self, max_points: Decimal) -> tuple[tuple[Fraction, Decimal], ...]:
        return ((exact(self.target), max_points),)

    def problems(self, max_points: Decimal) -> Iterator[Problem]:
        if self.target <= 0:
            yield Problem("target", message("formpack.target_is_zero"), found=str(self.target))
