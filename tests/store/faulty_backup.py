"""Scenes of backing up, restoring and upgrading on a disk with a fault; see `faulty_disk`, which runs them.

unshare --mount … python -m tests.store.faulty_backup SCENE FOLDER
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from cchc_desktop.domain.backup import BackupReason
from cchc_desktop.domain.evidence import EvidenceRecord
from cchc_desktop.services import backups, evidence, restoring
from cchc_desktop.store import answers, backup, journal, rounds
from cchc_desktop.store.profile import Profile, open_profile
from tests.kills.later_version import pretend
from tests.store.conftest import new_profile
from tests.store.faulty_disk import Told, explain, fault_of, mount, plain_write_fails

UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def made(folder: Path) -> tuple[Profile, str]:
    """A profile with an answer and a file of evidence of 200 kB that can't be packed."""
    profile, first = new_profile(folder / "hồ sơ")
    explain(profile, first.id, "trước", "đã lưu")
    source = folder.parent / "minh-chung.pdf"
    source.write_bytes(b"%PDF-1.7\n" + os.urandom(200_000))
    evidence.add(profile, first.id, source, EvidenceRecord())
    return profile, first.id


def fill_up(folder: Path, leave: int = 0) -> Path:
    ballast = folder / "đầy"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass
        file.truncate(max(0, file.tell() - leave))
    return ballast


def whole(folder: Path) -> list[object]:
    """What the profile says and whether it is sound, and that every listed backup is one."""
    with open_profile(folder / "hồ sơ") as profile:
        round_id = profile.read(rounds.all_rounds)[0].id
        said = profile.read(lambda db: answers.of_round(db, round_id))
        sound = profile.read(journal.verify_chain) is None and profile.read(journal.verify_rows) is None
    root = backup.own_root(folder / "hồ sơ")
    good = [
        not backup.fault(one.folder, one.content) and not backup.missing_files(one, thorough=True)
        for one in backup.backups(root)
    ]
    return [said["trước"].explanation, sound, all(good), len(good), len(list(root.glob("*.part")))]


def try_all(
    folder: Path,
    hinder: Callable[[], object],
    free: Callable[[], object],
    hinder_open: Callable[[], object] | None = None,
) -> Told:
    """Back up, carry, restore and upgrade while hindered; then look, and do them all unhindered.

    `hinder_open` is what can be done while files are open for writing.
    """
    profile, round_id = made(folder)
    first = backups.back_up(profile).backup
    explain(profile, round_id, "trước", "sau bản đầu")
    told: Told = {}
    profile.close()
    hinder()
    told["plain"] = plain_write_fails(folder)
    told["restore"] = fault_of(lambda: restoring.restore_backup(folder / "hồ sơ", first))
    pretend(1)
    told["upgrade"] = fault_of(lambda: open_profile(folder / "hồ sơ").close())
    pretend(0)
    free()
    told["after"] = whole(folder)
    profile = open_profile(folder / "hồ sơ")
    explain(profile, round_id, "khác", "chữ " * 20_000)
    (hinder_open or hinder)()
    told["backup"] = fault_of(lambda: backups.back_up(profile, BackupReason.CLOSE))
    target = folder / "mang đi.cchc-backup"
    told["carry"] = fault_of(lambda: backups.carry(profile, target))
    told["target"] = target.exists()
    free()
    profile.close()
    told["kept"] = whole(folder)
    with open_profile(folder / "hồ sơ") as again:
        last = backups.back_up(again).backup
        backups.carry(again, target)
    restoring.restore_backup(folder / "hồ sơ", last)
    pretend(1)
    told["at last"] = whole(folder)
    return told


def full(folder: Path) -> Told:
    mount("-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder))
    ballast: list[Path] = []
    return try_all(
        folder,
        lambda: ballast.append(fill_up(folder, leave=60_000)),
        lambda: ballast.pop().unlink(),
    )


def quota(folder: Path) -> Told:
    """No file may grow beyond 100 kB: databases and packed files can't be written, small ones can."""
    return try_all(
        folder,
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, resource.RLIM_INFINITY)),
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, UNLIMITED),
    )


def read_only(folder: Path) -> Told:
    mount("-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder))
    root = backup.own_root(folder / "hồ sơ")

    def of_backups() -> None:
        mount("--bind", str(root), str(root))
        mount("-o", "remount,bind,ro", str(root))

    def free() -> None:
        subprocess.run(["umount", root], check=False, capture_output=True)
        mount("-o", "remount,rw", str(folder))

    return try_all(folder, lambda: mount("-o", "remount,ro", str(folder)), free, of_backups)


def second_drive_full(folder: Path) -> Told:
    """The backup here is made all the same; what is wrong with the second drive is said."""
    profile, _round_id = made(folder)
    drive = folder / "ổ hai"
    drive.mkdir()
    mount("-t", "tmpfs", "-o", "size=200k", "tmpfs", str(drive))
    backups.set_second_drive(profile, drive)
    done = backups.back_up(profile)
    profile.close()
    return {
        "here": not backup.fault(done.backup.folder, done.backup.content),
        "second": done.second_fault.id if done.second_fault else "",
        "left": [path.name for path in drive.rglob("*.part")],
        "after": whole(folder),
    }


SCENES = {scene.__name__: scene for scene in (full, quota, read_only, second_drive_full)}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(SCENES[sys.argv[1]](Path(sys.argv[2]))))
