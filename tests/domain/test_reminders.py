"""What is told on which day, counted by hand: stages of 14 and 3 days, late, put off, opened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cchc_desktop.domain.calendar import CalendarEntry, EntryState
from cchc_desktop.domain.reminders import (
    Seen,
    days_from,
    key_of,
    opened,
    put_off,
    read,
    to_remind,
    typed_days,
    written,
)

DUE = date(2026, 2, 28)
DAYS = (14, 3)


def entry(left: int, state: EntryState | None = None) -> CalendarEntry:
    kind = state or (EntryState.OVERDUE if left < 0 else EntryState.SOON)
    return CalendarEntry("plan", "plan", "Ban hành kế hoạch", DUE, kind, left, plan_id="p")


def told(left: int, seen: dict[str, Seen] | None = None) -> bool:
    return bool(to_remind([entry(left)], DAYS, seen or {}, DUE - timedelta(days=left)))


@pytest.mark.parametrize(("left", "is_told"), [(15, False), (14, True), (3, True), (0, True), (-1, True)])
def test_told_from_the_widest_stage_on(left: int, is_told: bool) -> None:
    assert told(left) is is_told


@pytest.mark.parametrize("state", [EntryState.DONE, EntryState.DONE_LATE, EntryState.PASSED])
def test_what_is_done_or_not_recorded_here_is_not_told(state: EntryState) -> None:
    assert to_remind([entry(2, state)], DAYS, {}, DUE) == ()


def test_put_off_is_told_again_tomorrow() -> None:
    today = DUE - timedelta(days=10)
    seen = {key_of(entry(10)): put_off(entry(10), DAYS, today)}
    assert not told(10, seen)
    assert told(9, seen)


def test_opened_is_told_again_in_the_next_stage_and_then_each_day() -> None:
    seen = {key_of(entry(10)): opened(entry(10), DAYS, DUE - timedelta(days=10))}
    assert [left for left in range(10, -3, -1) if told(left, seen)] == [3, 2, 1, 0, -1, -2]
    seen = {key_of(entry(2)): opened(entry(2), DAYS, DUE - timedelta(days=2))}
    assert [left for left in range(2, -3, -1) if told(left, seen)] == [1, 0, -1, -2]


def test_a_moved_deadline_is_another_one() -> None:
    other = CalendarEntry("plan", "plan", "", DUE - timedelta(days=13), EntryState.OVERDUE, -3, plan_id="p")
    assert key_of(other) != key_of(entry(10))


def test_late_ones_stand_first() -> None:
    late = CalendarEntry("r", "selfscore", "Nộp", DUE - timedelta(days=20), EntryState.OVERDUE, -10)
    assert [e.subject for e in to_remind([entry(10), late], DAYS, {}, DUE)] == ["selfscore", "plan"]


@pytest.mark.parametrize(
    ("setting", "days"),
    [("", (14, 3)), ("30, 7,1", (30, 7, 1)), ("3;14;14", (14, 3)), ("abc", (14, 3)), ("900", (14, 3))],
)
def test_the_setting(setting: str, days: tuple[int, ...]) -> None:
    assert days_from(setting) == days


@pytest.mark.parametrize(
    ("typed", "days"),
    [("", (14, 3)), (" ; ", (14, 3)), ("1,7, 30", (30, 7, 1)), ("3 3 0", (3, 0)), ("90", (90,))],
)
def test_days_as_they_are_typed(typed: str, days: tuple[int, ...]) -> None:
    assert typed_days(typed) == days


@pytest.mark.parametrize("typed", ["91", "-3", "3,5 ngày", "1e1", "١٤", "1 2 3 4 5 6 7", "0" * 4])
def test_what_is_no_list_of_days(typed: str) -> None:
    with pytest.raises(ValueError):
        typed_days(typed)


def test_what_was_seen_is_kept_and_nonsense_is_forgotten() -> None:
    seen = {"plan/p/2026-02-28": Seen(14, None), "x'/;": Seen(-1, DUE)}
    assert read(written(seen)) == seen
    for nonsense in ("", "a", "a\tb\t", "a\t1\t31/12/2026", "\n\t\t\t"):
        assert read(nonsense) == {}
    assert read("hỏng\n" + written(seen)) == seen
