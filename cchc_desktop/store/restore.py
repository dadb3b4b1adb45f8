"""Putting a backup in the place of what is there; reversibly, and a power cut leaves one or the other.

The order: the present state is kept first (as a backup, or raw where it can't be read), missing files come
back, the new database is written beside, the old one's log is folded in; then one rename. The caller holds
the profile's lock and has no connection open.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from cchc_desktop.domain.backup import (
    Backup,
    BackupReason,
    JournalHead,
    KeptFile,
    RestorePreview,
    SubjectCount,
)
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.vietnam_time import in_vietnam
from cchc_desktop.durable_names import sync_folder
from cchc_desktop.errors import KnownError
from cchc_desktop.message import message
from cchc_desktop.store import backup, journal
from cchc_desktop.store.backup_files import BLOCK, BY_CONTENT, Pool, digest_of
from cchc_desktop.store.codec import new_id
from cchc_desktop.store.database import BESIDE, DATABASE_NAME, Connection, check_header
from cchc_desktop.store.faults import known
from cchc_desktop.store.migrations import SCHEMA_VERSION
from cchc_desktop.store.profile import make_private_folder, old_profile

DAMAGED_ENDING = "-damaged"


def refuse_unfit(chosen: Backup) -> None:
    """Raises `KnownError` backup.newer, backup.backup_damaged."""
    content = chosen.content
    if content.schema > SCHEMA_VERSION:
        raise KnownError("backup.newer", found=content.schema, known=SCHEMA_VERSION)
    if wrong := backup.fault(chosen.folder, content):
        raise KnownError(
            "backup.backup_damaged",
            unusable_input=False,
            number=str(content.number),
            at=content.made_at,
            detail=wrong,
        )


def preview(now: Connection | None, chosen: Backup, folder: Path) -> RestorePreview:
    """What would change. `now` reads the present database; None where it can't be opened."""
    content = chosen.content
    pool = Pool(chosen.folder.parent)
    gone = tuple(file.path for file in content.files if not pool.has(file) and not _is_there(folder, file))
    subjects = tuple(
        SubjectCount(subject, None if now is None else _count(now, subject), then)
        for subject, then in content.counts.items()
    )
    if now is None:
        return RestorePreview(content, subjects, readable=False, missing_files=gone)
    try:
        with contextlib.closing(backup.open_copy(chosen.folder / DATABASE_NAME)) as then:
            common = _common(now, then)
        lost, first, last = _after(now, common)
        return RestorePreview(
            content,
            subjects,
            readable=True,
            same_profile=backup.identity(now) == content.profile,
            lost=lost,
            lost_from=first,
            lost_to=last,
            gained=content.head.seq - common,
            missing_files=gone,
        )
    except sqlite3.DatabaseError:
        return RestorePreview(content, subjects, readable=False, missing_files=gone)


@contextmanager
def present(folder: Path) -> Iterator[Connection | None]:
    """The database of a closed profile as far as it opens at all, in a private copy; the folder is only read.

    Raises `KnownError` store.locked.
    """
    with contextlib.ExitStack() as stack:
        try:
            db: Connection | None = stack.enter_context(old_profile(folder))[0]
        except KnownError as error:
            if error.code == "store.locked":
                raise
            db = None
        except sqlite3.DatabaseError:
            db = None
        yield db


def _is_there(folder: Path, file: KeptFile) -> bool:
    try:
        return (folder / file.path).stat().st_size == file.size
    except OSError:
        return False


def _count(db: Connection, table: str) -> int | None:
    try:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own names
    except sqlite3.DatabaseError:
        return None


def _common(one: Connection, other: Connection) -> int:
    """How far two histories are the same: hashes cover all before them, so halving finds the fork."""
    low, high = 0, min(journal.head(one).seq, journal.head(other).seq)
    while low < high:
        middle = (low + high + 1) // 2
        same = _hash_at(one, middle) == _hash_at(other, middle)
        low, high = (middle, high) if same else (low, middle - 1)
    return low


def _hash_at(db: Connection, seq: int) -> str:
    row = db.execute("SELECT hash FROM journal WHERE seq = ?", (seq,)).fetchone()
    return "" if row is None else str(row[0])


def _after(db: Connection, seq: int) -> tuple[dict[str, int], datetime | None, datetime | None]:
    found = db.execute("SELECT table_name, at FROM journal WHERE seq > ? ORDER BY seq", (seq,)).fetchall()
    times = [in_vietnam(datetime.fromisoformat(at)) for _table, at in found]
    lost = dict(Counter(table for table, _at in found))
    return lost, (times[0] if times else None), (times[-1] if times else None)


def restore(folder: Path, chosen: Backup, progress: Progress | None = None) -> tuple[str, ...]:
    """Put the backup in place; paths of files that are nowhere to be found any more are returned.

    Raises `KnownError` backup.*, store.* and `Cancelled`; what was there is still there then.
    """
    step = progress or Progress()
    refuse_unfit(chosen)
    with known(folder):
        make_private_folder(folder)
        beside = folder / f"{DATABASE_NAME}.new"
        try:
            missing = _files_back(folder, chosen, step)
            _copy_beside(chosen, beside)
            if (folder / DATABASE_NAME).exists():
                put_away(folder, BackupReason.RESTORE, step)
            beside.replace(folder / DATABASE_NAME)
            sync_folder(folder)
        finally:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
    return missing


def put_away(folder: Path, reason: BackupReason, progress: Progress | None = None) -> Path:
    """Keep the present database, as a backup or, where it is damaged, raw; leave it without a log.

    Gives the folder that holds it now. The database itself stays until it is replaced.
    """
    root = backup.own_root(folder)
    database = folder / DATABASE_NAME
    try:
        check_header(database)
        db = sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
        try:
            if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise KnownError("store.damaged", folder=str(folder))
            kept = backup.make(db, folder, root, reason, progress).folder
            db.execute("PRAGMA journal_mode = DELETE").fetchone()
        finally:
            db.close()
    except (KnownError, sqlite3.DatabaseError) as error:
        if isinstance(error, KnownError) and error.code not in ("store.damaged", "backup.not_verified"):
            raise
        kept = keep_raw(folder)
    for suffix in BESIDE:
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    return kept


def keep_raw(folder: Path) -> Path:
    """A damaged database with its log, as it lies there, into a folder of its own among the backups."""
    root = backup.own_root(folder)
    with backup.told(root):
        make_private_folder(root)
        kept = root / f"{backup.next_number(root):06d}{DAMAGED_ENDING}"
        part = kept.with_name(f"{kept.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        for suffix in ("", *BESIDE):
            source = folder / f"{DATABASE_NAME}{suffix}"
            if source.exists():
                with source.open("rb") as reading, (part / source.name).open("xb") as writing:
                    shutil.copyfileobj(reading, writing, BLOCK)
                    writing.flush()
                    os.fsync(writing.fileno())
        part.rename(kept)
        sync_folder(root)
    return kept


def _copy_beside(chosen: Backup, beside: Path) -> None:
    wanted = chosen.content.database
    beside.unlink(missing_ok=True)
    with (chosen.folder / DATABASE_NAME).open("rb") as reading, beside.open("xb") as writing:
        beside.chmod(0o600)
        shutil.copyfileobj(reading, writing, BLOCK)
        writing.flush()
        os.fsync(writing.fileno())
    if digest_of(beside) != (wanted.sha256, wanted.size):
        raise KnownError("backup.not_verified", folder=str(beside.parent))


def _files_back(folder: Path, chosen: Backup, progress: Progress) -> tuple[str, ...]:
    """Evidence and documents as the backup knows them; other files only where they are missing.

    What is newer than the backup (a key made since, a form pack taken in) stays.
    """
    pool, missing, touched = Pool(chosen.folder.parent), list[str](), set[Path]()
    files = chosen.content.files
    for done, file in enumerate(files):
        progress.at(message("backup.step_restoring"), done, len(files))
        if _good_here(folder, file):
            continue
        if put_back(folder, file, pool):
            touched.add((folder / file.path).parent)
        else:
            missing.append(file.path)
    for place in sorted(touched):
        sync_folder(place)
    return tuple(missing)


def _good_here(folder: Path, file: KeptFile) -> bool:
    path = folder / file.path
    try:
        if file.path.partition("/")[0] in BY_CONTENT:
            return path.stat().st_size == file.size and digest_of(path)[0] == file.sha256
        return path.stat().st_size > 0 or file.size == 0
    except OSError:
        return False


def put_back(folder: Path, file: KeptFile, pool: Pool) -> bool:
    """One file from the backups, proven by its digest, beside and renamed. False: not there (any more)."""
    path, source = folder / file.path, pool.place(file.sha256)
    if not source.is_file():
        return False
    make_private_folder(path.parent)
    part = path.parent / f"{new_id()}.part"
    try:
        with source.open("rb") as reading, part.open("xb") as writing:
            part.chmod(0o600)
            shutil.copyfileobj(reading, writing, BLOCK)
            writing.flush()
            os.fsync(writing.fileno())
        if digest_of(part) != (file.sha256, file.size):
            return False
        part.replace(path)
        return True
    finally:
        part.unlink(missing_ok=True)


def to_undo(folder: Path) -> Backup:
    """The state that the last restore replaced. Raises `KnownError` backup.undo_none, backup.undo_damaged."""
    root = backup.own_root(folder)
    kept = [one for one in backup.backups(root) if one.content.reason is BackupReason.RESTORE]
    damaged = sorted(entry for entry in root.glob(f"??????{DAMAGED_ENDING}") if entry.is_dir())
    newest = kept[0].content.number if kept else 0
    if damaged and int(damaged[-1].name[:6]) > newest:
        raise KnownError("backup.undo_damaged", unusable_input=False, folder=str(damaged[-1]))
    if not kept:
        raise KnownError("backup.undo_none", unusable_input=False)
    return kept[0]


def head_of(db: Connection) -> JournalHead:
    end = journal.head(db)
    return JournalHead(end.seq, end.hash)
