"""Icon, manifest and version of an .exe as a compiled resource file (.res), which the linker takes.

Sources of the layout: Microsoft's "RESOURCEHEADER", "GRPICONDIR" and "VS_VERSIONINFO".
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from resources.installer import BuildError

_ICON, _ICON_GROUP, _VERSION, _MANIFEST = 3, 14, 16, 24
_VIETNAMESE, _UTF16 = 0x042A, 0x04B0
_SIGNATURE, _VERSION_1, _FLAGS_MASK, _FOR_WINDOWS, _PROGRAM = 0xFEEF04BD, 0x00010000, 0x3F, 0x00040004, 1


def compiled(
    icon: bytes, manifest: bytes, version: tuple[int, int, int, int], texts: Mapping[str, str]
) -> bytes:
    """The whole .res: an .ico, a manifest, and the texts that Explorer shows under Details."""
    pictures, group = _icons(icon)
    entries = [(_ICON, number, picture) for number, picture in enumerate(pictures, 1)]
    entries += [
        (_ICON_GROUP, 1, group),
        (_VERSION, 1, version_info(version, texts)),
        (_MANIFEST, 1, manifest),
    ]
    return b"".join([_entry(0, 0, b""), *(_entry(*entry) for entry in entries)])


def _entry(kind: int, name: int, data: bytes) -> bytes:
    neutral = 0 if not kind else 0x0409
    head = struct.pack("<IIHHHHIHHII", len(data), 32, 0xFFFF, kind, 0xFFFF, name, 0, 0x1030, neutral, 0, 0)
    return _padded(head + data)


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)


def _icons(data: bytes) -> tuple[list[bytes], bytes]:
    """Pictures of an .ico and the group that names them by number instead of by place."""
    reserved, kind, count = struct.unpack_from("<HHH", data)
    if (reserved, kind) != (0, 1):
        raise BuildError("the program's icon is no .ico file")
    pictures, group = [], struct.pack("<HHH", 0, 1, count)
    for number in range(count):
        head, size, offset = struct.unpack_from("<8sII", data, 6 + 16 * number)
        pictures.append(data[offset : offset + size])
        group += head + struct.pack("<IH", size, number + 1)
    return pictures, group


def version_info(version: tuple[int, int, int, int], texts: Mapping[str, str]) -> bytes:
    """VS_VERSIONINFO with one table of texts, Vietnamese."""
    high, low = (version[0] << 16) | version[1], (version[2] << 16) | version[3]
    fixed = struct.pack(
        "<13I", _SIGNATURE, _VERSION_1, high, low, high, low, _FLAGS_MASK, 0, _FOR_WINDOWS, _PROGRAM, 0, 0, 0
    )
    strings = [_block(name, _text(value), 1, len(value) + 1) for name, value in texts.items()]
    table = _block(f"{_VIETNAMESE:04X}{_UTF16:04X}", b"", 1, 0, strings)
    pair = struct.pack("<HH", _VIETNAMESE, _UTF16)
    parts = [
        _block("StringFileInfo", b"", 1, 0, [table]),
        _block("VarFileInfo", b"", 1, 0, [_block("Translation", pair, 0, len(pair))]),
    ]
    return _block("VS_VERSION_INFO", fixed, 0, len(fixed), parts)


def _text(words: str) -> bytes:
    return (words + "\0").encode("utf-16-le")


def _block(key: str, value: bytes, kind: int, length: int, parts: Sequence[bytes] = ()) -> bytes:
    """Length, length of the value, kind (1 text), key, value, blocks within; all on borders of four bytes."""
    body = _padded(b"\0" * 6 + _text(key)) + value
    for part in parts:
        body = _padded(body) + part
    return struct.pack("<HHH", len(body), length, kind) + body[6:]


def launcher(folder: Path) -> bytes:
    """Of cchc.exe and cchc-desktop.exe, which outlive versions of the program and bear one of their own."""
    texts = {
        "FileDescription": "CCHC Desktop",
        "ProductName": "CCHC Desktop",
        "FileVersion": "1.0",
        "ProductVersion": "1.0",
    }
    icon, manifest = (folder / "cchc.ico").read_bytes(), (folder / "launcher.manifest").read_bytes()
    return compiled(icon, manifest, (1, 0, 0, 0), texts)
