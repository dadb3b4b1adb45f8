"""The clock of Viet Nam: one zone, no summer time.

Days and times are Vietnamese, whatever zone the PC is set to: a deadline ends with the office's day, and a PC
whose zone was changed shows the same times as before.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

OFFSET = timedelta(hours=7)
VIETNAM = timezone(OFFSET)


def vietnam_now() -> datetime:
    """Now, to the second, with +07:00: whatever zone the PC was set to."""
    return datetime.now(VIETNAM).replace(microsecond=0)


def vietnam_today() -> date:
    """The day that it is in Viet Nam."""
    return datetime.now(VIETNAM).date()


def in_vietnam(moment: datetime) -> datetime:
    """The same moment on a Vietnamese clock. A moment without a zone is one already."""
    return moment.replace(tzinfo=VIETNAM) if moment.tzinfo is None else moment.astimezone(VIETNAM)
