"""Rounding half up, exactly: from a fraction to a decimal with so many decimals (làm tròn nửa lên)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def half_up(value: Fraction | Decimal | int, decimals: int) -> Decimal:
    """`value` with exactly `decimals` decimals (0 or more), halves away from zero: 0.625 → 0.63."""
    exact = Fraction(value)
    power = 10**decimals
    numerator, denominator = abs(exact.numerator) * power, exact.denominator
    whole = (2 * numerator + denominator) // (2 * denominator)
    return Decimal(f"{'-' if exact < 0 and whole else ''}{whole}E-{decimals}")


def shown_percent(ratio: Fraction, *limits: Decimal) -> Decimal:
    """A ratio in percent for a sentence: two decimals, or as many as set it apart from the limits it missed.

    94.996 % stands below a floor of 95 %, so it must not be written as 95 %.
    """
    exact = ratio * 100
    close = [limit * 100 for limit in limits if Fraction(limit) != ratio]
    for decimals in range(2, 40):
        shown = half_up(exact, decimals)
        if shown not in close:
            return shown
    return shown
