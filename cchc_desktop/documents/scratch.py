"""A folder of the system's for files that are only on their way into a package; it goes when that is done."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cchc_desktop.disk_faults import FULL
from cchc_desktop.errors import KnownError


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Only this user may enter it. Raises `KnownError` documents.scratch_full, documents.scratch_failed for
    what its disk says while the work goes on; known faults of other disks pass.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="cchc-") as made:
            yield Path(made)
    except OSError as error:
        code = "documents.scratch_full" if error.errno in FULL else "documents.scratch_failed"
        raise KnownError(code, folder=tempfile.gettempdir(), detail=str(error)) from error
