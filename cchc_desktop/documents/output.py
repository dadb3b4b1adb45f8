"""Files that appear whole or not at all: written beside, flushed to the disk, then renamed."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cchc_desktop.disk_faults import FULL, READ_ONLY
from cchc_desktop.durable_names import sync_folder
from cchc_desktop.errors import KnownError

_NOT_ALLOWED = READ_ONLY | {errno.ETXTBSY}


@contextmanager
def whole_file(to: Path) -> Iterator[Path]:
    """Give a path to write to; afterwards it is flushed and takes the name `to`, replacing an older file.

    Whatever goes wrong inside, the older file stays and nothing half-written is left. Raises `KnownError`
    documents.no_folder, is_folder, disk_full, no_permission, not_written.
    """
    if not to.parent.is_dir():
        raise KnownError("documents.no_folder", name=to.name, folder=str(to.parent))
    if to.is_dir():
        raise KnownError("documents.is_folder", name=to.name, folder=str(to.parent))
    part = to.with_name(f"{to.name}.part")
    try:
        yield part
        _flush(part)
        part.replace(to)
        sync_folder(to.parent)
    except OSError as error:
        raise _known(error, to) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def free_name(path: Path) -> Path:
    """The path, or the next "… (2)" of it that no file has: nobody's older file is replaced."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _known(error: OSError, to: Path) -> KnownError:
    if error.errno in FULL:
        code = "documents.disk_full"
    elif error.errno in _NOT_ALLOWED:
        code = "documents.no_permission"
    elif error.errno == errno.ENOENT and not to.parent.is_dir():
        code = "documents.no_folder"
    else:
        code = "documents.not_written"
    return KnownError(code, detail=str(error), name=to.name, folder=str(to.parent))
