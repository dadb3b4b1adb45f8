"""One JSON object of a pack, read within bounds; every fault is reported with its place, all at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from cchc_desktop.domain.text_shapes import is_plain_number
from cchc_desktop.errors import KnownError
from cchc_desktop.message import Message, message
from cchc_desktop.quick_pattern import pattern

LARGEST_FILE = 2_000_000
LONGEST_LIST = 1_000
LONGEST_TEXT = 10_000
MOST_WHOLE, MOST_PLACES = 20, 10
_EMAIL = pattern(r"([A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8})?")
_UNSTORABLE = pattern("[\ud800-\udfff\0]")

T = TypeVar("T")
K = TypeVar("K", bound=Enum)
Shape = Callable[[str], bool]
"""Whether a text is written as a key, an id, an address has to be."""


def is_email(text: str) -> bool:
    """An address, or none."""
    return _EMAIL.fullmatch(text) is not None


def decode_object(content: bytes, build: Callable[[JsonObject], T]) -> T:
    """What `build` makes of the object in `content`, or `KnownError("plan.template_unreadable")`."""
    if len(content) > LARGEST_FILE:
        raise _unreadable([message("plan.template_too_large", size=len(content), limit=LARGEST_FILE)])
    try:
        raw = json.loads(content.decode(), object_pairs_hook=_once_each, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _unreadable([message("plan.template_no_json")], str(error)) from error
    # Written out, neither a zero byte nor half a surrogate is JSON in UTF-8.
    faults = _Faults(may_be_unstorable=b"\\u" in content)
    reader = JsonObject(raw, "", faults)
    built = build(reader)
    reader.end()
    if faults:
        raise _unreadable(faults)
    return built


def _unreadable(faults: list[Message], detail: str = "") -> KnownError:
    return KnownError("plan.template_unreadable", detail=detail, faults=tuple(faults[:20]), count=len(faults))


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return made


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


class _Faults(list[Message]):
    """What is wrong in one file. `may_be_unstorable`: it has letters that are told by their numbers."""

    def __init__(self, *, may_be_unstorable: bool) -> None:
        super().__init__()
        self.may_be_unstorable = may_be_unstorable


@cache
def _members(kind: type[K]) -> Mapping[str, K]:
    return {member.value: member for member in kind}


class JsonObject:
    """Takes fields out of one JSON object; what is missing, wrong or left over becomes a fault."""

    def __init__(self, raw: Any, place: str, faults: _Faults) -> None:
        self._place, self._faults = place, faults
        self._is_storable = not faults.may_be_unstorable
        self._left: dict[str, Any] = raw if isinstance(raw, dict) else {}
        if not isinstance(raw, dict):
            self._fault("template_wrong_type", "")

    def _fault(self, id_: str, name: str) -> None:
        self._faults.append(message(f"plan.{id_}", place=f"{self._place}{name}"))

    def _take(self, name: str, kind: type) -> Any:
        value = self._left.pop(name, None)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self._fault("template_wrong_type", name)
            return kind()
        return value

    def text(self, name: str, shape: Shape | None = None) -> str:
        value = self._left.pop(name, None)
        if shape is None and value.__class__ is str and len(value) <= LONGEST_TEXT and self._is_storable:
            return str(value)  # a pack has a thousand of these
        return self._checked(value, name, shape)

    def _checked(self, value: Any, name: str, shape: Shape | None) -> str:
        if not isinstance(value, str):
            self._fault("template_wrong_type", name)
            return ""
        if len(value) > LONGEST_TEXT or (self._faults.may_be_unstorable and _UNSTORABLE.search(value)):
            self._fault("template_bad_text", name)
        elif shape and not shape(value):
            self._fault("template_bad_key", name)
        return value

    def needed(self, name: str) -> str:
        value = self.text(name)
        if not value.strip():
            self._fault("template_empty", name)
        return value

    def number(self, name: str, lowest: int, highest: int) -> int:
        value = int(self._take(name, int))
        if not lowest <= value <= highest:
            self._fault("template_out_of_range", name)
            return lowest
        return value

    def decimal(self, name: str) -> Decimal | None:
        value = self.text(name)
        whole, _point, places = value.removeprefix("-").partition(".")
        if not is_plain_number(value) or len(whole) > MOST_WHOLE or len(places) > MOST_PLACES:
            self._fault("template_bad_number", name)
            return None
        return Decimal(value)

    def yes(self, name: str) -> bool:
        return bool(self._take(name, bool))

    def day(self, name: str) -> date | None:
        value = self.text(name)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self._fault("template_bad_date", name)
            return None

    def one_of(self, name: str, known: Collection[str]) -> str:
        value = self.text(name)
        if value not in known:
            self._fault("template_unknown_value", name)
        return value

    def member(self, name: str, kind: type[K], otherwise: K) -> K:
        """The member of that value; `otherwise` stands in for a value that has none, which is a fault."""
        known: Mapping[str, K] = _members(kind)
        return known.get(self.one_of(name, known), otherwise)

    def members(self, name: str, kind: type[K]) -> tuple[K, ...]:
        """The members of these values; one that has none is a fault."""
        known, values = _members(kind), self.texts(name)
        self.refer(name, "", values, known)
        return tuple(known[value] for value in values if value in known)

    def items(self, name: str) -> list[Any]:
        values = list(self._take(name, list))
        if len(values) > LONGEST_LIST:
            self._fault("template_list_too_long", name)
        return values[:LONGEST_LIST]

    def texts(self, name: str, shape: Shape | None = None) -> tuple[str, ...]:
        return tuple(
            self._checked(value, f"{name}[{index}]", shape) for index, value in enumerate(self.items(name))
        )

    def table(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Rows of texts."""
        rows = self.items(name)
        for index, row in enumerate(rows):
            if not isinstance(row, list) or len(row) > LONGEST_LIST:
                self._fault("template_wrong_type", f"{name}[{index}]")
                return ()
        return tuple(
            tuple(self._checked(cell, f"{name}[{at}][{n}]", None) for n, cell in enumerate(row))
            for at, row in enumerate(rows)
        )

    def objects(self, name: str, build: Callable[[JsonObject], T]) -> tuple[T, ...]:
        built = []
        for index, raw in enumerate(self.items(name)):
            reader = JsonObject(raw, f"{self._place}{name}[{index}].", self._faults)
            built.append(build(reader))
            reader.end()
        return tuple(built)

    def object(self, name: str, build: Callable[[JsonObject], T]) -> T:
        reader = JsonObject(self._left.pop(name, None), f"{self._place}{name}.", self._faults)
        built = build(reader)
        reader.end()
        return built

    def has(self, name: str) -> bool:
        """Whether the field is there: fields that came later are written only where they say something."""
        return name in self._left

    def names(self) -> tuple[str, ...]:
        """The fields that are still left."""
        return tuple(self._left)

    def entry(self, name: str) -> dict[str, Any]:
        """An answer's fields as they stand; the scorer judges them."""
        return dict(self._take(name, dict))

    def end(self) -> None:
        for name in self._left:
            self._fault("template_unknown_field", str(name)[:60])

    def distinct(self, name: str, keys: Iterable[str]) -> None:
        seen: set[str] = set()
        twice: list[int] = []
        for index, key in enumerate(keys):
            if key in seen:
                twice.append(index)
            seen.add(key)
        self.twice(name, twice)

    def twice(self, name: str, indexes: Iterable[int]) -> None:
        """The keys at these places stand elsewhere too."""
        for index in indexes:
            self._fault("template_key_twice", f"{name}[{index}].key")

    def refer(self, name: str, field: str, keys: Iterable[str], known: Collection[str]) -> None:
        """Each key has to be known; `field` is the key's field in its object ("" for a list of texts)."""
        for index, key in enumerate(keys):
            if key not in known:
                self._fault("template_unknown_value", f"{name}[{index}]" + (f".{field}" if field else ""))
