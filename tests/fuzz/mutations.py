"""Damage that knows the structure: bytes, DER values with lengths repaired, JSON values."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from cchc_desktop.trust.der import tlv, value_at

TOKENS = (
    *(b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"\xff" * 4, b"\0" * 4),
    *(b"<!DOCTYPE x>", b"<!--", b"&#49;", b"]]>", b"../", b"\\", b"\0", b"\xc3\xa9", b"\xef\xbb\xbf"),
    *(b"stream\n", b"endstream", b"<<", b">>", b"/Encrypt 1 0 R", b"/JavaScript", b"obj", b"/ObjStm"),
    *(
        b"\x30\x80",
        b"\x30\x84\xff\xff\xff\xff",
        b"\x02\x01\x00",
        b"\x05\x00",
        b"\x1f\x81\x81",
        b'"',
        b"[",
        b"{",
    ),
)
NASTY: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 2**31, 2**53, 2**53 + 1, 10**17, "", "0", "-0", "1e9", "NaN", "Infinity"),
    *("9" * 30, "\0", "\ud800", "\u202efdp", "../x", "a/b", "a" * 70_000, "2026-02-30", "9999-12-31"),
    *("0000-01-01T00:00:00+00:00", "9999-12-31T23:59:59-23:59", [], {}, [[]], [None], {"a": 1}, [{}] * 50),
)


def damaged(random: Random, good: bytes) -> bytes:
    """Up to six places flipped, cut, doubled, moved or written over."""
    content = bytearray(good)
    for _ in range(random.randint(1, 6)):
        start = random.randint(0, len(content))
        end = min(len(content), start + random.choice((1, 1, 2, 4, 16, 60, 300)))
        match random.randrange(6):
            case 0 if content:
                content[min(start, len(content) - 1)] ^= 1 << random.randrange(8)
            case 1:
                del content[start:end]
            case 2:
                content[end:end] = content[start:end]
            case 3:
                at = random.randint(0, len(content))
                content[at : at + end - start] = content[start:end]
            case 4:
                content[start:start] = random.choice(TOKENS)
            case _:
                content[start:end] = random.randbytes(end - start)
    return bytes(content)


def der_damaged(random: Random, good: bytes) -> bytes:
    """One value somewhere in the tree changed, and every length around it right again."""
    for _ in range(random.randint(1, 3)):
        good = _der(random, good, depth=0)
    return good


def _der(random: Random, data: bytes, depth: int) -> bytes:
    try:
        tag, body, end = value_at(data, 0)
    except ValueError:
        return damaged(random, data) if data else b"\x05\0"
    inner = data[body:end]
    if tag & 0x20 and inner and random.random() < 0.85 and depth < 12:
        parts = _parts(inner)
        if parts:
            at = random.randrange(len(parts))
            match random.randrange(12):
                case 0:
                    del parts[at]
                case 1:
                    parts.insert(at, parts[random.randrange(len(parts))])
                case 2:
                    random.shuffle(parts)
                case _:
                    parts[at] = _der(random, parts[at], depth + 1)
            return tlv(tag, *parts) + data[end:]
    match random.randrange(6):
        case 0:
            return tlv(random.randrange(256), inner) + data[end:]
        case 1:
            return tlv(tag) + data[end:]
        case 2:
            return tlv(tag, inner + random.randbytes(random.choice((1, 8, 200)))) + data[end:]
        case 3:
            return tlv(tag, inner[: random.randint(0, len(inner))]) + data[end:]
        case 4:
            return tlv(tag, random.choice(TOKENS)) + data[end:]
        case _:
            return tlv(tag, damaged(random, inner)) + data[end:]


def _parts(inner: bytes) -> list[bytes]:
    parts, at = [], 0
    while at < len(inner):
        try:
            _tag, _body, end = value_at(inner, at)
        except ValueError:
            return []
        parts.append(inner[at:end])
        at = end
    return parts


def json_damaged(random: Random, good: Any) -> Any:
    """Some values replaced, removed, doubled or renamed."""
    value = copy.deepcopy(good)
    for _ in range(random.randint(1, 4)):
        spots: list[tuple[Any, Any]] = []
        _collect(value, spots)
        if not spots:
            return random.choice(NASTY)
        holder, key = random.choice(spots)
        match random.randrange(6):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, dict):
                holder[random.choice(("", "x", "\0", "a" * 300, str(key).upper()))] = holder[key]
            case 1 | 2 if isinstance(holder, list):
                holder.insert(key, copy.deepcopy(holder[key]))
            case 3 if isinstance(holder[key], str) and holder[key]:
                at = random.randrange(len(holder[key]))
                holder[key] = holder[key][:at] + random.choice("\0\u202e.,/-9eZ ") + holder[key][at + 1 :]
            case _:
                holder[key] = copy.deepcopy(random.choice(NASTY))
    return value


def _collect(value: Any, spots: list[tuple[Any, Any]]) -> None:
    keys: Any = (
        value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for key in keys:
        spots.append((value, key))
        _collect(value[key], spots)
