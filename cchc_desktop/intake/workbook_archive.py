"""The zip container of a workbook: what it must not be, and its parts streamed within bounds."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from types import TracebackType
from typing import Any
from xml.parsers import expat

from cchc_desktop.errors import KnownError

MOST_UNPACKED = 48_000_000
LARGEST_DIRECTORY = 500_000
MOST_ELEMENTS = 400_000
_CHUNK = 1 << 16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_END, _END64 = b"PK\x05\x06", b"PK\x06\x07"


class Archive:
    """An opened .xlsx. Every fault of the container is a `KnownError` with its advice."""

    most_unpacked = MOST_UNPACKED
    most_elements = MOST_ELEMENTS

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        self._left = self.most_unpacked
        self._elements = 0
        self._check_kind(content)
        self._check_directory(content)
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
            names = self._zip.namelist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
            raise self.damaged(str(error)) from error
        if len(names) != len(set(names)):
            raise self.damaged("two parts of one name")
        self._names = {part.lstrip("/").casefold(): part for part in names}
        self._check_parts()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def damaged(self, detail: str) -> KnownError:
        return KnownError("workbook.damaged", name=self.name, detail=detail)

    def refused(self, why: str, **args: Any) -> KnownError:
        return KnownError(f"workbook.{why}", name=self.name, **args)

    def _check_kind(self, content: bytes) -> None:
        if not content:
            raise self.refused("empty")
        if content.startswith(_OLE):
            raise self.refused("password" if _ENCRYPTED in content else "old_excel")
        if not content.startswith(b"PK\x03\x04"):
            raise self.refused("not_xlsx")

    def _check_directory(self, content: bytes) -> None:
        """Refuse a huge list of parts before it is read into memory."""
        at = content.rfind(_END, max(0, len(content) - 65_557))
        if at < 0 or len(content) - at < 22:
            raise self.damaged("no end of directory")
        (size,) = struct.unpack_from("<I", content, at + 12)
        if size > LARGEST_DIRECTORY or content[max(0, at - 20) : at].startswith(_END64):
            raise self.refused("too_many_parts")

    def _check_parts(self) -> None:
        names = self._names
        if any(part.endswith("vbaproject.bin") for part in names):
            raise self.refused("macros")
        if "mimetype" in names or "word/document.xml" in names or "ppt/presentation.xml" in names:
            raise self.refused("not_xlsx")
        if "xl/workbook.bin" in names:
            raise self.refused("binary_excel")
        if any(part.startswith("xl/externallinks/") for part in names):
            raise self.refused("external_links")

    def has(self, part: str) -> bool:
        return part.lstrip("/").casefold() in self._names

    def chunks(self, part: str) -> Iterator[bytes]:
        """The part's bytes as they are unpacked, never more than the bound of all parts together."""
        stored = self._names.get(part.lstrip("/").casefold())
        if stored is None:
            raise self.damaged(f"{part} is missing")
        info = self._zip.getinfo(stored)
        if info.flag_bits & 0x1:
            raise self.refused("password")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.damaged(f"{part} is packed in an unusual way")
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise self.refused("unpacks_too_large", limit=self.most_unpacked)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
            raise self.damaged(str(error)) from error

    def parse(self, part: str, handler: Elements) -> None:
        """Send the part's elements to the handler until its end, or until the handler has enough."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True

        def start(name: str, attributes: dict[str, str]) -> None:
            self._elements += 1
            if self._elements > self.most_elements:
                raise self.refused("too_many_cells")
            handler.start(name.rpartition(" ")[2], attributes)

        def end(name: str) -> None:
            handler.end(name.rpartition(" ")[2])

        def doctype(*_: object) -> None:
            raise self.damaged("a document type is not expected")

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = doctype
        try:
            for chunk in self.chunks(part):
                parser.Parse(chunk, False)
                if handler.enough:
                    return
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise self.damaged(f"{part}: {error}") from error


class Elements:
    """What listens to a part: local element names, attributes and text."""

    enough = False

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...
