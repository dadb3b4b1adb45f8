"""When a task is due, as people write it: "30/06/2026", "Quý II", "Tháng 6", "6 tháng đầu năm", "Hằng tháng".

An exact parser: what it does not know is no due date, never a guess. Several dates may stand in one cell
("15/03/2026, 15/06/2026"); words are compared without accents and case.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from cchc_desktop.domain.plain_text import folded
from cchc_desktop.quick_dataclass import dataclass


def days_in_month(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if leap and month == 2 else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


@dataclass(frozen=True, slots=True)
class Due:
    """The time in which a task is done: from `start` to `end`. `recurring`: again and again until `end`."""

    start: date
    end: date
    recurring: bool = False

    def inside(self, year: int) -> bool:
        return self.start.year == year and self.end.year == year

    def within(self, first: date, last: date) -> bool:
        """Whether it ends in a period and begins no earlier than in the period's first year."""
        return first <= self.end <= last and self.start.year >= first.year


_EACH = tuple(
    f"{each} {time}" for each in ("hang", "moi") for time in ("ngay", "tuan", "thang", "quy", "nam")
)
_RECURRING = frozenset(
    [
        *("thuong xuyen", "thuong xuyen trong nam", "lam thuong xuyen", "lam thuong xuyen trong nam"),
        *("lien tuc", "lien tuc trong nam", "lam lien tuc", "lam lien tuc trong nam"),
        *("dinh ky", *_EACH, *(f"dinh ky {each}" for each in _EACH)),
        *("ca nam", "trong nam", "dot xuat"),
        *("khi phat sinh", "khi co phat sinh", "khi yeu cau", "khi co yeu cau"),
        *("theo quy dinh", "theo chuong trinh", "theo chuong trinh cong tac", "theo ke hoach"),
    ]
)
_MONTHLY = ("hang thang", "hang quy", "moi thang", "moi quy")
_LONGEST = 300
# Of two that begin alike, the longer first.
_BEFORE = (
    *("truoc ", "den het ", "den ", "het ", "trong ", "cham nhat la ", "cham nhat vao ", "cham nhat "),
    *("hoan thanh truoc ", "hoan thanh trong ", "hoan thanh ", "xong truoc ", "xong trong ", "xong "),
)
_BETWEEN = (" den ", " - ", " – ", "–")
_SLASHES = str.maketrans(".-", "//")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_SPANS = {
    **{f"{six} thang{of}": (1, 6) for six in ("6", "sau") for of in ("", " dau nam")},
    **{f"{six} thang cuoi nam": (7, 12) for six in ("6", "sau")},
    **{f"{nine} thang{of}": (1, 9) for nine in ("9", "chin") for of in ("", " dau nam")},
}


@lru_cache(maxsize=2_000)
def parse_due(written: str, year: int) -> Due | None:
    """What `written` means in a plan of `year`; None when it is empty or not understood."""
    text = " ".join(folded(written).split()).strip(" .;,")
    if not text or len(text) > _LONGEST:
        return None
    if text in _RECURRING or _is_day_of_each(text):
        return Due(date(year, 1, 1), date(year, 12, 31), recurring=True)
    if (single := _single(text, year)) is not None:
        return single
    first, last = (_single(end, year) for end in _ends(text))
    if first and last and first.start <= last.end:
        return Due(first.start, last.end)
    parts = [part for part in text.replace(" va ", ",").replace(";", ",").split(",") if part.strip()]
    if len(parts) < 2:
        return None
    dues = [_listed(part.strip(), text, year) for part in parts]
    known = [due for due in dues if due is not None]
    if len(known) < len(dues):
        return None
    return Due(
        min(due.start for due in known), max(due.end for due in known), any(due.recurring for due in known)
    )


def _is_day_of_each(text: str) -> bool:
    """ "Ngày 05 hằng tháng", "Trước ngày 5 mỗi quý"."""
    before, ngay, rest = text.partition("ngay ")
    number, _blank, each = rest.partition(" ")
    told = bool(ngay) and before in ("", "truoc ", "cham nhat ") and each in _MONTHLY
    return told and _is_short_number(number)


def _is_short_number(text: str) -> bool:
    return len(text) <= 2 and text.isdecimal()


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal()


def _ends(text: str) -> tuple[str, str]:
    """What stands before and behind the first word or dash between two times; twice "" without one."""
    text = text.removeprefix("tu ")
    found = ((at, between) for between in _BETWEEN if (at := text.find(between, 1)) > 0)
    at, between = min(found, default=(0, ""))
    return (text[:at], text[at + len(between) :]) if between else ("", "")


def _listed(part: str, whole: str, year: int) -> Due | None:
    """One of several; "Quý I, III" and "Tháng 3, 6" name their word once."""
    if (due := parse_due(part, year)) is not None:
        return due
    for word in ("quy", "thang"):
        if whole.startswith(f"{word} ") and (due := _single(f"{word} {part}", year)) is not None:
            return due
    return None


def _single(text: str, year: int) -> Due | None:
    text = _without_words_before(text)
    try:
        return _day(text, year) or _month(text, year) or _longer(text, year)
    except ValueError:
        return None


def _without_words_before(text: str) -> str:
    for words in _BEFORE:
        if text.startswith(words):
            return text.removeprefix(words).removeprefix("ngay ")
    return text.removeprefix("ngay ")


def _day(text: str, year: int) -> Due | None:
    """ "30/06/2026", "30.6", "30 tháng 6 năm 2026", "2026-06-30"."""
    if " thang " in text:
        text = text.replace(" thang ", "/", 1).replace(" nam ", "/", 1)
    numbers = text.translate(_SLASHES).split("/")
    if not all(number.isdecimal() for number in numbers):
        return None
    match [len(number) for number in numbers]:
        case [1 | 2, 1 | 2]:
            day, month, of_year = *map(int, numbers), year
        case [1 | 2, 1 | 2, 4]:
            day, month, of_year = map(int, numbers)
        case [4, 1 | 2, 1 | 2] if text.count("-") == 2:
            of_year, month, day = map(int, numbers)
        case _:
            return None
    on = date(of_year, month, day)
    return Due(on, on)


def _month(text: str, year: int) -> Due | None:
    """ "Tháng 6", "Cuối tháng 6/2026", "6/2026"."""
    named = f"thang {text}" if text[:1].isdecimal() and "/" in text else text
    part, _thang, month_and_year = named.partition("thang ")
    written, in_year = _of_year(month_and_year, year)
    if not _is_short_number(written) or not 1 <= (number := int(written)) <= 12:
        return None
    last = days_in_month(in_year, number)
    days = {"": (1, last), "dau ": (1, 10), "giua ": (11, 20), "cuoi ": (21, last)}.get(part)
    return Due(date(in_year, number, days[0]), date(in_year, number, days[1])) if days else None


def _of_year(text: str, year: int) -> tuple[str, int]:
    """ "6/2026", "6-2026", "6 nam 2026" as "6" and 2026, "6" as "6" and `year`; "" for any other year."""
    for between in ("/", "-", " nam "):
        what, found, of_year = text.partition(between)
        if found:
            return (what, int(of_year)) if _is_year(of_year) else ("", year)
    return text, year


def _longer(text: str, year: int) -> Due | None:
    """ "Quý II", "6 tháng cuối năm 2026", "Năm 2026", "Giai đoạn 2026-2030"."""
    if text.startswith("quy "):
        written, in_year = _of_year(text.removeprefix("quy "), year)
        quarter = _QUARTERS.get(written)
        return _months(in_year, 3 * quarter - 2, 3 * quarter) if quarter else None
    words, _blank, of_year = text.rpartition(" ")
    span, in_year = (words, int(of_year)) if _is_year(of_year) else (text, year)
    if span in _SPANS:
        return _months(in_year, *_SPANS[span])
    if _is_year(of_year) and words in ("", "nam", "ca nam"):
        return _months(int(of_year), 1, 12)
    years = text.removeprefix("giai doan ").removeprefix("nam ").replace("–", "-")
    first, _dash, last = years.partition("-")
    first, last = first.removesuffix(" "), last.removeprefix(" ")
    if _is_year(first) and _is_year(last) and int(first) <= int(last):
        return Due(date(int(first), 1, 1), date(int(last), 12, 31))
    return None


def _months(year: int, first: int, last: int) -> Due:
    return Due(date(year, first, 1), date(year, last, days_in_month(year, last)))
