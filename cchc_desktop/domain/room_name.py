"""Which room (phòng, bộ phận) a written lead means: "Văn phòng Sở (Lê Thị Thu Trang)" is Văn phòng Sở."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from cchc_desktop.domain.plain_text import folded
from cchc_desktop.quick_pattern import pattern

# A person stands in brackets behind the room, or after a comma or a dash.
_PERSON = pattern(r"\s*\([^()]*\)\s*$")


def room_key(name: str) -> str:
    """Two spellings of one room's name (case, accents, blanks, kinds of dashes) have the same key."""
    return re.sub(r"\s*[-‐-―]\s*", "-", " ".join(folded(name).split()))


def room_of(lead: str, departments: Sequence[str] = ()) -> str:
    """The room that a lead means: the longest of `departments` that it begins with, spelt as there, else the
    lead without the person in brackets. "" for an empty lead."""
    return _room_of(lead, tuple(departments))


@lru_cache(maxsize=4_000)
def _room_of(lead: str, departments: tuple[str, ...]) -> str:
    written = room_key(lead)
    named = [
        name
        for name in departments
        if (key := room_key(name)) and written.startswith(key) and not written[len(key) :][:1].isalnum()
    ]
    return max(named, key=len) if named else _PERSON.sub("", lead).strip()
