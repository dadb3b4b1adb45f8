from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.rules.formula import FormulaRule
from cchc_desktop.domain.rules.rule import Step
from cchc_desktop.language import render
from tests.domain.one_row import faults, points, scored
from tests.domain.sentence import half_up


def rule(formula: str, *names: str) -> FormulaRule:
    return FormulaRule(formula=formula, steps=tuple(Step(name) for name in names))


@given(st.integers(0, 50), st.integers(0, 50))
def test_within_zero_and_the_maximum(x: int, y: int) -> None:
    row = scored(rule("(x - y) / 7", "x", "y"), 3, {"variables": {"x": x, "y": y}})
    expected = min(max(Fraction(x - y, 7), Fraction(0)), Fraction(3))
    assert row.points == half_up(expected)
    sentence = render(row.explanation)
    assert f"x = {x}" in sentence
    assert f"y = {y}" in sentence
    assert '"(x - y) / 7"' in sentence


def test_a_guarded_division_by_zero_is_fine_and_an_unguarded_one_names_its_variable() -> None:
    guarded = rule("if(y > 0, x / y, 1) * 2", "x", "y")
    assert points(guarded, 2, {"variables": {"x": 1, "y": 0}}) == "2.00"
    assert points(guarded, 2, {"variables": {"x": 1, "y": 3}}) == "0.67"
    bare = rule("x / y * 2", "x", "y")
    assert faults(bare, {"variables": {"x": 1, "y": 0}}) == [("variables.y", "divided_by_zero")]
    told = render(scored(bare, 2, {"variables": {"x": 1, "y": 0}}).errors[0].message)
    assert "chia cho y" in told


def test_every_variable_is_needed() -> None:
    found = rule("x + y", "x", "y")
    assert points(found, 2, {"variables": {"x": 1}}) is None
    assert points(found, 2, {"variables": {"x": 1, "y": None}}) is None
    assert points(found, 2, {}) is None
    assert faults(found, {"variables": {"x": 1, "z": 1}}) == [("variables.z", "unknown_variable")]
    assert faults(found, {"variables": {"x": -1, "y": 1}}) == [("variables.x", "negative")]
    assert faults(rule("round(x, y)", "x", "y"), {"variables": {"x": 1, "y": "0.5"}}) == [
        ("variables", "rounding_decimals")
    ]


def test_signs_that_the_window_can_not_show_are_written_out() -> None:
    row = scored(rule("if(x ≥ 1, 2, 0)", "x"), 2, {"variables": {"x": 1}})
    assert "≥" not in render(row.explanation)
    assert row.points == Decimal(2)
