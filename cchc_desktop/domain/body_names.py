"""Names of bodies in a text, found as whole words whatever their case, spelling of tones, dashes and spaces.

"Phòng Văn hoá", "phòng văn hóa" and the same in NFD are one name; "Sở Tài chính" is not in "Cơ sở Tài chính".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from cchc_desktop.domain.plan_template import Body

# The five tones as letters, written after the word: then it does not matter over which vowel they stood.
_TONES = {"\u0300": "ˋ", "\u0301": "ˊ", "\u0303": "ʷ", "\u0309": "ˀ", "\u0323": "ʳ"}
_REACH = 40
"""How far behind a name a mark ("cũ", "trước sắp xếp") still belongs to it, in letters."""
_ACCENTED = (*range(0xC0, 0x250), *range(0x1EA0, 0x1F00))
_BARE: dict[int, str | None] = {
    **{code: unicodedata.normalize("NFD", chr(code))[0] for code in _ACCENTED},
    **dict.fromkeys(range(0x300, 0x370)),
}


def _bare(text: str) -> str:
    """Letters without any sign on them: what two spellings of one name have in common."""
    return text.casefold().translate(_BARE)


@lru_cache(maxsize=4_096)
def spoken(text: str) -> str:
    """The text as it is read aloud: case, place of tones, kinds of dashes and spaces don't count."""
    words: list[str] = []
    tones = ""
    for letter in unicodedata.normalize("NFD", text.casefold()):
        if letter in _TONES:
            tones += _TONES[letter]
            continue
        if tones and not (letter.isalnum() or unicodedata.combining(letter)):
            words.append(tones)
            tones = ""
        words.append(letter)
    plain = unicodedata.normalize("NFC", "".join(words) + tones)
    plain = re.sub(r"\s*[-‐‑‒–—]\s*", " - ", plain)
    return re.sub(r"\s+", " ", plain).strip()


@lru_cache(maxsize=8)
def _pattern(bodies: tuple[Body, ...]) -> re.Pattern[str]:
    """Any of the names as whole words; of two that begin alike, the longer."""
    names = sorted({spoken(body.name) for body in bodies}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)" if names else r"(?!)")


@lru_cache(maxsize=8)
def _likely(bodies: tuple[Body, ...]) -> tuple[str, ...]:
    """Of each name the longest part without dashes, bare: in every text that names it, however spelled."""
    parts = (max(re.split(r"[^\w\s]", _bare(body.name)), key=len).split() for body in bodies)
    return tuple({" ".join(words) for words in parts})


def _may_name(text: str, bodies: tuple[Body, ...]) -> bool:
    """Most texts name none of them and need no closer look."""
    words = " ".join(_bare(text).split())
    return any(part in words for part in _likely(bodies))


@lru_cache(maxsize=8)
def _marks(past_marks: tuple[str, ...]) -> re.Pattern[str]:
    names = [re.escape(spoken(mark)) for mark in past_marks if mark.strip()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)" if names else r"(?!)")


def named_in(text: str, bodies: tuple[Body, ...], past_marks: tuple[str, ...] = ()) -> Iterator[Body]:
    """Which of the bodies the text names, each once; not those beside which a mark of the past stands."""
    if not text or not _may_name(text, bodies):
        return
    words = spoken(text)
    by_name = {spoken(body.name): body for body in reversed(bodies)}
    told: set[str] = set()
    for found in _pattern(bodies).finditer(words):
        name = found[0]
        behind = re.split(r"[.;:,]", words[found.end() : found.end() + _REACH])[0]
        if name not in told and not _marks(past_marks).search(behind):
            told.add(name)
            yield by_name[name]
