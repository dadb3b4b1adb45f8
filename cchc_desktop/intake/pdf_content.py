"""What a PDF could do when it is opened: scripts, programs to start, files inside, links out.

No parser follows the file's own table of objects, which a hostile file bends as it likes: the raw bytes are
searched for the names of actions, in every spelling that ISO 32000-1, 7.3.5 allows ("/J#61vaScript"), and so
is every object stream (7.5.7), unpacked within bounds. What can't be unpacked is said.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from cchc_desktop.domain.progress import Progress
from cchc_desktop.message import Message, message

_BLOCK = 1 << 20
# A name or a stream's dictionary that is cut by the end of a block is whole in the next one.
_OVERLAP = 1 << 16
MOST_UNPACKED = 64_000_000
MOST_STREAMS = 20_000
_PROBE = 1 << 12

_BLANK = rb"(?:[\0\t\n\f\r ]|%[^\r\n]{0,200}[\r\n])"
_VALUE = _BLANK + rb"{0,50}(?:<<|[0-9])"


def _name(word: str) -> bytes:
    """A pattern for a PDF name in which any letter may be written as "#" and two hex digits."""
    letters = (rb"(?:%c|#%s)" % (ord(c), _hex(f"{ord(c):02x}")) for c in word)
    return b"".join(letters) + rb"(?![^\0\t\n\f\r ()<>\[\]{}/%])"


def _hex(digits: str) -> bytes:
    return "".join(d if d.isdigit() else f"[{d}{d.upper()}]" for d in digits).encode()


# Names of 6 letters and more don't come about by chance in packed data; shorter ones need what stands beside.
_FOUND = re.compile(
    b"/(?:"
    + b"|".join(
        (
            rb"(?P<pdf_script>" + _name("JavaScript") + rb")",
            rb"(?P<pdf_launch>" + _name("Launch") + rb")",
            rb"(?P<pdf_files>" + _name("EmbeddedFiles") + rb"|" + _name("EmbeddedFile") + rb")",
            rb"(?P<pdf_media>" + b"|".join(map(_name, ("RichMedia", "Rendition", "3DAnnotation"))) + rb")",
            rb"(?P<pdf_form>" + b"|".join(map(_name, ("SubmitForm", "ImportData"))) + rb")",
            rb"(?P<pdf_xfa>" + _name("XFA") + _BLANK + rb"{0,50}(?:\[|[0-9]+ [0-9]+ R))",
            rb"(?P<pdf_on_open>" + _name("OpenAction") + _VALUE + rb")",
            rb"(?P<pdf_other_file>" + b"|".join(map(_name, ("GoToR", "GoToE"))) + rb")",
            rb"(?P<pdf_encrypted>" + _name("Encrypt") + _VALUE + rb")",
            rb"(?P<pdf_link>" + _name("S") + _BLANK + rb"{0,50}/" + _name("URI") + rb")",
        )
    )
    + b")"
)
_STREAM = re.compile(rb"stream[ \t]{0,8}\r?\n?")
_OBJECT_STREAM = re.compile(b"/(?:" + _name("ObjStm") + b"|" + _name("First") + b")")
_OBJECT_HEADER = re.compile(_BLANK + rb"{0,50}[+]?[0-9]{1,10}" + _BLANK + rb"{1,50}[+]?[0-9]{1,10}\b(?!\.)")


def look(file: BinaryIO, size: int, progress: Progress) -> Iterator[Message]:
    """One message for each kind of thing that was found."""
    search = _Search(file, size)
    at = 0
    while at < size:
        progress.at(message("active_content.looking"), at, size)
        file.seek(at)
        search.block(file.read(_BLOCK + _OVERLAP), at, last=at + _BLOCK >= size)
        at += _BLOCK
    for code in sorted(search.found):
        yield message(f"active_content.{code}")


class _Search:
    def __init__(self, file: BinaryIO, size: int) -> None:
        self.found: set[str] = set()
        self._file = file
        self._left = MOST_UNPACKED
        self._streams = 0
        self._done = 0
        """Streams that begin before this place were looked into."""

    def _names(self, block: bytes) -> None:
        for hit in _FOUND.finditer(block):
            self.found.add(str(hit.lastgroup))

    def block(self, block: bytes, start: int, *, last: bool) -> None:
        self._names(block)
        for hit in _STREAM.finditer(block):
            at = start + hit.start()
            if block.endswith(b"end", 0, hit.start()):
                continue
            if at < self._done or (hit.start() >= _BLOCK and not last):
                continue
            self._done = at + 1
            self._streams += 1
            if self._streams > MOST_STREAMS:
                self.found.add("pdf_unsearched")
                return
            opening = block[max(0, hit.start() - _OVERLAP) : hit.start()]
            said = opening[opening.rfind(b"obj") + 3 :]
            self._stream(start + hit.end(), block[hit.end() : hit.end() + _PROBE], said)

    def _stream(self, start: int, probe: bytes, dictionary: bytes) -> None:
        """A stream that holds objects is searched like the file; one that should and can't be is said."""
        is_said = _OBJECT_STREAM.search(dictionary) is not None
        if _OBJECT_HEADER.match(probe):
            return  # not packed: it was searched with the file
        unpacking = zlib.decompressobj()
        try:
            beginning = unpacking.decompress(probe, _PROBE)
        except zlib.error:
            beginning = b""
        if not _OBJECT_HEADER.match(beginning):
            if is_said:
                self.found.add("pdf_unsearched")
            return
        carried = beginning
        self._names(carried)
        self._left -= len(beginning)
        at = start + len(probe)
        packed = unpacking.unconsumed_tail
        while not unpacking.eof:
            if self._left <= 0:
                self.found.add("pdf_unsearched")
                return
            if not packed:
                self._file.seek(at)
                packed = self._file.read(_OVERLAP)
                at += len(packed)
                if not packed:
                    return
            try:
                more = unpacking.decompress(packed, _BLOCK)
            except zlib.error:
                return  # readers take what came before the damage, and so did this search
            packed = unpacking.unconsumed_tail
            self._left -= len(more)
            carried = carried[-_PROBE:] + more
            self._names(carried)
