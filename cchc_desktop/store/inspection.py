"""Looking a profile through, changing nothing: SQLite's check, references, journal, files by digest."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass, field, replace
from cchc_desktop.store import journal
from cchc_desktop.store.backup_files import digest_of
from cchc_desktop.store.database import DATABASE_NAME, Connection, check_header
from cchc_desktop.store.journal import Fault
from cchc_desktop.store.log_trace import pages_lost
from cchc_desktop.store.migrations import APPLICATION_ID, SCHEMA_VERSION
from cchc_desktop.store.private_copy import private_copy

_MOST_FAULTS = 100
_INDEX_FAULTS = ("missing from index", "wrong # of entries in index", "non-unique entry in index")


@dataclass(frozen=True, slots=True)
class DatabaseLook:
    """`faults`: SQLite's words; empty when sound. `homeless`: rows per table that refer to nothing.

    `chain` and `rows` are None when the journal is whole and accounts for every row. `log_gone`: of the log
    with the last edits of a killed program something is missing.
    """

    faults: tuple[str, ...] = ()
    homeless: tuple[tuple[str, int], ...] = ()
    history: int = 0
    chain: Fault | None = None
    rows: Fault | None = None
    log_gone: bool = False

    @property
    def only_indexes(self) -> bool:
        """Nothing but indexes is at fault: they are made anew from their tables."""
        return bool(self.faults) and all(
            any(words in fault for words in _INDEX_FAULTS) for fault in self.faults
        )

    @property
    def sound(self) -> bool:
        return not (self.faults or self.homeless or self.chain or self.rows or self.log_gone)


@contextmanager
def reading(folder: Path) -> Iterator[Connection]:
    """The database with its log in a private copy, as it is (not brought up to date).

    Raises `KnownError` store.damaged, store.newer and those of `private_copy`; sqlite3 and OS errors pass.
    """
    check_header(folder / DATABASE_NAME)
    with private_copy(folder) as copy:
        db = sqlite3.connect(copy, isolation_level=None)
        with contextlib.closing(db):
            if int(db.execute("PRAGMA application_id").fetchone()[0]) != APPLICATION_ID:
                raise KnownError("store.damaged", folder=str(folder), detail="application_id")
            version = int(db.execute("PRAGMA user_version").fetchone()[0])
            if version > SCHEMA_VERSION:
                raise KnownError("store.newer", folder=str(folder), found=version, known=SCHEMA_VERSION)
            yield db


def look(db: Connection) -> DatabaseLook:
    """All checks of the database; where it is damaged, those that still say something."""
    try:
        found = [str(row[0]) for row in db.execute(f"PRAGMA integrity_check({_MOST_FAULTS})")]
    except sqlite3.DatabaseError as error:
        return DatabaseLook((str(error),))
    faults = tuple(one for one in found if one != "ok")
    try:
        homeless: dict[str, int] = {}
        for table, *_rest in db.execute("PRAGMA foreign_key_check"):
            homeless[str(table)] = homeless.get(str(table), 0) + 1
        end = journal.head(db).seq
        chain = journal.verify_chain(db)
        current = int(db.execute("PRAGMA user_version").fetchone()[0]) == SCHEMA_VERSION
        # Which columns a row has is known for today's schema; an older one is looked at after its upgrade.
        rows = journal.verify_rows(db) if chain is None and current else None
    except (sqlite3.DatabaseError, ValueError) as error:
        return DatabaseLook((*faults, str(error)))
    return DatabaseLook(faults, tuple(homeless.items()), end, chain, rows)


def look_closed(folder: Path) -> DatabaseLook:
    """The database of a closed profile, whatever state it is in. Raises `KnownError` store.newer."""
    gone = pages_lost(folder / DATABASE_NAME) > 0
    try:
        with reading(folder) as db:
            return replace(look(db), log_gone=gone)
    except KnownError as error:
        if error.code != "store.damaged":
            raise
        return DatabaseLook((error.detail or "header",))
    except FileNotFoundError:
        return DatabaseLook(("no file",))
    except sqlite3.DatabaseError as error:
        return DatabaseLook((str(error),))


def reindex(folder: Path) -> None:
    """Make all indexes anew from their tables, in one transaction."""
    with contextlib.closing(sqlite3.connect(folder / DATABASE_NAME, isolation_level=None)) as db:
        db.execute("REINDEX")


@dataclass(frozen=True, slots=True)
class FilesLook:
    """Files that rows name: `missing`, and `changed` (their content is not what its name says), as paths.

    `unknown`: files of which no row and no journal row knows; `leftovers`: half copies. `names`: what people
    call the files at these paths.
    """

    total: int
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    leftovers: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def named_files(db: Connection) -> dict[str, str]:
    """Path → name of every file that a row names now."""
    found = {}
    for table, top in (("evidence", "evidence"), ("signed_documents", "documents")):
        with contextlib.suppress(
            sqlite3.DatabaseError
        ):  # a table that an older schema has not, or a lost one
            for digest, name in db.execute(f"SELECT sha256, name FROM {table} ORDER BY rowid"):  # noqa: S608
                found[f"{top}/{digest[:2]}/{digest}"] = str(name)
    return found


def _remembered(db: Connection) -> set[str]:
    """Digests that the journal knows: files of rows that were removed, which undo may bring back."""
    known = set()
    with contextlib.suppress(sqlite3.DatabaseError, ValueError):
        for old, new in db.execute(
            "SELECT old, new FROM journal WHERE table_name IN ('evidence', 'signed_documents')"
        ):
            for row in (old, new):
                if row is not None:
                    known.add(str(json.loads(row).get("sha256")))
    return known


def look_at_files(folder: Path, db: Connection | None, progress: Progress) -> FilesLook:
    """Read every file that a row names; without a database only half copies are looked for."""
    leftovers = tuple(sorted(_leftovers(folder)))
    if db is None:
        return FilesLook(0, leftovers=leftovers)
    named, remembered = named_files(db), _remembered(db)
    missing, changed = list[str](), list[str]()
    for done, path in enumerate(named):
        progress.at(message("check.step_files"), done, len(named))
        file = folder / path
        try:
            if digest_of(file, progress)[0] != file.name:
                changed.append(path)
        except FileNotFoundError:
            missing.append(path)
        except OSError:
            changed.append(path)
    unknown = tuple(
        path
        for path in _kept_files(folder)
        if path not in named and path.rpartition("/")[2] not in remembered
    )
    return FilesLook(len(named), tuple(missing), tuple(changed), unknown, leftovers, named)


def files_closed(folder: Path, progress: Progress) -> FilesLook:
    """The files of a closed profile; without a readable database only half copies are looked for."""
    try:
        with reading(folder) as db:
            return look_at_files(folder, db, progress)
    except (KnownError, OSError, sqlite3.DatabaseError):
        return look_at_files(folder, None, progress)


def _kept_files(folder: Path) -> Iterator[str]:
    for top in ("evidence", "documents"):
        for file in sorted((folder / top).glob("??/*")):
            if not file.name.endswith(".part"):
                yield file.relative_to(folder).as_posix()


def _leftovers(folder: Path) -> Iterator[str]:
    for path, folders, names in os.walk(folder):
        inside = Path(path).relative_to(folder)
        if inside == Path():
            folders[:] = [name for name in folders if name not in ("backups", "outbox")]
        for name in names:
            if name.endswith(".part") or (inside == Path() and name.startswith(f"{DATABASE_NAME}.new")):
                yield (inside / name).as_posix()


def find_by_digest(folder: Path, wanted: set[str], progress: Progress) -> dict[str, Path]:
    """Where, anywhere below the folder, content of these digests lies (also under other names)."""
    found: dict[str, Path] = {}
    for path, _folders, names in os.walk(folder):
        for name in names:
            file = Path(path) / name
            if len(found) == len(wanted):
                return found
            with contextlib.suppress(OSError):
                if file.is_file() and not file.is_symlink() and not name.startswith(DATABASE_NAME):
                    digest, _size = digest_of(file, progress)
                    if digest in wanted:
                        found.setdefault(digest, file)
    return found
