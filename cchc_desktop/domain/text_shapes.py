"""Shapes of short texts: a key, an id, a number written plainly. Every pack is full of them.

Only ASCII counts: neither a letter with an accent nor the digits of another script belong to them. They take
no regular expression: reading the first page's packs would wait for half a dozen to be compiled.
"""

from __future__ import annotations

_FIGURES = "0123456789"
_SMALL = "abcdefghijklmnopqrstuvwxyz"
_ID_LETTERS = _SMALL + _FIGURES + "-"
_ROW_KEY_LETTERS = _SMALL + _FIGURES + "_"
_KEY_LETTERS = _SMALL + _SMALL.upper() + _FIGURES + "_-"
_LONGEST_KEY = 64


def _only(letters: str, text: str) -> bool:
    """Whether the text has letters, all of them among these."""
    return text != "" and not text.strip(letters)


def is_set_id(text: str) -> bool:
    """What a criteria set is known by: "xa-mau-2026"."""
    return _only(_ID_LETTERS, text)


def is_pack_id(text: str) -> bool:
    """What any other pack is known by: as a set's, of at most 64 letters, the first of them no dash."""
    return is_set_id(text) and len(text) <= _LONGEST_KEY and text[0] != "-"


def is_key(text: str) -> bool:
    """What a part of a pack is known by: "so-hoa_ho-so", at most 64 letters."""
    return _only(_KEY_LETTERS, text) and len(text) <= _LONGEST_KEY and text[0] in _SMALL


def is_row_key(text: str) -> bool:
    """What a row of a criteria set is known by: "chi_dao_dieu_hanh"."""
    return _only(_ROW_KEY_LETTERS, text) and text[0] in _SMALL


def is_row_code(text: str) -> bool:
    """What is printed before a row: "I.2.1"; parts between dots, none of them empty, no blank anywhere."""
    return text.split() == [text] and all(text.split("."))


def is_plain_number(text: str, signs: str = "-") -> bool:
    """Figures, behind a point others, before them one of the `signs` or none: "-12.50"."""
    unsigned = text[1:] if text.startswith(tuple(signs)) else text
    whole, point, places = unsigned.partition(".")
    return _only(_FIGURES, whole) and (not point or _only(_FIGURES, places))


def has_digit(text: str) -> bool:
    """Whether there is a digit, of whatever script."""
    return any(letter.isdecimal() for letter in text)
