from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.rules.ratio_threshold import RatioThreshold
from cchc_desktop.language import render
from tests.domain.one_row import MAXIMA, entry_of, points, ratios, scored
from tests.domain.sentence import half_up, recomputed

FLOORS = st.decimals(0, 1, places=3)


@given(ratios(over=True), FLOORS, MAXIMA)
def test_nothing_below_the_floor_and_ratio_times_maximum_from_it(
    pair: tuple[int, int], floor: Decimal, most: Decimal
) -> None:
    row = scored(RatioThreshold(floor=floor, allow_over=True), most, entry_of(pair))
    ratio = Fraction(*pair)
    expected = half_up(min(ratio, Fraction(1)) * Fraction(most)) if ratio >= Fraction(floor) else Decimal(0)
    assert row.points == expected
    assert 0 <= row.points <= most
    assert recomputed(render(row.explanation)) == expected


@given(ratios(), st.integers(0, 1000), FLOORS)
def test_monotone(pair: tuple[int, int], more: int, floor: Decimal) -> None:
    rule = RatioThreshold(floor=floor)
    higher = (min(pair[0] + more, pair[1]), pair[1])
    assert Decimal(points(rule, 2, entry_of(higher)) or 0) >= Decimal(points(rule, 2, entry_of(pair)) or 0)


def test_a_hair_below_the_floor_is_not_shown_as_the_floor() -> None:
    row = scored(RatioThreshold(floor=Decimal("0.95")), 5, entry_of((94_999, 100_000)))
    assert str(row.points) == "0.00"
    assert "94,999%, dưới ngưỡng 95%" in render(row.explanation)


def test_marks_for_the_ruler() -> None:
    rule = RatioThreshold(floor=Decimal("0.8"))
    assert rule.marks(Decimal("1.5")) == ((Fraction(4, 5), Decimal("1.2")), (Fraction(1), Decimal("1.5")))
