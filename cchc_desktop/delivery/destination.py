"""A folder that a file shall be written to: how much room it has, and what its file system can hold."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from cchc_desktop.domain.drive import FAT_LARGEST_FILE, is_fat
from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import dataclass

# Room for the entry in the folder and what the file system keeps for itself.
MARGIN = 256 * 1024


@dataclass(frozen=True, slots=True)
class Destination:
    """`file_system` is the system's own name ("vfat", "ext4", "NTFS"), "" where it can't be told."""

    folder: Path
    free: int
    file_system: str
    read_only: bool = False

    @property
    def is_fat(self) -> bool:
        return is_fat(self.file_system)

    @property
    def largest_file(self) -> int | None:
        """None: no limit that matters here."""
        return FAT_LARGEST_FILE if self.is_fat else None


def look_at(folder: Path) -> Destination:
    """Raises KnownError delivery.no_folder or delivery.gone."""
    if not folder.is_dir():
        raise KnownError("delivery.no_folder", folder=str(folder))
    try:
        free = shutil.disk_usage(folder).free
        read_only = hasattr(os, "statvfs") and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError as error:
        raise KnownError("delivery.gone", folder=str(folder), detail=str(error)) from error
    return Destination(folder, free, _file_system(folder), read_only)


def check_room(destination: Destination, size: int) -> None:
    """Raises KnownError delivery.read_only, delivery.fat_limit, delivery.no_space (with what is missing)."""
    if destination.read_only:
        raise KnownError("delivery.read_only", folder=str(destination.folder))
    limit = destination.largest_file
    if limit is not None and size > limit:
        raise KnownError("delivery.fat_limit", folder=str(destination.folder), size=size)
    if (missing := size + MARGIN - destination.free) > 0:
        raise KnownError("delivery.no_space", folder=str(destination.folder), missing=missing, size=size)


def _file_system(folder: Path) -> str:
    if os.name == "nt":
        return _windows_file_system(folder)
    try:
        lines = Path("/proc/self/mounts").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    mounts = [(_unescaped(fields[1]), fields[2]) for line in lines if len(fields := line.split(" ")) > 2]
    real = folder.resolve()
    # Of two mounts on one place the later one lies on top.
    found = [
        (len(place.parts), at, kind)
        for at, (where, kind) in enumerate(mounts)
        if real.is_relative_to(place := Path(where))
    ]
    return max(found)[2] if found else ""


def _unescaped(field: str) -> str:
    r"""The kernel writes a space in a mount point as \040."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match.group(1), 8)), field)


def _windows_file_system(folder: Path) -> str:
    import ctypes

    name = ctypes.create_unicode_buffer(64)
    root = f"{folder.resolve().anchor}"
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - there is no windll to look up elsewhere
    found = kernel.GetVolumeInformationW(root, None, 0, None, None, None, name, len(name))
    return name.value if found else ""
