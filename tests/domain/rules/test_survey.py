from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.rules.survey import Survey
from cchc_desktop.language import render
from tests.domain.one_row import MAXIMA, faults, points, scored
from tests.domain.sentence import half_up, recomputed


@given(st.decimals(0, 100, places=3), MAXIMA)
def test_percent_of_the_maximum(percent: Decimal, most: Decimal) -> None:
    row = scored(Survey(), most, {"percent": str(percent)})
    assert row.points == half_up(Fraction(percent) * Fraction(most) / 100)
    assert 0 <= row.points <= most
    assert recomputed(render(row.explanation)) == row.points


def test_more_than_a_hundred_is_wrong() -> None:
    assert faults(Survey(), {"percent": "100.5"}) == [("percent", "above_hundred")]
    assert points(Survey(), 10, {"percent": None}) is None
