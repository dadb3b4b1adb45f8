"""Vietnamese numbers, against figures written by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from cchc_desktop.language import format_number, format_percent, format_points, format_size, parse_number


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (2847, "2.847"),
        (1234567, "1.234.567"),
        (0, "0"),
        (Decimal("0.50"), "0,5"),
        (Decimal("1E+3"), "1.000"),
        (Decimal("100"), "100"),
        (Decimal("-1234.5"), "-1.234,5"),
        (Decimal("12345678901234567890.25"), "12.345.678.901.234.567.890,25"),
        (Fraction(1, 3), "0,3333"),
        (Decimal("1E+30"), "1.000.000.000.000.000.000.000.000.000.000"),
        (Decimal("1234567890123456789012345678901.50"), "1.234.567.890.123.456.789.012.345.678.901,5"),
        (Fraction(-(10**30), 8), "-125.000.000.000.000.000.000.000.000.000"),
        (Decimal("-0.00"), "0"),
    ],
)
def test_number(value: int | Decimal | Fraction, written: str) -> None:
    assert format_number(value) == written


def test_points_round_half_up_exactly() -> None:
    assert format_points(Fraction(5, 8)) == "0,63"
    assert format_points(Decimal("4.885")) == "4,89"
    assert format_points(Decimal("-0.005")) == "-0,01"
    assert format_points(Fraction(2847, 2913) * 5) == "4,89"


def test_percent() -> None:
    assert format_percent(Fraction(2847, 2913)) == "97,73%"
    assert format_percent(Decimal("0.8")) == "80%"
    assert format_percent(Fraction(1)) == "100%"


def test_size() -> None:
    assert [format_size(n) for n in (0, 999, 1000, 412_345, 1_400_000, 312_800_000, 4_294_967_295)] == [
        "0 B",
        "999 B",
        "1 KB",
        "412 KB",
        "1,4 MB",
        "312,8 MB",
        "4,3 GB",
    ]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2.913", Decimal(2913)),
        ("2913", Decimal(2913)),
        ("1 234,5", Decimal("1234.5")),
        ("0,5", Decimal("0.5")),
        ("0.5", Decimal("0.5")),
        ("0.500", Decimal("0.500")),
        ("-0.125", Decimal("-0.125")),
        ("-3", Decimal(-3)),
        ("2.9134", Decimal("2.9134")),
        ("", None),
        ("mười", None),
        ("1,2,3", None),
        ("1.23.456", None),
        ("1e3", None),
    ],
)
def test_typed_number(typed: str, value: Decimal | None) -> None:
    assert parse_number(typed) == value
