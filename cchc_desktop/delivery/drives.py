"""Disks and sticks that are plugged in: their names, how much room they have, what they can hold."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cchc_desktop.domain.drive import Drive
from cchc_desktop.quick_dataclass import dataclass

# What a person may hand a report over on; the rest of the mounts is the system's own business.
_KINDS = frozenset(
    {"vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk", "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs"}
    | {"hfsplus", "udf", "nfs", "nfs4", "cifs", "smb3"}
)
_SYSTEM = ("/boot", "/snap", "/var", "/usr", "/etc", "/proc", "/sys", "/dev", "/run/lock", "/tmp")  # noqa: S108
_USERS = ("/media", "/run/media", "/mnt", "/Volumes")


def drives() -> tuple[Drive, ...]:
    """Removable ones first, then by name. A medium that can't be asked is left out."""
    found = _windows_drives() if os.name == "nt" else _linux_drives()
    return tuple(sorted(found, key=lambda drive: (not drive.removable, drive.label.lower(), drive.folder)))


@dataclass(frozen=True, slots=True)
class Mount:
    """A line of the system's table of mounts."""

    device: str
    folder: Path
    kind: str
    options: frozenset[str]


def mounts(table: str) -> Iterator[Mount]:
    """Of one device the first place alone (others are the same disk again), of one place the topmost."""
    lines = [fields for line in table.splitlines() if len(fields := line.split(" ")) > 3]
    topmost = {_unescaped(fields[1]): fields for fields in lines}
    seen: set[str] = set()
    for place, (device, _place, kind, options, *_rest) in topmost.items():
        if kind not in _KINDS or _is_system(place) or device in seen:
            continue
        seen.add(device)
        yield Mount(_unescaped(device), Path(place), kind, frozenset(options.split(",")))


def is_removable(device: str, blocks: Path = Path("/sys/class/block")) -> bool:
    """A stick, a card, or a disk that hangs on USB; a partition is as its disk is."""
    try:
        block = (blocks / Path(device).resolve().name).resolve(strict=True)
        for place in (block, block.parent):
            flag = place / "removable"
            if flag.is_file():
                return flag.read_text().strip() == "1" or "/usb" in str(place)
    except OSError:
        pass
    return False


def labels(by_label: Path = Path("/dev/disk/by-label")) -> dict[str, str]:
    """Device → the name that its owner gave it."""
    found: dict[str, str] = {}
    try:
        for link in by_label.iterdir():
            found[str(link.resolve())] = _unescaped_label(link.name)
    except OSError:
        pass
    return found


def _linux_drives() -> Iterator[Drive]:
    try:
        table = Path("/proc/self/mounts").read_text("utf-8", "surrogateescape")
    except OSError:
        return
    yield from asked(mounts(table), labels())


def asked(
    found: Iterable[Mount], names: dict[str, str], blocks: Path = Path("/sys/class/block")
) -> Iterator[Drive]:
    """The drives of these mounts, with what each says of itself."""
    for mount in found:
        try:
            usage = shutil.disk_usage(mount.folder)
        except OSError:
            continue
        removable = is_removable(mount.device, blocks)
        by_user = str(mount.folder).startswith(_USERS)
        label = names.get(str(Path(mount.device).resolve()), "")
        if not label and by_user:
            label = mount.folder.name
        read_only = "ro" in mount.options
        yield Drive(mount.folder, label, usage.free, usage.total, mount.kind, removable, read_only)


def _is_system(place: str) -> bool:
    return any(place == root or place.startswith(f"{root}/") for root in _SYSTEM)


def _unescaped(field: str) -> str:
    r"""The kernel writes a space in a mount point as \040."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match.group(1), 8)), field)


def _unescaped_label(name: str) -> str:
    r"""udev writes a space in a link's name as \x20, byte by byte."""
    raw = re.sub(rb"\\x([0-9a-f]{2})", lambda match: bytes([int(match.group(1), 16)]), os.fsencode(name))
    return raw.decode("utf-8", "replace")


_DRIVE_REMOVABLE, _DRIVE_FIXED, _DRIVE_REMOTE = 2, 3, 4
_READ_ONLY_VOLUME = 0x00080000


def _windows_drives() -> Iterator[Drive]:
    import ctypes

    yield from drives_of(getattr(ctypes, "windll").kernel32)  # noqa: B009 - there is no windll elsewhere


def drives_of(kernel: Any) -> Iterator[Drive]:
    """By Windows' kernel32: letters in use, their kind, name, file system and room."""
    import ctypes

    bits = int(kernel.GetLogicalDrives())
    for number in range(26):
        if not bits >> number & 1:
            continue
        root = f"{chr(ord('A') + number)}:\\"
        kind = int(kernel.GetDriveTypeW(root))
        if kind not in (_DRIVE_REMOVABLE, _DRIVE_FIXED, _DRIVE_REMOTE):
            continue
        label, system = ctypes.create_unicode_buffer(64), ctypes.create_unicode_buffer(64)
        flags, free, total = ctypes.c_uint32(), ctypes.c_uint64(), ctypes.c_uint64()
        if not kernel.GetVolumeInformationW(
            root, label, len(label), None, None, ctypes.byref(flags), system, len(system)
        ) or not kernel.GetDiskFreeSpaceExW(root, ctypes.byref(free), ctypes.byref(total), None):
            continue  # a card reader without a card
        yield Drive(
            Path(root),
            label.value,
            free.value,
            total.value,
            system.value,
            kind == _DRIVE_REMOVABLE,
            bool(flags.value & _READ_ONLY_VOLUME),
        )
