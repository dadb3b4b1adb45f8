"""Statements about each occurrence: "mỗi … trừ 0,25 điểm", "trừ 1 điểm/lần", "mỗi … được 2 điểm"."""

from __future__ import annotations

import re
from decimal import Decimal

from cchc_desktop.formpack.draft.points import NUMBER, UNIT, number
from cchc_desktop.formpack.draft.wording.phrase import Clause, Phrase
from cchc_desktop.quick_dataclass import dataclass

_EACH = r"(?:moi|cu(?: moi)?|voi moi|ung voi moi)\s+(?:(?:mot|01|1)\s+)?"
_CASE = r"(?:truong hop(?= (?:bi|co|vi pham|de|khong|chua|cha[m~]|thieu|sai))\s*)?"
_PER = r"(?:/|\bcho\b|\bdoi voi\b|\btren\b)\s*(?:moi\s+)?(?:(?:mot|01|1)\s+)?"
_ONCE = r"(?:truong hop|lan|vu|vu viec|viec|luot)"
_TAKE = r"(?:thi )?(?:se )?(?:bi )?tru(?: di)?"
_GIVE = r"(?:thi )?(?:duoc|dat|tinh|cong|cong them|duoc tinh|duoc cong|cham|duoc cham|cho)(?: them)?"
_N = rf"(?P<points>{NUMBER})\s*{UNIT}"

_TAKEN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^{_EACH}{_CASE}(?P<unit>.+?)\s*[:,]?\s*{_TAKE}\s+{_N}(?:\s*/\s*(?:01|1)?\s*{_ONCE})?$",
        rf"^(?P<unit>.+?)\s*[:,]?\s*{_TAKE}\s+{_N}\s*{_PER}{_ONCE}(?: vi pham)?$",
        rf"^{_TAKE}\s+{_N}\s*{_PER}(?P<unit>.+)$",
        rf"^(?P<unit>.+?)\s*[:,]?\s*{_TAKE}\s+{_N}\s*/\s*(?P<per>(?:01 |1 |mot )?[a-z][a-z ,]+)$",
    )
)
_FORMULA = re.compile(
    rf"^(?:so )?diem[a-z ]*=\s*(?P<whole>{NUMBER}|diem toi"
    rf" da)(?:\s*{UNIT})?\s*-\s*\(?\s*(?:so\s+)?(?P<unit>.+?)\s*(?:\bx\b|\*|x(?=\d))\s*"
    rf"(?P<points>{NUMBER})(?:\s*{UNIT})?\s*\)?$"
)
_FORMULA_TURNED = re.compile(
    rf"^(?:so )?diem[a-z ]*=\s*(?P<whole>{NUMBER}|diem toi"
    rf" da)(?:\s*{UNIT})?\s*-\s*\(?\s*(?P<points>{NUMBER})(?:\s*{UNIT})?\s*(?:\bx\b|\*)\s*"
    rf"(?:so\s+)?(?P<unit>[^\d)]+?)\s*\)?$"
)
_FORMULA_IN_WORDS = re.compile(
    rf"^(?P<whole>diem toi da) tru(?: di)? (?P<points>{NUMBER})(?:\s*{UNIT})? (?:nhan(?: voi)?|x) (?:so"
    rf" )?(?P<unit>[^\d]+)$"
)
_LEAD = re.compile(r"^(?:neu |khi |doi voi |truong hop )*(?:co |de xay ra |xay ra )?(?=\S)")
_SIGNED = re.compile(rf"^(?P<unit>.+?)\s*:\s*-\s?{_N}$")
_GIVEN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^{_EACH}(?P<unit>.+?)\s*[:,]?\s*{_GIVE}\s*:?\s*{_N}$",
        rf"^(?:liet ke )?{_EACH}(?P<unit>.+?)\s*:\s*{_N}$",
        rf"^{_N}\s*(?:/|cho moi\s+|voi moi\s+|moi\s+)\s*(?:(?:mot|01|1)\s+)?(?P<unit>.+)$",
        rf"^(?P<unit>.+?)\s*[:,]?\s*(?:{_GIVE}\s*)?{_N}\s*/\s*(?:(?:mot|01|1)\s+)?(?P<per>[a-z][a-z ]+)$",
    )
)
_ONCE_TAKEN = re.compile(rf"^(?P<unit>.+?)\s*[:,]?\s*(?:thi [a-z ]+? va )?{_TAKE}\s+{_N}$")
_FROM_THE_NTH = re.compile(
    r"\btu (?:lan|\w+ \w+) thu\b|\bthu (?:hai|2|02|ba|3)\b|\btro di\b|\btro len\b|\bqua \d+ (?:lan|truong"
    r" hop)\b"
)
_RANGE = re.compile(rf"{NUMBER}\s*(?:-|den)\s*{NUMBER}\s*{UNIT}")


@dataclass(frozen=True, slots=True)
class Counted:
    """So many points for one of `unit`. `each` is False where the text does not say that each one counts."""

    unit: Phrase
    points: Decimal
    each: bool = True


def taken(clause: Clause, maximum: Decimal) -> Counted | None:
    """Points that one occurrence costs."""
    plain = clause.plain
    if _RANGE.search(plain) or _FROM_THE_NTH.search(plain):
        return None
    for pattern in (_FORMULA, _FORMULA_TURNED, _FORMULA_IN_WORDS):
        found = pattern.match(plain)
        if found:
            whole = maximum if found["whole"].startswith("d") else number(found["whole"])
            return _made(clause, found) if whole == maximum else None
    for pattern in _TAKEN:
        if found := pattern.match(plain):
            return _made(clause, found)
    found = _ONCE_TAKEN.match(plain) or _SIGNED.match(plain)
    return None if found is None else _made(clause, found, each=False)


def given(clause: Clause) -> Counted | None:
    """Points that one occurrence earns."""
    plain = clause.plain
    if _RANGE.search(plain) or _FROM_THE_NTH.search(plain) or re.search(r"\btru\b\s*\d", plain):
        return None
    for pattern in _GIVEN:
        if found := pattern.match(plain):
            return _made(clause, found)
    return None


def _made(clause: Clause, found: re.Match[str], each: bool = True) -> Counted | None:
    unit = clause.phrase.cut(found.start("unit"), found.end("unit")).trimmed(":").within()
    lead = _LEAD.match(unit.plain)
    if lead and lead.end() and lead.end() < len(unit.text):
        unit = unit.cut(lead.end())
    if re.search(rf"{NUMBER}\s*{UNIT}", unit.plain) or not any(letter.isalpha() for letter in unit.text):
        return None
    return Counted(unit, number(found["points"]), each)
