"""Connections as this house needs them: foreign keys on, WAL with FULL, a transaction only when we say so."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from cchc_desktop.errors import KnownError
from cchc_desktop.store.migrations import APPLICATION_ID, SCHEMA_VERSION, migrate

DATABASE_NAME = "cchc.sqlite3"
COPIED = ("", "-wal", "-journal")
"""What makes up a database that nobody has open: itself, and a log or journal that a kill left."""
BESIDE = ("-wal", "-shm", "-journal")
"""What must never lie beside a database that it does not belong to: SQLite would play it back."""
BUSY_SECONDS = 5.0
_HEADER = b"SQLite format 3\0"
_IN_WAL = b"\2\2"
"""Where the header says who may write and who may read it: SQLite's file format, bytes 18 and 19."""

Connection = sqlite3.Connection
FileIdentity = tuple[int, int]
"""The drive and the file on it, whatever it is called."""


def _connect(path: Path, mode: str) -> Connection:
    """`mode` "rw" never makes a file: a database that is gone must not come back empty."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def check_header(path: Path) -> bool:
    """Refuse what is no SQLite database before SQLite would take an emptied file for a new one; say whether
    it keeps a log (WAL).

    Never beside an open connection: a file that is closed takes its process's locks along (POSIX).
    """
    with path.open("rb") as file:
        head = file.read(20)
    if not head.startswith(_HEADER):
        raise KnownError("store.damaged", folder=str(path.parent))
    return head[18:] == _IN_WAL


def identity(path: Path) -> FileIdentity:
    state = os.stat(path)  # noqa: PTH116 - once per edit, and the quicker way
    return state.st_dev, state.st_ino


def make_durable(connection: Connection) -> None:
    """A commit is on the disk before it returns. To be called before the connection's first transaction.

    SQLite learns all tables for it (3 ms). A profile that is opened leaves that to its first edit: its reader
    has learnt them then.
    """
    connection.execute("PRAGMA synchronous = FULL")


def _check_version(connection: Connection, path: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    if application != APPLICATION_ID:
        raise KnownError("store.damaged", folder=str(path.parent), detail=f"application_id {application:#x}")
    if version > SCHEMA_VERSION:
        raise KnownError("store.newer", folder=str(path.parent), found=version, known=SCHEMA_VERSION)
    return version


def open_for_writing(
    path: Path, *, new: bool = False, before_upgrade: Callable[[Connection, Path], None] | None = None
) -> Connection:
    """The one connection that writes. A new file gets its schema, an older one is brought up to date.

    `before_upgrade` runs first then; what it raises stops the upgrade. Who writes calls `make_durable` first.

    Raises `KnownError` store.newer or store.damaged; sqlite3 and OS errors pass to the caller.
    """
    is_in_wal = not new and check_header(path)
    connection = _connect(path, "rwc" if new else "rw")
    try:
        version = 0 if new else _check_version(connection, path)
        if not is_in_wal:
            mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            if mode != "wal":
                raise KnownError("store.no_wal", folder=str(path.parent), detail=f"journal_mode {mode}")
        connection.execute("PRAGMA recursive_triggers = ON")
        if version < SCHEMA_VERSION:
            make_durable(connection)
            if before_upgrade is not None and not new:
                before_upgrade(connection, path)
            migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def open_for_reading(path: Path) -> Connection:
    """Learns all tables at once: a damaged database says so here. sqlite3 errors pass to the caller."""
    connection = _connect(path, "rw")
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection
