from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.rules.deduction_count import DeductionCount
from cchc_desktop.language import render
from tests.domain.one_row import COUNTS, MAXIMA, faults, points, scored
from tests.domain.sentence import half_up, recomputed

UNITS = st.decimals("0.01", 3, places=3)


@given(COUNTS, UNITS, MAXIMA)
def test_maximum_less_each_occurrence_not_below_zero(count: int, each: Decimal, most: Decimal) -> None:
    row = scored(DeductionCount(per_unit=each), most, {"count": count})
    left = most - count * each
    assert row.points == (half_up(Fraction(left)) if left > 0 else 0)
    assert 0 <= row.points <= most
    assert recomputed(render(row.explanation)) == row.points


@given(COUNTS, UNITS)
def test_one_more_never_helps(count: int, each: Decimal) -> None:
    rule = DeductionCount(per_unit=each)
    one_more = Decimal(points(rule, 2, {"count": count + 1}) or 0)
    assert one_more <= Decimal(points(rule, 2, {"count": count}) or 0)


def test_what_is_no_count() -> None:
    rule = DeductionCount(per_unit=Decimal("0.25"), figure="báo cáo trễ")
    assert faults(rule, {"count": "1.5"}) == [("count", "not_a_count")]
    assert faults(rule, {"count": -1}) == [("count", "negative")]
    assert faults(rule, {"count": True}) == [("count", "not_a_number")]
    assert points(rule, 2, {"count": Decimal("2.0")}) == "1.50"
    assert render(scored(rule, 2, {"count": 3}).explanation) == (
        "3 báo cáo trễ nên được 2 - 3 × 0,25 = 1,25 điểm."
    )
