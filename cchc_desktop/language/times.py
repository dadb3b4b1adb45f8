"""Vietnamese dates and times: 07/12/2026, 09:42."""

from __future__ import annotations

import re
from datetime import date, datetime


def format_date(value: date | datetime) -> str:
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def format_time(value: datetime) -> str:
    return f"{value.hour:02d}:{value.minute:02d}"


def parse_date(typed: str) -> date | None:
    """A day as people type it ("7/12/2026", "07-12-2026", "2026-12-07"); None when it is no day."""
    compact = typed.strip()
    if found := re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", compact):
        day, month, year = (int(part) for part in found.groups())
    elif found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", compact):
        year, month, day = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
