"""The formula language: what it computes, in exact fractions, and that nothing else parses."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.expression import DividedByZeroError
from cchc_desktop.domain.formula import FormulaFault, is_variable, parse
from cchc_desktop.language import render

NAMES = ("x", "y", "z", "số hồ sơ", "tổng")


def value(formula: str, **figures: Any) -> Fraction:
    figures = {"x": 0, "y": 0, "z": 0, **figures}
    return parse(formula, NAMES).number({name: Fraction(figure) for name, figure in figures.items()})


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("7 - 2 - 1", "4"),
        ("8 / 4 / 2", "1"),
        ("8 ÷ 3 × 3", "8"),
        ("5 − 2", "3"),
        ("-2 * -3", "6"),
        ("--2", "2"),
        ("1 / 3 + 1 / 6", "1/2"),
        ("0.1 + 0.2", "3/10"),
        ("min(3, 1; 2)", "1"),
        ("max(3)", "3"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-3"),
        ("round(0.625, 2)", "63/100"),
        ("round(1250, -2)", "1300"),
        ("if(1 = 1, 4, 5)", "4"),
        ("if(1 <> 1; 4; 5)", "5"),
        ("if(2 > 1 and 3 >= 3, 1, 0)", "1"),
        ("if(2 < 1 or 3 ≤ 3, 1, 0)", "1"),
        ("if(not 2 != 2, 1, 0)", "1"),
        ("if(1 == 1 or 1 > 2 and 1 > 2, 1, 0)", "1"),
        ("if((1 > 2 or 2 > 1) and not (1 ≥ 2), 1, 0)", "1"),
        ("if(if(1 > 0, 2 > 1, 2 < 1), 1, 0)", "1"),
        ("2 * (3 + if(1 > 0, 1, 1 / (1 - 1)))", "8"),
    ],
)
def test_values(formula: str, expected: str) -> None:
    assert value(formula) == Fraction(expected)


def test_variables_with_vietnamese_names() -> None:
    figures = {"số hồ sơ": Fraction(3), "tổng": Fraction(4)}
    assert parse("số hồ sơ / tổng * 2", NAMES).number(figures) == Fraction(3, 2)
    assert parse("so\u0302\u0301 ho\u0302\u0300 so\u031b / tổng", NAMES).number(figures) == Fraction(3, 4)
    assert is_variable("số hồ sơ")
    assert not is_variable("if")
    assert not is_variable("a+b")
    assert not is_variable("2x")
    assert not is_variable("")


def test_lazy_where_it_must_be() -> None:
    assert value("if(y > 0, x / y, 9)", x=1) == 9
    assert value("if(y = 0 or x / y > 1, 1, 0)", x=5) == 1
    assert value("if(y > 0 and x / y > 1, 1, 0)", x=5) == 0
    with pytest.raises(DividedByZeroError) as caught:
        value("x / (y - z)", x=1, y=2, z=2)
    assert caught.value.variables == ("y", "z")


@pytest.mark.parametrize(
    ("formula", "wrong"),
    [
        ("", "formula_empty"),
        ("x +", "formula_ends"),
        ("(x", "formula_ends"),
        ("x)", "formula_unexpected"),
        ("x y", "formula_unexpected"),
        ("2x", "formula_unexpected"),
        ("x ** 2", "formula_unexpected"),
        ("x ^ 2", "formula_character"),
        ("x % 2", "formula_character"),
        ("'a'", "formula_character"),
        ("x.y", "formula_character"),
        (".5", "formula_character"),
        ("1e5", "formula_unexpected"),
        ("x[0]", "formula_character"),
        ("{x}", "formula_character"),
        ("import os", "formula_variable"),
        ("__import__(x)", "formula_variable"),
        ("abs(x)", "formula_variable"),
        ("lambda: x", "formula_character"),
        ("1 < x < 2", "formula_unexpected"),
        ("x > 1", "formula_is_condition"),
        ("if(x, 1, 2)", "formula_needs_condition"),
        ("not x", "formula_needs_condition"),
        ("x and y", "formula_needs_condition"),
        ("(x > 1) + 1", "formula_needs_number"),
        ("-(x > 1)", "formula_needs_number"),
        ("min(x > 1, 2)", "formula_needs_number"),
        ("(x > 1) = (y > 1)", "formula_needs_number"),
        ("if(x > 1, 1, y > 1)", "formula_mixed_branches"),
        ("if(x > 1, 1)", "formula_arguments"),
        ("round(1, 2, 3)", "formula_arguments"),
        ("min()", "formula_unexpected"),
        ("if x > 1", "formula_unexpected"),
        ("IF(x > 1, 1, 2)", "formula_capitals"),
        ("x / 0", "formula_divides_by_zero"),
        ("1" * 29, "formula_number_too_long"),
        ("tong / 2", "formula_variable_near"),
        ("1 + " * 250 + "1", "formula_too_long"),
        ("(" * 33 + "x" + ")" * 33, "formula_too_deep"),
        ("-" * 33 + "x", "formula_too_deep"),
        ("not " * 33 + "x > 1", "formula_too_deep"),
        ("min(" * 33 + "x" + ")" * 33, "formula_too_deep"),
        ("x\u200b", "formula_character"),
    ],
)
def test_nothing_else_parses(formula: str, wrong: str) -> None:
    with pytest.raises(FormulaFault) as caught:
        parse(formula, NAMES)
    assert caught.value.message.id == f"formpack.{wrong}"
    assert render(caught.value.message)


def test_limits_are_reached_but_not_passed() -> None:
    assert value("(" * 32 + "7" + ")" * 32) == 7
    assert value("1+" * 499 + "1") == 500


@st.composite
def expressions(draw: st.DrawFn, depth: int = 0) -> tuple[str, Any]:
    """An arithmetic expression and the same computed by Python's own fractions."""
    if depth > 4 or draw(st.booleans()):
        number = draw(st.integers(0, 99))
        return str(number), Fraction(number)
    left, left_value = draw(expressions(depth=depth + 1))
    right, right_value = draw(expressions(depth=depth + 1))
    sign = draw(st.sampled_from("+-*/"))
    if sign == "/" and not right_value:
        sign = "+"
    results = {"+": left_value + right_value, "-": left_value - right_value, "*": left_value * right_value}
    result = left_value / right_value if sign == "/" else results[sign]
    return f"({left} {sign} {right})", result


@given(expressions())
def test_same_as_python_with_fractions(pair: tuple[str, Fraction]) -> None:
    formula, expected = pair
    assert value(formula) == expected


@given(st.text(max_size=40))
def test_any_text_parses_or_is_told(text: str) -> None:
    try:
        parse(text, NAMES)
    except FormulaFault as fault:
        assert render(fault.message)
