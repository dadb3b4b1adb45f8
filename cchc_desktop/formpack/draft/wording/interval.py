"""Intervals of a ratio in words: "từ 85% đến dưới 100%", "≥ 90%", "trên 90%", "80% ≤ Tỷ lệ < 90%"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

from cchc_desktop.formpack.draft.points import NUMBER, number
from cchc_desktop.formpack.draft.wording.phrase import Phrase
from cchc_desktop.quick_dataclass import dataclass

_A = rf"(?P<a>{NUMBER})\s*%"
_B = rf"(?P<b>{NUMBER})\s*%"
_LOOSE = rf"(?P<a>{NUMBER})\s*%?"
_DECIMAL = r"(?P<a>0[.,]\d{1,3})(?![\d%])(?!\s*%)"
_LEAST = r"(?:≥|>=|=>)"
_MOST = r"(?:≤|<=|=<)"


@dataclass(frozen=True, slots=True)
class Interval:
    """Of ratios (0.8 is 80 %). None is open-ended; `open_` means that the bound itself is outside."""

    lower: Decimal | None
    lower_open: bool = False
    upper: Decimal | None = None
    upper_open: bool = False
    exact: bool = False

    @property
    def reaches_top(self) -> bool:
        return self.upper is None or (self.upper >= 1 and not self.upper_open)


@dataclass(frozen=True, slots=True)
class Found:
    """An interval in a phrase, and what stands before and after it."""

    interval: Interval
    before: Phrase
    after: Phrase


def _share(text: str) -> Decimal:
    return number(text) / 100


def _inside(found: re.Match[str]) -> Interval:
    first, second = found["s1"], found["s2"]
    return Interval(_share(found["a"]), first == "<", _share(found["b"]), second == "<")


def _between(found: re.Match[str]) -> Interval:
    opens = (found["open"] or "").strip()
    return Interval(
        _share(found["a"]),
        opens.startswith(("tren", "lon", ">", "hon")),
        _share(found["b"]),
        bool(found["below"]) and not re.search(_MOST, found["below"]),
    )


def _at_least(found: re.Match[str]) -> Interval:
    return Interval(_share(found["a"]))


def _above(found: re.Match[str]) -> Interval:
    return Interval(_share(found["a"]), True)


def _below(found: re.Match[str]) -> Interval:
    return Interval(None, upper=_share(found["a"]), upper_open=True)


def _at_most(found: re.Match[str]) -> Interval:
    return Interval(None, upper=_share(found["a"]))


def _below_decimal(found: re.Match[str]) -> Interval:
    return Interval(None, upper=number(found["a"]), upper_open=True)


def _at_least_decimal(found: re.Match[str]) -> Interval:
    return Interval(number(found["a"]))


def _exactly(found: re.Match[str]) -> Interval:
    share = _share(found["a"])
    return Interval(share, upper=share, exact=share != 1)


_PATTERNS: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], Interval]]] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (rf"{_A}\s*(?P<s1>{_MOST}|<)\s*(?:[a-z][a-z %]{{0,40}}?)\s*(?P<s2>{_MOST}|<)\s*{_B}", _inside),
        (
            (
                rf"(?<!\d)(?P<open>tu\s+tren|tu|tren|lon hon|hon|>)?\s*{_LOOSE}\s*(?:den|toi|-)\s*"
                rf"(?P<below>(?:can )?duoi|nho hon|it hon|thap hon|<(?!=)|{_MOST}|)\s*{_B}"
            ),
            _between,
        ),
        (rf"(?:(?:tu|toi thieu)\s*)?{_A}\s*(?:tro len|tro di)", _at_least),
        (rf"{_A}\s*(?:tro xuong)", _at_most),
        (rf"(?:{_LEAST}|toi thieu|it nhat|khong (?:thap|it|nho) hon)\s*{_A}", _at_least),
        (rf"(?:{_MOST}|khong qua|toi da|khong (?:vuot|cao hon|lon hon))\s*{_A}", _at_most),
        (rf"(?<!khong )(?:tren|lon hon|cao hon|nhieu hon|>(?!=))\s*{_A}", _above),
        (rf"(?:duoi|(?<!khong )(?:nho|thap|it) hon|<(?!=)|chua dat|khong dat|chua den)\s*{_A}", _below),
        (rf"(?:tu)\s*{_A}", _at_least),
        (rf"(?:neu )?(?:ty|ti) le[^<>≥≤%]{{0,30}}<(?!=)\s*{_DECIMAL}", _below_decimal),
        (rf"(?:neu )?(?:ty|ti) le[^<>≥≤%]{{0,30}}{_LEAST}\s*{_DECIMAL}", _at_least_decimal),
        (_A, _exactly),
    )
)


def find_interval(phrase: Phrase) -> Found | None:
    """The last interval that the phrase names; None where it names none."""
    plain = phrase.plain
    best: re.Match[str] | None = None
    build: Callable[[re.Match[str]], Interval] = _exactly
    for pattern, builder in _PATTERNS:
        for found in pattern.finditer(plain):
            last = (best.end(), best.start()) if best else (-1, 0)
            if found.end() > last[0] or (found.end() == last[0] and found.start() < last[1]):
                best, build = found, builder
    if best is None:
        return None
    return Found(build(best), phrase.cut(0, best.start()), phrase.cut(best.end()))


def has_figure(plain: str) -> bool:
    return "%" in plain


def falling(intervals: Sequence[Interval]) -> list[int]:
    """The places of the intervals from the highest to the lowest."""

    def height(place: int) -> tuple[Decimal, bool]:
        interval = intervals[place]
        return (interval.lower if interval.lower is not None else Decimal(-1), interval.lower_open)

    return sorted(range(len(intervals)), key=height, reverse=True)


def fit_together(intervals: Sequence[Interval]) -> bool:
    """Whether each begins exactly where the one below ends, from the highest down."""
    ordered = [intervals[place] for place in falling(intervals)]
    if not ordered[0].reaches_top:
        return False
    for higher, lower in pairwise(ordered):
        if higher.lower is None or lower.upper is None or lower.upper != higher.lower:
            return False
        if lower.upper_open == higher.lower_open:
            return False
    lowest = ordered[-1].lower
    return lowest is None or lowest == 0
