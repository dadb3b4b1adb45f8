from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.rules.ratio_bands import RatioBands
from cchc_desktop.domain.rules.rule import Step
from cchc_desktop.language import render
from tests.domain.one_row import bands, entry_of, points, ratios, scored
from tests.domain.sentence import half_up, recomputed

RULE = RatioBands(steps=bands((">0.9", "2"), ("0.7", "1"), ("0", "0")))


@pytest.mark.parametrize(
    ("pair", "expected"),
    [((91, 100), "2.00"), ((90, 100), "1.00"), ((70, 100), "1.00"), ((699, 1000), "0.00"), ((0, 1), "0.00")],
)
def test_strictly_above_and_from(pair: tuple[int, int], expected: str) -> None:
    assert points(RULE, 2, entry_of(pair)) == expected


def test_below_the_lowest_interval_there_is_nothing() -> None:
    rule = RatioBands(steps=bands(("0.6", "1"), ("0.8", "2")))
    row = scored(rule, 2, entry_of((59, 100)))
    assert str(row.points) == "0.00"
    assert "(từ 60%)" in render(row.explanation)


def test_marks_stand_in_one_order_however_the_sheet_lists_them() -> None:
    steps = (
        Step(floor=Decimal("0.5"), above=True, points=Decimal(2)),
        Step(floor=Decimal("0.5"), points=Decimal(1)),
    )
    wanted = ((Fraction(1, 2), Decimal(1)), (Fraction(1, 2), Decimal(2)))
    assert RatioBands(steps=steps).marks(Decimal(2)) == wanted
    assert RatioBands(steps=steps[::-1]).marks(Decimal(2)) == wanted


BANDS = st.lists(
    st.tuples(st.decimals(0, "1.5", places=2), st.booleans(), st.decimals(0, 4, places=3)),
    min_size=1,
    max_size=6,
    unique_by=lambda band: (band[0], band[1]),
)


@given(BANDS, ratios(over=True), st.randoms())
def test_the_highest_interval_reached_in_any_order(
    found: list[tuple[Decimal, bool, Decimal]], pair: tuple[int, int], random: object
) -> None:
    steps = [Step(floor=bound, above=above, points=worth) for bound, above, worth in found]
    row = scored(RatioBands(steps=tuple(steps), allow_over=True), 4, entry_of(pair))
    best, expected = (Fraction(-1), False), Fraction(0)
    for bound, above, worth in found:
        reached = Fraction(*pair) > bound or (Fraction(*pair) == bound and not above)
        if reached and (Fraction(bound), above) > best:
            best, expected = (Fraction(bound), above), Fraction(worth)
    assert row.points == min(half_up(expected), Decimal(4))
    sentence = render(row.explanation)
    assert recomputed(sentence.partition(" Làm tròn")[0]) == half_up(expected)
    random.shuffle(steps)  # type: ignore[attr-defined]
    assert scored(RatioBands(steps=tuple(steps), allow_over=True), 4, entry_of(pair)) == row
