from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.fields import FieldKind
from cchc_desktop.domain.rules.choice import Choice
from cchc_desktop.language import render
from tests.domain.one_row import faults, points, scored, steps
from tests.domain.sentence import recomputed

RULE = Choice(steps=steps(("Đủ", "2"), ("Thiếu", "0.125"), ("Không", "0")))


def test_a_label_a_position_and_an_untidy_label() -> None:
    assert points(RULE, 2, {"option": "Đủ"}) == "2.00"
    assert points(RULE, 2, {"option": 3}) == "0.00"
    assert points(RULE, 2, {"option": Decimal("1")}) == "2.00"
    assert points(RULE, 2, {"option": "  Đu\u0309 "}) == "2.00"


def test_points_finer_than_the_set_are_rounded_and_told() -> None:
    row = scored(RULE, 2, {"option": 2})
    assert str(row.points) == "0.13"
    sentence = render(row.explanation)
    assert "0,125 điểm" in sentence
    assert "0,13 điểm" in sentence
    assert recomputed(sentence) == Decimal("0.13")


@pytest.mark.parametrize(
    ("option", "wrong"),
    [
        ("Gần đủ", "unknown_option"),
        ("1", "unknown_option"),
        (0, "option_position"),
        (4, "option_position"),
        (-1, "negative"),
        (1.5, "not_a_count"),
        (True, "unknown_option"),
        (["Đủ"], "unknown_option"),
        (10**60, "too_many_digits"),
    ],
)
def test_what_is_no_option(option: object, wrong: str) -> None:
    assert faults(RULE, {"option": option}) == [("option", wrong)]


@given(st.lists(st.decimals(0, 5, places=3), min_size=1, max_size=8), st.data())
def test_always_the_points_of_the_option(worth: list[Decimal], data: st.DataObject) -> None:
    rule = Choice(steps=steps(*((f"Mức {n}", str(value)) for n, value in enumerate(worth))))
    which = data.draw(st.integers(1, len(worth)))
    expected = (worth[which - 1] * 1000 + 5) // 10 / Decimal(100)
    row = scored(rule, 5, {"option": which})
    assert row.points == min(expected, Decimal(5))
    assert row == scored(rule, 5, {"option": f"Mức {which - 1}"})


def test_the_window_gets_the_options_in_sheet_order() -> None:
    (field,) = RULE.fields(Decimal(2))
    assert (field.path, field.kind) == ("option", FieldKind.CHOICE)
    assert [(choice.label, choice.points) for choice in field.choices] == [
        ("Đủ", Decimal(2)),
        ("Thiếu", Decimal("0.125")),
        ("Không", Decimal(0)),
    ]
