"""Icon, manifest and version of the launchers, read back by the rules of their formats."""

from __future__ import annotations

import struct

import pytest

from resources.installer import BuildError, windows_resources
from resources.installer.windows_program import PARTS


def entries(data: bytes) -> list[tuple[int, int, bytes]]:
    """(type, name, data) of each resource; all names here are numbers."""
    found, at = [], 0
    while at < len(data):
        size, head = struct.unpack_from("<II", data, at)
        mark, kind, mark_too, name = struct.unpack_from("<HHHH", data, at + 8)
        assert (mark, mark_too) == (0xFFFF, 0xFFFF)
        found.append((kind, name, data[at + head : at + head + size]))
        at += head + -(-size // 4) * 4
    return found


def test_the_icon_is_taken_apart_and_named_by_numbers() -> None:
    icon = (PARTS / "cchc.ico").read_bytes()
    found = entries(windows_resources.launcher(PARTS))
    assert found[0] == (0, 0, b"")
    pictures = {name: data for kind, name, data in found if kind == 3}
    (group,) = (data for kind, _name, data in found if kind == 14)
    reserved, kind, count = struct.unpack_from("<HHH", group)
    assert (reserved, kind, count) == (0, 1, len(pictures)) and count == 9
    for number in range(count):
        size, name = struct.unpack_from("<IH", group, 6 + 14 * number + 8)
        assert pictures[name] in icon and len(pictures[name]) == size
    assert (24, 1, (PARTS / "launcher.manifest").read_bytes()) in found


def test_the_version_is_read_back_block_by_block() -> None:
    data = windows_resources.version_info((1, 2, 3, 4), {"ProductName": "CCHC Desktop", "FileVersion": "1.2"})
    length, value, kind = struct.unpack_from("<HHH", data)
    assert (length, value, kind) == (len(data), 52, 0)
    assert data[6:38].decode("utf-16-le") == "VS_VERSION_INFO\0"
    signature, _, high, low = struct.unpack_from("<4I", data, 40)
    assert signature == 0xFEEF04BD
    assert (high >> 16, high & 0xFFFF, low >> 16, low & 0xFFFF) == (1, 2, 3, 4)
    words = data.decode("utf-16-le", "replace")
    assert "042A04B0\0" in words and "CCHC Desktop\0" in words and "1.2\0" in words


def test_what_is_no_icon_is_refused() -> None:
    with pytest.raises(BuildError, match="icon"):
        windows_resources.compiled(b"\x89PNG\r\n\x1a\n", b"", (1, 0, 0, 0), {})
