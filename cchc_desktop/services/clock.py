"""Whether the PC's clock can be right: days, deadlines and signing times hang on it."""

from __future__ import annotations

from datetime import datetime, timedelta

from cchc_desktop.domain.vietnam_time import OFFSET, in_vietnam
from cchc_desktop.message import Message, message
from cchc_desktop.store import journal, settings
from cchc_desktop.store.profile import Profile

__all__ = ["accept_zone", "wrong_clock"]

_ZONE = "clock.zone"
SLACK = timedelta(minutes=5)
"""A clock that is set right by the network may well go back this far."""


def wrong_clock(profile: Profile, now: datetime, offset: timedelta) -> Message | None:
    """What to tell the user of the clock; None when nothing speaks against it.

    `now` has a zone; `offset` is what the system adds to UTC just now. A clock that stands before the newest
    change of the profile has jumped back: an empty battery does that with every power cut. Another
    zone than when the profile was last open is told until the user knows (`accept_zone`); the first is taken.
    """
    last = profile.read(journal.newest_at)
    if last is not None and now < last - SLACK:
        at, said = in_vietnam(now), in_vietnam(last)
        return message("clock.back", time=at, day=at, last_time=said, last_day=said)
    zone, before = _zone(offset), profile.read(lambda db: settings.setting(db, _ZONE))
    if before == zone:
        return None
    if before and offset != OFFSET:
        return message("clock.zone", before=before, zone=zone)
    accept_zone(profile, offset)
    return None


def accept_zone(profile: Profile, offset: timedelta) -> None:
    """The user knows of it."""
    profile.write(lambda change: change.set_setting(_ZONE, _zone(offset)))


def _zone(offset: timedelta) -> str:
    """UTC-08:00"""
    minutes = round(offset.total_seconds() / 60)
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
