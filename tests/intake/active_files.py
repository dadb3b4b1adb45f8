"""Files that could do something when they are opened, for the tests of what is said about them."""

from __future__ import annotations

import io
import time
from pathlib import Path

from PIL import Image

from cchc_desktop.intake.active_content import look_inside
from cchc_desktop.language import render
from tests.fuzz.samples import packed


def codes(content: bytes, name: str, folder: Path) -> list[str]:
    """The findings' ids, without their room; each has a sentence and comes fast."""
    path = folder / f"tep{Path(name).suffix}"
    path.write_bytes(content)
    begun = time.process_time()
    found = look_inside(path, name)
    assert time.process_time() - begun < 1
    assert all(render(one) for one in found)
    return [one.id.removeprefix("active_content.") for one in found]


def object_stream(inner: bytes, dictionary: bytes = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode") -> bytes:
    return b"%PDF-1.7\n2 0 obj\n<<" + dictionary + b">>\nstream\n" + inner + b"\nendstream\nendobj\n%%EOF"


def office(main: str, *parts: tuple[str, bytes]) -> bytes:
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    named = {name for name, _content in parts}
    rest = [(main, b"<x/>")] if main not in named else []
    return packed([("[Content_Types].xml", types), *rest, *parts])


def xlsx(*parts: tuple[str, bytes]) -> bytes:
    return office("xl/workbook.xml", *parts)


def picture(kind: str, width: int = 8, height: int = 8) -> bytes:
    to = io.BytesIO()
    Image.new("1", (width, height)).save(to, kind)
    return to.getvalue()
