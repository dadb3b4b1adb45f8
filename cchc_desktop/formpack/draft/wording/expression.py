"""Products that give points: "(N/D) x 2", "Tỷ lệ*Điểm tối đa", "(tỷ lệ đạt được/70%) x 4", "8 x tỷ lệ"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum

from cchc_desktop.formpack.draft.points import NUMBER, number, points_value
from cchc_desktop.formpack.draft.wording.phrase import Phrase
from cchc_desktop.formpack.draft.wording.quotient import Quotient, quotient
from cchc_desktop.quick_dataclass import dataclass

_TIMES = re.compile(
    r",?\s*(?<!ca )(?<!con~ )(?<!nguyen )\bnhan(?:\s+voi)?\s+|\s*\*\s*|\s+x\s+"
    r"|(?<=[)%\d])\s*x\s*(?=[\d(])|\s+x(?=\d)"
)
_RESULT = re.compile(
    r"^(?:(?:so )?diem(?: so| danh gia| dat(?: duoc)?| duoc tinh| cham| cua tieu chi| tieu chi)*\s*(?:="
    r"|la|bang|:)\s*)"
)
_BY = re.compile(
    r"^(?:(?:thi )?(?:so )?(?:diem(?: so| danh gia| dat(?: duoc)?)*\s*)?(?:duoc )?(?:tinh|cham|xac"
    r" dinh)(?: diem)?(?: theo| bang)?"
    r"(?: con[g~] thuc| ket qua [^:]{1,60})?\s*:?\s*|theo con[g~] thuc\s*:?\s*)(?:(?:so )?diem(?: so|"
    r" danh gia| dat(?: duoc)?)*\s*=\s*)?"
)
_SAME = (
    r"(?:(?:ty|ti) le(?: %| phan tram)?(?: nay| tren| dat(?: duoc)?| thuc te| thuc hien| hoan thanh|"
    r" chung| tuong ung)*"
    r"(?: \(?%\)?)?|ket qua dat duoc)"
)
_PLAIN_RATIO = re.compile(rf"^{_SAME}$")
_LETTERS = re.compile(r"^\(?(?P<a>[a-z])\s*[/:]\s*(?P<b>[a-z])\)?$")
_TARGET = re.compile(rf"\s*(?:/|:|chia (?:cho )?)\s*(?P<target>{NUMBER})\s*%$")
_HUNDRED_PERCENT = re.compile(r"\s*/\s*100\s*%$")
_OF_HUNDRED = re.compile(r"\s*/\s*(?P<scale>100|10|1000)$")
_SCORE = re.compile(r"\b(?:diem|ket qua|chi so|bo chi so|xep loai|thang)\b")
_SATISFIED = re.compile(r"hai long|dieu tra xa hoi hoc|dtxhh|khao sat")


class Base(Enum):
    """What the points are a share by."""

    RATIO = "ratio"
    TARGET = "target"
    SURVEY = "survey"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Product:
    """`worth` times the base. `quotient` is the ratio where the product has it; `letters` are its letters."""

    worth: Decimal
    base: Base
    quotient: Quotient | None = None
    target: Decimal | None = None
    scale: Decimal | None = None
    letters: tuple[str, ...] = ()
    text: str = ""


def product(phrase: Phrase, maximum: Decimal, letters: Mapping[str, Phrase]) -> Product | None:
    """The product in the phrase; None where it is none, or one that we do not know for certain."""
    phrase = phrase.trimmed(":")
    whole = phrase.text
    for lead in (_RESULT, _BY):
        found = lead.match(phrase.plain)
        if found and found.end():
            phrase = phrase.cut(found.end()).trimmed(":")
    over = _HUNDRED_PERCENT.search(phrase.plain)
    if over and over.start():
        phrase = phrase.cut(0, over.start())
    phrase = phrase.within()
    parts = [part for part in _factors(phrase) if not re.fullmatch(r"100\s*%?", part.plain)]
    if len(parts) != 2:
        return None
    for worth_part, base_part in (parts, parts[::-1]):
        plain = worth_part.within().plain
        of_hundred = re.fullmatch(rf"(?P<n>{NUMBER})\s*/\s*100", plain)
        worth = number(of_hundred["n"]) if of_hundred else points_value(plain, maximum)
        if worth is None:
            continue
        base = _base(base_part, letters, bool(of_hundred))
        if base is not None:
            return Product(worth, *base, whole)
    return None


def _factors(phrase: Phrase) -> list[Phrase]:
    plain = phrase.plain
    parts: list[Phrase] = []
    start = 0
    for found in _TIMES.finditer(plain):
        if plain.count("(", 0, found.start()) != plain.count(")", 0, found.start()):
            continue
        parts.append(phrase.cut(start, found.start()))
        start = found.end()
    parts.append(phrase.cut(start))
    return [part for part in parts if part.text]


_Found = tuple[Base, "Quotient | None", "Decimal | None", "Decimal | None", tuple[str, ...]]


def _base(phrase: Phrase, letters: Mapping[str, Phrase], of_hundred: bool) -> _Found | None:
    phrase = phrase.within()
    plain = phrase.plain
    if _SATISFIED.search(plain) and "/" not in plain and not re.search(r"[+]|\btru\b", plain):
        return Base.SURVEY, None, None, None, ()
    if of_hundred:
        return (Base.SCORE, None, None, Decimal(100), ()) if _SCORE.search(plain) else None
    target = _TARGET.search(plain)
    if target and target.start():
        inner = _ratio(phrase.cut(0, target.start()), letters)
        if inner is None:
            return None
        share = number(target["target"]) / 100
        return Base.TARGET, inner[0], share if share != 1 else None, None, inner[1]
    hundred = _OF_HUNDRED.search(plain)
    if hundred and hundred.start():
        above = phrase.cut(0, hundred.start()).within()
        if _SCORE.search(above.plain) and not re.search(r"[/+]", above.plain):
            return Base.SCORE, None, None, Decimal(hundred["scale"]), ()
        return None
    ratio = _ratio(phrase, letters)
    return None if ratio is None else (Base.RATIO, ratio[0], None, None, ratio[1])


def _ratio(phrase: Phrase, letters: Mapping[str, Phrase]) -> tuple[Quotient | None, tuple[str, ...]] | None:
    """The ratio that the phrase is: named before, by letters, or in full words."""
    phrase = phrase.within()
    plain = phrase.plain
    if _PLAIN_RATIO.match(plain):
        return None, ()
    named = re.match(rf"^{_SAME}\s*\((?P<inner>.+)\)$", plain)
    if named:
        inner = quotient(phrase.cut(named.start("inner"), named.end("inner")))
        return None if inner is None else (inner, ())
    by_letters = _LETTERS.match(plain)
    if by_letters:
        names = (by_letters["a"], by_letters["b"])
        if not all(name in letters for name in names):
            return None
        return Quotient(letters[names[0]].text, letters[names[1]].text), names
    if re.fullmatch(r"[a-z]", plain):
        inner = quotient(letters[plain]) if plain in letters else None
        return None if inner is None else (inner, (plain,))
    if re.search(r"[+]|\s-\s|%|\d\s*/\s*\d", plain.replace("100%", "").replace("ty le %", "ty le")):
        return None
    inner = quotient(phrase)
    return None if inner is None else (inner, ())
