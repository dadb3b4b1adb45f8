"""Small Windows libraries made by hand: one section with imports, delayed ones and exports."""

from __future__ import annotations

import struct
from collections.abc import Sequence

X64, X86 = 0x8664, 0x014C
_SECTION, _AT = 0x1000, 0x200


def make_dll(
    imports: Sequence[str] = (),
    delayed: Sequence[str] = (),
    exports: Sequence[str] = (),
    machine: int = X64,
) -> bytes:
    """A PE32+ library. Each import asks for one function, `f`."""
    body = bytearray()

    def put(data: bytes) -> int:
        address = _SECTION + len(body)
        body.extend(data + b"\0" * (-len(data) % 8))
        return address

    directories = [(0, 0)] * 16
    if exports:
        names = sorted(exports)
        begin = put(b"\0" * 40)
        texts = [put(name.encode() + b"\0") for name in names]
        functions = put(struct.pack(f"<{len(names)}I", *[_SECTION] * len(names)))
        table = put(struct.pack(f"<{len(names)}I", *texts))
        ordinals = put(struct.pack(f"<{len(names)}H", *range(len(names))))
        own = put(b"made.dll\0")
        count = len(names)
        directory = struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, own, 1, count, count, functions, table, ordinals)
        body[begin - _SECTION : begin - _SECTION + 40] = directory
        directories[0] = (begin, _SECTION + len(body) - begin)
    hint = put(b"\0\0f\0")
    if imports:
        records = b""
        for name in imports:
            thunks = put(struct.pack("<QQ", hint, 0))
            records += struct.pack("<IIIII", thunks, 0, 0, put(name.encode() + b"\0"), thunks)
        directories[1] = (put(records + b"\0" * 20), len(records) + 20)
    if delayed:
        records = b""
        for name in delayed:
            thunks = put(struct.pack("<QQ", hint, 0))
            text = put(name.encode() + b"\0")
            records += struct.pack("<8I", 1, text, 0, thunks, thunks, 0, 0, 0)
        directories[13] = (put(records + b"\0" * 32), len(records) + 32)
    size = -(-len(body) // 0x200) * 0x200
    optional = struct.pack(
        "<HBBIIIIIQIIHHHHHHIIIIHHQQQQII",
        *(0x20B, 14, 0, 0, size, 0, 0, 0, 0x180000000, 0x1000, 0x200, 6, 0, 0, 0, 6, 0, 0),
        *(0x3000, 0x200, 0, 3, 0x160, 0x100000, 0x1000, 0x100000, 0x1000, 0, 16),
    ) + b"".join(struct.pack("<II", *entry) for entry in directories)
    coff = struct.pack("<HHIIIHH", machine, 1, 0, 0, 0, len(optional), 0x2022)
    section = struct.pack("<8sIIIIIIHHI", b".rdata", len(body), _SECTION, size, _AT, 0, 0, 0, 0, 0x40000040)
    head = b"MZ" + b"\0" * 58 + struct.pack("<I", 64) + b"PE\0\0" + coff + optional + section
    return head.ljust(_AT, b"\0") + bytes(body).ljust(size, b"\0")
