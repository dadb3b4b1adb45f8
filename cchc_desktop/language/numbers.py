"""Vietnamese numbers: point between thousands, comma before decimals ("2.847", "4,89", "97,73%")."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from cchc_desktop.quick_pattern import pattern

Number = int | Decimal | Fraction
_SIGNS = str.maketrans(",.", ".,")


def _rounded(value: Number, decimals: int) -> Decimal:
    """Half up, exactly, also for fractions that no decimal can hold."""
    exact = Fraction(value)
    scaled = exact * 10**decimals
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    # Built from its parts, because arithmetic would round a long number to 28 digits.
    return Decimal((0 if exact >= 0 else 1, Decimal(whole).as_tuple().digits, -decimals))


def _written(value: Decimal) -> str:
    sign = "-" if value < 0 else ""
    return sign + f"{value.copy_abs():,f}".translate(_SIGNS)


def format_number(value: Number) -> str:
    """The digits that the value has and no more: 2847 → "2.847", 0.50 → "0,5"; fractions get 4 decimals."""
    exact = _rounded(value, 4) if isinstance(value, Fraction) else Decimal(value)
    whole, _, decimals = _written(exact).partition(",")
    decimals = decimals.rstrip("0")
    return f"{whole},{decimals}" if decimals else ("0" if whole == "-0" else whole)


def format_points(value: Number, decimals: int = 2) -> str:
    return _written(_rounded(value, decimals))


def format_percent(value: Number, decimals: int = 2) -> str:
    """A ratio (1 is 100 %) with at most `decimals` decimals: 0.9773 → "97,73%", 0.8 → "80%"."""
    hundredfold = _rounded(Fraction(value) * 100, decimals)
    return f"{format_number(hundredfold)}%"


def format_size(size: int) -> str:
    """Bytes for people: "412 KB", "1,4 MB"."""
    if size < 1000:
        return f"{size} B"
    if size < 999_500:
        return f"{_written(_rounded(Fraction(size, 1000), 0))} KB"
    unit, name = (10**6, "MB") if size < 999_950_000 else (10**9, "GB")
    return f"{_written(_rounded(Fraction(size, unit), 1))} {name}"


_TYPED = pattern(r"[+-]?([1-9]\d{0,2}(\.\d{3})+|\d+)(,\d+)?")


def parse_number(typed: str) -> Decimal | None:
    """What a person typed: "2.913", "1 234,5", "0,5". None when it is not a number.

    A point that can't be between thousands ("0.5", "0.500") is a decimal point: people paste such figures.
    """
    compact = re.sub(r"[\s\u00a0\u202f]", "", typed)
    if _TYPED.fullmatch(compact):
        return Decimal(compact.replace(".", "").replace(",", "."))
    if re.fullmatch(r"[+-]?\d+\.\d+", compact):
        return Decimal(compact)
    return None
