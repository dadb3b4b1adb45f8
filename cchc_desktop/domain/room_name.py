"""Which room (phòng, bộ phận) a written lead means: "Văn phòng Sở (Lê Thị Thu Trang)" is Văn phòng Sở."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from cchc_desktop.domain.plain_text import folded

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―", "-"))


def room_key(name: str) -> str:
    """Two spellings of one room's name (case, accents, blanks, kinds of dashes) have the same key."""
    parts = folded(name).translate(_DASHES).split("-")
    return "-".join(" ".join(part.split()) for part in parts)


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
    return max(named, key=len) if named else _without_person(lead.strip())


def _without_person(lead: str) -> str:
    """A person stands in brackets behind the room."""
    room, bracket, person = lead.rpartition("(")
    in_brackets = bracket and person.endswith(")") and person.count(")") == 1
    return room.rstrip() if in_brackets else lead
