"""Thinning backups, held against calendars written by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

from cchc_desktop.domain.backup_schedule import Dated, Schedule, to_drop
from cchc_desktop.domain.vietnam_time import VIETNAM


def at(words: str) -> datetime:
    return datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=VIETNAM)


def dated(*times: str) -> list[Dated]:
    return [Dated(number, at(time), "close") for number, time in enumerate(times, 1)]


def left(backups: list[Dated], schedule: Schedule) -> list[int]:
    gone = set(to_drop(backups, schedule))
    return [one.number for one in backups if one.number not in gone]


def test_nothing_is_dropped_while_there_are_few() -> None:
    assert to_drop(dated("2026-03-02 08:00", "2026-03-02 09:00", "2026-03-02 10:00")) == ()
    assert to_drop([]) == ()


def test_the_last_of_each_day_stays() -> None:
    """Three days with three closings each: the last of every day, and the newest two of all."""
    backups = dated(
        *("2026-03-02 08:00", "2026-03-02 11:30", "2026-03-02 17:00"),
        *("2026-03-03 08:00", "2026-03-03 11:30", "2026-03-03 17:00"),
        *("2026-03-04 08:00", "2026-03-04 11:30", "2026-03-04 17:00"),
    )
    assert left(backups, Schedule(newest=2, days=7, weeks=0, months=0)) == [3, 6, 8, 9]
    assert to_drop(backups, Schedule(newest=2, days=7, weeks=0, months=0)) == (1, 2, 4, 5, 7)


def test_days_are_those_of_viet_nam() -> None:
    """23:30 UTC on the 2nd and 00:30 UTC on the 3rd are one day in Hà Nội (06:30 and 07:30 on the 3rd)."""
    first = datetime.fromisoformat("2026-03-02T23:30:00+00:00")
    second = datetime.fromisoformat("2026-03-03T00:30:00+00:00")
    assert to_drop([Dated(1, first), Dated(2, second)], Schedule(1, 7, 0, 0)) == (1,)


def test_weeks_begin_on_monday_also_across_the_year() -> None:
    """Monday 29/12/2025 to Sunday 4/1/2026 is one week; the 5th begins the next."""
    backups = dated("2025-12-28 17:00", "2025-12-29 17:00", "2026-01-04 17:00", "2026-01-05 17:00")
    assert left(backups, Schedule(newest=1, days=0, weeks=5, months=0)) == [1, 3, 4]


def test_months_stay_for_a_year() -> None:
    """One on each month's last working day of 2025 and 2026; with twelve months the first year goes."""
    days = (
        *("01-30", "02-27", "03-31", "04-30", "05-29", "06-30"),
        *("07-31", "08-31", "09-30", "10-30", "11-30", "12-31"),
    )
    backups = dated(*(f"{year}-{day} 17:00" for year in (2025, 2026) for day in days))
    assert left(backups, Schedule(newest=1, days=0, weeks=0, months=12)) == list(range(13, 25))


def test_periods_count_where_there_are_backups() -> None:
    """Nobody worked for five years: the old backups are not too old, they are the newest there are."""
    backups = dated("2021-05-03 08:00", "2021-05-04 08:00", "2026-05-04 08:00")
    assert left(backups, Schedule(newest=1, days=3, weeks=0, months=0)) == [1, 2, 3]


def test_a_clock_that_jumped_back_loses_no_newer_backup() -> None:
    """The battery is empty: from number 4 on the clock says 2010. By number these are the newest."""
    backups = dated(
        *("2026-03-02 17:00", "2026-03-03 17:00", "2026-03-04 17:00"),
        *("2010-01-01 07:00", "2010-01-01 07:05", "2010-01-01 07:10", "2010-01-01 07:15"),
    )
    assert left(backups, Schedule(newest=2, days=3, weeks=0, months=0)) == [2, 3, 6, 7]


def test_a_clock_that_was_ahead_does_not_push_others_out() -> None:
    """One backup says 2099; it costs one day and one month, no more."""
    backups = dated("2026-03-02 17:00", "2099-01-01 00:00", "2026-03-03 17:00", "2026-03-04 17:00")
    assert left(backups, Schedule(newest=1, days=3, weeks=0, months=0)) == [2, 3, 4]
    assert left(backups, Schedule(newest=1, days=4, weeks=0, months=0)) == [1, 2, 3, 4]


def test_each_kind_keeps_its_newest() -> None:
    """What a restore replaced stays although twenty closings followed on the same day."""
    backups = [Dated(1, at("2026-03-02 08:00"), "restore"), Dated(2, at("2026-03-02 08:01"), "upgrade")]
    backups += [Dated(number, at("2026-03-02 09:00"), "close") for number in range(3, 23)]
    assert left(backups, Schedule(newest=3, days=1, weeks=1, months=1)) == [1, 2, 20, 21, 22]


def test_a_year_of_daily_work_leaves_about_twenty() -> None:
    """Five closings on each of 250 working days: 3 newest + 6 more days + 4 more weeks, 11 more months."""
    day, backups = at("2026-01-01 08:00"), list[Dated]()
    while len(backups) < 1250:
        if day.isoweekday() < 6:
            backups += [
                Dated(len(backups) + hour, day + timedelta(hours=hour), "close") for hour in range(1, 6)
            ]
        day += timedelta(days=1)
    # 2026-12-16 is the 250th working day: days 16 15 14 11 10 9 8 of December (7), weeks of 14/12, 7/12 (both
    # have days above), 30/11, 23/11, 16/11 (3 more), months November (its 30th is the week's last? no: 4/12
    # is) … January: 11 more.
    kept = left(backups, Schedule())
    assert backups[-1].at.date().isoformat() == "2026-12-16"
    assert kept[-3:] == [1248, 1249, 1250]
    days = [backups[number - 1].at.date().isoformat() for number in kept]
    assert days == [
        *("2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30", "2026-05-29", "2026-06-30"),
        *("2026-07-31", "2026-08-31", "2026-09-30", "2026-10-30", "2026-11-20", "2026-11-27"),
        *("2026-11-30", "2026-12-04", "2026-12-08", "2026-12-09", "2026-12-10", "2026-12-11"),
        *("2026-12-14", "2026-12-15", "2026-12-16", "2026-12-16", "2026-12-16"),
    ]
