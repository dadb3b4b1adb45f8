"""On which drives a profile may lie: mount tables, real mounts, and the way out where it may not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import restoring
from cchc_desktop.store import drive
from cchc_desktop.store.drive import DriveKind, drive_kind
from cchc_desktop.store.profile import Profile, create_profile, open_profile
from tests.faults.damages import facts
from tests.faults.mounted import played
from tests.store.test_backup import add_file, explain

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro
40 22 0:45 / /mnt/so\\040noi\\040vu rw,relatime - cifs //may-chu/chung rw,vers=3.1.1,cache=strict,username=vp
41 22 0:46 / /home/a/xa rw - fuse.sshfs a@b:/ rw
42 22 8:17 / /media/a/USB rw - vfat /dev/sdb1 rw
43 22 8:33 / /mnt/o-cung-hai rw - ext4 /dev/sdc1 rw
44 22 8:49 / /mnt/the-nho rw - exfat /dev/sdd1 rw
45 22 0:50 / /tmp rw - tmpfs tmpfs rw
61 22 0:51 / /mnt/tu-dong rw,relatime shared:30 - autofs /etc/auto.nfs rw,fd=7,pgrp=812,timeout=300,minproto=5
62 61 0:52 / /mnt/tu-dong/van-phong rw,relatime shared:31 - nfs4 10.0.0.5:/srv/vp rw,vers=4.2,hard,proto=tcp
63 22 0:53 / /run/user/1000/gvfs rw,nosuid,nodev,relatime shared:33 - fuse.gvfsd-fuse gvfsd-fuse rw
64 22 0:54 / /mnt/c rw,noatime - 9p C:\\134 rw,dirsync,aname=drvfs;path=C:\\;uid=1000,access=client
65 22 0:55 / /media/sf_chung rw,nodev,relatime - vboxsf chung rw,iocharset=utf8,uid=0,gid=998,dmode=0770
66 22 0:56 / /mnt/hgfs rw,relatime shared:40 - fuse.vmhgfs-fuse vmhgfs-fuse rw,user_id=0,allow_other
67 22 0:57 / /var/lib/docker/overlay2/x/merged rw,relatime - overlay overlay rw,lowerdir=/l,upperdir=/u
68 22 253:2 / /home rw,relatime shared:41 - btrfs /dev/mapper/luks-4f2a rw,ssd,space_cache=v2,subvol=/@home
69 22 8:65 / /mnt/hai-lop rw - autofs systemd-1 rw
70 69 8:17 / /mnt/hai-lop rw - vfat /dev/sdb1 rw
"""
"""Lines as Debian, WSL and VirtualBox write them: of disks, shares, shared folders of virtual PCs, sticks."""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/a/hồ sơ", DriveKind.LOCAL),
        ("/mnt/so noi vu/hồ sơ", DriveKind.NETWORK),
        ("/mnt/so noi vu khac", DriveKind.LOCAL),
        ("/home/a/xa/sâu/nữa", DriveKind.NETWORK),
        ("/media/a/USB/hồ sơ", DriveKind.REMOVABLE),
        ("/mnt/the-nho", DriveKind.REMOVABLE),
        ("/mnt/o-cung-hai/hồ sơ", DriveKind.LOCAL),
        ("/tmp/x", DriveKind.LOCAL),
        ("/mnt/tu-dong/van-phong/hồ sơ", DriveKind.NETWORK),
        ("/mnt/tu-dong", DriveKind.LOCAL),
        ("/run/user/1000/gvfs/smb-share:server=may-chu,share=chung/xa", DriveKind.NETWORK),
        ("/mnt/c/Users/vp/hồ sơ", DriveKind.NETWORK),
        ("/media/sf_chung/hồ sơ", DriveKind.NETWORK),
        ("/mnt/hgfs/chung", DriveKind.NETWORK),
        ("/var/lib/docker/overlay2/x/merged/hồ sơ", DriveKind.LOCAL),
        ("/home/vp/hồ sơ", DriveKind.LOCAL),
        ("/mnt/hai-lop/hồ sơ", DriveKind.REMOVABLE),
    ],
)
def test_network_and_removable_drives_are_known(place: str, kind: DriveKind, tmp_path: Path) -> None:
    """A mount table by hand: sdb hangs on USB, sdd says "removable", sdc and the root are disks inside."""
    mounts, devices = tmp_path / "mountinfo", tmp_path / "block"
    mounts.write_text(MOUNTS, encoding="utf-8")
    for device, real, removable in (
        ("8:1", "pci0000:00/ata1/block/sda/sda1", "0"),
        ("8:17", "pci0000:00/usb2/2-1/block/sdb/sdb1", "0"),
        ("8:33", "pci0000:00/ata2/block/sdc/sdc1", "0"),
        ("8:49", "pci0000:00/mmc/block/sdd/sdd1", "1"),
    ):
        there = tmp_path / "devices" / real
        there.mkdir(parents=True)
        (there.parent / "removable").write_text(f"{removable}\n")
        devices.mkdir(exist_ok=True)
        (devices / device).symlink_to(there)
    assert drive_kind(Path(place), mounts, devices) is kind


def test_this_machine_s_own_disk_is_local(tmp_path: Path) -> None:
    assert drive_kind(tmp_path) is DriveKind.LOCAL
    assert drive_kind(Path("/dev/shm")) is DriveKind.LOCAL


def test_real_mounts_are_seen_for_what_they_are(tmp_path: Path) -> None:
    """A profile is made on every local one; on a network drive nothing is even tried."""
    found = played("tests.faults.real_mounts", "all", tmp_path / "gắn")
    assert "tmpfs" in found
    for name, (kernel, kind, said) in found.items():
        wanted = {"tmpfs": "tmpfs", "overlay": "overlay", "sshfs": "fuse.sshfs", "second_disk": "ext4"}
        assert kernel == wanted.get(name, kernel)
        if name == "sshfs":
            assert kind == DriveKind.NETWORK
            code, sentence = said
            assert code == "store.network_drive"
            assert "Chép hồ sơ về ổ cứng của máy này" in sentence
        else:
            assert (kind, said) == (DriveKind.LOCAL, None), name


def test_the_way_out_can_be_taken(
    profile: Profile, round_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the window and `cchc restore --from FOLDER` do: the profile is copied here, opens, and holds all."""
    add_file(profile, round_id, "a.pdf", b"%PDF-1.7\n" + b"a" * 5000)
    explain(profile, round_id, "ở ổ mạng")
    profile.close()
    there, here = profile.folder, tmp_path / "máy này"
    before = facts(there)
    files = {path: path.read_bytes() for path in there.rglob("*") if path.is_file()}
    monkeypatch.setattr(
        drive, "drive_kind", lambda folder: DriveKind.NETWORK if folder == there else DriveKind.LOCAL
    )
    with pytest.raises(KnownError, match=r"store\.network_drive"):
        open_profile(there)
    restoring.restore_backup(here, restoring.take_folder(here, there))
    open_profile(here).close()
    assert facts(here) == before
    assert {path: path.read_bytes() for path in there.rglob("*") if path.is_file()} == files


@pytest.mark.parametrize("kind", [DriveKind.NETWORK, DriveKind.REMOVABLE])
def test_a_profile_there_is_refused_with_a_way_out(
    kind: DriveKind, profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile.close()
    before = {path: path.read_bytes() for path in profile.folder.rglob("*") if path.is_file()}
    monkeypatch.setattr(drive, "drive_kind", lambda _folder: kind)
    for work in (
        lambda: open_profile(profile.folder),
        lambda: create_profile(tmp_path / "mới", lambda _change: None),
        lambda: restoring.take_folder(tmp_path / "mới", profile.folder),
    ):
        with pytest.raises(KnownError) as fault:
            work()
        assert fault.value.code == f"store.{kind.value}_drive"
        assert re.search("Chép hồ sơ về ổ cứng của máy này", render(fault.value.message))
    assert {path: path.read_bytes() for path in profile.folder.rglob("*") if path.is_file()} == before
    # The portable folder beside the program is where the user wanted it.
    monkeypatch.setattr(drive, "portable_data_folder", lambda: profile.folder)
    open_profile(profile.folder).close()
