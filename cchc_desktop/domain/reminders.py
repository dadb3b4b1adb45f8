"""What the window reminds of: what is late or soon due, each at its stages, unless it was put off.

`days` are the stages before a day ("14, 3"). What was opened is not told again until it comes into the next
stage; in the last one, and late, it is told each day, as is what was put off until tomorrow.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from cchc_desktop.domain.calendar import CalendarEntry, EntryState
from cchc_desktop.quick_dataclass import dataclass

DEFAULT_DAYS = (14, 3)
MOST_DAYS, MOST_STAGES = 90, 6
LATE = -1
"""The stage of what is past its day."""
_OPEN = (EntryState.OVERDUE, EntryState.SOON, EntryState.LATER)


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry was seen at `stage`; it is told again from `again` on (None: not in this stage)."""

    stage: int
    again: date | None


def days_from(written: str) -> tuple[int, ...]:
    """Stages as a setting holds them, the widest first; the default where it says none."""
    found = {int(one) for one in re.findall(r"\d{1,3}", written)}
    return tuple(sorted((n for n in found if n <= MOST_DAYS), reverse=True)) or DEFAULT_DAYS


def typed_days(typed: str) -> tuple[int, ...]:
    """Stages as a person types them ("14, 3"), the widest first; the default for none.

    Raises ValueError for what is no list of whole days from 0 to 90, at most six of them.
    """
    parts = [part for part in re.split(r"[,;\s]+", typed) if part]
    if len(parts) > MOST_STAGES or not all(re.fullmatch(r"[0-9]{1,3}", part) for part in parts):
        raise ValueError(typed)
    days = sorted({int(part) for part in parts}, reverse=True)
    if days and days[0] > MOST_DAYS:
        raise ValueError(typed)
    return tuple(days) or DEFAULT_DAYS


def key_of(entry: CalendarEntry) -> str:
    return f"{entry.subject}/{entry.plan_id}/{entry.due.isoformat()}"


def stage_of(entry: CalendarEntry, days: Sequence[int]) -> int | None:
    """The narrowest stage that the entry has come into; None when it is far off or done."""
    if entry.state not in _OPEN:
        return None
    if entry.days_left < 0:
        return LATE
    return min((stage for stage in days if entry.days_left <= stage), default=None)


def to_remind(
    entries: Sequence[CalendarEntry], days: Sequence[int], seen: Mapping[str, Seen], today: date
) -> tuple[CalendarEntry, ...]:
    """By date, so the late ones first."""
    told = []
    for entry in entries:
        stage = stage_of(entry, days)
        if stage is None:
            continue
        before = seen.get(key_of(entry))
        again = before is None or stage < before.stage or (before.again is not None and before.again <= today)
        if again:
            told.append(entry)
    return tuple(sorted(told, key=lambda entry: (entry.due, entry.key)))


def put_off(entry: CalendarEntry, days: Sequence[int], today: date) -> Seen:
    """Tell it again tomorrow."""
    stage = stage_of(entry, days)
    return Seen(LATE if stage is None else stage, today + timedelta(days=1))


def opened(entry: CalendarEntry, days: Sequence[int], today: date) -> Seen:
    """Tell it again in the next stage; tomorrow, where there is none."""
    stage = stage_of(entry, days)
    if stage is None or stage <= min(days):
        return put_off(entry, days, today)
    return Seen(stage, None)


def written(seen: Mapping[str, Seen]) -> str:
    """As a setting holds it: a line each, of key, stage and day."""
    return "\n".join(
        f"{key}\t{one.stage}\t{one.again.isoformat() if one.again else ''}"
        for key, one in sorted(seen.items())
    )


def read(text: str) -> dict[str, Seen]:
    """What `written` wrote; a line that can't be read was never seen, so it is told again."""
    found = {}
    for line in text.split("\n"):
        with contextlib.suppress(ValueError):
            key, stage, again = line.split("\t")
            found[key] = Seen(int(stage), date.fromisoformat(again) if again else None)
    return found
