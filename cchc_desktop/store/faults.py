"""What the disk and SQLite say, as known errors with advice."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cchc_desktop.errors import BugError, KnownError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


def from_os(error: OSError, folder: Path) -> KnownError:
    """Disk full, read-only or any other fault of the file system beneath `folder`."""
    if error.errno in _FULL:
        code = "store.disk_full"
    elif error.errno in _READ_ONLY:
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
            code = "store.input_output"
        case _:
            return BugError(f"{type(error).__name__}: {error}")
    return KnownError(code, folder=str(folder), detail=f"{getattr(error, 'sqlite_errorname', '')}: {error}")


@contextmanager
def known(folder: Path) -> Iterator[None]:
    """Turn faults of the environment inside the block into `KnownError`s about `folder`."""
    try:
        yield
    except sqlite3.Error as error:
        raise from_sqlite(error, folder) from error
    except OSError as error:
        raise from_os(error, folder) from error
