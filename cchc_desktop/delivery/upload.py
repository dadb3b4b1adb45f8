"""Upload a file by tus 1.0, piece by piece; go on where it stopped: after a cut line, a kill, a restart."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from cchc_desktop.delivery.tus import PIECE, VERSION, Piece, uploader_class
from cchc_desktop.delivery.upload_address import same_origin
from cchc_desktop.delivery.upload_faults import Gone, Passing, TooLargePiece
from cchc_desktop.delivery.upload_line import Line, Server, opened
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.transfer import Transfer, TransferMemory
from cchc_desktop.errors import KnownError
from cchc_desktop.message import message

SMALLEST_PIECE = 64 * 1024
MOST_BEGINNINGS = 3
_BLOCK = 1024 * 1024


@dataclass
class Patience:
    """How long faults that pass are waited for: pauses double up to `longest`, and progress starts anew."""

    first: float = 1.0
    longest: float = 30.0
    tries: int = 9
    _tried: int = field(default=0, init=False)

    def refresh(self) -> None:
        self._tried = 0

    def pause(self, fault: Passing) -> float:
        """Seconds to wait now. Raises the fault's `KnownError` when it was tried often enough."""
        if self._tried >= self.tries:
            raise fault.error from fault
        seconds = min(self.longest, self.first * 2.0**self._tried)
        self._tried += 1
        return max(seconds, fault.pause)


def send(
    file: Path,
    server: Server,
    metadata: Mapping[str, str],
    memory: TransferMemory,
    progress: Progress | None = None,
    *,
    piece: int = PIECE,
    patience: Patience | None = None,
) -> None:
    """Bring the whole file to the server; returns when the server has confirmed its last byte.

    What the server has is not sent again, as long as it is the same file. Raises KnownError upload.… (the
    server's or the line's fault, each with what to do) and `Cancelled`; what was sent stays remembered then.
    """
    told = progress or Progress()
    size, sha256 = _look_at(file, told)
    with opened(server) as line, file.open("rb") as stream:
        sending = _Sending(line, server, stream, size, sha256, dict(metadata), memory, told, piece)
        sending.run(patience or Patience())


@dataclass(frozen=True, slots=True)
class Offer:
    """What a server says of itself: the largest package in bytes (None: any)."""

    largest: int | None


def look_at(server: Server) -> Offer:
    """Ask the server once, without sending anything. Raises KnownError upload.… with what to do."""
    with opened(server) as line:
        try:
            return Offer(_largest(_offer(line, server)))
        except Passing as fault:
            raise fault.error from fault


def _offer(line: Line, server: Server) -> dict[str, str]:
    offer = line.ask("OPTIONS", server.address, {}, creating=True)
    if "tus-resumable" not in offer and "tus-version" not in offer:
        raise KnownError("upload.no_service", unusable_input=False, host=line.host)
    return offer


def _largest(offer: Mapping[str, str]) -> int | None:
    largest = offer.get("tus-max-size", "")
    return int(largest) if largest.isdecimal() and int(largest) > 0 else None


def give_up(server: Server, memory: TransferMemory) -> None:
    """Forget the transfer, and tell the server that its part may be removed, if it can be told."""
    transfer = memory.recall()
    memory.forget()
    if transfer is None or not same_origin(transfer.url, server.address):
        return
    with opened(server) as line:
        try:
            line.ask("DELETE", transfer.url, VERSION)
        except (KnownError, Passing, Gone, TooLargePiece):
            return  # it expires there by itself


class _Sending:
    """One call of `send`."""

    def __init__(
        self,
        line: Line,
        server: Server,
        stream: BinaryIO,
        size: int,
        sha256: str,
        metadata: dict[str, str],
        memory: TransferMemory,
        progress: Progress,
        piece: int,
    ) -> None:
        self._line, self._server, self._stream = line, server, stream
        self._size, self._sha256, self._metadata = size, sha256, metadata
        self._memory, self._progress, self._piece = memory, progress, piece
        self._confirmed = 0

    def run(self, patience: Patience) -> None:
        beginnings = 0
        while True:
            before = self._confirmed
            try:
                self._go_on()
                return
            except Gone as gone:
                self._memory.forget()
                self._confirmed, beginnings = 0, beginnings + 1
                if beginnings >= MOST_BEGINNINGS:
                    raise KnownError("upload.expired", unusable_input=False, host=self._line.host) from gone
            except TooLargePiece as fault:
                self._piece //= 2
                if self._piece < SMALLEST_PIECE:
                    raise KnownError(
                        "upload.too_large", unusable_input=False, host=self._line.host
                    ) from fault
            except Passing as fault:
                if self._confirmed > before:
                    patience.refresh()
                self._wait(patience.pause(fault))

    def _go_on(self) -> None:
        """From where the server is to the end, or to the next fault."""
        checksum = self._checksum(_offer(self._line, self._server))
        uploader = self._uploader(checksum)
        while uploader.offset < self._size:
            self._at(uploader.offset)
            uploader.upload_chunk()
            self._keep(uploader.url, uploader.offset)
        self._at(self._size)

    def _checksum(self, offer: Mapping[str, str]) -> str | None:
        """How pieces are proved to a server that can check them. Raises KnownError upload.too_large."""
        largest = _largest(offer)
        if largest is not None and largest < self._size:
            raise KnownError("upload.too_large", unusable_input=False, host=self._line.host)
        algorithms = {one.strip() for one in offer.get("tus-checksum-algorithm", "").split(",")}
        return next((name for name in ("sha256", "sha1") if name in algorithms), None)

    def _uploader(self, checksum: str | None) -> Any:
        """tuspy's, at the place that the server confirms: an earlier upload of this file, or a new one."""
        uploader = uploader_class()(self._line, self._server, self._stream, self._metadata, self._body)
        if checksum is not None:
            uploader.prove_pieces(checksum)
        uploader.chunk_size = self._piece
        known = self._memory.recall()
        if known is not None and self._is_this(known):
            uploader.url = known.url
            uploader.offset = uploader.get_offset()
        else:
            uploader.url = uploader.create_url()
        self._keep(uploader.url, uploader.offset)
        return uploader

    def _is_this(self, known: Transfer) -> bool:
        """The same bytes, and on the server that is meant now: another one must not get its token."""
        same_server = same_origin(known.url, self._server.address)
        return same_server and (known.size, known.sha256) == (self._size, self._sha256)

    def _keep(self, url: str, offset: int) -> None:
        self._confirmed = offset
        self._memory.remember(Transfer(url, offset, self._size, self._sha256))

    def _at(self, sent: int) -> None:
        self._progress.at(message("upload.sending", host=self._line.host), sent, self._size)

    def _body(self, offset: int, length: int) -> Piece:
        return Piece(self._stream, offset, length, self._at)

    def _wait(self, seconds: float) -> None:
        """Sleep in short naps, so that a stop is heard at once."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            step = message("upload.waiting", host=self._line.host, seconds=max(1, round(left)))
            self._progress.at(step, self._confirmed, self._size)
            time.sleep(min(left, 0.2))


def _look_at(file: Path, progress: Progress) -> tuple[int, str]:
    """Size and SHA-256 of the file. Raises KnownError upload.file_gone."""
    digest, done = hashlib.sha256(), 0
    try:
        with file.open("rb") as stream:
            size = file.stat().st_size
            while block := stream.read(_BLOCK):
                digest.update(block)
                done += len(block)
                progress.at(message("upload.reading"), done, max(size, done))
    except OSError as error:
        raise KnownError("upload.file_gone", name=file.name, folder=str(file.parent)) from error
    return done, digest.hexdigest()
