"""`ratio_bands`: the points of the highest interval that the ratio reaches (theo khoảng)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

from cchc_desktop.domain.rounding import NOTHING, exact, hundredfold
from cchc_desktop.domain.rules.ratio import Figures, RatioRule
from cchc_desktop.domain.rules.rule import Earned, Problem, Step, StepUse
from cchc_desktop.domain.rules.steps import highest_short_of_maximum, points_within
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass


def _bound(step: Step) -> Decimal:
    return step.floor if step.floor is not None else Decimal(0)


def _reaches(ratio: Fraction, step: Step) -> bool:
    bound = exact(_bound(step))
    return ratio > bound if step.above else ratio >= bound


@dataclass(frozen=True, kw_only=True)
class RatioBands(RatioRule):
    """Each step has a lower bound and points; below the lowest bound there are no points."""

    kind: ClassVar[str] = "ratio_bands"
    step_use: ClassVar[StepUse] = StepUse.FLOOR_POINTS

    steps: tuple[Step, ...]

    def reached(self, figures: Figures, max_points: Decimal) -> Earned:
        ratio = figures.ratio
        rising = sorted(self.steps, key=lambda step: (_bound(step), step.above))
        limits = [_bound(step) for step in rising]
        reached = [index for index, step in enumerate(rising) if _reaches(ratio, step)]
        if not reached:
            told = figures.told("below_bands", *limits, band=_lower(rising[0]))
            return Earned(NOTHING, told, ratio)
        step = rising[reached[-1]]
        worth = step.points or Decimal(0)
        band = _lower(step)
        if reached[-1] + 1 < len(rising):
            upper = rising[reached[-1] + 1]
            upper_id = "scoring.band_up_to" if upper.above else "scoring.band_below"
            band = message(
                "scoring.band_between", lower=band, upper=message(upper_id, bound=hundredfold(_bound(upper)))
            )
        told = figures.told("band", *limits, band=band, worth=worth)
        return Earned(worth, told, ratio, stated=worth)

    def marks(self, max_points: Decimal) -> tuple[tuple[Fraction, Decimal], ...]:
        rising = sorted(self.steps, key=lambda step: (_bound(step), step.above))
        return tuple((exact(_bound(step)), step.points or Decimal(0)) for step in rising if _bound(step))

    def problems(self, max_points: Decimal) -> Iterator[Problem]:
        yield from points_within(self.steps, max_points)
        seen: dict[tuple[Decimal, bool], int] = {}
        for index, step in enumerate(self.steps):
            place = (_bound(step), step.above)
            if place in seen:
                yield Problem("from", message("formpack.band_repeated", bound=place[0]), step=index)
            seen[place] = index
            over = place[0] > 1 or (place[0] == 1 and step.above)
            if over and not self.allow_over:
                yield Problem(
                    "from", message("formpack.band_unreachable", bound=place[0]), step=index, warning=True
                )
        rising = sorted(range(len(self.steps)), key=lambda i: (_bound(self.steps[i]), self.steps[i].above))
        for lower, upper in pairwise(rising):
            if (self.steps[upper].points or Decimal(0)) < (self.steps[lower].points or Decimal(0)):
                yield Problem("points", message("formpack.band_falls"), step=upper, warning=True)
        yield from highest_short_of_maximum(self.steps, max_points)


def _lower(step: Step) -> Message:
    return message(
        "scoring.band_above" if step.above else "scoring.band_from", bound=hundredfold(_bound(step))
    )
