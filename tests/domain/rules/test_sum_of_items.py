from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.rules.rule import Step
from cchc_desktop.domain.rules.sum_of_items import SumOfItems
from cchc_desktop.language import render
from tests.domain.one_row import faults, points, scored, steps
from tests.domain.sentence import half_up, recomputed

EACH = SumOfItems(steps=(Step("A"), Step("B"), Step("C", points=Decimal("0.255"))), per_unit=Decimal(1))


@given(st.lists(st.decimals(0, 3, places=3), min_size=1, max_size=6), st.data())
def test_the_items_added_and_never_more_than_the_maximum(worth: list[Decimal], data: st.DataObject) -> None:
    rule = SumOfItems(steps=steps(*((f"Mục {n}", str(value)) for n, value in enumerate(worth))))
    which = data.draw(st.lists(st.integers(0, len(worth) - 1), unique=True))
    row = scored(rule, 4, {"items": [f"Mục {n}" for n in which]})
    total = sum((Fraction(worth[n]) for n in which), start=Fraction(0))
    assert row.points == half_up(min(total, Fraction(4)))
    assert row == scored(rule, 4, {"items": [f"Mục {n}" for n in reversed(which)]})
    assert recomputed(render(row.explanation)) == row.points


def test_points_of_the_item_or_per_unit() -> None:
    assert points(EACH, 3, {"items": []}) == "0.00"
    assert points(EACH, 3, {"items": ["A"]}) == "1.00"
    assert points(EACH, 3, {"items": ["B", "C"]}) == "1.26"
    assert points(EACH, 3, {}) is None
    assert points(EACH, 3, {"items": None}) is None


def test_what_can_not_be_right() -> None:
    assert faults(EACH, {"items": ["D"]}) == [("items", "unknown_item")]
    assert faults(EACH, {"items": ["A", "A"]}) == [("items", "item_repeated")]
    assert faults(EACH, {"items": "A"}) == [("items", "not_a_list")]
    assert faults(EACH, {"items": [1]}) == [("items", "unknown_item")]
