"""On what kind of drive a folder lies. A database on a network share or a stick is damaged sooner or later:
locks and syncs are not kept there, or somebody pulls it out.
"""

from __future__ import annotations

import os
import re
import sys
from enum import StrEnum
from pathlib import Path

from cchc_desktop.errors import KnownError
from cchc_desktop.paths import portable_data_folder


class DriveKind(StrEnum):
    LOCAL = "local"
    NETWORK = "network"
    REMOVABLE = "removable"


_NETWORK = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "lustre", "davfs", "coda"),
        *("fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.curlftpfs"),
        # Shared folders of virtual PCs and Windows' own drives seen from WSL keep no locks either.
        *("vboxsf", "prl_fs", "vmhgfs", "fuse.vmhgfs-fuse", "drvfs", "fuse.kio-fuse"),
        *("fuse.gvfsd-fuse", "fuse.smbnetfs", "fuse.s3fs", "fuse.google-drive-ocamlfuse", "fuse.onedriver"),
    )
)
_MOUNTS, _DEVICES = Path("/proc/self/mountinfo"), Path("/sys/dev/block")


def refuse_unsafe(folder: Path) -> None:
    """Raises `KnownError` store.network_drive or store.removable_drive.

    A portable folder beside the program (`cchc-data`) is where the user wanted it, also on a stick.
    """
    kind = drive_kind(folder)
    if kind is DriveKind.LOCAL or folder == portable_data_folder():
        return
    raise KnownError(f"store.{kind.value}_drive", folder=str(folder))


if sys.platform == "win32":
    import ctypes

    _DRIVE_REMOVABLE, _DRIVE_REMOTE = 2, 4

    def drive_kind(folder: Path) -> DriveKind:
        """By what Windows says of the drive; a path of a share (\\\\server\\share) is one."""
        whole = os.path.realpath(folder)
        if whole.startswith("\\\\") and not whole.startswith(("\\\\?\\", "\\\\.\\")):
            return DriveKind.NETWORK
        found = ctypes.windll.kernel32.GetDriveTypeW(os.path.splitdrive(whole)[0] + "\\")
        if found == _DRIVE_REMOTE:
            return DriveKind.NETWORK
        return DriveKind.REMOVABLE if found == _DRIVE_REMOVABLE else DriveKind.LOCAL

else:

    def drive_kind(folder: Path, mounts: Path = _MOUNTS, devices: Path = _DEVICES) -> DriveKind:
        """By the file system and the device beneath; what can't be known counts as local."""
        try:
            lines = mounts.read_text("utf-8", errors="surrogateescape").splitlines()
        except OSError:
            return DriveKind.LOCAL
        whole = os.path.realpath(folder)
        best, root_device = ("", "", ""), ""
        for line in lines:
            first, _, second = line.partition(" - ")
            fields, kind = first.split(" "), second.split(" ")[0]
            if len(fields) < 5:
                continue
            device, point = fields[2], _plain(fields[4])
            if point == "/":
                root_device = device
            below = point == "/" or whole == point or whole.startswith(f"{point}/")
            if below and len(point) >= len(best[0]):
                best = (point, kind, device)
        _point, kind, device = best
        if kind in _NETWORK:
            return DriveKind.NETWORK
        if device != root_device and _is_removable(devices / device):
            return DriveKind.REMOVABLE
        return DriveKind.LOCAL

    def _plain(point: str) -> str:
        """mountinfo writes blanks and the like as octal: `\\040`."""
        if "\\" not in point:
            return point
        return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), point)

    def _is_removable(device: Path) -> bool:
        real = os.path.realpath(device)
        if re.search(r"/usb\d+/", real):
            return True
        for place in (real, str(Path(real).parent)):
            try:
                if (Path(place) / "removable").read_text("ascii").strip() == "1":
                    return True
            except (OSError, ValueError):
                continue
        return False
