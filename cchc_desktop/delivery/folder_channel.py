"""Into a folder or onto a USB stick: a package that exists already is copied there and read back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from cchc_desktop.delivery.channel import Errand, Outgoing, Sent
from cchc_desktop.delivery.destination import check_room, look_at
from cchc_desktop.delivery.folder import place, remove
from cchc_desktop.domain.delivery import FOLDER, DeliveryFile, DeliveryState
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.message import Message, message

_BLOCK = 1024 * 1024


class FolderChannel:
    id = FOLDER
    from_outbox = False

    def capacity(self, _limit: int) -> int | None:
        return None

    def check(self, target: str, files: Sequence[DeliveryFile]) -> tuple[Message, ...]:
        try:
            there = look_at(Path(target))
            check_room(there, max((file.size for file in files), default=0))
            check_room(there, sum(file.size for file in files))
        except KnownError as error:
            return (error.message,)
        return ()

    def send(self, errand: Errand, progress: Progress) -> Sent:
        """All files or none."""
        folder = Path(errand.target)
        placed: list[Path] = []
        try:
            placed.extend(_copied(outgoing, folder, errand, progress) for outgoing in errand.outgoing)
        except BaseException:
            for path in placed:
                remove(path)
            raise
        return Sent(
            DeliveryState.EXPORTED, tuple(outgoing.file for outgoing in errand.outgoing), tuple(placed)
        )


CHANNEL = FolderChannel()


def _copied(outgoing: Outgoing, folder: Path, errand: Errand, progress: Progress) -> Path:
    size = outgoing.file.size

    def write(to: BinaryIO) -> bytes:
        with outgoing.path.open("rb", buffering=0) as source:
            return _passed(source, to, size, "delivery.copying", progress)

    def read_back(part: Path, written: bytes) -> bool:
        with part.open("rb", buffering=0) as source:
            return _passed(source, None, size, "delivery.reading_back", progress) == written

    path, _digest = place(folder, outgoing.path.name, size, write, read_back, errand.begins)
    return path


def _passed(source: BinaryIO, to: BinaryIO | None, size: int, step: str, progress: Progress) -> bytes:
    """The digest of what was read, and written on the way."""
    digest, done, block = hashlib.sha256(), 0, memoryview(bytearray(_BLOCK))
    while count := source.readinto(block):  # type: ignore[attr-defined]
        digest.update(block[:count])
        if to is not None:
            to.write(block[:count])
        done += count
        progress.at(message(step), min(done, size), size)
    return digest.digest()
