"""One file to carry a profile to another PC: a plain tar (`backup.json`, `cchc.sqlite3`, `files/<sha256>`).

Any tar program opens an unsealed one. With a passphrase the tar is sealed (`trust.sealed_file`). We read it
with a reader of our own that knows only what we write: the names, sizes and digests that `backup.json`, the
first member, announces, each in its order; so nothing of a foreign file decides where we write or how much.
"""

from __future__ import annotations

import contextlib
import os
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from cchc_desktop.domain.backup import Backup, BackupContent, KeptFile
from cchc_desktop.domain.progress import Progress
from cchc_desktop.durable_names import sync_folder
from cchc_desktop.errors import KnownError
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import replace
from cchc_desktop.store import backup_manifest
from cchc_desktop.store.backup_files import BLOCK, Pool
from cchc_desktop.store.backup_manifest import LARGEST_MANIFEST, MANIFEST_NAME, BadManifestError
from cchc_desktop.store.codec import new_id
from cchc_desktop.store.database import DATABASE_NAME
from cchc_desktop.store.faults import known
from cchc_desktop.store.profile import make_private_folder
from cchc_desktop.trust.sealed_file import (
    MAGIC,
    SealBrokenError,
    SealedReader,
    SealingWriter,
    Sink,
    Source,
    is_sealed,
)

ENDING = ".cchc-backup"
_RECORD = 512
_END = bytes(2 * _RECORD)


def _head(name: str, size: int) -> bytes:
    """A ustar header of a plain file."""
    head = bytearray(_RECORD)
    head[0 : len(name)] = name.encode("ascii")
    head[100:108] = b"0000600\0"
    head[108:116] = head[116:124] = b"0000000\0"
    head[124:136] = f"{size:011o}\0".encode()
    head[136:148] = b"00000000000\0"
    head[156:157] = b"0"
    head[257:265] = b"ustar\x0000"
    head[148:156] = b" " * 8
    head[148:156] = f"{sum(head):06o}\0 ".encode()
    return bytes(head)


def _members(content: BackupContent) -> list[tuple[str, KeptFile]]:
    """What follows `backup.json`: the database, then each content once, in the order of the digests."""
    contents = {file.sha256: file for file in content.files}
    return [
        (DATABASE_NAME, content.database),
        *((f"files/{digest}", contents[digest]) for digest in sorted(contents)),
    ]


def write(backup: Backup, target: Path, passphrase: str | None, progress: Progress) -> None:
    """Write a backup as one file, beside and renamed. Raises `KnownError` backup.*, `Cancelled`."""
    from cchc_desktop.store.backup import told

    pool = Pool(backup.folder.parent)
    part = target.with_name(f"{target.name}.{new_id()[:8]}.part")
    try:
        with told(target.parent):
            with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                sealing = SealingWriter(file, passphrase) if passphrase is not None else None
                _write_tar(sealing or file, backup, pool, progress)
                if sealing is not None:
                    sealing.finish()
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
            sync_folder(target.parent)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _write_tar(sink: Sink, backup: Backup, pool: Pool, progress: Progress) -> None:
    manifest = backup_manifest.encode(backup.content)
    members = _members(backup.content)
    total, done = sum(file.size for _name, file in members), 0
    sink.write(_head(MANIFEST_NAME, len(manifest)) + _padded(manifest))
    for name, file in members:
        path = backup.folder / DATABASE_NAME if name == DATABASE_NAME else pool.place(file.sha256)
        digest, size = sha256(), 0
        sink.write(_head(name, file.size))
        with path.open("rb") as reading:
            while block := reading.read(min(BLOCK, file.size - size)):
                progress.at(message("backup.step_carrying"), done, total)
                digest.update(block)
                size, done = size + len(block), done + len(block)
                sink.write(block)
        if (digest.hexdigest(), size) != (file.sha256, file.size):
            raise KnownError("backup.not_verified", folder=str(backup.folder.parent), detail=file.path)
        sink.write(bytes(-size % _RECORD))
    sink.write(_END)


def _padded(content: bytes) -> bytes:
    return content + bytes(-len(content) % _RECORD)


def needs_passphrase(source: Path) -> bool:
    """Raises `KnownError` backup.file_gone."""
    try:
        with source.open("rb") as file:
            return is_sealed(file.read(len(MAGIC)))
    except OSError as error:
        raise KnownError("backup.file_gone", name=source.name, detail=str(error)) from error


def unpack(source: Path, root: Path, passphrase: str | None, progress: Progress) -> Backup:
    """Lay the file's content down as one backup in the folder of backups `root`, verified.

    Raises `KnownError` backup.file_gone, backup.sealed, backup.wrong_passphrase, backup.not_a_backup,
    store.* about `root`, and `Cancelled`; nothing is left behind then but contents that fit their digest.
    """
    sealed = needs_passphrase(source)
    if sealed and passphrase is None:
        raise KnownError("backup.sealed", unusable_input=False, name=source.name)
    try:
        size = source.stat().st_size
        with source.open("rb") as file:
            reading: Source = SealedReader(file, passphrase or "") if sealed else file
            return _Unpacking(_Counted(reading, file, size, progress), root, size).run()
    except SealBrokenError as error:
        raise KnownError("backup.wrong_passphrase", unusable_input=False, name=source.name) from error
    except (_NotOursError, BadManifestError) as error:
        raise KnownError("backup.not_a_backup", name=source.name, detail=str(error)) from error


class _NotOursError(Exception):
    """The stream is not what `write` writes."""


class _Counted:
    """Exactly as many bytes as asked for, and progress by the file's own bytes."""

    def __init__(self, source: Source, file: BinaryIO, size: int, progress: Progress) -> None:
        self._source, self._file, self._size, self._progress = source, file, size, progress

    def exactly(self, size: int) -> bytes:
        found = bytearray()
        while len(found) < size:
            self._progress.at(message("backup.step_opening"), self._file.tell(), self._size)
            part = self._source.read(size - len(found))
            if not part:
                raise _NotOursError("cut off")
            found += part
        return bytes(found)

    def is_over(self) -> bool:
        return not self._source.read(1)


class _Unpacking:
    def __init__(self, source: _Counted, root: Path, size: int) -> None:
        self._source, self._root, self._size = source, root, size

    def run(self) -> Backup:
        content = self._manifest()
        with known(self._root):
            return self._lay_down(content)

    def _manifest(self) -> BackupContent:
        head = self._source.exactly(_RECORD)
        size = int(head[124:135], 8) if head[124:135].isdigit() else LARGEST_MANIFEST + 1
        if size > min(LARGEST_MANIFEST, self._size) or head != _head(MANIFEST_NAME, size):
            raise _NotOursError(MANIFEST_NAME)
        written = self._source.exactly(size + -size % _RECORD)
        content = backup_manifest.decode(written[:size])
        sizes: dict[str, int] = {}
        for file in content.files:
            if sizes.setdefault(file.sha256, file.size) != file.size:
                raise _NotOursError("sizes")
        if sum(file.size for _name, file in _members(content)) > self._size:
            raise _NotOursError("announces more than there is")
        return content

    def _lay_down(self, content: BackupContent) -> Backup:
        import shutil

        from cchc_desktop.store import backup

        make_private_folder(self._root)
        pool, number = Pool(self._root), backup.next_number(self._root)
        part = self._root / f"{number:06d}.part"
        part.mkdir(mode=0o700)
        try:
            for name, file in _members(content):
                place = part / DATABASE_NAME if name == DATABASE_NAME else part / file.sha256
                self._member(name, file, place)
                if name != DATABASE_NAME:
                    pool.adopt(place, file.sha256)
            if self._source.exactly(len(_END)) != _END or not self._source.is_over():
                raise _NotOursError("end")
            pool.sync()
            ours = replace(content, number=number)
            backup.write_whole(part / MANIFEST_NAME, backup_manifest.encode(ours))
            if wrong := backup.fault(part, ours):
                raise _NotOursError(wrong)
            final = self._root / f"{number:06d}"
            part.rename(final)
            sync_folder(self._root)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        return Backup(final, ours)

    def _member(self, name: str, file: KeptFile, place: Path) -> None:
        if self._source.exactly(_RECORD) != _head(name, file.size):
            raise _NotOursError(name)
        digest, left = sha256(), file.size
        with os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as writing:
            while left:
                block = self._source.exactly(min(BLOCK, left))
                digest.update(block)
                left -= len(block)
                writing.write(block)
            writing.flush()
            os.fsync(writing.fileno())
        if digest.hexdigest() != file.sha256 or any(self._source.exactly(-file.size % _RECORD)):
            raise _NotOursError(name)
