"""What else happens on small disks: making a profile, closing it, reading an old one, a second drive.

    unshare --mount … python -m tests.faults.small_disks SCENE FOLDER

FOLDER is empty; the scene mounts over it what it needs, and nobody else sees that.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from cchc_desktop.domain.evidence import EvidenceRecord
from cchc_desktop.services import backups, checking, evidence
from cchc_desktop.store import answers, backup, journal, rounds
from cchc_desktop.store.profile import Profile, old_profile, open_profile
from tests.faults.moments import told
from tests.faults.mounted import mount, plain_write_fails
from tests.store.conftest import new_profile

Scene = dict[str, object]


def explain(profile: Profile, round_id: str, where: str, text: str) -> None:
    profile.write(lambda change: answers.set_explanation(change, round_id, where, text))


def full(folder: Path) -> Scene:
    mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder))
    profile, first = new_profile(folder / "hồ sơ")
    explain(profile, first.id, "trước", "đã lưu")
    ballast = folder / "đầy"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass
    found: Scene = {"plain": plain_write_fails(folder)}
    saved, fault = 0, None
    while fault is None and saved < 1000:
        fault = told(lambda n=saved: explain(profile, first.id, f"r{n}", "chữ " * 200))
        saved += fault is None
    found["edit"], found["saved"] = fault, saved
    source = folder.parent / "minh-chung.pdf"
    source.write_bytes(b"%PDF-1.7\n" + b"y" * 200_000)
    found["evidence"] = told(lambda: evidence.add(profile, first.id, source, EvidenceRecord()))
    found["create"] = told(lambda: new_profile(folder / "khác"))
    found["parts"] = [path.name for path in folder.rglob("*.part")]
    found["read"] = sorted(profile.read(lambda db: answers.of_round(db, first.id)))[-1]
    ballast.unlink()
    explain(profile, first.id, "sau", "lại lưu được")
    found["evidence after"] = told(lambda: evidence.add(profile, first.id, source, EvidenceRecord()))
    profile.close()
    with open_profile(folder / "hồ sơ") as again:
        stated = again.read(lambda db: answers.of_round(db, first.id))
        found["kept"] = len(stated)
        found["chain"] = again.read(journal.verify_chain) is None and again.read(journal.verify_rows) is None
    return found


def full_at_close(folder: Path) -> Scene:
    """A disk that is full when the log is folded in: closing loses nothing."""
    mount("-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder))
    profile, first = new_profile(folder / "hồ sơ")
    for number in range(60):
        explain(profile, first.id, f"r{number}", "chữ " * 20)
    with (folder / "đầy").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 512)
        except OSError:
            pass
    found: Scene = {"plain": plain_write_fails(folder)}
    profile.close()
    with open_profile(folder / "hồ sơ") as again:
        found["kept"] = len(again.read(lambda db: answers.of_round(db, first.id)))
    return found


def read_only(folder: Path) -> Scene:
    mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder))
    profile, first = new_profile(folder / "hồ sơ")
    explain(profile, first.id, "trước", "đã lưu")
    profile.close()
    before = {path.name: path.read_bytes() for path in (folder / "hồ sơ").iterdir()}
    mount("-o", "remount,ro", str(folder))
    found: Scene = {"plain": plain_write_fails(folder)}
    found["open"] = told(lambda: open_profile(folder / "hồ sơ"))
    found["create"] = told(lambda: new_profile(folder / "khác"))
    found["same"] = before == {path.name: path.read_bytes() for path in (folder / "hồ sơ").iterdir()}
    # Old profiles may lie on a disk that can't be written: they are only read.
    with old_profile(folder / "hồ sơ") as (db, _files):
        found["old"] = [found.year for found in rounds.all_rounds(db)]
    return found


def second_drive_full(folder: Path) -> Scene:
    """The backup here is made all the same; what is wrong with the second drive is said."""
    profile, first = new_profile(folder / "hồ sơ")
    explain(profile, first.id, "trước", "đã lưu")
    source = folder.parent / "minh-chung.pdf"
    source.write_bytes(b"%PDF-1.7\n" + os.urandom(200_000))
    evidence.add(profile, first.id, source, EvidenceRecord())
    drive = folder / "ổ hai"
    drive.mkdir()
    mount("-t", "tmpfs", "-o", "size=200k", "tmpfs", str(drive))
    backups.set_second_drive(profile, drive)
    done = backups.back_up(profile)
    profile.close()
    with open_profile(folder / "hồ sơ") as again:
        stated = again.read(lambda db: answers.of_round(db, first.id))
    return {
        "here": not backup.fault(done.backup.folder, done.backup.content),
        "second": done.second_fault.id if done.second_fault else "",
        "left": [path.name for path in drive.rglob("*.part")],
        "kept": stated["trước"].explanation,
    }


def checking_without_room(folder: Path) -> Scene:
    """The temporary folder has room for a copy of the database and none to work in it, or not even that."""
    profile, first = new_profile(folder / "hồ sơ")
    explain(profile, first.id, "trước", "đã lưu")
    profile.close()
    database = folder / "hồ sơ" / "cchc.sqlite3"
    content = database.read_bytes()
    found: Scene = {}
    for name, room in (("no copy", 64 << 10), ("no work", len(content) + 8192)):
        temporary = folder / name
        temporary.mkdir()
        mount("-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(temporary))
        tempfile.tempdir = str(temporary)
        for what, work in (("check", checking.check), ("repair", checking.repair)):
            found[f"{name}: {what}"] = told(lambda work=work: work(folder / "hồ sơ"))  # type: ignore[misc]
        tempfile.tempdir = None
    found["same"] = database.read_bytes() == content
    found["sound"] = checking.check(folder / "hồ sơ").sound
    return found


SCENES = {
    scene.__name__: scene
    for scene in (full, full_at_close, read_only, second_drive_full, checking_without_room)
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(SCENES[sys.argv[1]](Path(sys.argv[2]))))
