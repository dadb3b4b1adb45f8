"""Domain values ↔ stored text: one pair per value, tested by round trip. Decimals and dates are text."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from cchc_desktop.domain.plan import Milestone, PlanForm, PlanIssue
from cchc_desktop.domain.round import HeadConfirmation
from cchc_desktop.domain.signing_as import SignsAs
from cchc_desktop.domain.unit import Person, Unit, UnitKind
from cchc_desktop.domain.vietnam_time import VIETNAM

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: object) -> str:
    """JSON with sorted keys and no blanks, so that equal content gives equal bytes."""
    return _encode(value)


def new_id() -> str:
    """A random id, 32 hex digits."""
    return os.urandom(16).hex()


def date_text(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def text_date(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def time_text(value: datetime) -> str:
    """In UTC, to the millisecond."""
    return value.astimezone(UTC).isoformat(timespec="milliseconds")


def text_time(value: str) -> datetime:
    """Aware, in this machine's zone, as people read it."""
    return datetime.fromisoformat(value).astimezone(VIETNAM)


def decimal_text(value: Decimal | None) -> str | None:
    """The value's own digits, never with an exponent; None stays None."""
    return None if value is None else f"{value:f}"


def text_decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _person(value: Person) -> dict[str, str]:
    return {"name": value.name, "title": value.title, "contact": value.contact}


def encode_unit(unit: Unit) -> str:
    return canonical(
        {
            "kind": unit.kind.value,
            "name": unit.name,
            "code": unit.code,
            "superior": unit.superior,
            "province": unit.province,
            "place": unit.place,
            "head": _person(unit.head),
            "focal_point": _person(unit.focal_point),
            "deputy": _person(unit.deputy),
            "departments": list(unit.departments),
        }
    )


def decode_unit(text: str) -> Unit:
    stored: dict[str, Any] = json.loads(text)
    return Unit(
        kind=UnitKind(stored["kind"]),
        name=stored["name"],
        code=stored["code"],
        superior=stored["superior"],
        province=stored["province"],
        place=stored["place"],
        head=Person(**stored["head"]),
        focal_point=Person(**stored["focal_point"]),
        deputy=Person(**stored["deputy"]),
        departments=tuple(stored["departments"]),
    )


def encode_confirmation(value: HeadConfirmation | None) -> str | None:
    if value is None:
        return None
    return canonical(
        {
            "name": value.name,
            "title": value.title,
            "confirmed_on": date_text(value.confirmed_on),
            "total_points": decimal_text(value.total_points),
        }
    )


def decode_confirmation(text: str | None) -> HeadConfirmation | None:
    if text is None:
        return None
    stored = json.loads(text)
    return HeadConfirmation(
        stored["name"],
        stored["title"],
        date.fromisoformat(stored["confirmed_on"]),
        Decimal(stored["total_points"]),
    )


def encode_issue(value: PlanIssue) -> str:
    """What is as in most plans is not written, so that a plan of an older program reads the same."""
    stored: dict[str, Any] = {"number": value.number, "issued_on": date_text(value.issued_on)}
    if value.form is not PlanForm.PLAN:
        stored["form"] = value.form.value
    if value.signs_as is not SignsAs.HEAD:
        stored["signs_as"] = value.signs_as.value
    if value.signer != Person():
        stored["signer"] = _person(value.signer)
    if value.letter_number:
        stored["letter_number"] = value.letter_number
    if value.letter_on is not None:
        stored["letter_on"] = date_text(value.letter_on)
    return canonical(stored)


def decode_issue(text: str) -> PlanIssue:
    stored = json.loads(text)
    return PlanIssue(
        stored["number"],
        text_date(stored["issued_on"]),
        PlanForm(stored.get("form", PlanForm.PLAN)),
        SignsAs(stored.get("signs_as", SignsAs.HEAD)),
        Person(**stored.get("signer", {})),
        stored.get("letter_number", ""),
        text_date(stored.get("letter_on")),
    )


def encode_milestones(values: tuple[Milestone, ...]) -> str | None:
    """None when there are none, as in every plan of one year."""
    return canonical([[value.year, value.text] for value in values]) if values else None


def decode_milestones(text: str | None) -> tuple[Milestone, ...]:
    return () if text is None else tuple(Milestone(year, words) for year, words in json.loads(text))


def encode_words(words: tuple[str, ...]) -> str:
    return canonical(list(words))


def decode_words(text: str) -> tuple[str, ...]:
    return () if text == "[]" else tuple(json.loads(text))


def encode_entry(entry: Mapping[str, object] | None) -> str | None:
    """An answer's fields; decimals become strings, whole numbers stay numbers. TypeError for anything odd."""
    return None if entry is None else canonical(_plain(entry))


def decode_entry(text: str | None) -> dict[str, object] | None:
    if text is None:
        return None
    entry: dict[str, object] = json.loads(text)
    return entry


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    raise TypeError(f"not an answer's value: {type(value).__name__}")
