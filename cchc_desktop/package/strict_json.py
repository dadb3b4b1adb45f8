"""JSON from a stranger: bounded depth, size and digits, no doubles, no second meaning."""

from __future__ import annotations

import json
import re
from typing import Any

from cchc_desktop.package.faults import ProfileBroken
from cchc_desktop.package.layout import LARGEST_JSON

DEEPEST = 32
MOST_DIGITS = 18
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")


def write_json(value: Any) -> bytes:
    """Readable for people, the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def read_json(content: bytes, name: str) -> Any:
    """The value in the file `name`. Numbers are whole; decimals travel as strings. Raises `ProfileBroken`."""
    if len(content) > LARGEST_JSON:
        raise ProfileBroken("package.json_too_large", name=name)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProfileBroken("package.json_encoding", name=name) from error
    if text.startswith("\ufeff"):
        raise ProfileBroken("package.json_encoding", name=name)
    _check_depth(content, name)
    try:
        value = json.loads(
            text,
            object_pairs_hook=lambda pairs: _object(pairs, name),
            parse_int=lambda digits: _integer(digits, name),
            parse_float=lambda digits: _refused("package.json_number", name, digits),
            parse_constant=lambda word: _refused("package.json_number", name, word),
        )
        # A lone surrogate is a str that no file can hold.
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise ProfileBroken("package.json_surrogate", name=name) from error
    except ValueError as error:
        raise ProfileBroken("package.json_syntax", name=name) from error
    return value


def _check_depth(content: bytes, name: str) -> None:
    depth = 0
    for bracket in _BRACKET.finditer(_STRING.sub(b"", content)):
        depth += 1 if bracket.group() in b"[{" else -1
        if depth > DEEPEST:
            raise ProfileBroken("package.json_depth", name=name)


def _object(pairs: list[tuple[str, Any]], name: str) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ProfileBroken("package.json_key_twice", name=name)
    return found


def _integer(digits: str, name: str) -> int:
    if len(digits.lstrip("-")) > MOST_DIGITS:
        _refused("package.json_number", name, digits)
    return int(digits)


def _refused(code: str, name: str, found: str) -> Any:
    raise ProfileBroken(code, name=name, found=found[:40])
