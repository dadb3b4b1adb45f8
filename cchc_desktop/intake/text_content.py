"""Text that a spreadsheet or a browser would take for more: formulas in a CSV, instructions in an XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from cchc_desktop.message import Message, message

_MOST_READ = 16_000_000
# A cell whose formula asks another program (DDE): =cmd|'/C calc'!A0
_DDE = re.compile(r"""(?:^|[,;\t"'\n\r])\s*[=+\-@][^,;\n\r|]{0,200}\|[^\n\r]{0,1000}!""")
_FETCH = re.compile(
    r"""(?:^|[,;\t"'\n\r])\s*[=+\-@][^\n\r]{0,200}?\b(?:WEBSERVICE|HYPERLINK|IMPORT\w+)\s*\(""", re.I
)
_XML_PROGRAM = re.compile(r"<\?(?:mso-application|xml-stylesheet)\b")
_XML_ENTITY = re.compile(r"<!(?:DOCTYPE|ENTITY)\b")


def look(file: BinaryIO, extension: str) -> Iterator[Message]:
    """Only for the extensions that other programs take for such text."""
    if extension not in (".csv", ".xml"):
        return
    file.seek(0)
    text = _decoded(file.read(_MOST_READ))
    if extension == ".csv":
        if _DDE.search(text):
            yield message("active_content.dde")
        if _FETCH.search(text):
            yield message("active_content.external")
        return
    if _XML_PROGRAM.search(text):
        yield message("active_content.xml_program")
    if _XML_ENTITY.search(text):
        yield message("active_content.xml_entities")


def _decoded(content: bytes) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[:2].count(0) == 1
    return content.decode("utf-16" if wide else "utf-8", "replace")
