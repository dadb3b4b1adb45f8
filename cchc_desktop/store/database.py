"""Connections as this house needs them: foreign keys on, WAL with FULL, a transaction only when we say so."""

from __future__ import annotations

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

Connection = sqlite3.Connection


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


def check_header(path: Path) -> None:
    """Refuse what is no SQLite database before SQLite would take an emptied file for a new one."""
    with path.open("rb") as file:
        if file.read(len(_HEADER)) != _HEADER:
            raise KnownError("store.damaged", folder=str(path.parent))


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

    `before_upgrade` runs first then; what it raises stops the upgrade.

    Raises `KnownError` store.newer or store.damaged; sqlite3 and OS errors pass to the caller.
    """
    if not new:
        check_header(path)
    connection = _connect(path, "rwc" if new else "rw")
    try:
        version = 0 if new else _check_version(connection, path)
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            raise KnownError("store.no_wal", folder=str(path.parent), detail=f"journal_mode {mode}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA recursive_triggers = ON")
        if version < SCHEMA_VERSION:
            if before_upgrade is not None and not new:
                before_upgrade(connection, path)
            migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def open_for_reading(path: Path) -> Connection:
    connection = _connect(path, "rw")
    connection.execute("PRAGMA query_only = ON")
    return connection
