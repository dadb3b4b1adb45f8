"""What the parts of a .docx, .xlsx, .pptx, .odt or .ods say together: macros, links out, objects inside.

Parts are told by their content, not by their names: a macro project may bear any name and any type.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from xml.parsers import expat

from cchc_desktop.intake import ole_content
from cchc_desktop.message import Message, message

MOST_ELEMENTS = 1_000_000
_LONGEST_FORMULA = 8192
_LONGEST_SHOWN = 80
_OVERLAP = 256

# The last word of a relationship's type (ECMA-376 part 1, and Microsoft's own), as far as it says something.
_MACRO_TYPES = frozenset({"vbaproject", "xlmacrosheet", "xlintlmacrosheet", "wordvbadata"})
_OBJECT_TYPES = frozenset({"oleobject", "package", "control", "activexcontrolbinary", "afchunk"})
_HARMLESS_OUTSIDE = frozenset({"hyperlink"})
_WEB = ("http://", "https://", "mailto:", "#")
_MACRO_CONTENT = ("vbaproject", "macroenabled", "macrosheet")
_DDE_ELEMENTS = frozenset({"ddelink", "dde-source", "dde-link", "dde-connection-decl"})
_SOURCE_ELEMENTS = frozenset({"table-source", "section-source"})
_OWN_DISK = re.compile(r"file:///[a-z]:", re.IGNORECASE)
_DDE_FIELD = re.compile(r"^\s*\"?\s*DDE(?:AUTO)?\b", re.IGNORECASE)
_DDE_FORMULA = re.compile(r"^[^'\"|]{1,200}\|.{0,2000}!", re.DOTALL)
_DDE_FUNCTION = re.compile(r"\bDDE\s*\(", re.IGNORECASE)
_FETCH_FIELD = re.compile(r"^\s*(?:INCLUDETEXT|INCLUDEPICTURE|LINK)\b", re.IGNORECASE)


class OfficeParts:
    """What all parts showed so far."""

    def __init__(self) -> None:
        self._codes: set[str] = set()
        self._target = ""
        self._elements = 0

    def add(self, code: str) -> None:
        self._codes.add(code)

    def part(self, name: str) -> Part:
        plain = name.lstrip("/").casefold()
        if plain.endswith(("vbaproject.bin", "script-lb.xml")) or plain.startswith("scripts/"):
            self.add("macros")
        if plain.startswith(("xl/macrosheets/", "xl/dialogsheets/")):
            self.add("macros")
        return Part(self)

    def outside(self, target: str) -> None:
        """Something that is fetched from elsewhere when the file is opened."""
        self.add("external")
        self._target = self._target or _shown(target)

    def messages(self) -> Iterator[Message]:
        for code in sorted(self._codes):
            if code == "external" and self._target:
                yield message("active_content.external_from", target=self._target)
            else:
                yield message(f"active_content.{code}")

    # What a part's elements say

    def element(self, name: str, attributes: dict[str, str]) -> bool:
        """False when there are more elements than can be looked at."""
        self._elements += 1
        if name == "relationship":
            self._relationship(attributes)
        elif name in ("override", "default"):
            kind = attributes.get("contenttype", "").casefold()
            if any(word in kind for word in _MACRO_CONTENT):
                self.add("macros")
        elif name in _DDE_ELEMENTS:
            self.add("dde")
        elif name == "fldsimple":
            self.field(attributes.get("instr", ""))
        elif name in _SOURCE_ELEMENTS:
            self.outside(attributes.get("href", ""))
        elif name == "event-listener":
            self.add("macros")
        elif name in ("object", "object-ole", "plugin", "applet", "image") and "href" in attributes:
            self._reference(name, attributes["href"])
        elif name == "connection":
            self.outside(attributes.get("name", ""))
        return self._elements <= MOST_ELEMENTS

    def _relationship(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "").rpartition("/")[2].casefold()
        target = attributes.get("target", "")
        if kind in _MACRO_TYPES:
            self.add("macros")
        if kind in _OBJECT_TYPES:
            self.add("embedded")
        if attributes.get("targetmode", "").casefold() != "external":
            return
        if kind == "attachedtemplate":
            if not _OWN_DISK.match(target):
                self.add("template")
        elif kind not in _HARMLESS_OUTSIDE or not target.strip().casefold().startswith(_WEB):
            self.outside(target)

    def _reference(self, name: str, href: str) -> None:
        plain = href.strip().casefold()
        if plain.startswith(("http:", "https:", "ftp:", "file:", "smb:", "//", "\\\\")):
            self.outside(href)
        elif name != "image":
            self.add("embedded")

    def field(self, instruction: str) -> None:
        if _DDE_FIELD.match(instruction):
            self.add("dde")
        elif _FETCH_FIELD.match(instruction):
            self.outside(instruction.strip())

    def formula(self, formula: str) -> None:
        if _DDE_FORMULA.match(formula.lstrip("=+-@ ")) or _DDE_FUNCTION.search(formula):
            self.add("dde")

    def binary(self, content: bytes) -> None:
        self._codes |= ole_content.codes(content)


class Part:
    """One part, block by block: XML is read element by element, an OLE file is searched."""

    def __init__(self, found: OfficeParts) -> None:
        self._found = found
        self._begun = False
        self._is_ole = False
        self._carried = b""
        self._parser: expat.XMLParserType | None = None
        self._collecting = ""
        self._text = ""
        self._instruction = ""

    def take(self, block: bytes) -> bool:
        """False when the rest need not be read."""
        if not self._begun:
            self._begun = True
            self._is_ole = block.startswith(ole_content.MAGIC)
            if self._is_ole:
                self._found.add("embedded")
            elif block.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<"):
                self._parser = self._new_parser()
            else:
                return False
        if self._is_ole:
            self._found.binary(self._carried + block)
            self._carried = block[-_OVERLAP:]
            return True
        return self._parse(block)

    def end(self) -> None:
        if self._parser is not None:
            self._parse(b"", last=True)
            self._found.field(self._instruction)

    def _parse(self, block: bytes, *, last: bool = False) -> bool:
        if self._parser is None:
            return False
        try:
            self._parser.Parse(block, last)
        except _Enough as enough:
            self._found.add(enough.code)
        except expat.ExpatError:
            self._found.add("archive_unsearched")
        else:
            return True
        self._parser = None
        return False

    def _new_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        return parser

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local in ("f", "instrtext"):
            self._collecting, self._text = local, ""
        elif local == "fldchar":
            # A field's instruction may stand in pieces between "begin" and "separate".
            self._found.field(self._instruction)
            self._instruction = ""
        plain = {_local(key): value for key, value in attributes.items()}
        if not self._found.element(local, plain):
            raise _Enough("archive_unsearched")
        if "formula" in plain:
            self._found.formula(plain["formula"])

    def _characters(self, text: str) -> None:
        if self._collecting and len(self._text) < _LONGEST_FORMULA:
            self._text += text

    def _end(self, name: str) -> None:
        if not self._collecting or _local(name) != self._collecting:
            return
        if self._collecting == "f":
            self._found.formula(self._text)
        elif len(self._instruction) < _LONGEST_FORMULA:
            self._instruction += self._text
        self._collecting = ""

    def _doctype(self, *_: object) -> None:
        raise _Enough("xml_entities")


class _Enough(Exception):  # noqa: N818 - the end of a reading, not a failure
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _local(name: str) -> str:
    return name.rpartition(" ")[2].casefold()


def _shown(target: str) -> str:
    """An address from inside, short and without letters that hide or turn."""
    plain = "".join(c for c in target if unicodedata.category(c)[0] not in "CZ")
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[:_LONGEST_SHOWN]}…"
