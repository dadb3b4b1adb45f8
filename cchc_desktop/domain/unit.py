"""Who plans and reports: departments, districts (until 30/6/2025), communes and party bodies."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from cchc_desktop.quick_dataclass import dataclass


class UnitKind(StrEnum):
    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMUNE = "commune"
    PARTY_BODY = "party_body"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who signs or answers for the unit."""

    name: str = ""
    title: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it stood in one year; last year's documents keep last year's head.

    `superior` is the body printed above the unit's name in the letterhead (Nghị định 30/2020, Phụ lục I);
    `code` goes into file names; `place` is the place name before the date of a document.
    """

    kind: UnitKind
    name: str
    code: str
    superior: str = ""
    province: str = ""
    place: str = ""
    head: Person = Person()
    focal_point: Person = Person()
    deputy: Person = Person()
    departments: tuple[str, ...] = ()


def suggested_code(name: str) -> str:
    """A code for file names out of a unit's name: "UBND xã Ea Kao" → "XA-EA-KAO". ASCII capitals, ≤ 24."""
    folded = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    ascii_words = re.findall(r"[A-Z0-9]+", "".join(c for c in folded if not unicodedata.combining(c)).upper())
    words = [word for word in ascii_words if word != "UBND"] or ["DON-VI"]
    return "-".join(words)[:24].rstrip("-")
