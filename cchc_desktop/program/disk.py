"""What changing an installed program asks of the disk: durable names, one at a time, and advice on faults."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cchc_desktop import file_lock
from cchc_desktop.disk_faults import FULL, READ_ONLY
from cchc_desktop.durable_names import sync_folder
from cchc_desktop.errors import KnownError

LOCK_NAME = "update.lock"
_IMPATIENT = os.name != "nt"
_RETRIES, _PAUSE = 20, 0.25
"""A virus scanner holds new files open for a moment; Windows then refuses to rename their folder."""


@contextmanager
def known(root: Path) -> Iterator[None]:
    """What the disk says, as advice about the program's folder."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            code = "update.disk_full"
        elif error.errno in READ_ONLY:
            code = "update.read_only"
        else:
            code = "update.input_output"
        raise KnownError(code, unusable_input=False, folder=str(root), detail=str(error)) from error


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One program at a time changes the versions in `folder`; the system frees the lock of one that dies."""
    folder.mkdir(parents=True, exist_ok=True)
    file = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    try:
        if not file_lock.lock(file):
            raise KnownError("update.busy", unusable_input=False)
        yield
    finally:
        file_lock.close(file)


def write_whole(path: Path, content: bytes) -> None:
    """A new small file, durable when this returns."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_quietly(folder: Path) -> None:
    with contextlib.suppress(OSError):
        sync_folder(folder)


def patiently(work: Callable[[], object], pause: float = _PAUSE) -> None:
    """Windows says "access denied" while somebody else has a file open; a scanner is through in a moment."""
    for left in range(0 if _IMPATIENT else _RETRIES, -1, -1):
        try:
            work()
            return
        except PermissionError:
            if not left:
                raise
            time.sleep(pause)
