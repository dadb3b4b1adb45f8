"""The calendar file, read back by another reader: lines and octets of RFC 5545, then what the events say."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.documents.ics import ics, write_ics
from cchc_desktop.domain.calendar import CalendarEntry, EntryState
from cchc_desktop.errors import KnownError

NOW = datetime(2026, 2, 12, 9, 30, tzinfo=timezone(timedelta(hours=7)))


def entry(title: str = "Ban hành kế hoạch", **changed: object) -> CalendarEntry:
    values: dict[str, object] = {
        "key": "plan",
        "subject": "plan",
        "title": title,
        "due": date(2026, 2, 28),
        "state": EntryState.LATER,
        "days_left": 16,
        "plan_id": "p1",
    }
    return CalendarEntry(**{**values, **changed})  # type: ignore[arg-type]


def lines_of(content: bytes) -> list[str]:
    """Unfolded content lines; the octets are held to the standard on the way."""
    assert content.endswith(b"\r\n")
    raw = content[:-2].split(b"\r\n")
    for line in raw:
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode("utf-8")  # no letter is cut in two
    unfolded: list[bytes] = []
    for line in raw:
        if line.startswith(b" "):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    lines = [line.decode() for line in unfolded]
    for text in lines:
        assert re.match(r"[A-Z-]+(;[A-Z-]+=[A-Z-]+)*:", text), text
        assert not re.search(r"[\x00-\x1f\x7f]", text)
    return lines


def text_value(value: str) -> str:
    """TEXT back to what was meant; a bare comma or semicolon would end the value."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value)
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


def components(lines: list[str], name: str) -> list[dict[str, str]]:
    """Properties of each component of that name, not of those inside it; begin and end match."""
    stack: list[tuple[str, dict[str, str]]] = []
    found = []
    for line in lines:
        key, _, value = line.partition(":")
        if key == "BEGIN":
            stack.append((value, {}))
        elif key == "END":
            opened, properties = stack.pop()
            assert opened == value
            if opened == name:
                found.append(properties)
        else:
            assert key not in stack[-1][1]
            stack[-1][1][key] = value
    assert not stack
    return found


def test_an_event_of_a_whole_day_with_two_reminders() -> None:
    found = lines_of(
        ics("r1", "Lịch", [entry(recipient="UBND tỉnh (qua Sở Nội vụ)", source="CV 1")], (14, 3), NOW)
    )
    (calendar,) = components(found, "VCALENDAR")
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    (event,) = components(found, "VEVENT")
    assert event["DTSTAMP"] == "20260212T023000Z"
    assert event["DTSTART;VALUE=DATE"] == "20260228"
    assert event["DTEND;VALUE=DATE"] == "20260301"
    assert text_value(event["SUMMARY"]) == "Ban hành kế hoạch"
    assert text_value(event["DESCRIPTION"]) == "Gửi UBND tỉnh (qua Sở Nội vụ).\nTheo: CV 1."
    alarms = components(found, "VALARM")
    assert [alarm["ACTION"] for alarm in alarms] == ["DISPLAY", "DISPLAY"]
    assert all(alarm["DESCRIPTION"] for alarm in alarms)
    # midnight of the day less 13 days and 16 hours is 8 in the morning 14 days before
    assert [alarm["TRIGGER"] for alarm in alarms] == ["-P13DT16H", "-P2DT16H"]


@pytest.mark.parametrize(
    ("days", "hours"), [(14, -(14 * 24 - 8)), (3, -(3 * 24 - 8)), (1, -(24 - 8)), (0, 8)]
)
def test_a_reminder_comes_at_eight_in_the_morning(days: int, hours: int) -> None:
    (alarm,) = components(lines_of(ics("r", "L", [entry()], (days,), NOW)), "VALARM")
    sign, whole, rest = re.fullmatch(r"(-?)P(?:(\d+)D)?T(\d+)H", alarm["TRIGGER"]).groups()  # type: ignore[union-attr]
    assert (int(whole or 0) * 24 + int(rest)) * (-1 if sign else 1) == hours


def test_what_is_done_reminds_no_more_and_says_when() -> None:
    done = entry(state=EntryState.DONE_LATE, done_on=date(2026, 3, 2), days_late=2)
    found = lines_of(ics("r", "L", [done], (14, 3), NOW))
    assert components(found, "VALARM") == []
    (event,) = components(found, "VEVENT")
    assert "Đã xong ngày 02/03/2026." in text_value(event["DESCRIPTION"])


def test_uids_stay_from_one_export_to_the_next_and_differ_within_one() -> None:
    def uids(entries: list[CalendarEntry], round_id: str, now: datetime) -> list[str]:
        return [
            event["UID"] for event in components(lines_of(ics(round_id, "L", entries, (3,), now)), "VEVENT")
        ]

    two = [entry(), entry(plan_id="p2"), entry(subject="selfscore", plan_id="")]
    moved = [entry("Tên khác", due=date(2026, 1, 15), key="som"), *two[1:]]
    first = uids(two, "r1", NOW)
    assert uids(moved, "r1", datetime(2027, 1, 1, tzinfo=UTC)) == first
    assert len(set(first)) == 3
    assert not set(uids(two, "r2", NOW)) & set(first)


AWKWARD = (
    'Kế hoạch; của H\'Lan, "Niê" \\ A/B\ndòng hai\r\ndòng ba',
    "BEGIN:VEVENT\r\nUID:giả",
    "Ủy ban nhân dân " * 40,
    "\ud800 nửa chữ \x00\x07\x1b",
    "🏛️👩‍💼" * 30,
    "",
)


@pytest.mark.parametrize("words", AWKWARD)
def test_awkward_names_come_back_as_they_were(words: str) -> None:
    found = lines_of(ics("r", words, [entry(words, recipient=words)], (3,), NOW))
    (event,) = components(found, "VEVENT")
    meant = re.sub(r"[\ud800-\udfff\x00\x07\x1b]", "", words).replace("\r\n", "\n")
    assert text_value(event["SUMMARY"]) == meant
    assert text_value(components(found, "VCALENDAR")[0]["X-WR-CALNAME"]) == meant


@given(st.text(max_size=200))
def test_any_words_keep_the_file_whole(words: str) -> None:
    found = lines_of(ics("r", words, [entry(words, source=words), entry(words, plan_id="2")], (14, 3), NOW))
    assert len(components(found, "VEVENT")) == 2
    assert len(components(found, "VALARM")) == 4


def test_the_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    to = tmp_path / "Lịch 'năm'.ics"
    write_ics("r", "L", [entry()], (3,), NOW, to)
    assert to.read_bytes() == ics("r", "L", [entry()], (3,), NOW)
    with pytest.raises(KnownError):
        write_ics("r", "L", [], (3,), NOW, tmp_path / "không có" / "x.ics")
    assert [path.name for path in tmp_path.iterdir()] == [to.name]
