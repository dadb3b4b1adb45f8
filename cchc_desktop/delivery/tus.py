"""tus 1.0 as tuspy speaks it, over our own line.

The requests are ours (`upload_line`): tuspy's have no timeout and no certificate of one's choice, follow
a server elsewhere with the token, and give no progress within a piece.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, BinaryIO

from cchc_desktop.delivery.upload_address import upload_address
from cchc_desktop.delivery.upload_faults import Gone
from cchc_desktop.delivery.upload_line import Line, Server
from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import dataclass

PIECE = 4 * 1024 * 1024
"""tuspy's retries do not reset on progress, so a piece stays well below 5 MiB."""
VERSION = {"Tus-Resumable": "1.0.0"}
_BLOCK = 1024 * 1024


class Piece:
    """A part of the file as the body of a request: read in blocks as the line takes them, never whole."""

    def __init__(self, stream: BinaryIO, offset: int, length: int, at: Any) -> None:
        self._stream, self._offset, self._left, self._at = stream, offset, length, at
        stream.seek(offset)

    def __len__(self) -> int:
        """Bytes left, as `requests` asks before it sends."""
        return self._left

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Any:
        while block := self.read(_BLOCK):
            yield block

    def read(self, most: int = -1) -> bytes:
        wanted = self._left if most < 0 else min(most, self._left)
        block = self._stream.read(wanted)
        if len(block) < wanted:
            raise KnownError("upload.file_changed")
        self._left -= len(block)
        self._offset += len(block)
        self._at(self._offset)
        return block


def uploader_class() -> Any:
    """tuspy's uploader over our line. Made here, because importing tuspy takes half a second."""
    from tusclient.client import TusClient
    from tusclient.uploader.uploader import Uploader

    tuspy: Any = Uploader

    class Over(tuspy):  # type: ignore[misc]
        def __init__(
            self, line: Line, server: Server, stream: BinaryIO, metadata: dict[str, str], body: Any
        ) -> None:
            self._over, self._body, self._algorithm = line, body, ""
            super().__init__(
                client=TusClient(server.address), file_stream=stream, metadata=metadata, chunk_size=PIECE
            )

        def prove_pieces(self, algorithm: str) -> None:
            self._algorithm = algorithm

        def get_offset(self) -> int:
            found = self._over.ask("HEAD", str(self.url), self.get_headers())
            length = found.get("upload-length", "")
            if length and length != str(self.get_file_size()):
                raise Gone
            return self._offset_in(found)

        def create_url(self) -> str:
            address = self.client.url
            found = self._over.ask("POST", address, self.get_url_creation_headers(), b"", creating=True)
            try:
                return upload_address(address, found["location"])
            except (KeyError, ValueError) as error:
                raise KnownError("upload.no_service", unusable_input=False, host=self._over.host) from error

        def _do_request(self) -> None:
            length = self.get_request_length()
            headers = self.get_headers() | {
                "Upload-Offset": str(self.offset),
                "Content-Type": "application/offset+octet-stream",
            }
            if self._algorithm:
                headers["Upload-Checksum"] = self._proof(length)
            found = self._over.ask("PATCH", str(self.url), headers, self._body(self.offset, length))
            now = self._offset_in(found)
            if not self.offset < now <= self.offset + length:
                raise KnownError("upload.no_service", unusable_input=False, host=self._over.host)
            self.request = _Confirmed({"upload-offset": str(now)})

        def _proof(self, length: int) -> str:
            digest = hashlib.new(self._algorithm, usedforsecurity=False)
            stream = self.get_file_stream()
            stream.seek(self.offset)
            for _block in range(0, length, _BLOCK):
                digest.update(stream.read(min(_BLOCK, length - _block)))
            return f"{self._algorithm} {b64encode(digest.digest()).decode()}"

        def _offset_in(self, found: Mapping[str, str]) -> int:
            offset = found.get("upload-offset", "")
            if not offset.isdecimal() or int(offset) > self.get_file_size():
                raise KnownError("upload.no_service", unusable_input=False, host=self._over.host)
            return int(offset)

    over: Any = Over
    return over


@dataclass(frozen=True)
class _Confirmed:
    """What tuspy reads of an answered request."""

    response_headers: Mapping[str, str]
