"""What an archive holds: an Office file's macros, links and objects, or programs among the files of a ZIP."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from cchc_desktop.domain.progress import Progress
from cchc_desktop.intake.office_parts import OfficeParts
from cchc_desktop.message import Message, message

MOST_DIRECTORY = 2_000_000
MOST_UNPACKED = 48_000_000
MOST_DECLARED = 1_000_000_000
_BLOCK = 1 << 16
_END, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_ZIP64 = b"PK\x06\x07"
_FAULTS = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, RuntimeError, ValueError,
    NotImplementedError,
)  # fmt: skip
_PROGRAMS = (
    *(".exe", ".com", ".scr", ".pif", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh"),
    *(".hta", ".lnk", ".msi", ".msp", ".dll", ".jar", ".reg", ".cpl", ".url", ".iso", ".img", ".chm"),
    *(".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".xlam", ".pptm", ".html", ".htm", ".svg", ".sh"),
)


def look(file: BinaryIO, size: int, progress: Progress) -> Iterator[Message]:
    if not _small_directory(file, size):
        yield message("active_content.archive_unsearched")
        return
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            yield from _Archive(archive, progress).findings()
    except _FAULTS:
        yield message("active_content.archive_unsearched")


def _small_directory(file: BinaryIO, size: int) -> bool:
    """Whether the list of parts is one that can be read into memory."""
    start = max(0, size - _END_SIZE - _LONGEST_COMMENT)
    file.seek(start)
    tail = file.read(_END_SIZE + _LONGEST_COMMENT)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE or tail[max(0, at - 20) : at].startswith(_ZIP64):
        return False
    (directory,) = struct.unpack_from("<I", tail, at + 12)
    return bool(directory <= MOST_DIRECTORY)


class _Archive:
    def __init__(self, archive: zipfile.ZipFile, progress: Progress) -> None:
        self._archive, self._progress = archive, progress
        self._left = MOST_UNPACKED

    def findings(self) -> Iterator[Message]:
        parts = self._archive.infolist()
        names = {part.filename.lstrip("/").casefold() for part in parts}
        if any(part.flag_bits & 1 for part in parts):
            yield message("active_content.encrypted")
        if (declared := sum(part.file_size for part in parts)) > MOST_DECLARED:
            yield message("active_content.unpacks_huge", size=declared)
            return
        if "[content_types].xml" in names or "meta-inf/manifest.xml" in names:
            yield from self._office(parts)
            return
        programs = sorted(name for name in names if name.rstrip(". ").endswith(_PROGRAMS))
        if programs:
            yield message("active_content.programs", count=len(programs))
        if any(
            part.startswith("../") or "/../" in part or "\\" in part or part[1:2] == ":" for part in names
        ):
            yield message("active_content.paths_outside")

    def _office(self, parts: list[zipfile.ZipInfo]) -> Iterator[Message]:
        found = OfficeParts()
        for number, part in enumerate(parts):
            self._progress.at(message("active_content.looking"), number, len(parts))
            if part.flag_bits & 1 or part.filename.endswith("/"):
                continue
            if not self._part(part, found):
                found.add("archive_unsearched")
        yield from found.messages()

    def _part(self, part: zipfile.ZipInfo, found: OfficeParts) -> bool:
        """False when the part could not be read to its end within the bounds."""
        try:
            reading = found.part(part.filename)
            with self._archive.open(part) as stream:
                while block := stream.read(_BLOCK):
                    self._left -= len(block)
                    if self._left < 0:
                        return False
                    if not reading.take(block):
                        return True
                reading.end()
        except _FAULTS:
            return False
        return True
