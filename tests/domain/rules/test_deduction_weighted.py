from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.answers import REPEATED
from cchc_desktop.domain.rules.deduction_weighted import DeductionWeighted
from cchc_desktop.language import render
from tests.domain.one_row import faults, points, scored, steps
from tests.domain.sentence import half_up, recomputed

RULE = DeductionWeighted(steps=steps(("Khiển trách", "0.5"), ("Cảnh cáo", "1"), ("Cách chức", "3")))


@given(
    st.dictionaries(st.sampled_from(["Khiển trách", "Cảnh cáo", "Cách chức"]), st.integers(0, 5), max_size=3),
    st.decimals("0.5", 9, places=1),
)
def test_maximum_less_the_weights(counts: dict[str, int], most: Decimal) -> None:
    row = scored(RULE, most, {"counts": counts})
    taken = Fraction(counts.get("Khiển trách", 0), 2) + counts.get("Cảnh cáo", 0)
    taken += 3 * counts.get("Cách chức", 0)
    assert row.points == half_up(max(Fraction(most) - taken, Fraction(0)))
    assert recomputed(render(row.explanation)) == row.points


def test_missing_labels_are_zero_but_null_is_open() -> None:
    assert points(RULE, 3, {"counts": {}}) == "3.00"
    assert points(RULE, 3, {"counts": {"Cảnh cáo": 1}}) == "2.00"
    assert points(RULE, 3, {"counts": {"Cảnh cáo": 1, "Khiển trách": None}}) is None
    assert points(RULE, 3, {"counts": None}) is None


def test_what_can_not_be_right() -> None:
    assert faults(RULE, {"counts": {"Phê bình": 1}}) == [("counts.Phê bình", "unknown_item")]
    assert faults(RULE, {"counts": {"Cảnh cáo": 1.5}}) == [("counts.Cảnh cáo", "not_a_count")]
    assert faults(RULE, {"counts": {"Cảnh cáo": REPEATED}}) == [("counts.Cảnh cáo", "given_twice")]
    twice = {"Cảnh cáo": 1, "Cảnh  cáo": 2}
    assert faults(RULE, {"counts": twice}) == [("counts.Cảnh cáo", "given_twice")]
    assert faults(RULE, {"counts": [1]}) == [("counts", "not_a_mapping")]
