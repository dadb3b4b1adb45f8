"""Points as they are printed: "1 ,5", "2đ", "10 điểm (tối đa)", "1/2*Điểm tối đa", "75% số điểm"."""

from __future__ import annotations

import re
from decimal import Decimal

from cchc_desktop.formpack.draft.plain import folded, one_line
from cchc_desktop.quick_dataclass import dataclass

NUMBER = r"\d{1,9}(?:\s?[.,]\d{1,6})?"
UNIT = r"(?:diem|d)(?![a-z0-9])"
_MAXIMUM = r"(?:(?:so )?diem (?:so )?(?:toi da|chuan)|toi da|tron diem|du diem|tong (?:so )?diem)"
_WHOLE = (
    r"(?:(?:so |quy |tong so )?diem(?: (?:so )?(?:toi da|chuan))?"
    r"(?: cua (?:tieu chi|muc|noi dung|chi tieu)(?: nay)?)?)"
)

_CELL = re.compile(
    rf"(?:toi da )?(?P<sign>[+-])?\s*(?P<number>{NUMBER})\s*(?:{UNIT}\.?)?\s*\(?(?P<cap>toi da)?\)?[.;]?"
)
_THOUSANDS = re.compile(r"\d{1,3}[.]000")
_SUFFIX = re.compile(
    rf"\s*[(\[]\s*(?:tong(?: cong| so)?(?: diem)?|toi da|so diem|diem toi da|diem)?\s*:?\s*"
    rf"(?P<number>{NUMBER})\s*{UNIT}\s*[)\]]\s*[:.]?\s*$"
)
_SUFFIX_BARE = re.compile(rf"\s*[:\-]\s*(?P<number>{NUMBER})\s*{UNIT}\s*(?:\(toi da\))?\s*[:.]?\s*$")
_STARS = re.compile(r"\s*(?:\(\*+\)|\*+|\[\d\]|\(\d\)(?=\s*$))\s*$")

_PLAIN = re.compile(rf"(?P<number>{NUMBER})(?:\s*{UNIT})?")
_WITH_UNIT = re.compile(rf"(?P<number>{NUMBER})\s*{UNIT}")
_FULL = re.compile(rf"(?:100\s*%\s*{_WHOLE}|{_MAXIMUM})")
_FRACTION = re.compile(
    rf"(?P<n>\d{{1,3}})\s*/\s*(?P<d>\d{{1,3}})\s*(?:[*x]\s*|cua\s+)?(?:{_MAXIMUM}|{_WHOLE})"
)
_PERCENT = re.compile(rf"(?P<p>{NUMBER})\s*%\s*(?:[*x]\s*|cua\s+)?(?:{_MAXIMUM}|{_WHOLE})")
_MINUS_PERCENT = re.compile(rf"(?:bi )?tru\s+(?P<p>{NUMBER})\s*%\s*{_WHOLE}")
_HALF = re.compile(rf"(?:mot nua|1 nua|nua|½)\s*(?:[*x]\s*)?(?:{_MAXIMUM}|{_WHOLE})")
_NONE = re.compile(r"(?:khong (?:duoc |tinh |co |cho )?diem|tru het (?:so )?diem|khong duoc tinh diem)")


@dataclass(frozen=True, slots=True)
class CellPoints:
    """What stands in a cell of maximum points; `value` is None where it is no number.

    `doubtful` is set where the same signs can mean two numbers ("1.000"). `sign` is "+" or "-" where printed.
    """

    value: Decimal | None
    printed: bool
    sign: str = ""
    doubtful: bool = False
    starred: bool = False


def number(text: str) -> Decimal:
    """The decimal of digits with a comma or point."""
    return Decimal("".join(text.split()).replace(",", "."))


def cell_points(text: str) -> CellPoints:
    """The points of a cell of the column of maxima."""
    bare = folded(one_line(text))
    if not bare or set(bare) <= set("-.x/ "):
        return CellPoints(None, False)
    plain = _STARS.sub("", bare)
    starred = plain != bare
    found = _CELL.fullmatch(plain)
    if found is None:
        return CellPoints(None, True, starred=starred)
    digits = "".join(found["number"].split())
    if _THOUSANDS.fullmatch(digits):
        return CellPoints(Decimal(digits.replace(".", "")), True, found["sign"] or "", True, starred)
    return CellPoints(number(digits), True, found["sign"] or "", False, starred)


def split_suffix(label: str, bare_too: bool) -> tuple[str, Decimal | None]:
    """ "CHẤT LƯỢNG (40 ĐIỂM)" → ("CHẤT LƯỢNG", 40); with `bare_too` also "Chất lượng: 40 điểm"."""
    plain = folded(label)
    found = _SUFFIX.search(plain) or (_SUFFIX_BARE.search(plain) if bare_too else None)
    if found is None or found.start() == 0:
        return label, None
    return label[: found.start()].rstrip(" :-"), number(found["number"])


def without_star(label: str) -> tuple[str, bool]:
    """A name without the star or bracketed figure that points to a note."""
    found = re.search(r"\s*(?:\(\*+\)|\*+|\[\d\])\s*$", label)
    return (label[: found.start()], True) if found and found.start() else (label, False)


def points_value(plain: str, maximum: Decimal | None, unit_needed: bool = False) -> Decimal | None:
    """The points that a folded phrase names; None where it names none, or a share of an unknown maximum."""
    plain = plain.strip(" .;,")
    found = (_WITH_UNIT if unit_needed else _PLAIN).fullmatch(plain)
    if found:
        return number(found["number"])
    if _NONE.fullmatch(plain):
        return Decimal(0)
    if maximum is None:
        return None
    if _FULL.fullmatch(plain):
        return maximum
    if _HALF.fullmatch(plain):
        return maximum / 2
    if (found := _FRACTION.fullmatch(plain)) and int(found["d"]):
        return maximum * int(found["n"]) / int(found["d"])
    if found := _PERCENT.fullmatch(plain):
        return maximum * number(found["p"]) / 100
    if found := _MINUS_PERCENT.fullmatch(plain):
        return maximum * (100 - number(found["p"])) / 100
    return None


VALUE = (
    rf"(?:{NUMBER}(?:\s*{UNIT})?|{_NONE.pattern}|(?:bi )?tru\s+{NUMBER}\s*%\s*{_WHOLE}"
    rf"|(?:\d{{1,3}}\s*/\s*\d{{1,3}}|{NUMBER}\s*%|mot nua|nua)\s*(?:[*x]\s*|cua\s+)?(?:{_MAXIMUM}"
    rf"|{_WHOLE})|{_MAXIMUM})"
)
VALUE_WITH_UNIT = VALUE.replace(rf"{NUMBER}(?:\s*{UNIT})?", rf"{NUMBER}\s*{UNIT}", 1)
