"""An opened profile folder: one unit's rounds, plan, answers and evidence.

    changes, task = profile.write(lambda change: tasks.add(change, round_id, ...))
    sheet = profile.read(lambda db: answers.of_round(db, round_id))

Any thread may call both. `write` returns when the change and its journal row are on the disk.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from cchc_desktop.domain.changes import Changes
from cchc_desktop.durable_names import sync_folder
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.store.database import (
    BESIDE,
    COPIED,
    DATABASE_NAME,
    Connection,
    identity,
    make_durable,
    open_for_reading,
    open_for_writing,
)
from cchc_desktop.store.drive import refuse_unsafe
from cchc_desktop.store.faults import known
from cchc_desktop.store.lock import LOCK_NAME, ProfileLock, user_name
from cchc_desktop.store.log_trace import pages_lost

if TYPE_CHECKING:
    from cchc_desktop.store.change import Change
    from cchc_desktop.store.writer import Writer

T = TypeVar("T")
EVIDENCE_FOLDER = "evidence"
OUTBOX_FOLDER = "outbox"
DOCUMENTS_FOLDER = "documents"
"""Where documents that people signed lie, by their content."""
CHECKED_AT_ONCE = 16 << 20
"""Bytes of a database that are checked before the window is there, after an unclean end."""


def exists(folder: Path) -> bool:
    return (folder / DATABASE_NAME).exists()


def evidence_folder(folder: Path) -> Path:
    return folder / EVIDENCE_FOLDER


def outbox_folder(folder: Path, package_id: str) -> Path:
    """Where a package waits for its way out, made for its owner only."""
    there = folder / OUTBOX_FOLDER / package_id
    make_private_folder(there.parent)
    make_private_folder(there)
    return there


class Profile:
    """Opened by `open_profile` or `create_profile`; closes with `close()` or as a context manager."""

    def __init__(
        self,
        database: Path,
        actor: str,
        lock: ProfileLock | None,
        connection: Connection,
        reader: Connection | None = None,
    ) -> None:
        """`reader`: this thread's, if it has one already."""
        self.folder = database.parent
        self.actor = actor
        self._lock = lock
        self._connection = connection
        self._database, self._file = database, identity(database)
        self._made_writer: Writer | None = None
        self._writer_guard = threading.Lock()
        self._readers: dict[threading.Thread, tuple[Connection, AbstractContextManager[bool]]] = {}
        if reader is not None:
            self._readers[threading.current_thread()] = reader, threading.RLock()
        self._readers_guard = threading.Lock()
        self._copies: Path | None = None
        self._closed = False

    @property
    def _writer(self) -> Writer:
        """One for all threads."""
        with self._writer_guard:
            if self._made_writer is None:
                from cchc_desktop.store.writer import Writer  # a start only reads

                self._made_writer = Writer(self._connection, self._database, self._file, self.actor)
            return self._made_writer

    def write(self, work: Callable[[Change], T]) -> tuple[Changes, T]:
        """Run `work(change)` in one durable transaction; give what changed and what `work` returned.

        An exception in `work` rolls everything back and is raised here. Raises `KnownError` store.disk_full,
        store.read_only, store.input_output, store.damaged.
        """
        return self._writer.submit(work)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work(db)` on this thread's own connection, on one unchanging state of the data."""
        with known(self.folder):
            db, in_use = self._reader()
            with in_use:
                if self._closed:
                    raise BugError("the profile is closed")
                if db.in_transaction:
                    return work(db)
                db.execute("BEGIN")
                try:
                    return work(db)
                finally:
                    if db.in_transaction:
                        db.execute("COMMIT")

    def version(self) -> int:
        """Another number, on this thread, once anything at all was written."""
        return self.read(lambda db: int(db.execute("PRAGMA data_version").fetchone()[0]))

    def _reader(self) -> tuple[Connection, AbstractContextManager[bool]]:
        """This thread's connection and what is held while it is in use: closing it then ends the program."""
        thread = threading.current_thread()
        if (found := self._readers.get(thread)) is not None:
            return found
        with self._readers_guard:
            if self._closed:
                raise BugError("the profile is closed")
            # What a thread that is gone left goes on: a new one first has to learn the tables (2 ms).
            if (gone := next((other for other in self._readers if not other.is_alive()), None)) is not None:
                made = self._readers.pop(gone)
            else:
                made = open_for_reading(self.folder / DATABASE_NAME), threading.RLock()
            self._readers[thread] = made
        return made

    def copies_folder(self) -> Path:
        """A folder of temporary copies for opening; it goes with the profile's closing."""
        import tempfile

        with known(self.folder), self._readers_guard:
            if self._copies is None or not self._copies.is_dir():
                self._copies = Path(tempfile.mkdtemp(prefix="cchc-"))
            return self._copies

    @property
    def evidence_folder(self) -> Path:
        return evidence_folder(self.folder)

    def close(self) -> None:
        """Finish what is written or read, fold the log into the database, free the lock. Twice is once."""
        if self._closed:
            return
        self._writer.close()
        with self._readers_guard:
            self._closed = True
            readers, self._readers = self._readers, {}
        for reader, in_use in readers.values():
            with in_use:
                reader.close()
        # A full disk may refuse the checkpoint: the log then stays, and nothing in it is lost.
        with contextlib.suppress(sqlite3.Error):
            make_durable(self._connection)  # nothing may have been written yet
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self._connection.close()
        if self._copies is not None:
            _remove_copies(self._copies)
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Profile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_profile(folder: Path, actor: str = "") -> Profile:
    """Open an existing profile. `actor` is who the journal names (the system's user by default).

    After an unclean end the database is checked, as far as that takes no time to speak of; an older one is
    backed up before it is brought up to date. Raises `KnownError` store.no_profile, store.locked (who, host,
    since), store.newer, store.damaged, store.log_gone, store.read_only, store.disk_full, store.no_wal,
    store.network_drive, store.removable_drive, backup.* (nothing was upgraded then).
    """
    if not exists(folder):
        raise KnownError("store.no_profile", folder=str(folder))
    refuse_unsafe(folder)
    with known(folder):
        lock = ProfileLock(folder)
        try:
            _own(folder / DATABASE_NAME)
            _sweep(evidence_folder(folder))
            _sweep(folder / DOCUMENTS_FOLDER)
            if pages_lost(folder / DATABASE_NAME):
                raise KnownError("store.log_gone", folder=str(folder))
            ended_badly = _has_log(folder)
            connection = open_for_writing(folder / DATABASE_NAME, before_upgrade=_back_up)
            if ended_badly:
                _check_quickly(connection, folder)
            reader = _reader_beside(connection, folder)
        except BaseException:
            lock.release()
            raise
    return Profile(folder / DATABASE_NAME, actor or user_name(), lock, connection, reader)


def create_profile(folder: Path, first: Callable[[Change], T], actor: str = "") -> tuple[Profile, T]:
    """Make a profile whose first transaction is `first`; it appears whole or not at all.

    Raises `KnownError` store.exists and those of `open_profile`.
    """
    refuse_unsafe(folder)
    with known(folder):
        _make_folder(folder)
        lock = ProfileLock(folder)
        beside = folder / f"{DATABASE_NAME}.new"
        try:
            if exists(folder):
                raise KnownError("store.exists", folder=str(folder))
            _remove_database(beside)
            os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with Profile(beside, actor or user_name(), None, open_for_writing(beside, new=True)) as unborn:
                _changes, result = unborn.write(first)
            beside.rename(folder / DATABASE_NAME)
            sync_folder(folder)
        except BaseException:
            _remove_database(beside)
            raise
        finally:
            lock.release()
    return open_profile(folder, actor), result


@contextlib.contextmanager
def old_profile(folder: Path) -> Iterator[tuple[Connection, Path]]:
    """Another profile's database (brought up to date in a private copy) and its evidence folder, for reading.

    The old folder itself is not written to, not even beside its database. Raises `KnownError` store.locked
    when a program works on it, and those of `open_profile`.
    """
    import shutil
    import tempfile

    if not exists(folder):
        raise KnownError("store.no_profile", folder=str(folder))
    with known(folder), tempfile.TemporaryDirectory(prefix="cchc-") as private:
        lock = ProfileLock(folder, shared=True) if (folder / LOCK_NAME).exists() else None
        try:
            for suffix in COPIED:
                source = folder / f"{DATABASE_NAME}{suffix}"
                if source.exists():
                    shutil.copyfile(source, Path(private) / source.name)
        finally:
            if lock is not None:
                lock.release()
        connection = open_for_writing(Path(private) / DATABASE_NAME)
        try:
            yield connection, folder / EVIDENCE_FOLDER
        finally:
            connection.close()


def make_private_folder(folder: Path) -> None:
    """A folder only its owner may enter (where the file system knows owners)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _make_folder(folder: Path) -> None:
    fresh = not folder.exists() or not any(folder.iterdir())
    make_private_folder(folder)
    if fresh:
        with contextlib.suppress(PermissionError):
            folder.chmod(0o700)


def _own(path: Path) -> None:
    """Take back rights that a copy from elsewhere gave to others (FAT knows no owners: let it be)."""
    with contextlib.suppress(OSError):
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)


def _sweep(folder: Path) -> None:
    """Half copies that a killed program left; the lock says that nobody is making one now."""
    with contextlib.suppress(OSError):
        for part in folder.glob("*.part"):
            part.unlink(missing_ok=True)


def _has_log(folder: Path) -> bool:
    """A program that closes folds its log in: one that is there tells of a kill or a power cut."""
    try:
        return (folder / f"{DATABASE_NAME}-wal").stat().st_size > 0
    except OSError:
        return False


def _check_quickly(connection: Connection, folder: Path) -> None:
    """SQLite's own check takes 1 to 4 ms per MB; a larger file is checked when the window is there."""
    try:
        if (folder / DATABASE_NAME).stat().st_size > CHECKED_AT_ONCE:
            return
        answer = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        if answer != "ok":
            raise KnownError("store.damaged", folder=str(folder), detail=answer)
    except BaseException:
        connection.close()
        raise


def _reader_beside(connection: Connection, folder: Path) -> Connection:
    """What it can't read, nobody can: the profile is not opened then."""
    try:
        return open_for_reading(folder / DATABASE_NAME)
    except BaseException:
        connection.close()
        raise


def _back_up(connection: Connection, path: Path) -> None:
    from cchc_desktop.domain.backup import BackupReason
    from cchc_desktop.store import backup  # only an upgrade needs it

    backup.make(connection, path.parent, backup.own_root(path.parent), BackupReason.UPGRADE)


def _remove_copies(folder: Path) -> None:
    """Read-only files have to become writable first where Windows guards them."""
    import shutil

    with contextlib.suppress(OSError):
        for copy in folder.rglob("*"):
            copy.chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)


def _remove_database(path: Path) -> None:
    for suffix in ("", *BESIDE):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
