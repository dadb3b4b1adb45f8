"""`ratio_threshold`: nothing below the floor, from it on ratio × maximum (có ngưỡng)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from cchc_desktop.domain.rounding import NOTHING, ONE, exact, hundredfold
from cchc_desktop.domain.rules.ratio import Figures, RatioRule
from cchc_desktop.domain.rules.rule import Earned, Problem
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, kw_only=True)
class RatioThreshold(RatioRule):
    """`floor` is the ratio below which there are no points (0.8 is 80 %)."""

    kind: ClassVar[str] = "ratio_threshold"

    floor: Decimal

    def reached(self, figures: Figures, max_points: Decimal) -> Earned:
        ratio, floor = figures.ratio, self.floor
        if ratio < exact(floor):
            return Earned(NOTHING, figures.told("below_floor", floor, floor=hundredfold(floor)), ratio)
        if ratio > 1:
            told = figures.told("floor_over", floor, Decimal(1), floor=hundredfold(floor))
            return Earned(max_points, told, ratio)
        told = figures.told("floor_reached", floor, Decimal(1), floor=hundredfold(floor))
        return Earned(ratio * exact(max_points), told, ratio)

    def marks(self, max_points: Decimal) -> tuple[tuple[Fraction, Decimal], ...]:
        floor = exact(self.floor)
        return ((floor, self.floor * max_points), (ONE, max_points))

    def problems(self, max_points: Decimal) -> Iterator[Problem]:
        if self.floor == 0:
            yield Problem("floor", message("formpack.floor_is_zero"), warning=True, found=str(self.floor))
