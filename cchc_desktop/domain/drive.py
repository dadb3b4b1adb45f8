"""A disk or a stick that is plugged in, and what its file system can hold."""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.quick_dataclass import dataclass

FAT_LARGEST_FILE = 2**32 - 1
_FAT = frozenset({"vfat", "msdos", "fat", "fat32"})


def is_fat(file_system: str) -> bool:
    """Whether files end at 4 GiB − 1 there."""
    return file_system.lower() in _FAT


_NAMES = {
    "vfat": "FAT32",
    "fat32": "FAT32",
    "msdos": "FAT",
    "exfat": "exFAT",
    "ntfs": "NTFS",
    "ntfs3": "NTFS",
    "fuseblk": "NTFS",
}


def known_name(file_system: str) -> str:
    """As people know it from the shop; "" for one that they don't know."""
    return _NAMES.get(file_system.lower(), "")


@dataclass(frozen=True, slots=True)
class Drive:
    """`folder` is where it is mounted ("E:\\\\"), `label` its own name ("" without one), sizes in bytes.

    `file_system` is the system's own name for it ("vfat", "NTFS"), "" where it can't be told.
    """

    folder: Path
    label: str
    free: int
    total: int
    file_system: str
    removable: bool
    read_only: bool = False

    @property
    def largest_file(self) -> int | None:
        """None: no limit that matters here."""
        return FAT_LARGEST_FILE if is_fat(self.file_system) else None
