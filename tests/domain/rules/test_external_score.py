from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.rules.external_score import ExternalScore
from cchc_desktop.language import render
from tests.domain.one_row import MAXIMA, faults, points, scored
from tests.domain.sentence import half_up, recomputed


@given(st.decimals(1, 1000, places=1), st.integers(0, 1000), MAXIMA)
def test_share_of_the_scale(scale: Decimal, thousandths: int, most: Decimal) -> None:
    score = scale * thousandths / 1000
    row = scored(ExternalScore(scale=scale), most, {"score": str(score)})
    assert row.points == half_up(Fraction(thousandths, 1000) * Fraction(most))
    assert 0 <= row.points <= most
    assert recomputed(render(row.explanation)) == row.points


def test_the_scale_is_100_unless_said() -> None:
    assert points(ExternalScore(), 4, {"score": "86.97"}) == "3.48"
    assert faults(ExternalScore(), {"score": "100.01"}) == [("score", "above_scale")]
    assert faults(ExternalScore(scale=Decimal(10)), {"score": 11}) == [("score", "above_scale")]
    assert points(ExternalScore(), 4, {}) is None
