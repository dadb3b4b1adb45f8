"""What is divided by what: "N/D", "N so với tổng số D", "tỷ lệ giữa N và D", "N trên tổng số D"."""

from __future__ import annotations

import re

from cchc_desktop.formpack.draft.wording.phrase import Phrase
from cchc_desktop.quick_dataclass import dataclass

_HEAD = re.compile(
    r"^(?:(?:neu |truong hop |tinh |tinh theo |theo |dat |lay )*)?(?:ty|ti) (?:le|so)(?: \(?%\)?| phan"
    r" tram)?(?: giua)?\s*(?::|=|la )?\s*"
)
_HUNDRED = re.compile(r"\s*[x*]\s*100\s*%?\s*$")
_TAIL = re.compile(r"[\s,:]*(?:\b(?:dat(?: duoc| ty le)?|la|thi|dat muc)\b)?[\s,:]*$")
_LEAD = re.compile(r"^(?:lay|tinh|neu|khi|theo|bang|co|ket qua)\s+(?=(?:tong )?so\b)")
_AFTER = re.compile(r"[\s,]+(?:roi|sau do|duoc bao nhieu|thi|va)$")
# What a figure is called. A numerator that begins otherwise may have words of the sentence before it.
_FIGURE = re.compile(
    r"^(?:so|tong|luong|luot|kinh phi|von|ke hoach|muc|gia tri|dien tich|dan so|ngan sach|tien|doanh thu"
    r"|ty le|chi phi)\b"
)
_WORDS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Quotient:
    """`sure` is False where the text could be cut in another place too."""

    numerator: str
    denominator: str
    sure: bool = True


def starts_ratio(plain: str) -> bool:
    return _HEAD.match(plain) is not None


def quotient(phrase: Phrase, needs_head: bool = False) -> Quotient | None:
    """Numerator and denominator in the words of the phrase."""
    head = _HEAD.match(phrase.plain)
    if needs_head and not head:
        return None
    if head:
        phrase = phrase.cut(head.end())
    phrase = phrase.trimmed(":")
    while (tail := _HUNDRED.search(phrase.plain)) and tail.start():
        phrase = phrase.cut(0, tail.start()).trimmed(":")
    phrase = phrase.within()
    if (tail := _TAIL.search(phrase.plain)) and tail.start():
        phrase = phrase.cut(0, tail.start())
    phrase = phrase.within()
    between = head is not None and "giua" in head.group()
    for cut in (_at_words, _at_slash):
        found = cut(phrase, between)
        if found is not None:
            return found
    return None


def _made(phrase: Phrase, start: int, stop: int, sure: bool = True) -> Quotient | None:
    above, below = phrase.cut(0, start).trimmed(":").within(), phrase.cut(stop).trimmed(":").within()
    if lead := _LEAD.match(above.plain):
        above = above.cut(lead.end())
    if (tail := _AFTER.search(below.plain)) and tail.start():
        below = below.cut(0, tail.start())
    if not (_WORDS.search(above.text) and _WORDS.search(below.text)):
        return None
    named = _FIGURE.match(above.plain) is not None
    return Quotient(above.text, below.text, sure and named)


def _at_words(phrase: Phrase, between: bool) -> Quotient | None:
    plain = phrase.plain
    joints = (r"\s+va\s+(?=tong\b)", r"\s+va\s+") if between else ()
    for joint in (*joints, r"\s+so voi\s+", r"\s+tren\s+(?=tong\b)", r"\s+chia (?:cho )?(?=tong|so)"):
        found = [match for match in re.finditer(joint, plain) if _outside(plain, match.start())]
        if found:
            return _made(phrase, found[0].start(), found[0].end(), len(found) == 1)
    slashes = list(phrase.top_level("/"))
    if not slashes:
        found = [match for match in re.finditer(r"\s+tren\s+", plain) if _outside(plain, match.start())]
        if len(found) == 1:
            return _made(phrase, found[0].start(), found[0].end())
    return None


def _outside(plain: str, place: int) -> bool:
    return plain.count("(", 0, place) <= plain.count(")", 0, place)


def _at_slash(phrase: Phrase, between: bool) -> Quotient | None:
    for sign in "/:":
        places = list(phrase.top_level(sign))
        if not places:
            continue
        if len(places) == 1:
            return _made(phrase, places[0], places[0] + 1)
        plain = phrase.plain
        likely = [place for place in places if plain[place + 1 :].lstrip().startswith(("tong", "so "))]
        spaced = [place for place in places if plain[max(0, place - 1)] == " "]
        chosen = likely if len(likely) == 1 else spaced if len(spaced) == 1 else places[-1:]
        return _made(phrase, chosen[0], chosen[0] + 1, sure=False)
    return None
