"""A calendar pack (deadlines, routes, bodies that ended) as canonical JSON and back.

What comes in is distrusted: `decode` reads within bounds and reports every fault with its place at once.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from cchc_desktop.domain.dated_rule import DEADLINE_SUBJECTS, SHORTEST_MONTHS, Body, Deadline, Route
from cchc_desktop.domain.routing import KIND_WORDS, Routing
from cchc_desktop.domain.text_shapes import is_key, is_pack_id
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.formpack.json_object import JsonObject, decode_object, is_email

FORMAT = "cchc-calendar/1"


def is_pack(content: bytes) -> bool:
    """Whether the bytes say that they are a calendar pack."""
    return FORMAT.encode() in content[:100_000]


def encode(routing: Routing) -> bytes:
    """The one way this pack is written, without its base; equal packs give equal bytes."""
    content = {
        "format": FORMAT,
        "id": routing.id,
        "version": routing.version,
        "title": routing.title,
        "province": routing.province,
        "source": routing.source,
        "past_marks": list(routing.past_marks),
        "levels": [list(group) for group in routing.levels],
        "deadlines": [
            {
                **_fields(
                    line, "key", "subject", "plan_kind", "title", "month", "day", "recipient", "source"
                ),
                **_days(line),
                "unit_kinds": [kind.value for kind in line.unit_kinds],
            }
            for line in routing.deadlines
        ],
        "routes": [
            {
                **_fields(route, "plan_kind", "addressee", "via", "source"),
                **_days(route),
                "unit_kinds": [kind.value for kind in route.unit_kinds],
                # A pack of before says nothing of it and keeps its bytes.
                **({"email": route.email} if route.email else {}),
            }
            for route in routing.routes
        ],
        "bodies": [
            {**_fields(body, "name", "successor", "source"), **_days(body)} for body in routing.bodies
        ],
    }
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _fields(value: object, *names: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _days(line: Deadline | Route | Body) -> dict[str, str]:
    return {name: _day_text(getattr(line, name)) for name in ("valid_from", "valid_to")}


def _day_text(day: date | None) -> str:
    return day.isoformat() if day else ""


def decode(content: bytes) -> Routing:
    """The pack, or `KnownError("plan.template_unreadable")` with every fault and its place."""
    return decode_object(content, _routing)


def _routing(reader: JsonObject) -> Routing:
    reader.one_of("format", (FORMAT,))
    deadlines = reader.objects("deadlines", _deadline)
    reader.distinct("deadlines", [line.key for line in deadlines])
    return Routing(
        id=reader.text("id", is_pack_id),
        version=reader.number("version", 1, 9_999),
        title=reader.needed("title"),
        province=reader.text("province"),
        source=reader.text("source"),
        past_marks=reader.texts("past_marks"),
        levels=reader.table("levels"),
        deadlines=deadlines,
        routes=reader.objects("routes", _route),
        bodies=reader.objects("bodies", _body),
    )


def _deadline(reader: JsonObject) -> Deadline:
    month = reader.number("month", 1, 12)
    return Deadline(
        key=reader.text("key", is_key),
        subject=reader.one_of("subject", DEADLINE_SUBJECTS),
        title=reader.needed("title"),
        month=month,
        day=reader.number("day", 1, SHORTEST_MONTHS[month - 1]),
        recipient=reader.text("recipient"),
        source=reader.text("source"),
        plan_kind=reader.one_of("plan_kind", KIND_WORDS),
        valid_from=reader.day("valid_from"),
        valid_to=reader.day("valid_to"),
        unit_kinds=reader.members("unit_kinds", UnitKind),
    )


def _route(reader: JsonObject) -> Route:
    return Route(
        plan_kind=reader.one_of("plan_kind", KIND_WORDS),
        addressee=reader.needed("addressee"),
        via=reader.text("via"),
        valid_from=reader.day("valid_from"),
        valid_to=reader.day("valid_to"),
        source=reader.text("source"),
        unit_kinds=reader.members("unit_kinds", UnitKind),
        email=reader.text("email", is_email) if reader.has("email") else "",
    )


def _body(reader: JsonObject) -> Body:
    return Body(
        name=reader.needed("name"),
        valid_from=reader.day("valid_from"),
        valid_to=reader.day("valid_to"),
        successor=reader.text("successor"),
        source=reader.text("source"),
    )
