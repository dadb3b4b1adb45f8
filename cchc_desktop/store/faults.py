"""What the disk and SQLite say, as known errors with advice."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cchc_desktop.disk_faults import FULL, READ_ONLY
from cchc_desktop.errors import BugError, KnownError

_PROBE = 1 << 16


def from_os(error: OSError, folder: Path) -> KnownError:
    """Disk full, read-only or any other fault of the file system beneath `folder`."""
    if error.errno in FULL:
        code = "store.disk_full"
    elif error.errno in READ_ONLY:
        code = "store.read_only"
    else:
        code = "store.input_output"
    return KnownError(code, folder=str(folder), detail=str(error))


def from_sqlite(error: sqlite3.Error, folder: Path) -> Exception:
    """The known error behind SQLite's code; a `BugError` where only our own statements can be at fault."""
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    match primary:
        case sqlite3.SQLITE_FULL:
            code = "store.disk_full"
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_AUTH:
            code = "store.read_only"
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            code = "store.damaged"
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            code = "store.busy"
        case sqlite3.SQLITE_IOERR:
            # SQLite says so of a quota too, and of a full disk that has no room for its shared memory.
            code = probed(folder) or "store.input_output"
        case _:
            return BugError(f"{type(error).__name__}: {error}")
    return KnownError(code, folder=str(folder), detail=f"{getattr(error, 'sqlite_errorname', '')}: {error}")


def probed(folder: Path) -> str:
    """What a plain write meets there just now; empty when it works or says no more than SQLite did."""
    import tempfile

    try:
        size = max((file.stat().st_size for file in folder.iterdir() if file.is_file()), default=0)
        with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
            file.write(bytes(_PROBE))
            file.seek(size + _PROBE)  # costs no room: a quota on the size of a file answers all the same
            file.write(b"x")
            os.fsync(file.fileno())
    except OSError as error:
        if error.errno in FULL:
            return "store.disk_full"
        if error.errno in READ_ONLY:
            return "store.read_only"
    return ""


@contextmanager
def known(folder: Path) -> Iterator[None]:
    """Turn faults of the environment inside the block into `KnownError`s about `folder`."""
    try:
        yield
    except sqlite3.Error as error:
        raise from_sqlite(error, folder) from error
    except OSError as error:
        raise from_os(error, folder) from error
