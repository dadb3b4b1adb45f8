"""Exact figures: fractions of decimals, and rounding half up (làm tròn nửa lên)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

# Wide enough for every figure that the program takes; the default of 28 digits would refuse some.
_WIDE = Context(prec=1000, rounding=ROUND_HALF_UP)
_UNITS = tuple(Decimal(1).scaleb(-decimals) for decimals in range(64))


ONE, NOTHING = Fraction(1), Decimal(0)


def less(whole: Decimal, *taken: tuple[Decimal, Decimal]) -> Decimal:
    """whole − Σ a × b, exactly."""
    for each, times in taken:
        whole = _WIDE.subtract(whole, _WIDE.multiply(each, times))
    return whole


def hundredfold(ratio: Decimal) -> Decimal:
    """A ratio in percent: 0.8 → 80."""
    return _WIDE.scaleb(ratio, 2)


def rounded(value: Fraction, decimals: int) -> Fraction:
    """`value` half up to that many decimals (negative: tens, hundreds, …), of any length."""
    power = Fraction(10) ** decimals
    scaled = abs(value) * power
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return whole / power if value >= 0 else -whole / power


def product(each: Decimal, times: Decimal) -> Decimal:
    """each × times, exactly."""
    return _WIDE.multiply(each, times)


def total(parts: Iterable[Decimal]) -> Decimal:
    """The sum of the parts, exactly."""
    found = NOTHING
    for part in parts:
        found = _WIDE.add(found, part)
    return found


def exact(value: Decimal) -> Fraction:
    """The decimal as a fraction; much faster than `Fraction(value)`."""
    return Fraction(*value.as_integer_ratio())


def quotient(numerator: Decimal, denominator: Decimal) -> Fraction:
    """numerator : denominator, exactly; the denominator is not 0."""
    above, below = numerator.as_integer_ratio(), denominator.as_integer_ratio()
    return Fraction(above[0] * below[1], above[1] * below[0])


def half_up(value: Fraction | Decimal, decimals: int) -> Decimal:
    """`value` with exactly `decimals` decimals (0 or more), halves away from zero: 0.625 → 0.63."""
    if isinstance(value, Decimal):
        return _WIDE.quantize(value, _UNITS[decimals])
    numerator, denominator = value.numerator * 10**decimals, value.denominator
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return _WIDE.scaleb(Decimal(whole if numerator >= 0 else -whole), -decimals)


def shown_percent(ratio: Fraction, *limits: Decimal) -> Decimal:
    """A ratio in percent for a sentence: two decimals, or as many as set it apart from the limits it missed.

    94.996 % stands below a floor of 95 %, so it must not be written as 95 %.
    """
    above, below = ratio.numerator * 100, ratio.denominator
    for decimals in range(2, 40):
        whole = (2 * above * 10**decimals + below) // (2 * below)
        shown = _WIDE.scaleb(Decimal(whole), -decimals)
        if not any(limit * 100 == shown and exact(limit) != ratio for limit in limits):
            return shown
    return shown
