"""Disks and sticks as the system lists them: what is a stick, its name, its room, what it can hold."""

from __future__ import annotations

import ctypes
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from cchc_desktop.delivery import folder, folder_channel
from cchc_desktop.delivery.destination import Destination
from cchc_desktop.delivery.drives import (
    Mount,
    asked,
    drives,
    drives_of,
    is_removable,
    labels,
    mounts,
)
from cchc_desktop.delivery.folder_channel import CHANNEL
from cchc_desktop.domain.delivery import DeliveryFile
from cchc_desktop.domain.drive import Drive
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render

TABLE = r"""/dev/nvme0n1p2 / ext4 rw,relatime 0 0
/dev/nvme0n1p1 /boot/efi vfat rw,relatime 0 0
tmpfs /run tmpfs rw,nosuid 0 0
/dev/loop3 /snap/core squashfs ro 0 0
/dev/nvme0n1p2 /var/lib/docker ext4 rw 0 0
/dev/sdb1 /media/vp/USB\040cán vfat rw,nosuid,uid=1000 0 0
/dev/sdc1 /run/media/vp/CHI_DOC exfat ro,nosuid 0 0
//nas/chung /mnt/chung cifs rw 0 0
broken line
"""


def test_only_media_that_people_hand_over_on_are_listed() -> None:
    found = list(mounts(TABLE))
    assert [(mount.device, str(mount.folder), mount.kind) for mount in found] == [
        ("/dev/nvme0n1p2", "/", "ext4"),
        ("/dev/sdb1", "/media/vp/USB cán", "vfat"),
        ("/dev/sdc1", "/run/media/vp/CHI_DOC", "exfat"),
        ("//nas/chung", "/mnt/chung", "cifs"),
    ]


@pytest.fixture
def blocks(tmp_path: Path) -> Path:
    """/sys/class/block as the kernel lays it out: a built-in disk, a stick, a disk in a USB case."""
    real, flat = tmp_path / "devices", tmp_path / "block"
    flat.mkdir()
    for disk, part, bus, removable in (
        ("nvme0n1", "nvme0n1p2", "pci0/nvme", "0"),
        ("sdb", "sdb1", "pci0/usb1/1-2", "1"),
        ("sdc", "sdc1", "pci0/usb1/1-3", "0"),
    ):
        at = real / bus / disk
        (at / part).mkdir(parents=True)
        (at / "removable").write_text(f"{removable}\n")
        (flat / disk).symlink_to(at)
        (flat / part).symlink_to(at / part)
    return flat


def test_a_stick_and_a_disk_on_usb_are_removable(blocks: Path) -> None:
    assert is_removable("/dev/sdb1", blocks)
    assert is_removable("/dev/sdb", blocks), "a stick without partitions"
    assert is_removable("/dev/sdc1", blocks), "it says 0, but hangs on USB"
    assert not is_removable("/dev/nvme0n1p2", blocks)
    assert not is_removable("//nas/chung", blocks)


def test_labels_are_read_as_their_owner_wrote_them(tmp_path: Path) -> None:
    (tmp_path / "sdb1").touch()
    (tmp_path / r"USB\x20c\xc3\xa1n\x20b\xe1\xbb\x99").symlink_to(tmp_path / "sdb1")
    assert labels(tmp_path) == {str(tmp_path / "sdb1"): "USB cán bộ"}
    assert labels(tmp_path / "nowhere") == {}


def test_each_drive_says_its_room_and_what_it_holds(blocks: Path, tmp_path: Path) -> None:
    found = list(
        asked(
            [
                Mount("/dev/sdb1", tmp_path, "vfat", frozenset({"rw"})),
                Mount("/dev/sdc1", tmp_path, "exfat", frozenset({"ro"})),
                Mount("/dev/sdd1", tmp_path / "pulled out", "vfat", frozenset({"rw"})),
            ],
            {"/dev/sdb1": "USB cán bộ"},
            blocks,
        )
    )
    usage = os.statvfs(tmp_path)
    assert [(drive.label, drive.removable, drive.read_only) for drive in found] == [
        ("USB cán bộ", True, False),
        ("", True, True),
    ]
    assert found[0].total == usage.f_frsize * usage.f_blocks
    assert 0 < found[0].free <= found[0].total
    assert (found[0].largest_file, found[1].largest_file) == (2**32 - 1, None)


def test_this_machines_own_drives_are_there() -> None:
    for drive in drives():
        assert drive.folder.is_dir()
        assert drive.total >= drive.free >= 0
    flags = [drive.removable for drive in drives()]
    assert flags == sorted(flags, reverse=True), "removable ones first"


class Kernel32:
    """What Windows would answer: A: a card reader without a card, C: the disk, D: a DVD, E: a stick."""

    kinds: ClassVar = {"A": 2, "C": 3, "D": 5, "E": 2}
    volumes: ClassVar = {"C": ("", "NTFS", 0, 50, 500), "E": ("USB xã", "FAT32", 0x00080000, 7, 8)}

    def GetLogicalDrives(self) -> int:
        return sum(1 << (ord(letter) - ord("A")) for letter in self.kinds)

    def GetDriveTypeW(self, root: str) -> int:
        return self.kinds[root[0]]

    def GetVolumeInformationW(self, root: str, label: Any, *rest: Any) -> int:
        volume = self.volumes.get(root[0])
        if volume is None:
            return 0
        label.value = volume[0]
        ctypes.cast(rest[3], ctypes.POINTER(ctypes.c_uint32))[0] = volume[2]
        rest[4].value = volume[1]
        return 1

    def GetDiskFreeSpaceExW(self, root: str, free: Any, total: Any, _all: Any) -> int:
        ctypes.cast(free, ctypes.POINTER(ctypes.c_uint64))[0] = self.volumes[root[0]][3]
        ctypes.cast(total, ctypes.POINTER(ctypes.c_uint64))[0] = self.volumes[root[0]][4]
        return 1


def test_letters_of_windows() -> None:
    found = [
        (str(d.folder), d.label, d.free, d.total, d.file_system, d.removable, d.read_only, d.largest_file)
        for d in drives_of(Kernel32())
    ]
    assert found == [
        ("C:\\", "", 50, 500, "NTFS", False, False, None),
        ("E:\\", "USB xã", 7, 8, "FAT32", True, True, 2**32 - 1),
    ]


# --- a real disk ------------------------------------------------------------------------------------------


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 8 MB on a loop device, mounted where sticks are."""
    image, where = tmp_path / "stick.img", Path(tempfile.mkdtemp(prefix="USB ", dir="/mnt"))
    image.touch()
    os.truncate(image, 8_000_000)
    subprocess.run(["mkfs.ext4", "-q", "-m", "0", "-L", "CAN BO", str(image)], check=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(where)], check=True)
    yield where
    subprocess.run(["umount", str(where)], check=True)
    where.rmdir()


def the(where: Path) -> Drive:
    (found,) = [drive for drive in drives() if drive.folder == where]
    return found


def test_a_disk_that_was_plugged_in_is_listed_and_gone_when_pulled_out(stick: Path) -> None:
    found = the(stick)
    assert (found.file_system, found.read_only) == ("ext4", False)
    assert found.label in ("CAN BO", stick.name), "its own name where the system tells it"
    assert 5_000_000 < found.free < found.total < 8_000_000
    subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)
    assert the(stick).read_only
    subprocess.run(["umount", str(stick)], check=True)
    try:
        assert [drive for drive in drives() if drive.folder == stick] == []
    finally:
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(stick)], check=True)


def told(where: Path, size: int) -> list[str]:
    """The advice before anything is written."""
    found = CHANNEL.check(str(where), (DeliveryFile("x.asice", size),))
    assert all(render(one) for one in found)
    return [one.id for one in found]


def test_each_fault_of_a_medium_is_advice(stick: Path) -> None:
    """Full, write-protected, pulled out; told before writing where it can be known, and when it happens."""
    assert told(stick, 1_000_000) == []
    assert told(stick, 9_000_000) == ["delivery.no_space"]
    assert told(stick / "không có", 1) == ["delivery.no_folder"]
    (stick / "other").write_bytes(bytes(the(stick).free - 500_000))
    assert told(stick, 1_000_000) == ["delivery.no_space"]
    with pytest.raises(KnownError) as caught:
        folder.place(stick, "x.asice", 1, lambda file: file.write(bytes(3_000_000)), lambda _part, _n: True)
    assert caught.value.code == "delivery.disk_full"
    assert sorted(path.name for path in stick.iterdir()) == ["lost+found", "other"]
    subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)
    assert told(stick, 10) == ["delivery.read_only"]
    with pytest.raises(KnownError) as caught:
        folder.place(stick, "x.asice", 1, lambda file: file.write(b"x"), lambda _part, _n: True)
    assert caught.value.code == "delivery.read_only"


def test_fat32_ends_at_four_gib_less_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    there = Destination(tmp_path, 2**40, "vfat")
    monkeypatch.setattr(folder_channel, "look_at", lambda _folder: there)
    assert told(tmp_path, 2**32 - 1) == []
    assert told(tmp_path, 2**32) == ["delivery.fat_limit"]
