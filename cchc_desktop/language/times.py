"""Vietnamese dates and times: 07/12/2026, 09:42. A moment with a zone is shown on the clock of Viet Nam."""

from __future__ import annotations

import re
from datetime import date, datetime

from cchc_desktop.domain.vietnam_time import in_vietnam


def format_date(value: date | datetime) -> str:
    day = in_vietnam(value) if isinstance(value, datetime) else value
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def format_time(value: datetime) -> str:
    at = in_vietnam(value)
    return f"{at.hour:02d}:{at.minute:02d}"


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
