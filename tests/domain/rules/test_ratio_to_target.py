from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.rules.ratio_to_target import RatioToTarget
from cchc_desktop.language import render
from tests.domain.one_row import MAXIMA, entry_of, points, ratios, scored
from tests.domain.sentence import half_up, recomputed

TARGETS = st.decimals("0.001", "1.5", places=3)


def test_one_of_eight_against_sixty_percent() -> None:
    """0.125 / 0.6 × 3 = 0.625: a rounded quotient (0.2083) would give 0.62."""
    assert points(RatioToTarget(target=Decimal("0.6")), 3, entry_of((1, 8))) == "0.63"


@given(ratios(over=True), TARGETS, MAXIMA)
def test_in_proportion_up_to_the_target(pair: tuple[int, int], target: Decimal, most: Decimal) -> None:
    row = scored(RatioToTarget(target=target, allow_over=True), most, entry_of(pair))
    numerator, denominator = pair
    exact = Fraction(numerator * most.as_integer_ratio()[0], denominator * most.as_integer_ratio()[1])
    expected = half_up(min(exact / Fraction(target), Fraction(most)))
    assert row.points == expected
    assert 0 <= row.points <= most
    assert recomputed(render(row.explanation)) == expected


@given(ratios(), st.integers(0, 1000), TARGETS)
def test_monotone(pair: tuple[int, int], more: int, target: Decimal) -> None:
    rule = RatioToTarget(target=target)
    higher = (min(pair[0] + more, pair[1]), pair[1])
    assert Decimal(points(rule, 3, entry_of(higher)) or 0) >= Decimal(points(rule, 3, entry_of(pair)) or 0)
