"""Whom a task may be given to: the unit's rooms, then its people, as they are written into a plan."""

from __future__ import annotations

from collections.abc import Sequence

from cchc_desktop.domain.unit import Unit


def leads_of(rooms: Sequence[str], unit: Unit) -> tuple[str, ...]:
    """ "Văn phòng HĐND và UBND", …, "Lê Văn Á, Chủ tịch": a title after the comma names no second lead."""
    people = (
        ", ".join(part for part in (one.name.strip(), one.title.strip()) if part)
        for one in (unit.head, unit.deputy, unit.focal_point)
        if one.name.strip()
    )
    return tuple(dict.fromkeys((*rooms, *people)))
