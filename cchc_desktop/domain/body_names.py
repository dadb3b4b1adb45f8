"""Names of bodies in a text, found as whole words whatever their case, spelling of tones, dashes and spaces.

"Phòng Văn hoá", "phòng văn hóa" and the same in NFD are one name; "Sở Tài chính" is not in "Cơ sở Tài chính".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property, lru_cache

from cchc_desktop.domain.dated_rule import Body
from cchc_desktop.domain.plain_text import folded

# The five tones as letters, written after the word: then it does not matter over which vowel they stood.
_TONES = {"\u0300": "ˋ", "\u0301": "ˊ", "\u0303": "ʷ", "\u0309": "ˀ", "\u0323": "ʳ"}
_DASHES = str.maketrans(dict.fromkeys("-‐‑‒–—", " - "))
_REACH = 40
"""How far behind a name a mark ("cũ", "trước sắp xếp") still belongs to it, in letters."""


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
    return " ".join(plain.translate(_DASHES).split())


def has_words(text: str, words: str) -> bool:
    """Whether these words stand in the text as a whole: no letter, digit or low line touches them.

    A regular expression for many words at once takes several times as long.
    """
    begin = text.find(words)
    while begin >= 0:
        end = begin + len(words)
        if not (_is_of_word(text[begin - 1 : begin]) or _is_of_word(text[end : end + 1])):
            return True
        begin = text.find(words, begin + 1)
    return False


def begins_with(text: str, words: str) -> bool:
    """Whether the text begins with these words, the last of them whole too."""
    return text.startswith(words) and not _is_of_word(text[len(words) :][:1])


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


class BodyNames:
    """Some bodies, to be looked for in many texts; not those beside which a mark of the past stands."""

    def __init__(self, bodies: tuple[Body, ...], past_marks: tuple[str, ...] = ()) -> None:
        self._bodies, self._past_marks = bodies, past_marks

    def may_be_in(self, text: str) -> bool:
        """Whether a closer look is worth while: most texts name none of them, and most whole plans."""
        words = _bare_words(text)
        return any(has_words(words, part) for part in self._likely)

    def named_in(self, text: str) -> Iterator[Body]:
        """Which of the bodies the text names, each once."""
        if not text or not self.may_be_in(text):
            return
        words = spoken(text)
        told: set[str] = set()
        for found in self._pattern.finditer(words):
            name = found[0]
            behind = re.split(r"[.;:,]", words[found.end() : found.end() + _REACH])[0]
            if name not in told and not self._marks.search(behind):
                told.add(name)
                yield self._by_name[name]

    @cached_property
    def _likely(self) -> tuple[str, ...]:
        """Of each name the longest part without dashes, bare: in all that name it, however spelled."""
        parts = (max(re.split(r"[^\w\s]", folded(body.name)), key=len) for body in self._bodies)
        return tuple({_bare_words(part) for part in parts})

    @cached_property
    def _by_name(self) -> dict[str, Body]:
        return {spoken(body.name): body for body in reversed(self._bodies)}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _any_of(sorted(self._by_name, key=len, reverse=True))  # of two that begin alike, the longer

    @cached_property
    def _marks(self) -> re.Pattern[str]:
        return _any_of([spoken(mark) for mark in self._past_marks if mark.strip()])


@lru_cache(maxsize=8)
def body_names(bodies: tuple[Body, ...], past_marks: tuple[str, ...] = ()) -> BodyNames:
    """Kept, since a plan is looked through after each edit."""
    return BodyNames(bodies, past_marks)


def _bare_words(text: str) -> str:
    """The text without any sign on its letters, one blank between words, also where a low line stood."""
    return " ".join(folded(text).replace("_", " ").split())


def _any_of(names: list[str]) -> re.Pattern[str]:
    """Any of the names as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)" if names else r"(?!)")
