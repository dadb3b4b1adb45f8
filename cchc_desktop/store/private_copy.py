"""A closed profile's database in a folder of our own, so that looking at it changes nothing where it lies."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cchc_desktop.errors import KnownError
from cchc_desktop.store.database import COPIED, DATABASE_NAME
from cchc_desktop.store.faults import from_os, probed


@contextmanager
def private_copy(folder: Path) -> Iterator[Path]:
    """The database (which may not be there) with its log, and room to work on it; all goes at the end.

    Raises `KnownError` store.disk_full, store.read_only or store.input_output, about the temporary folder or
    about `folder`: a disk without room must not make a sound database look damaged.
    """
    with tempfile.TemporaryDirectory(prefix="cchc-") as made:
        private = Path(made)
        try:
            for suffix in COPIED:
                source = folder / f"{DATABASE_NAME}{suffix}"
                if source.exists():
                    shutil.copyfile(source, private / source.name)
        except OSError as error:
            where = folder if error.errno == errno.EIO else private.parent
            raise from_os(error, where) from error
        if code := probed(private):
            raise KnownError(code, folder=str(private.parent))
        yield private / DATABASE_NAME
