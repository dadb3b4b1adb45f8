"""Printed text as it is compared: without accents, letter by letter beside the text it stands for."""

from __future__ import annotations

import re
import unicodedata

_BULLET = re.compile(
    r"^\s*(?:[-+*•·●▪■□☐☑☒✓–—○▫◦→⇒](?=\s|$|[^\W\d_]|[<>≥≤])|o(?=\s)|[a-zđA-ZĐ0-9]{1,2}\)|\(\w\)(?=\s)"
    r"|[a-zđ]\.(?=\s)|\d{1,2}\.(?=\s))\s*"
)
_SIGNS = str.maketrans(
    {
        "đ": "d", "Đ": "d", "–": "-", "—": "-", "−": "-", "‑": "-", "‒": "-", "×": "x", "✕": "x", "·": "*",
        "“": '"', "”": '"', "‘": "'", "’": "'", "…": ".", "∶": ":", "：": ":", "；": ";",
        "％": "%", "\u00a0": " ", "\t": " ",
    }
)  # fmt: skip


class _Letters(dict[int, str]):
    """Letters without their accents, found once each."""

    def __missing__(self, code: int) -> str:
        letter = chr(code).translate(_SIGNS)
        apart = unicodedata.normalize("NFD", letter)
        bare = next((part for part in apart if not unicodedata.combining(part)), letter)
        plain = bare.casefold() if len(bare.casefold()) == 1 else bare
        if len(self) < _MOST_LETTERS:
            self[code] = plain
        return plain


_MOST_LETTERS = 4096
_LETTERS = _Letters()


def one_line(text: str) -> str:
    """NFC, with single spaces and nothing around."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def folded(text: str) -> str:
    """NFC text without accents, in small letters: as long as the text itself, so that places agree."""
    return text.translate(_LETTERS)


# Words that would read alike without their accents, and must not: "chấm" and "chậm", "tính" and "tỉnh".
_ALIKE = {
    "moi": ("mỗi", "mổi"), "tru": ("trừ",), "tu": ("từ",), "dat": ("đạt",), "duoi": ("dưới",), "cu": ("cứ",),
    "cong": ("cộng",), "tinh": ("tính",), "cham": ("chấm",), "cho": ("cho",), "thi": ("thì",),
    "nhan": ("nhân",),
    "la": ("là",), "den": ("đến",), "ve": ("về",), "tren": ("trên",),
}  # fmt: skip
_WORD = re.compile(r"\b(?:" + "|".join(_ALIKE) + r")\b")


def telling(text: str) -> str:
    """As `folded`, but a word of another meaning ends in "~" where a word of rules would look the same."""

    def marked(found: re.Match[str]) -> str:
        word = found.group()
        written = text[found.start() : found.end()].casefold()
        return word if written in _ALIKE[word] else word[:-1] + "~"

    return _WORD.sub(marked, folded(text))


def without_bullet(text: str) -> str:
    """The text without the dash, letter or box that lists it."""
    return _BULLET.sub("", text, count=1).strip()


def has_bullet(text: str) -> bool:
    return _BULLET.match(text) is not None


def is_capitals(text: str) -> bool:
    """Whether a heading is written in capitals, small words aside."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 4 and sum(letter.isupper() for letter in letters) >= 0.8 * len(letters)


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
