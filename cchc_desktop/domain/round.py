"""A round (kỳ đánh giá): one unit, one year, one criteria set version; the year's plan hangs on it too."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cchc_desktop.domain.unit import Unit
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class HeadConfirmation:
    """The head answers for the self-score: who, in which office, on which day, for which total."""

    name: str
    title: str
    confirmed_on: date
    total_points: Decimal


@dataclass(frozen=True, slots=True)
class Round:
    """`archived` rounds came from another profile (a unit before its merger) and can only be read."""

    id: str
    year: int
    unit: Unit
    criteria_id: str
    criteria_version: int
    plan_template_id: str
    plan_template_version: int
    exclusions: tuple[str, ...] = ()
    confirmation: HeadConfirmation | None = None
    archived: bool = False
