"""Figures as they are printed."""

from __future__ import annotations

from decimal import Decimal


def n(value: Decimal) -> str:
    """1.50 → "1,5"."""
    text = f"{value.normalize():f}"
    return text.replace(".", ",")
