"""A small file that is written again and again under one name, such as a revocation list."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from cchc_desktop.delivery.folder import PART
from cchc_desktop.durable_names import sync_folder
from cchc_desktop.errors import KnownError


def replace_small(path: Path, content: bytes) -> Path:
    """Either the old file or the new one stands there, whole. Raises KnownError delivery.not_written."""
    part = path.with_name(f"{path.name}{PART}")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise KnownError(
            "delivery.not_written", folder=str(path.parent), name=path.name, detail=str(error)
        ) from error
    return path
