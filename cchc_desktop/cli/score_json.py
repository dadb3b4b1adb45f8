"""Parts of a score as `cchc score --json` and `cchc demo --json` print them: decimals are strings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cchc_desktop.domain.scoring import Total


def total_object(total: Total) -> dict[str, Any]:
    return {
        "points": decimal_text(total.points),
        "max": decimal_text(total.max_points),
        "applicable_max": decimal_text(total.applicable_max),
        "self_points": decimal_text(total.self_points),
        "self_max": decimal_text(total.self_max),
        "index": decimal_text(total.index),
        "bonus": decimal_text(total.bonus),
        "penalty": decimal_text(total.penalty),
        "final": decimal_text(total.final),
        "class": total.class_label,
        "class_provisional": total.class_provisional,
        "open_rows": total.open_rows,
        "open_points": decimal_text(total.open_points),
    }


def decimal_text(value: Decimal | None) -> str | None:
    """Digits and a point, never an exponent; None stays None."""
    return None if value is None else f"{value:f}"
