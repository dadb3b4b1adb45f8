"""Names in a folder that outlast a power cut: a file is there for good when its folder was written too."""

from __future__ import annotations

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make names and renames in a folder durable. Raises OSError.

    Windows can't and need not: it opens no folder, and NTFS keeps its names in a journal.
    """
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
