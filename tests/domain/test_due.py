"""Times as they stand in plans, against days looked up in a calendar."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import example, given
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
        ("Trước ngày 30 tháng 6 năm 2026", due("2026-06-30", "2026-06-30")),
        ("ngày 5 tháng 6", due("2026-06-05", "2026-06-05")),
        ("Từ ngày 01 tháng 3 đến ngày 30 tháng 6/2026", due("2026-03-01", "2026-06-30")),
        ("Hoàn thành trong tháng 6", due("2026-06-01", "2026-06-30")),
        ("Cả năm 2026", due("2026-01-01", "2026-12-31")),
        ("Đến hết 30/6", due("2026-06-30", "2026-06-30")),
        ("Đến hết ngày 30/6/2026", due("2026-06-30", "2026-06-30")),
        ("Hết ngày 30/6", due("2026-06-30", "2026-06-30")),
        ("Trong ngày 30/6", due("2026-06-30", "2026-06-30")),
        ("Từ 01/03 đến hết ngày 30/6/2026", due("2026-03-01", "2026-06-30")),
        ("đến hết quý II", due("2026-04-01", "2026-06-30")),
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
        *("31 tháng 6", "30 tháng 6 năm 26", "cả 2026", "30 tháng 6 tháng 7"),
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


# The forms as regular expressions, and what each means; texts are folded already.
RECURRING = (
    r"(lam )?(thuong xuyen|lien tuc)( trong nam)?|(dinh ky )?(hang|moi) (ngay|tuan|thang|quy|nam)|dinh ky"
    r"|(ca|trong) nam|khi (co )?(phat sinh|yeu cau)|dot xuat"
    r"|theo (quy dinh|chuong trinh( cong tac)?|ke hoach)"
    r"|((truoc|cham nhat) )?ngay \d{1,2} (hang|moi) (thang|quy)"
)
BEFORE = (
    r"(truoc|den het|den|het|trong|cham nhat( la| vao)?|(hoan thanh|xong)( truoc| trong)?) (ngay )?|ngay "
)


def months(year: str | None, first: int, last: int) -> Due:
    in_year = int(year or 2026)
    return Due(date(in_year, first, 1), date(in_year, last, calendar.monthrange(in_year, last)[1]))


def day(found: re.Match[str]) -> Due:
    on = date(int(found[3] or 2026), int(found[2]), int(found[1]))
    return Due(on, on)


def iso_day(found: re.Match[str]) -> Due:
    on = date(int(found[1]), int(found[2]), int(found[3]))
    return Due(on, on)


def month(found: re.Match[str]) -> Due:
    whole = months(found[3], int(found[2]), int(found[2]))
    first, last = {"dau": (1, 10), "giua": (11, 20), "cuoi": (21, whole.end.day)}.get(
        found[1], (1, whole.end.day)
    )
    return Due(whole.start.replace(day=first), whole.end.replace(day=last))


def quarter(found: re.Match[str]) -> Due:
    number = ["i", "ii", "iii", "iv"].index(found[1]) + 1 if found[1].startswith("i") else int(found[1])
    return months(found[2], 3 * number - 2, 3 * number)


def part(found: re.Match[str]) -> Due | None:
    if found[1] in ("9", "chin"):
        return None if found[2] == "cuoi" else months(found[3], 1, 9)
    return months(found[3], 7, 12) if found[2] == "cuoi" else months(found[3], 1, 6)


def period(found: re.Match[str]) -> Due | None:
    first, last = months(found[1], 1, 12), months(found[2], 1, 12)
    return Due(first.start, last.end) if first.start <= last.end else None


FORMS: dict[str, Callable[[re.Match[str]], Due | None]] = {
    r"(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{4}))?": day,
    r"(\d{1,2}) thang (\d{1,2})(?:(?:[/.\-]| nam )(\d{4}))?": day,
    r"(\d{4})-(\d{1,2})-(\d{1,2})": iso_day,
    r"(?:(dau|giua|cuoi) )?thang (\d{1,2})(?:(?:[/\-]| nam )(\d{4}))?": month,
    r"()(\d{1,2})/(\d{4})": month,
    r"quy (iv|i{1,3}|[1-4])(?:(?:[/\-]| nam )(\d{4}))?": quarter,
    r"(6|sau|9|chin) thang(?: (dau|cuoi) nam)?(?: (\d{4}))?": part,
    r"(?:(?:ca )?nam )?(\d{4})": lambda found: months(found[1], 1, 12),
    r"(?:giai doan )?(?:nam )?(\d{4}) ?[-–] ?(\d{4})": period,
}


def meaning(text: str) -> Due | None:
    if re.fullmatch(RECURRING, text):
        return due("2026-01-01", "2026-12-31", recurring=True)
    if before := re.match(BEFORE, text):
        text = text[before.end() :]
    for form, of in FORMS.items():
        if found := re.fullmatch(form, text):
            try:
                return of(found)
            except (ValueError, calendar.IllegalMonthError):
                return None
    return None


_WORDS = st.sampled_from(
    [
        *("thang", "quy", "nam", "dau", "cuoi", "giai doan", "6", "9", "sau", "chin", "iv", "i", "13", "05"),
        *("2026", "0000", "2030", "/", "-", "٣", "²", "ngay", "truoc", "trong", "het", "cham nhat", "la"),
        *("hang", "moi", "dinh ky", "lam", "thuong xuyen", "khi", "co", "yeu cau", "theo", "ke hoach", "ca"),
    ]
)
_SPELT = st.one_of(*(st.from_regex(form, fullmatch=True) for form in FORMS))


@given(
    st.one_of(
        st.from_regex(RECURRING, fullmatch=True),
        _SPELT,
        st.tuples(st.from_regex(BEFORE, fullmatch=True), _SPELT).map("".join),
        st.lists(_WORDS, max_size=5).map(" ".join),
        st.lists(_WORDS, max_size=5).map("".join),
        st.text("thangquyim0123456789/.- ", max_size=12),
    )
)
@example("2026 - 2026")
@example("2027-2026")
@example("2026/06/30")
@example("6-2026")
@example("dau 6/2026")
@example("quy ٣")
@example("thang ٠٦")
@example("9 thang cuoi nam")
@example("nam nam 2026")
@example("cham nhat ngay 5 moi quy")
@example("truoc truoc 30/6")
@example("trong ngay 30/6")
@example("00\U000112f01–0001")
def test_a_time_means_what_its_regular_expression_says(text: str) -> None:
    text = " ".join(text.split()).strip(" .;,")
    if not re.search(r".(–| - | den ).|[,;]| va ", text) or re.fullmatch(r"\D*\d{4} ?[-–] ?\d{4}", text):
        assert parse_due(text, 2026) == meaning(text)


@given(_SPELT, st.sampled_from([" den ", " - ", " – ", "–"]), _SPELT, st.booleans())
@example("30/6", " – ", "den 31/7", True)
@example("quy i", "–", " quy ii", False)
@example("2026 - 2027", " den ", "2028", False)
def test_a_range_is_parted_at_the_first_word_or_dash(first: str, between: str, last: str, tu: bool) -> None:
    text = " ".join(f"{'tu ' if tu else ''}{first}{between}{last}".split())
    found = re.fullmatch(r"(?:tu )?(.+?)(?: den | - | – |–)(.+)", text)
    assert found
    begin, end = meaning(found[1]), meaning(found[2])
    expected = meaning(text)
    if expected is None and begin and end and begin.start <= end.end:
        expected = Due(begin.start, end.end)
    assert parse_due(text, 2026) == expected
