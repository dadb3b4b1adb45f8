"""When a task is due, as people write it: "30/06/2026", "Quý II", "Tháng 6", "6 tháng đầu năm", "Hằng tháng".

An exact parser: what it does not know is no due date, never a guess. Several dates may stand in one cell
("15/03/2026, 15/06/2026"); words are compared without accents and case.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from cchc_desktop.domain.plain_text import folded
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.quick_pattern import pattern


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


_RECURRING = pattern(
    r"(lam )?(thuong xuyen|lien tuc)( trong nam)?|(dinh ky )?(hang|moi) (ngay|tuan|thang|quy|nam)|dinh ky"
    r"|(ca|trong) nam|khi (co )?(phat sinh|yeu cau)|dot xuat"
    r"|theo (quy dinh|chuong trinh( cong tac)?|ke hoach)"
    r"|((truoc|cham nhat) )?ngay \d{1,2} (hang|moi) (thang|quy)"
)
_LONGEST = 300
_BEFORE = pattern(
    r"(truoc|den|den het|cham nhat( la| vao)?|hoan thanh( truoc)?|xong( truoc)?) (ngay )?|ngay |(trong|het) "
)
_DAY = pattern(r"(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{4}))?|(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH = pattern(r"(?:(dau|giua|cuoi) )?thang (\d{1,2})(?:(?:[/\-]| nam )(\d{4}))?|(\d{1,2})/(\d{4})")
_QUARTER = pattern(r"quy (iv|i{1,3}|[1-4])(?:(?:[/\-]| nam )(\d{4}))?")
_PART = pattern(r"(6|sau|9|chin) thang(?: (dau|cuoi) nam)?(?: (\d{4}))?")
_YEAR = pattern(r"(?:nam )?(\d{4})")
_PERIOD = pattern(r"(?:giai doan )?(?:nam )?(\d{4}) ?[-–] ?(\d{4})")
_RANGE = pattern(r"(?:tu )?(.+?)(?: den | - | – |–)(.+)")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@lru_cache(maxsize=2_000)
def parse_due(written: str, year: int) -> Due | None:
    """What `written` means in a plan of `year`; None when it is empty or not understood."""
    text = re.sub(r"\s+", " ", folded(written)).strip(" .;,")
    if not text or len(text) > _LONGEST:
        return None
    if not _is_figure(text) and _RECURRING.fullmatch(text):
        return Due(date(year, 1, 1), date(year, 12, 31), recurring=True)
    if (single := _single(text, year)) is not None:
        return single
    if found := _RANGE.fullmatch(text):
        first, last = (_single(part, year) for part in found.groups())
        if first and last and first.start <= last.end:
            return Due(first.start, last.end)
    parts = [part for part in re.split(r"[,;\n]| va ", text) if part.strip()]
    if len(parts) < 2:
        return None
    dues = [_listed(part.strip(), text, year) for part in parts]
    known = [due for due in dues if due is not None]
    if len(known) < len(dues):
        return None
    return Due(
        min(due.start for due in known), max(due.end for due in known), any(due.recurring for due in known)
    )


def _is_figure(text: str) -> bool:
    """Most are dates: these need not be held against words."""
    return text[:1].isdigit()


def _listed(part: str, whole: str, year: int) -> Due | None:
    """One of several; "Quý I, III" and "Tháng 3, 6" name their word once."""
    if (due := parse_due(part, year)) is not None:
        return due
    for word in ("quy", "thang"):
        if whole.startswith(f"{word} ") and (due := _single(f"{word} {part}", year)) is not None:
            return due
    return None


def _single(text: str, year: int) -> Due | None:
    if not _is_figure(text) and (found := _BEFORE.match(text)):
        text = text[found.end() :]
    try:
        return _day(text, year) or _month(text, year) or _longer(text, year)
    except ValueError:
        return None


def _day(text: str, year: int) -> Due | None:
    if not (found := _DAY.fullmatch(text)):
        return None
    day, month, of_year, iso_year, iso_month, iso_day = found.groups()
    if iso_year:
        on = date(int(iso_year), int(iso_month), int(iso_day))
    else:
        on = date(int(of_year or year), int(month), int(day))
    return Due(on, on)


def _month(text: str, year: int) -> Due | None:
    if not (found := _MONTH.fullmatch(text)):
        return None
    part, month, of_year, bare_month, bare_year = found.groups()
    number, in_year = int(month or bare_month), int(of_year or bare_year or year)
    last = days_in_month(in_year, number) if 1 <= number <= 12 else 0
    first_day, last_day = {"dau": (1, 10), "giua": (11, 20), "cuoi": (21, last)}.get(part, (1, last))
    return Due(date(in_year, number, first_day), date(in_year, number, last_day))


def _longer(text: str, year: int) -> Due | None:
    if text.startswith("quy") and (found := _QUARTER.fullmatch(text)):
        quarter = _QUARTERS.get(found[1]) or int(found[1])
        return _months(int(found[2] or year), 3 * quarter - 2, 3 * quarter)
    if found := _PART.fullmatch(text):
        half = found[1] in ("6", "sau")
        if found[2] == "cuoi":
            return _months(int(found[3] or year), 7, 12) if half else None
        return _months(int(found[3] or year), 1, 6 if half else 9)
    if found := _YEAR.fullmatch(text):
        return _months(int(found[1]), 1, 12)
    if (found := _PERIOD.fullmatch(text)) and found[1] <= found[2]:
        return Due(date(int(found[1]), 1, 1), date(int(found[2]), 12, 31))
    return None


def _months(year: int, first: int, last: int) -> Due:
    return Due(date(year, first, 1), date(year, last, days_in_month(year, last)))
