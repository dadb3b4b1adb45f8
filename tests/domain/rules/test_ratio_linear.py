from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.rules.ratio_linear import RatioLinear
from cchc_desktop.language import render
from tests.domain.one_row import MAXIMA, entry_of, faults, points, ratios, scored
from tests.domain.sentence import half_up, recomputed

RULE = RatioLinear()


@given(ratios(over=True), MAXIMA)
def test_ratio_times_maximum_and_never_more(pair: tuple[int, int], most: Decimal) -> None:
    row = scored(RatioLinear(allow_over=True), most, entry_of(pair))
    expected = half_up(min(Fraction(1), Fraction(*pair)) * Fraction(most))
    assert row.points == expected
    assert 0 <= row.points <= most
    assert recomputed(render(row.explanation)) == expected
    assert row.ratio == Fraction(*pair)


@given(ratios(), st.integers(0, 1000))
def test_more_of_the_numerator_is_never_less(pair: tuple[int, int], more: int) -> None:
    higher = (min(pair[0] + more, pair[1]), pair[1])
    assert Decimal(points(RULE, 3, entry_of(higher)) or 0) >= Decimal(points(RULE, 3, entry_of(pair)) or 0)


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ({"numerator": 5, "denominator": 4}, [("numerator", "numerator_above_denominator")]),
        ({"numerator": 1, "denominator": 0}, [("denominator", "numerator_without_denominator")]),
        ({"numerator": -1, "denominator": 4}, [("numerator", "negative")]),
        ({"numerator": -1}, [("numerator", "negative")]),
        (
            {"numerator": "một", "denominator": "1.2,5"},
            [("numerator", "not_a_number"), ("denominator", "not_a_number")],
        ),
        (
            {"numerator": "1,5", "denominator": "1.234,5"},
            [("numerator", "comma_in_number"), ("denominator", "comma_in_number")],
        ),
        (
            {"numerator": "1" * 29, "denominator": "2" * 29},
            [("numerator", "too_many_digits")] * 1 + [("denominator", "too_many_digits")],
        ),
        ({"numerator": Decimal("1E+400000"), "denominator": 4}, [("numerator", "too_many_digits")]),
        ({"numerator": float("nan"), "denominator": 4}, [("numerator", "not_a_number")]),
        ({"numerator": True, "denominator": 4}, [("numerator", "not_a_number")]),
        ({"numerator": 1, "denominator": 4, "tử": 3}, [("tử", "unknown_field")]),
    ],
)
def test_figures_that_cannot_be_right(entry: dict[str, object], wrong: list[tuple[str, str]]) -> None:
    assert faults(RULE, entry) == wrong


def test_a_numerator_above_a_denominator_of_zero_is_wrong_even_where_over_is_allowed() -> None:
    over = RatioLinear(allow_over=True)
    assert faults(over, entry_of((1, 0))) == [("denominator", "numerator_without_denominator")]


@pytest.mark.parametrize("entry", [None, {}, {"numerator": 3}, {"numerator": 3, "denominator": None}])
def test_absent_null_or_partly_filled_is_open(entry: object) -> None:
    row = scored(RULE, 2, entry)
    assert (row.state.value, row.points, row.errors) == ("open", None, ())


def test_28_digits_are_taken_exactly() -> None:
    thirds = {"numerator": "3" * 28, "denominator": "9" * 28}
    assert points(RULE, 3, thirds) == "1.00"
