"""The one stored form of a criteria set: canonical JSON. The same set gives the same bytes.

UTF-8, NFC, keys sorted, decimals as strings; `decode` distrusts what it reads and runs the office's checks.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.criteria_checks import Finding, findings_of
from cchc_desktop.domain.reading import MOST_DIGITS, digits_of
from cchc_desktop.domain.rules.registry import RULES
from cchc_desktop.domain.rules.rule import Rule
from cchc_desktop.errors import KnownError

FORMAT = "cchc-criteria/1"
LARGEST = 20_000_000
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


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
        criteria: CriteriaSet = _read(CriteriaSet, raw, "")
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
    if is_dataclass(value):
        return _members(value)
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _members(value: Any) -> dict[str, Any]:
    return {field.name: _written(getattr(value, field.name)) for field in fields(value)}


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) != len({key for key, _ in pairs}):
        raise _Unreadable("a key stands twice in one object")
    return dict(pairs)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, value: Any, place: str) -> Any:
    """The value as that type; types are those that the dataclasses of a set use."""
    if get_origin(kind) is UnionType:
        if value is None:
            return None
        (kind,) = (part for part in get_args(kind) if part is not NoneType)
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise _Unreadable(place)
        return tuple(_read(get_args(kind)[0], item, f"{place}[{n}]") for n, item in enumerate(value))
    if kind is Rule:
        return _read_rule(value, place)
    if is_dataclass(kind):
        return _read_members(kind, value, place)
    return _read_plain(kind, value, place)


def _read_rule(value: Any, place: str) -> Rule:
    if not isinstance(value, dict) or value.get("kind") not in RULES:
        raise _Unreadable(f"{place}.kind")
    rule: Rule = _read_members(RULES[value["kind"]], {k: v for k, v in value.items() if k != "kind"}, place)
    return rule


def _read_members(kind: Any, value: Any, place: str) -> Any:
    if not isinstance(value, dict):
        raise _Unreadable(place)
    known = {field.name: field for field in fields(kind)}
    missing = [name for name, f in known.items() if name not in value and f.default is MISSING]
    if missing or set(value) - set(known):
        raise _Unreadable(f"{place}: {', '.join([*missing, *(set(value) - set(known))])}")
    hints = _hints(kind)
    return kind(**{name: _read(hints[name], item, f"{place}.{name}") for name, item in value.items()})


def _read_plain(kind: Any, value: Any, place: str) -> Any:
    if kind is Decimal and isinstance(value, str) and len(value) < 100 and _DECIMAL.fullmatch(value):
        if digits_of(Decimal(value)) <= MOST_DIGITS:
            return Decimal(value)
    elif kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    elif kind is str and isinstance(value, str):
        value.encode()  # a lone surrogate can't be stored: ValueError
        return value
    elif kind in (int, bool) and type(value) is kind:
        return value
    elif isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    raise _Unreadable(place)
