"""What a field of a task or target may hold, so that the page can refuse a cell before it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cchc_desktop.errors import KnownError

LONGEST_CELL = 10_000
"""Characters."""


def check_fields(fields: Mapping[str, Any]) -> None:
    """Raises `KnownError` plan.cell_too_long, plan.cost_out_of_range."""
    for value in fields.values():
        if isinstance(value, str) and len(value) > LONGEST_CELL:
            raise KnownError("plan.cell_too_long", length=len(value), limit=LONGEST_CELL)
    for milestone in fields.get("milestones") or ():
        if len(milestone.text) > LONGEST_CELL:
            raise KnownError("plan.cell_too_long", length=len(milestone.text), limit=LONGEST_CELL)
    cost = fields.get("cost")
    if isinstance(cost, Decimal) and not (cost.is_finite() and 0 <= cost < 10**12):
        raise KnownError("plan.cost_out_of_range")
