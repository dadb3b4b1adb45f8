"""Times as they stand in plans, against days looked up in a calendar."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.due import Due, days_in_month, parse_due


@given(year=st.integers(1, 9999), month=st.integers(1, 12))
def test_a_month_has_as_many_days_as_in_the_calendar(year: int, month: int) -> None:
    assert days_in_month(year, month) == calendar.monthrange(year, month)[1]


def due(first: str, last: str, *, recurring: bool = False) -> Due:
    return Due(date.fromisoformat(first), date.fromisoformat(last), recurring)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("30/06/2026", due("2026-06-30", "2026-06-30")),
        ("Trước 30/6", due("2026-06-30", "2026-06-30")),
        ("Chậm nhất ngày 15/12/2026", due("2026-12-15", "2026-12-15")),
        ("2026-06-30", due("2026-06-30", "2026-06-30")),
        ("Tháng 6", due("2026-06-01", "2026-06-30")),
        ("tháng 02/2026", due("2026-02-01", "2026-02-28")),
        ("Cuối tháng 2", due("2026-02-21", "2026-02-28")),
        ("Quý II", due("2026-04-01", "2026-06-30")),
        ("QUÝ 4/2026", due("2026-10-01", "2026-12-31")),
        ("Quý I, III", due("2026-01-01", "2026-09-30")),
        ("quý II và quý IV", due("2026-04-01", "2026-12-31")),
        ("6 tháng đầu năm", due("2026-01-01", "2026-06-30")),
        ("6 tháng cuối năm", due("2026-07-01", "2026-12-31")),
        ("9 tháng", due("2026-01-01", "2026-09-30")),
        ("Năm 2026", due("2026-01-01", "2026-12-31")),
        ("Từ 01/03/2026 đến 30/06/2026", due("2026-03-01", "2026-06-30")),
        ("30/10/2026 - 30/11/2026", due("2026-10-30", "2026-11-30")),
        ("15/03/2026, 15/06/2026, 15/09/2026, 15/12/2026", due("2026-03-15", "2026-12-15")),
        ("Thường xuyên", due("2026-01-01", "2026-12-31", recurring=True)),
        ("Hằng tháng", due("2026-01-01", "2026-12-31", recurring=True)),
        ("Hàng quý", due("2026-01-01", "2026-12-31", recurring=True)),
        ("Ngày 05 hằng tháng", due("2026-01-01", "2026-12-31", recurring=True)),
        ("Khi phát sinh", due("2026-01-01", "2026-12-31", recurring=True)),
        ("Cả năm.", due("2026-01-01", "2026-12-31", recurring=True)),
        # macOS types decomposed letters
        ("Qu\u0079\u0301 II", due("2026-04-01", "2026-06-30")),
        ("Thu\u031bo\u031b\u0300ng xuye\u0302n", due("2026-01-01", "2026-12-31", recurring=True)),
        # outside the year is still understood: the plan's check says so
        ("28/02/2027", due("2027-02-28", "2027-02-28")),
    ],
)
def test_understood(written: str, expected: Due) -> None:
    assert parse_due(written, 2026) == expected


@pytest.mark.parametrize(
    "written",
    [
        *("", "   ", "sớm", "Quý V", "Tháng 13", "Tháng 0", "31/02/2026", "29/02/2026", "30/6/26"),
        *("30/06/2026 hoặc 31/07", "Quý II, sớm nhất có thể", "30/06/2026 đến 01/03/2026", "01/01/0000"),
        "30/06/2026 - " * 50,
    ],
)
def test_not_understood_is_no_guess(written: str) -> None:
    assert parse_due(written, 2026) is None


def test_leap_day_of_a_leap_year() -> None:
    assert parse_due("Tháng 2", 2028) == due("2028-02-01", "2028-02-29")
    assert parse_due("29/02", 2028) == due("2028-02-29", "2028-02-29")


@pytest.mark.parametrize(
    ("written", "inside"),
    [("31/12/2026", True), ("01/01/2027", False), ("Quý IV/2025", False), ("30/11/2026 - 31/01/2027", False)],
)
def test_inside_the_year(written: str, inside: bool) -> None:
    found = parse_due(written, 2026)
    assert found is not None
    assert found.inside(2026) is inside


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_every_day_in_every_spelling(day: date) -> None:
    expected = Due(day, day)
    for written in (
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}",
        f"{day:%Y-%m-%d}",
        f"Trước ngày {day:%d.%m.%Y}",
    ):
        assert parse_due(written, 2026) == expected


@given(st.text(max_size=400))
def test_any_text_is_answered(written: str) -> None:
    found = parse_due(written, 2026)
    assert found is None or found.start <= found.end
