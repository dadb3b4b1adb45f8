"""The unit's calendar for other programs (iCalendar, RFC 5545): whole days, each with its reminders.

A UID depends on the round, the subject and the plan only: a later export, taken in again, puts the earlier
right.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from cchc_desktop.documents.output import whole_file
from cchc_desktop.domain.calendar import CalendarEntry, EntryState
from cchc_desktop.domain.plain_text import stored
from cchc_desktop.language import format_date, text

_LINE = 75
"""Octets of a line without its end (RFC 5545, 3.1)."""
_MORNING = 8
"""The hour at which a reminder is shown."""
_SPACE = uuid.UUID("6f0d2f0b-6b6b-5c0e-9a43-0f6d3f6f9b1e")
_DONE = (EntryState.DONE, EntryState.DONE_LATE)


def write_ics(
    round_id: str,
    title: str,
    entries: Sequence[CalendarEntry],
    reminder_days: Sequence[int],
    now: datetime,
    to: Path,
) -> None:
    """The file appears whole or not at all. `title` names the calendar."""
    content = ics(round_id, title, entries, reminder_days, now)
    with whole_file(to) as part:
        part.write_bytes(content)


def ics(
    round_id: str, title: str, entries: Sequence[CalendarEntry], reminder_days: Sequence[int], now: datetime
) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//CCHC Desktop//Calendar 1//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(title)}",
    ]
    for entry in entries:
        lines += _event(round_id, entry, reminder_days, now)
    lines.append("END:VCALENDAR")
    return b"".join(folded_line(line) for line in lines)


def _event(round_id: str, entry: CalendarEntry, reminder_days: Sequence[int], now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid(round_id, entry)}"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(entry.due)}"
    yield f"DTEND;VALUE=DATE:{_day(entry.due + timedelta(days=1))}"
    yield f"SUMMARY:{escaped(entry.title)}"
    yield f"DESCRIPTION:{escaped(_description(entry))}"
    yield "TRANSP:TRANSPARENT"
    if entry.state not in _DONE:
        for days in sorted(set(reminder_days), reverse=True):
            yield "BEGIN:VALARM"
            yield "ACTION:DISPLAY"
            yield f"DESCRIPTION:{escaped(entry.title)}"
            yield f"TRIGGER:{_before(days)}"
            yield "END:VALARM"
    yield "END:VEVENT"


def uid(round_id: str, entry: CalendarEntry) -> str:
    return str(uuid.uuid5(_SPACE, f"{round_id}/{entry.subject}/{entry.plan_id}"))


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _before(days: int) -> str:
    """In the morning of the day that is so many days before; a day begins at midnight."""
    if days <= 0:
        return f"PT{_MORNING}H"
    whole = f"{days - 1}D" if days > 1 else ""
    return f"-P{whole}T{24 - _MORNING}H"


def _description(entry: CalendarEntry) -> str:
    said = []
    if entry.recipient:
        said.append(text("calendar.ics_recipient", recipient=entry.recipient))
    if entry.state in _DONE and entry.done_on is not None:
        said.append(text("calendar.ics_done", on=format_date(entry.done_on)))
    if entry.source:
        said.append(text("calendar.ics_source", source=entry.source))
    return "\n".join(said)


def escaped(words: str) -> str:
    """TEXT of RFC 5545, 3.3.11; control characters, which it has no word for, fall out."""
    plain = stored(words).replace("\t", " ")
    plain = "".join(c for c in plain if c == "\n" or (ord(c) >= 32 and ord(c) != 127))
    for letter in ("\\", ";", ","):
        plain = plain.replace(letter, f"\\{letter}")
    return plain.replace("\n", "\\n")


def folded_line(line: str) -> bytes:
    """The line in UTF-8, no more than 75 octets each, a letter never cut in two, with its CRLF."""
    pieces: list[bytes] = []
    piece = b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > _LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
