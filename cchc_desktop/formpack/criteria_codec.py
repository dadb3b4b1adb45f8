"""The one stored form of a criteria set: canonical JSON. The same set gives the same bytes.

UTF-8, NFC, keys sorted, decimals as strings; `decode` distrusts what it reads and runs the office's checks.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.criteria_checks import Finding, findings_of
from cchc_desktop.domain.reading import MOST_DIGITS, digits_of
from cchc_desktop.domain.rules.registry import RULES
from cchc_desktop.domain.rules.rule import Rule
from cchc_desktop.domain.text_shapes import is_plain_number
from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import is_made_here, needed_fields

FORMAT = "cchc-criteria/1"
LARGEST = 20_000_000


class _Unreadable(Exception):  # noqa: N818 - becomes a KnownError at the door
    pass


def encode(criteria: CriteriaSet) -> bytes:
    """The one way this set is written."""
    content = {"format": FORMAT, **_written(criteria)}
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def decode(content: bytes, name: str = "") -> CriteriaSet:
    """The set, or `KnownError("formpack.pack_unreadable")`; `name` is what the user calls the file."""
    if len(content) > LARGEST:
        raise KnownError("formpack.pack_too_large", name=name, size=len(content), limit=LARGEST)
    try:
        raw = json.loads(content.decode("utf-8"), object_pairs_hook=_once_each)
        if not isinstance(raw, dict) or raw.pop("format", None) != FORMAT:
            raise _Unreadable("format")
        criteria: CriteriaSet = _reader(CriteriaSet)(raw)
    except (ValueError, RecursionError, _Unreadable) as error:
        raise KnownError("formpack.pack_unreadable", name=name, detail=str(error)) from error
    wrong = [finding for finding in findings_of(criteria) if not finding.warning]
    if wrong:
        raise KnownError("formpack.pack_wrong", name=name, detail=_places(wrong), fault=wrong[0].message)
    return criteria


def is_pack(content: bytes) -> bool:
    """Whether the bytes look like a compiled criteria set at all (a JSON object that names the format)."""
    return content.lstrip()[:1] == b"{" and FORMAT.encode() in content


def _places(wrong: list[Finding]) -> str:
    return "; ".join(f"{f.key or f.part} {f.column} {f.message.id}" for f in wrong[:20])


def plain(value: Decimal) -> str:
    """A decimal without exponent and without idle zeros: 1.50 → "1.5", 1E+2 → "100"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _written(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    if isinstance(value, Rule):
        return {"kind": value.kind, **_members(value)}
    if is_made_here(value):
        return _members(value)
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _members(value: Any) -> dict[str, Any]:
    return {name: _written(getattr(value, name)) for name in needed_fields(type(value))}


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Unreadable("a key stands twice in one object")
    return made


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """What reads a value as that type, put together once; types are those that a set's dataclasses use.

    Faults say their place on their way up. Most values have none, so the place is looked for afterwards.
    """
    if get_origin(kind) is UnionType:
        inner = _reader(*(part for part in get_args(kind) if part is not NoneType))
        return lambda value: None if value is None else inner(value)
    if get_origin(kind) is tuple:
        return _items_reader(_reader(get_args(kind)[0]))
    if kind is Rule:
        return _read_rule
    if is_made_here(kind):
        return _members_reader(kind)
    if issubclass(kind, Enum):
        return _member_reader(kind)
    return {Decimal: _read_decimal, date: _read_day, str: _read_text, int: _read_whole, bool: _read_yes}[kind]


def _items_reader(reader: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _Unreadable
        try:
            return tuple([reader(item) for item in value])
        except _Unreadable:
            raise _Unreadable(next(_faults(lambda _at: reader, enumerate(value), "[{}]"))) from None

    return read


def _faults(
    reader_of: Callable[[Any], Callable[[Any], Any]], parts: Iterable[tuple[Any, Any]], place: str
) -> Iterator[str]:
    """What can't be read, each with its place."""
    for at, item in parts:
        try:
            reader_of(at)(item)
        except _Unreadable as fault:
            yield f"{place.format(at)}{fault}"


def _read_rule(value: Any) -> Rule:
    kind = value.get("kind") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in RULES:
        raise _Unreadable(".kind")
    rule: Rule = _reader(RULES[kind])({k: v for k, v in value.items() if k != "kind"})
    return rule


def _types(kind: type) -> dict[str, Any]:
    """As `typing.get_type_hints`, which reads each "str" and "Decimal" anew."""
    found: dict[str, Any] = {}
    for cls in reversed(kind.__mro__):
        for name, written in vars(cls).get("__annotations__", {}).items():
            found[name] = _type(written, cls.__module__)
    return found


@cache
def _type(written: str, module: str) -> Any:
    return eval(written, vars(sys.modules[module]))


def _members_reader(kind: Any) -> Callable[[Any], Any]:
    hints = _types(kind)
    readers = {name: _reader(hints[name]) for name in needed_fields(kind)}
    known = readers.keys()
    needed = {name for name, is_needed in needed_fields(kind).items() if is_needed}

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise _Unreadable
        given = value.keys()
        if not needed <= given <= known:
            missing = [name for name in readers if name in needed - given]
            raise _Unreadable(f": {', '.join([*missing, *(given - known)])}")
        try:
            made = {name: readers[name](item) for name, item in value.items()}
        except _Unreadable:
            raise _Unreadable(next(_faults(readers.__getitem__, value.items(), ".{}"))) from None
        return kind(**made)

    return read


def _member_reader(kind: type[Enum]) -> Callable[[Any], Enum]:
    members = {member.value: member for member in kind}

    def read(value: Any) -> Enum:
        if not isinstance(value, str) or value not in members:
            raise _Unreadable
        return members[value]

    return read


def _read_text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Unreadable
    value.encode()  # a lone surrogate can't be stored: ValueError
    return value


def _read_decimal(value: Any) -> Decimal:
    if isinstance(value, str) and len(value) < 100 and is_plain_number(value):
        read = Decimal(value)
        if digits_of(read) <= MOST_DIGITS:
            return read
    raise _Unreadable


def _read_day(value: Any) -> date:
    if not isinstance(value, str):
        raise _Unreadable
    return date.fromisoformat(value)


def _read_whole(value: Any) -> int:
    if type(value) is not int:
        raise _Unreadable
    return value


def _read_yes(value: Any) -> bool:
    if type(value) is not bool:
        raise _Unreadable
    return value
