"""The files beside the database, in a folder of backups: each content once, for all backups together.

`files/<2 hex>/<sha256>` is a hard link of the profile's own file where the file system can, a copy otherwise;
so the tenth backup costs its database and what is new. Evidence never changes once it is there, so a link is
as good as a copy against everything but a failing disk, which the second drive is for.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import stat
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from cchc_desktop.domain.backup import KeptFile
from cchc_desktop.domain.progress import Progress
from cchc_desktop.durable_names import sync_folder
from cchc_desktop.message import message
from cchc_desktop.store.codec import new_id
from cchc_desktop.store.database import DATABASE_NAME
from cchc_desktop.store.lock import LOCK_NAME
from cchc_desktop.store.profile import make_private_folder

BLOCK = 1 << 20
FILES_FOLDER = "files"
BY_CONTENT = ("evidence", "documents")
"""Folders of the profile whose files are named by their SHA-256 and never change."""
NOT_KEPT = frozenset((DATABASE_NAME, LOCK_NAME))
_LEFT_OUT = frozenset(("backups", "outbox"))
"""Packages that wait to be sent are copies of what is kept anyway, and large."""
_PASSING = (".part", ".new", "-wal", "-shm", "-journal")


def profile_files(folder: Path) -> Iterator[str]:
    """Relative paths of all plain files of a profile that belong into a backup, but for its database."""
    for path, folders, names in os.walk(folder):
        inside = Path(path).relative_to(folder)
        folders.sort()
        for name in sorted(names):
            relative = (inside / name).as_posix()
            if relative not in NOT_KEPT and not name.endswith(_PASSING) and _is_plain(Path(path) / name):
                yield relative
        folders[:] = [name for name in folders if inside != Path() or name.lower() not in _LEFT_OUT]


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def digest_of(path: Path, progress: Progress | None = None, limit: int | None = None) -> tuple[str, int]:
    """SHA-256 and size of a file as it reads now; reading stops beyond `limit` bytes."""
    digest, size = sha256(), 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            if progress is not None:
                progress.at(message("backup.step_reading"), 0, 0)
            digest.update(block)
            size += len(block)
            if limit is not None and size > limit:
                break
    return digest.hexdigest(), size


class Pool:
    """The files of all backups in one folder of backups."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FILES_FOLDER
        self.added = 0
        """Bytes that had to be written (not linked) through this object."""
        self._touched: set[Path] = set()

    def place(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest

    def has(self, file: KeptFile) -> bool:
        """There with the right size (cheap; `sound` reads it)."""
        try:
            return self.place(file.sha256).stat().st_size == file.size
        except OSError:
            return False

    def sound(self, file: KeptFile, progress: Progress | None = None) -> bool:
        """Read through and found as it should be."""
        try:
            return digest_of(self.place(file.sha256), progress, file.size) == (file.sha256, file.size)
        except OSError:
            return False

    def take(self, folder: Path, relative: str, progress: Progress, *, thorough: bool) -> KeptFile | None:
        """Take a file of the profile in; None when its content is not what its name says, or it is gone.

        What is new here is read back after writing; `thorough` reads again what was there before.
        """
        source = folder / relative
        if relative.partition("/")[0] not in BY_CONTENT:
            return self._take_changing(source, relative, progress)
        try:
            file = KeptFile(relative, source.stat().st_size, source.name)
        except OSError:
            return None
        if self.has(file) and (not thorough or self.sound(file, progress)):
            return file
        if not self._linked(source, file) and not self._copied(source, file, progress):
            return None
        if self.sound(file, progress):
            return file
        self.place(file.sha256).unlink(missing_ok=True)
        return None

    def _take_changing(self, source: Path, relative: str, progress: Progress) -> KeptFile | None:
        """Small files that may be replaced while we read: what is kept is what was read."""
        if source.suffix == ".sqlite3":
            return self._take_database(source, relative)
        try:
            digest, size = digest_of(source, progress)
            file = KeptFile(relative, size, digest)
            if not self.has(file) and not self._copied(source, file, progress):
                return None
        except OSError:
            return None
        return file if self.sound(file, progress) else None

    def _take_database(self, source: Path, relative: str) -> KeptFile | None:
        """Another database in the profile's folder (the office's register), as one whole file."""
        part = self._part()
        try:
            copy_database(source, part)
            digest, size = digest_of(part)
            self._settle(part, digest)
            self.added += size
            return KeptFile(relative, size, digest)
        except sqlite3.DatabaseError:
            return None
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def _part(self) -> Path:
        make_private_folder(self.folder)
        return self.folder / f"{new_id()}.part"

    def _linked(self, source: Path, file: KeptFile) -> bool:
        part = self._part()
        try:
            os.link(source, part)
        except OSError:
            return False
        self._settle(part, file.sha256)
        return True

    def _copied(self, source: Path, file: KeptFile, progress: Progress) -> bool:
        """False when the source can't be read or is another content now; a full disk raises OSError."""
        part = self._part()
        digest, size = sha256(), 0
        try:
            with part.open("xb") as writing:
                part.chmod(0o600)
                try:
                    reading = source.open("rb")
                except OSError:
                    return False
                with reading:
                    while block := self._block(reading):
                        progress.at(message("backup.step_copying"), size, file.size)
                        digest.update(block)
                        size += len(block)
                        writing.write(block)
                writing.flush()
                os.fsync(writing.fileno())
            if (digest.hexdigest(), size) != (file.sha256, file.size):
                return False
            self._settle(part, file.sha256)
            self.added += size
            return True
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def _block(self, reading: object) -> bytes:
        try:
            block: bytes = reading.read(BLOCK)  # type: ignore[attr-defined]
        except OSError:
            return b""
        return block

    def _settle(self, part: Path, digest: str) -> None:
        final = self.place(digest)
        make_private_folder(final.parent)
        part.replace(final)
        # Renaming one link over another of the same file does nothing: both names stay.
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        self._touched.add(final.parent)

    def adopt(self, path: Path, digest: str) -> None:
        """Take over a durable file (on this file system) of which the digest was just computed."""
        self._settle(path, digest)

    def sync(self) -> None:
        """Make all renames durable, once for each folder."""
        for folder in sorted(self._touched):
            sync_folder(folder)
        if self._touched:
            sync_folder(self.folder)
        self._touched.clear()

    def sweep(self, needed: set[str] | None) -> None:
        """Remove half copies, and what no backup needs any more (None: nobody knows, so nothing)."""
        with contextlib.suppress(OSError):
            for part in self.folder.glob("*.part"):
                part.unlink(missing_ok=True)
            if needed is None:
                return
            for file in self.folder.glob("??/*"):
                if file.name not in needed:
                    file.unlink(missing_ok=True)


def copy_database(source: Path, target: Path) -> None:
    """A whole database with what is still in its log, as one file that needs no log."""
    reading = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
    try:
        write_copy(reading, target)
    finally:
        reading.close()


def write_copy(reading: sqlite3.Connection, target: Path, progress: Progress | None = None) -> None:
    """By SQLite's backup API, from one unchanging state when `reading` is within a transaction."""

    def at(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress.at(message("backup.step_database"), total - remaining, total)

    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    writing = sqlite3.connect(target, isolation_level=None)
    try:
        writing.execute("PRAGMA synchronous = FULL")
        reading.backup(writing, pages=1024, progress=at)
        # SQLite gives the old mode back, and no error, when the disk refused.
        if writing.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            raise OSError(errno.EIO, "journal_mode")
    finally:
        writing.close()
