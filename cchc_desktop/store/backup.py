"""Backups of a profile: making, verifying, listing and thinning them.

A folder of backups (`<profile>/backups`, or one on a second drive) holds `<number>/` per backup with
`cchc.sqlite3` and `backup.json`, and `files/` with the contents that they share. A backup is written in
`<number>.part/`, verified there and renamed: it is there whole or not at all.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from cchc_desktop import __version__
from cchc_desktop.domain.backup import Backup, BackupContent, BackupReason, JournalHead, KeptFile
from cchc_desktop.domain.backup_schedule import Dated, to_drop
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.durable_names import sync_folder
from cchc_desktop.errors import KnownError
from cchc_desktop.message import message
from cchc_desktop.store import backup_manifest, journal
from cchc_desktop.store.backup_files import Pool, digest_of, profile_files, write_copy
from cchc_desktop.store.backup_manifest import LARGEST_MANIFEST, MANIFEST_NAME, BadManifestError
from cchc_desktop.store.database import DATABASE_NAME, Connection
from cchc_desktop.store.faults import known
from cchc_desktop.store.profile import make_private_folder
from cchc_desktop.store.tables import TABLES

BACKUPS_FOLDER = "backups"
SECOND_FOLDER = "CCHC sao lưu"
_one_at_a_time = threading.Lock()
Now = Callable[[], datetime]


def own_root(profile_folder: Path) -> Path:
    """Where a profile keeps its backups by itself."""
    return profile_folder / BACKUPS_FOLDER


def second_root(drive: Path, profile: str) -> Path:
    """Where the backups of that profile lie on a second drive; several profiles may share the drive."""
    return drive / SECOND_FOLDER / profile[:16]


def identity(db: Connection) -> str:
    """Which profile this is, whatever folder it lies in: the hash of its first journal row."""
    row = db.execute("SELECT hash FROM journal WHERE seq = 1").fetchone()
    return "" if row is None else str(row[0])


def backups(root: Path, *, second: bool = False) -> tuple[Backup, ...]:
    """All whole backups in a folder of backups, newest first. Unreadable ones are left out."""
    found = []
    with contextlib.suppress(OSError):
        for folder in root.iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError, BadManifestError):
                    found.append(Backup(folder, _read_manifest(folder), second))
    return tuple(sorted(found, key=lambda one: one.content.number, reverse=True))


def _read_manifest(folder: Path) -> BackupContent:
    path = folder / MANIFEST_NAME
    if path.stat().st_size > LARGEST_MANIFEST:
        raise BadManifestError(path.name)
    return backup_manifest.decode(path.read_bytes())


@contextmanager
def told(root: Path) -> Iterator[None]:
    """Faults while a backup is written are about the backup's place, not about the profile."""
    try:
        with known(root):
            yield
    except KnownError as error:
        if error.code in ("store.disk_full", "store.read_only", "store.input_output"):
            code = error.code.replace("store.", "backup.")
            raise KnownError(code, folder=str(root), detail=error.detail) from error
        raise


def make(
    db: Connection,
    folder: Path,
    root: Path,
    reason: BackupReason,
    progress: Progress | None = None,
    *,
    thorough: bool = False,
    now: Now = vietnam_now,
) -> Backup:
    """Write one backup of the profile in `folder`, verify it, and thin out the older ones.

    `db` reads the profile's database; give it within a transaction where others may write meanwhile.
    `thorough` also reads through the files that earlier backups had already. Raises `KnownError`
    backup.disk_full, backup.read_only, backup.input_output, backup.not_verified, store.damaged and
    `Cancelled`; nothing is left behind then.
    """
    step = progress or Progress()
    with _one_at_a_time, told(root):
        make_private_folder(root)
        _sweep(root)
        number = next_number(root)
        part = root / f"{number:06d}.part"
        part.mkdir(mode=0o700)
        try:
            pool = Pool(root)
            content = _write(db, folder, part, pool, number, reason, step, thorough, now())
            _verify(part, content)
            final = root / f"{number:06d}"
            part.rename(final)
            sync_folder(root)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    _thin(root)
    return Backup(final, content, added=content.database.size + pool.added)


def _write(
    db: Connection,
    folder: Path,
    part: Path,
    pool: Pool,
    number: int,
    reason: BackupReason,
    progress: Progress,
    thorough: bool,
    at: datetime,
) -> BackupContent:
    own = not db.in_transaction
    if own:
        db.execute("BEGIN")
    try:
        head = journal.head(db)
        write_copy(db, part / DATABASE_NAME, progress)
        content = {
            "schema": int(db.execute("PRAGMA user_version").fetchone()[0]),
            "counts": counts(db),
            "profile": identity(db),
            "unit": _unit(db),
        }
    finally:
        if own and db.in_transaction:
            db.execute("COMMIT")
    digest, size = digest_of(part / DATABASE_NAME, progress)
    kept, absent = list[KeptFile](), list[str]()
    paths = list(profile_files(folder))
    for done, relative in enumerate(paths):
        progress.at(message("backup.step_files"), done, len(paths))
        fitting = backup_manifest.fits(relative)
        file = pool.take(folder, relative, progress, thorough=thorough) if fitting else None
        if file is None:
            absent.append(relative)
        else:
            kept.append(file)
    pool.sync()
    written = BackupContent(
        number=number,
        made_at=at,
        reason=reason,
        program=__version__,
        head=JournalHead(head.seq, head.hash),
        database=KeptFile(DATABASE_NAME, size, digest),
        files=tuple(kept),
        absent=tuple(absent),
        **content,  # type: ignore[arg-type]
    )
    write_whole(part / MANIFEST_NAME, backup_manifest.encode(written))
    sync_folder(part)
    return written


def write_whole(path: Path, content: bytes) -> None:
    """A new small file, durable when this returns."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def counts(db: Connection) -> dict[str, int]:
    """Rows per journaled table; a table that this database's schema has not yet is left out."""
    present = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {
        name: int(db.execute(f"SELECT count(*) FROM {name}").fetchone()[0])  # noqa: S608 - our own names
        for name in TABLES
        if name in present
    }


def _unit(db: Connection) -> str:
    import json

    row = db.execute("SELECT unit FROM rounds ORDER BY archived, year DESC LIMIT 1").fetchone()
    return "" if row is None else str(json.loads(row[0]).get("name", ""))


def _verify(folder: Path, content: BackupContent) -> None:
    """Read back what was written: manifest, database by digest, `quick_check`, and where the journal ends."""
    wrong = fault(folder, content)
    if wrong:
        raise KnownError("backup.not_verified", folder=str(folder.parent), detail=wrong)


def fault(folder: Path, content: BackupContent) -> str:
    """What is wrong with a backup's own database, in the machine's words; empty when it is sound."""
    database = folder / DATABASE_NAME
    try:
        if _read_manifest(folder) != content:
            return MANIFEST_NAME
        if digest_of(database, limit=content.database.size) != (
            content.database.sha256,
            content.database.size,
        ):
            return "sha256"
        db = open_copy(database)
    except (OSError, BadManifestError, sqlite3.Error) as error:
        return str(error)
    try:
        answer = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
        if answer != "ok":
            return answer
        end = journal.head(db)
        return "" if JournalHead(end.seq, end.hash) == content.head else "journal"
    except sqlite3.Error as error:
        return str(error)
    finally:
        db.close()


def open_copy(database: Path) -> Connection:
    """A backup's database for reading, also on a medium that can't be written to."""
    return sqlite3.connect(
        f"{database.absolute().as_uri()}?mode=ro&immutable=1",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )


def missing_files(backup: Backup, progress: Progress | None = None, *, thorough: bool) -> tuple[str, ...]:
    """Paths of the backup's files whose content is gone or spoilt."""
    pool = Pool(backup.folder.parent)
    step, files = progress or Progress(), backup.content.files
    wrong = []
    for done, file in enumerate(files):
        step.at(message("backup.step_verifying"), done, len(files))
        if not (pool.sound(file, step) if thorough else pool.has(file)):
            wrong.append(file.path)
    return tuple(wrong)


def next_number(root: Path) -> int:
    """Higher than every number that was ever given here and is still to be seen, whatever the clock says."""
    taken = [int(entry.name[:6]) for entry in root.iterdir() if entry.name[:6].isdigit()]
    return max(taken, default=0) + 1


def _sweep(root: Path) -> None:
    """What a killed program left. One program makes backups at a time: the profile's lock says so."""
    for part in root.glob("*.part"):
        shutil.rmtree(part, ignore_errors=True)
    Pool(root).sweep(None)


def _thin(root: Path) -> None:
    """Backups that the schedule no longer wants go, then files that no backup names."""
    found = {one.content.number: one for one in backups(root)}
    dated = [Dated(number, one.content.made_at, one.content.reason.value) for number, one in found.items()]
    with contextlib.suppress(OSError):
        for number in to_drop(dated):
            gone = found.pop(number).folder
            # The manifest first: a backup half removed is none.
            (gone / MANIFEST_NAME).unlink()
            shutil.rmtree(gone, ignore_errors=True)
        known_folders = {one.folder for one in found.values()}
        unknown = [
            entry
            for entry in root.iterdir()
            if entry.is_dir()
            and entry.name.isdigit()
            and entry not in known_folders
            and (entry / MANIFEST_NAME).exists()
        ]
        needed = {file.sha256 for one in found.values() for file in one.content.files}
        Pool(root).sweep(None if unknown else needed)
