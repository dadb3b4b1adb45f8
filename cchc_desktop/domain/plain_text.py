"""Text as it is stored (NFC, nothing that a database or a document can't hold) and as it is searched."""

from __future__ import annotations

import re
import unicodedata
from codecs import charmap_build, charmap_decode, charmap_encode
from collections.abc import Iterable, Sequence


def stored(text: str) -> str:
    """NFC; NUL and half surrogates, which no UTF-8 file can hold, fall out; line ends become "\\n"."""
    if text.isascii() and "\0" not in text and "\r" not in text:
        return text
    if "\0" in text or not _encodable(text):
        text = re.sub("[\0\ud800-\udfff]", "", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def folded(text: str) -> str:
    """For comparing as people search: no accents, đ as d, no case: "Đề án SỐ HÓA" → "de an so hoa"."""
    if text.isascii():
        return text.casefold()
    try:
        return charmap_decode(charmap_encode(text, "strict", _NUMBERS)[0], "strict", _BARE_LETTERS)[0]
    except UnicodeEncodeError:  # a rarer letter: letter by letter, which takes ten times as long
        return text.translate(_BARE)


def where_found(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """(begin, end) in `text` of what each folded word matches, in order; what touches, or has only a space
    between, is one.
    """
    searched = folded(text)
    of: Sequence[int] = range(len(text))
    if any(len(folded(letter)) != 1 for letter in set(text)):  # an accent of its own, ß: letters shift
        of = [place for place, letter in enumerate(text) for _ in folded(letter)]
    found: list[tuple[int, int]] = []
    for word in words:
        at = searched.find(word) if word else -1
        while at >= 0:
            found.append((of[at], of[at + len(word) - 1] + 1))
            at = searched.find(word, at + len(word))
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(found):
        while end < len(text) and not folded(text[end]):  # an accent of its own belongs to the letter before
            end += 1
        if merged and not text[merged[-1][1] : begin].strip():
            begin, before = merged.pop()
            end = max(before, end)
        merged.append((begin, end))
    return tuple(merged)


class _Bare(dict[int, str]):
    """Each letter without its accents and its case, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", "d" if code in _D_WITH_STROKE else chr(code))
        self[code] = bare = "".join(c for c in parts if not unicodedata.combining(c)).casefold()
        return bare


_D_WITH_STROKE = (ord("đ"), ord("Đ"))
_BARE = _Bare()

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VOWELS = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES]
_VIETNAMESE = "đ" + "".join(letter for letter in _VOWELS if not letter.isascii())
_OFTEN = (
    "\0\t\n\r"
    + "".join(map(chr, range(ord(" "), 127)))
    + _VIETNAMESE
    + _VIETNAMESE.upper()
    + "ŭŬčČŏŎ"  # in names of the Central Highlands: Čư M'gar, Ea Bŭk
    + "–—“”‘’…·•§°«»×≥≤"
)
"""Letters of which nearly all texts consist: as many as a byte can number, each with one bare letter."""
_BARE_LETTERS = _OFTEN.translate(_BARE)
_NUMBERS = charmap_build(_OFTEN.ljust(256, "\ufffe"))
