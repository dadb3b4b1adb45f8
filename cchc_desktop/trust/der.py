"""Just enough DER for the one fixed form of our signature file (X.690: definite, shortest lengths).

A general library takes 20 ms to build that file and accepts many spellings of it; this one has one spelling.
"""

from __future__ import annotations

INTEGER, BIT_STRING, OCTET_STRING, NULL, OBJECT = 0x02, 0x03, 0x04, 0x05, 0x06
UTC_TIME, GENERALIZED_TIME, SEQUENCE, SET = 0x17, 0x18, 0x30, 0x31
CONTEXT_0 = 0xA0


def tlv(tag: int, *parts: bytes) -> bytes:
    """One value: tag, shortest length, the parts one after the other."""
    body = b"".join(parts)
    if len(body) < 0x80:
        return bytes((tag, len(body))) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def integer(value: int) -> bytes:
    return tlv(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def set_of(*values: bytes) -> bytes:
    """A SET OF stands in the order of its encoded values (X.690, 11.6)."""
    return tlv(SET, *sorted(values))


def value_at(data: bytes, start: int) -> tuple[int, int, int]:
    """Tag, start and end of the body of the value at `start`. Raises ValueError outside of DER."""
    if start + 2 > len(data):
        raise ValueError("cut off")
    tag, length, body = data[start], data[start + 1], start + 2
    if tag & 0x1F == 0x1F:
        raise ValueError("long tag")
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4 or body + count > len(data):
            raise ValueError("bad length")
        length = int.from_bytes(data[body : body + count], "big")
        body += count
    if body + length > len(data):
        raise ValueError("cut off")
    return tag, body, body + length


def pieces(data: bytes, tag: int) -> list[bytes]:
    """The values inside one value with that tag, each whole. Raises ValueError for another tag or a rest."""
    found, at, end = value_at(data, 0)
    if found != tag or end != len(data):
        raise ValueError(f"tag {found:#x} for {tag:#x}")
    values = []
    while at < end:
        _tag, _body, after = value_at(data[:end], at)
        values.append(data[at:after])
        at = after
    return values


def body(data: bytes, tag: int) -> bytes:
    """What is inside one value with that tag."""
    found, at, end = value_at(data, 0)
    if found != tag or end != len(data):
        raise ValueError(f"tag {found:#x} for {tag:#x}")
    return data[at:end]
