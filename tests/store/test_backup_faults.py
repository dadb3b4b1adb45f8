"""Full, limited, read-only and failing disks while backing up, carrying, restoring and upgrading.

Each ends in a sentence, the profile as it was, and no half backup; and all works when the disk does again.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cchc_desktop.domain.backup import BackupReason
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.services import backups
from cchc_desktop.store import answers, backup, drive, journal
from cchc_desktop.store.drive import DriveKind, drive_kind
from cchc_desktop.store.profile import Profile, create_profile, open_profile
from tests.kills.later_version import pretend
from tests.store.test_backup import explain

ROOT = Path(__file__).resolve().parents[2]


UNCLEAR = ("backup.input_output", "store.input_output")
"""SQLite tells a quota from a broken disk only where the system says "full"."""


def played(scene: str, folder: Path) -> dict[str, Any]:
    """What the scene told, played in a mount space of its own (also where we are not root)."""
    folder.mkdir()
    rights = [] if os.geteuid() == 0 else ["--map-root-user"]
    answer = subprocess.run(
        ["unshare", "--mount", *rights, sys.executable, "-m", "tests.store.faulty_backup", scene, folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


@pytest.mark.parametrize(
    ("scene", "plain", "codes"),
    [
        ("full", "No space left on device", {"backup.disk_full", "store.disk_full"}),
        ("quota", "File too large", {"backup.disk_full", "store.disk_full", *UNCLEAR}),
        ("read_only", "Read-only file system", {"backup.read_only", "store.read_only"}),
    ],
)
def test_nothing_is_lost_and_it_is_said(scene: str, plain: str, codes: set[str], tmp_path: Path) -> None:
    told = played(scene, tmp_path / "ổ đĩa")
    assert told["plain"] == plain, "the disk has the fault at all"
    for what in ("restore", "upgrade", "backup", "carry"):
        code, sentence = told[what]
        assert code in codes, (what, code)
        assert str(tmp_path / "ổ đĩa") in sentence
    assert told["target"] is False, "no half file to carry"
    assert told["after"][:3] == ["sau bản đầu", True, True]
    assert told["kept"][:3] == ["sau bản đầu", True, True]
    assert told["kept"][4] == 0, "no half backup is left"
    assert told["at last"][:3] == ["sau bản đầu", True, True]
    assert told["at last"][3] > told["kept"][3]


def test_a_full_second_drive_does_not_hinder_the_backup_here(tmp_path: Path) -> None:
    told = played("second_drive_full", tmp_path / "ổ đĩa")
    assert told["here"]
    assert told["second"] == "backup.disk_full"
    assert told["left"] == []
    assert told["after"][:3] == ["đã lưu", True, True]


FAILING = """
import os, pathlib, sys
from cchc_desktop.domain.backup import BackupReason
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import backups, restoring
from cchc_desktop.store import answers, rounds
from cchc_desktop.store.profile import open_profile
from tests.kills.later_version import pretend
import cchc_desktop.language.vi.store, cchc_desktop.language.vi.backup, sqlite_utils
moment, folder = sys.argv[1], pathlib.Path(sys.argv[2])
kept = restoring.candidates(folder)[0]
def work():
    if moment == "restoring":
        restoring.restore_backup(folder, kept)
        return
    if moment == "migrating":
        pretend(1)
    profile = open_profile(folder)
    try:
        if moment == "backing up":
            backups.back_up(profile)
        if moment == "editing":
            round_id = profile.read(rounds.all_rounds)[0].id
            profile.write(lambda change: answers.set_explanation(change, round_id, "b", "mới"))
    finally:
        profile.close()
try:
    work()
    print("done", flush=True)
except KnownError as error:
    print(error.code, render(error.message), flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("call", ["fsync,fdatasync", "write,pwrite64"])
@pytest.mark.parametrize("moment", ["editing", "backing up", "restoring", "migrating"])
def test_a_disk_that_fails_is_told_and_the_profile_still_opens(
    moment: str, call: str, profile: Profile, round_id: str, tmp_path: Path
) -> None:
    """A failing layer beneath: from the n-th call on, every such call of the process gives EIO."""
    explain(profile, round_id, "đã lưu")
    backups.back_up(profile)
    profile.close()
    said = set()
    for number in (1, 2, 4, 8, 16):
        paths = [f"--trace-path={path}" for path in every_path(profile.folder)]
        answer = subprocess.run(
            [
                *("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}"),
                *("-e", f"inject={call}:error=EIO:when={number}+", *paths),
                *(sys.executable, "-c", FAILING, moment, str(profile.folder)),
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in answer.stderr, answer.stderr
        assert answer.returncode == 0, answer.stderr
        said.add(answer.stdout.split(" ")[0].strip())
        with opened_by_either_version(profile.folder) as again:
            assert again.read(lambda db: answers.of_round(db, round_id))["a"].explanation == "đã lưu"
            assert again.read(journal.verify_chain) is None
            assert again.read(journal.verify_rows) is None
        pretend(0)
        for one in backup.backups(backup.own_root(profile.folder)):
            assert backup.fault(one.folder, one.content) == ""
    assert said - {"done"} <= {
        *("store.input_output", "backup.input_output", "backup.not_verified", "store.disk_full"),
    }, said
    assert said != {"done"}, "the fault was met"


def every_path(folder: Path) -> list[Path]:
    """Where the process may write: what is there, and the names that it will make."""
    found = [folder, *folder.rglob("*")]
    root = backup.own_root(folder)
    names = ("cchc.sqlite3", "backup.json", "cchc.sqlite3-journal")
    more = [root / f"{number:06d}.part" / name for number in range(1, 9) for name in names]
    beside = [folder / f"cchc.sqlite3{suffix}" for suffix in ("-wal", "-journal", ".new")]
    return [*found, *more, *beside]


def opened_by_either_version(folder: Path) -> Profile:
    try:
        return open_profile(folder)
    except KnownError as error:
        assert error.code == "store.newer"
        pretend(1)
        return open_profile(folder)


def test_a_clock_that_jumps_back_keeps_order_and_every_edit(profile: Profile, round_id: str) -> None:
    """The newest backup is the one made last, although the clock says 2010; nothing newer is thinned away."""
    root = backup.own_root(profile.folder)
    times = [vietnam_now() + timedelta(days=day) for day in range(5)]
    back = datetime(2010, 1, 1, 7, tzinfo=times[0].tzinfo)
    for number, at in enumerate([*times, *(back + timedelta(minutes=n) for n in range(5))]):
        explain(profile, round_id, f"{number}")
        profile.read(
            lambda db, at=at: backup.make(db, profile.folder, root, BackupReason.CLOSE, now=lambda: at)
        )
    newest = backup.backups(root)[0]
    assert newest.content.made_at == back + timedelta(minutes=4)
    assert newest.content.head.seq == profile.read(journal.head).seq
    assert not backups.is_due(profile)
    assert profile.read(journal.verify_chain) is None


def test_the_journal_takes_edits_whatever_the_clock_says(profile: Profile, round_id: str) -> None:
    """A real clock that jumps back five years between two edits (libfaketime is not needed: a time
    namespace shifts only monotonic clocks, so the program is told another `datetime`)."""
    from cchc_desktop.store import change

    class Past(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime(2021, 1, 1, tzinfo=tz)

    explain(profile, round_id, "hôm nay")
    real = change.datetime
    try:
        change.datetime = Past  # type: ignore[misc]
        explain(profile, round_id, "năm 2021", where="b")
    finally:
        change.datetime = real  # type: ignore[misc]
    explain(profile, round_id, "lại hôm nay", where="c")
    assert profile.read(journal.verify_chain) is None
    assert sorted(profile.read(lambda db: answers.of_round(db, round_id))) == ["a", "b", "c"]


MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:45 / /mnt/so\\040noi\\040vu rw,relatime - cifs //may-chu/chung rw
41 22 0:46 / /home/a/xa rw - fuse.sshfs a@b:/ rw
42 22 8:17 / /media/a/USB rw - vfat /dev/sdb1 rw
43 22 8:33 / /mnt/o-cung-hai rw - ext4 /dev/sdc1 rw
44 22 8:49 / /mnt/the-nho rw - exfat /dev/sdd1 rw
45 22 0:50 / /tmp rw - tmpfs tmpfs rw
"""


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


@pytest.mark.parametrize("kind", [DriveKind.NETWORK, DriveKind.REMOVABLE])
def test_a_profile_there_is_refused_with_a_way_out(
    kind: DriveKind, profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cchc_desktop.language import render

    profile.close()
    before = {path: path.read_bytes() for path in profile.folder.rglob("*") if path.is_file()}
    monkeypatch.setattr(drive, "drive_kind", lambda _folder: kind)
    for work in (
        lambda: open_profile(profile.folder),
        lambda: create_profile(tmp_path / "mới", lambda _change: None),
    ):
        with pytest.raises(KnownError) as fault:
            work()
        assert fault.value.code == f"store.{kind.value}_drive"
        assert re.search("Chép hồ sơ về ổ cứng của máy này", render(fault.value.message))
    assert {path: path.read_bytes() for path in profile.folder.rglob("*") if path.is_file()} == before
    # The portable folder beside the program is where the user wanted it.
    monkeypatch.setattr(drive, "portable_data_folder", lambda: profile.folder)
    open_profile(profile.folder).close()
