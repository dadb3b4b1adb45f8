"""Write the entries of a package one after the other, each hashed while it goes by."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Callable, Iterable
from typing import BinaryIO

from cchc_desktop.domain.progress import Progress
from cchc_desktop.message import message
from cchc_desktop.package import zip_form as form

BUFFER_BYTES = 1024 * 1024


class SourceUnreadable(Exception):  # noqa: N818 - the caller says which file and what to do
    """The medium that is read from failed, not the one that is written to."""


class SourceGrew(Exception):  # noqa: N818
    """There is more to read than was said."""


class Archive:
    """Each header is filled in once its content has gone by. `total` is what progress counts up to."""

    def __init__(self, to: BinaryIO, progress: Progress, total: int) -> None:
        self._to = to
        self._at = to.tell()
        self._records: list[bytes] = []
        self._progress, self._total, self._done = progress, total, 0
        self._buffer = memoryview(bytearray(BUFFER_BYTES))

    def add(
        self, name: str, source: BinaryIO | io.RawIOBase, most: int | None = None, *, counted: bool = True
    ) -> tuple[bytes, int]:
        """An entry; its SHA-256 and size. `counted` entries move the progress.

        Raises `SourceUnreadable`, and `SourceGrew` beyond `most` bytes.
        """
        encoded = name.encode("ascii")
        start = self._at
        self._to.write(form.local_header(encoded, 0, 0))
        crc, size, digest = 0, 0, hashlib.sha256()
        for chunk in self._chunks(source):
            digest.update(chunk)
            crc = zlib.crc32(chunk, crc)
            self._to.write(chunk)
            size += len(chunk)
            if most is not None and size > most:
                raise SourceGrew
            if counted:
                self._done += len(chunk)
                self._progress.at(message("package.writing"), self._done, self._total)
        self._at = self._to.tell()
        self._to.seek(start)
        self._to.write(form.local_header(encoded, crc, size))
        self._to.seek(self._at)
        self._records.append(form.central_record(encoded, crc, size, start))
        return digest.digest(), size

    def add_bytes(self, name: str, content: bytes) -> bytes:
        """A fixed entry, without progress; its SHA-256."""
        return self.add(name, io.BytesIO(content), counted=False)[0]

    def _chunks(self, source: BinaryIO | io.RawIOBase) -> Iterable[memoryview]:
        read: Callable[[memoryview], int | None] = source.readinto  # type: ignore[union-attr]
        while True:
            try:
                count = read(self._buffer)
            except OSError as error:
                raise SourceUnreadable(str(error)) from error
            if not count:
                return
            yield self._buffer[:count]

    def close(self) -> int:
        """Write the directory; the size of the whole file."""
        directory = b"".join(self._records)
        self._to.write(directory)
        self._to.write(form.end_record(len(self._records), len(directory), self._at))
        return self._at + len(directory) + form.END.size
