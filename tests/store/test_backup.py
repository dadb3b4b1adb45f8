"""Backups hold everything, are verified, cost little, and are there whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cchc_desktop.domain.backup import Backup, BackupReason
from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.language import render
from cchc_desktop.message import Message
from cchc_desktop.services import backups as service
from cchc_desktop.services import evidence
from cchc_desktop.store import answers, backup, journal
from cchc_desktop.store.backup_files import Pool
from cchc_desktop.store.profile import Profile, open_profile


def explain(profile: Profile, round_id: str, text: str, where: str = "a") -> None:
    profile.write(lambda change: answers.set_explanation(change, round_id, where, text))


def add_file(profile: Profile, round_id: str, name: str, content: bytes) -> None:
    source = profile.folder.parent / name
    source.write_bytes(content)
    link = EvidenceLink(LinkKind.ROW, "r1")
    evidence.add(profile, round_id, source, EvidenceRecord("1"), [link])


def make(profile: Profile, reason: BackupReason = BackupReason.DEMAND) -> Backup:
    root = backup.own_root(profile.folder)
    return profile.read(lambda db: backup.make(db, profile.folder, root, reason))


def test_a_backup_holds_the_database_with_its_log_and_all_evidence(profile: Profile, round_id: str) -> None:
    explain(profile, round_id, "còn trong nhật ký ghi trước")
    add_file(profile, round_id, "a.pdf", b"%PDF-1.7\n" + b"a" * 5000)
    made = make(profile)
    end = profile.read(journal.head)
    assert (made.content.head.seq, made.content.head.hash) == (end.seq, end.hash)
    assert made.content.counts["answers"] == 1
    assert made.content.counts["evidence"] == 1
    assert made.content.unit == "UBND xã Ea Kao"
    (file,) = made.content.files
    assert Pool(made.folder.parent).place(file.sha256).read_bytes() == b"%PDF-1.7\n" + b"a" * 5000
    plain = sqlite3.connect(f"file:{made.folder / 'cchc.sqlite3'}?mode=ro", uri=True)
    assert plain.execute("SELECT explanation FROM answers").fetchall() == [("còn trong nhật ký ghi trước",)]
    plain.close()
    assert sorted(entry.name for entry in made.folder.iterdir()) == ["backup.json", "cchc.sqlite3"]


def test_the_tenth_backup_costs_its_database_only(profile: Profile, round_id: str) -> None:
    """Evidence is linked where the file system can: ten backups, one content on the disk."""
    for number in range(20):
        add_file(profile, round_id, f"{number}.pdf", b"%PDF-1.7\n" + os.urandom(100_000))
    made = [make(profile) for _ in range(10)]
    size = made[-1].content.database.size
    assert [one.added for one in made] == [size] * 10
    (first, *_rest) = made[0].content.files
    pool = Pool(made[0].folder.parent)
    assert pool.place(first.sha256).stat().st_ino == (profile.folder / first.path).stat().st_ino
    assert pool.place(first.sha256).stat().st_nlink == 2


def test_where_links_are_impossible_each_content_is_copied_once(
    profile: Profile, round_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAT and exFAT, or a second drive."""

    def refused(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    add_file(profile, round_id, "a.pdf", b"%PDF-1.7\n" + b"a" * 100_000)
    first, second = make(profile), make(profile)
    content = 9 + 100_000
    assert first.added == first.content.database.size + content
    assert second.added == second.content.database.size


def test_what_links_share_outlives_the_profile(profile: Profile, round_id: str) -> None:
    add_file(profile, round_id, "a.pdf", b"%PDF-1.7\n" + b"a" * 5000)
    made = make(profile)
    shutil.rmtree(profile.folder / "evidence")
    assert backup.missing_files(made, thorough=True) == ()


def test_damaged_evidence_does_not_get_in_and_is_named(profile: Profile, round_id: str) -> None:
    add_file(profile, round_id, "a.pdf", b"%PDF-1.7\n" + b"a" * 5000)
    (path,) = profile.folder.glob("evidence/??/*")
    path.write_bytes(b"spoilt")
    made = make(profile)
    assert made.content.files == ()
    assert made.content.absent == (path.relative_to(profile.folder).as_posix(),)


def test_evidence_that_is_spoilt_later_is_still_good_in_a_copied_backup(
    profile: Profile, round_id: str, tmp_path: Path
) -> None:
    add_file(profile, round_id, "a.pdf", b"%PDF-1.7\n" + b"a" * 5000)
    drive = tmp_path / "ổ hai"
    drive.mkdir()
    second = tmp_path / "ổ hai" / "b"
    made = profile.read(lambda db: backup.make(db, profile.folder, second, BackupReason.DEMAND))
    shutil.rmtree(second / "files")
    again = profile.read(lambda db: backup.make(db, profile.folder, second, BackupReason.DEMAND))
    assert backup.missing_files(again, thorough=True) == ()
    assert backup.missing_files(made, thorough=True) == ()


def test_a_database_that_reads_back_otherwise_is_no_backup(
    profile: Profile, round_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick that forgets what was written to it."""
    explain(profile, round_id, "x")
    real = backup.write_whole

    def forget(path: Path, content: bytes) -> None:
        real(path, content)
        database = path.parent / "cchc.sqlite3"
        database.write_bytes(database.read_bytes()[:-4096] + bytes(4096))

    monkeypatch.setattr(backup, "write_whole", forget)
    with pytest.raises(KnownError) as fault:
        make(profile)
    assert fault.value.code == "backup.not_verified"
    assert "nguyên vẹn" in render(fault.value.message)
    root = backup.own_root(profile.folder)
    assert backup.backups(root) == ()
    assert [entry.name for entry in root.iterdir()] == []


def test_stopping_leaves_nothing_behind(profile: Profile, round_id: str) -> None:
    add_file(profile, round_id, "a.pdf", b"%PDF-1.7\n" + b"a" * 5000)
    progress = Progress()

    def report(step: Message, _done: int, _total: int) -> None:
        if step.id == "backup.step_files":
            progress.stop()

    progress.report = report
    root = backup.own_root(profile.folder)
    with pytest.raises(Cancelled):
        profile.read(lambda db: backup.make(db, profile.folder, root, BackupReason.DEMAND, progress))
    assert backup.backups(root) == ()
    assert not list(root.glob("*.part"))
    explain(profile, round_id, "và ghi tiếp được")


def test_half_backups_of_a_killed_program_are_swept_away(profile: Profile) -> None:
    root = backup.own_root(profile.folder)
    half = root / "000007.part"
    half.mkdir(parents=True)
    (half / "cchc.sqlite3").write_bytes(b"half")
    (root / "files").mkdir()
    (root / "files" / "x.part").write_bytes(b"half")
    made = make(profile)
    assert backup.backups(root)[0].folder == made.folder
    assert not list(root.rglob("*.part"))


def test_thinning_removes_old_backups_and_what_only_they_held(profile: Profile, round_id: str) -> None:
    """Forty days of one backup a day; 2026-01-01 is a Thursday.

    Kept: the last 7 days (3-9/2), Sundays of the weeks before (18/1, 25/1, 1/2; with 8/2 and 9/2 above these
    are five weeks), and the last of January (31/1).
    """
    root, day = backup.own_root(profile.folder), datetime(2026, 1, 1, 10, tzinfo=UTC)
    office = profile.folder / "forms" / "pack.json"
    office.parent.mkdir()
    for number in range(40):
        office.write_text(f"bản {number}")
        at = day + timedelta(days=number)
        profile.read(
            lambda db, at=at: backup.make(db, profile.folder, root, BackupReason.CLOSE, now=lambda: at)
        )
    left = [one.content.made_at.strftime("%d/%m") for one in reversed(backup.backups(root))]
    assert left == [
        *("18/01", "25/01", "31/01", "01/02"),
        *("03/02", "04/02", "05/02", "06/02", "07/02", "08/02", "09/02"),
    ]
    assert len(list(root.glob("files/??/*"))) == len(left)
    for one in backup.backups(root):
        assert backup.missing_files(one, thorough=True) == ()


def test_an_unreadable_backup_keeps_what_it_may_need(profile: Profile, round_id: str) -> None:
    """Its list of files can't be read, so no content is thrown away."""
    add_file(profile, round_id, "a.pdf", b"%PDF-1.7\n" + b"a" * 5000)
    made = make(profile)
    (made.folder / "backup.json").write_text("{")
    stray = Pool(made.folder.parent).place("0" * 64)
    stray.parent.mkdir()
    stray.write_bytes(b"x")
    make(profile)
    assert stray.exists()


def test_the_second_drive_gets_every_backup_too(profile: Profile, round_id: str, tmp_path: Path) -> None:
    drive = tmp_path / "ổ hai"
    drive.mkdir()
    service.set_second_drive(profile, drive)
    explain(profile, round_id, "x")
    assert service.is_due(profile)
    done = service.back_up(profile)
    assert done.second is not None
    assert done.second.content.head == done.backup.content.head
    assert not service.is_due(profile)
    assert [one.second for one in service.backups(profile)] == [False, True]
    shutil.rmtree(drive)
    gone = service.back_up(profile)
    assert gone.second is None
    assert gone.second_fault is not None
    assert str(drive) in render(gone.second_fault)
    with pytest.raises(KnownError, match=r"backup\.second_inside"):
        service.set_second_drive(profile, profile.folder / "backups")


def test_a_backup_is_due_when_something_changed(profile: Profile, round_id: str) -> None:
    assert service.is_due(profile), "there is none"
    service.back_up(profile)
    assert not service.is_due(profile)
    explain(profile, round_id, "mới")
    assert service.is_due(profile)


def test_editing_goes_on_while_a_backup_is_made(profile: Profile, round_id: str) -> None:
    """The backup is of one state, and the edits made meanwhile are saved at once."""
    explain(profile, round_id, "trước")
    progress, edits = Progress(), list[str]()

    def report(step: Message, _done: int, _total: int) -> None:
        if step.id == "backup.step_database":
            edits.append(f"giữa chừng {len(edits)}")
            explain(profile, round_id, edits[-1])

    progress.report = report
    before = profile.read(journal.head)
    root = backup.own_root(profile.folder)
    made = profile.read(lambda db: backup.make(db, profile.folder, root, BackupReason.DEMAND, progress))
    assert edits
    assert made.content.head.seq == before.seq
    profile.close()
    with open_profile(profile.folder) as again:
        assert again.read(lambda db: answers.of_round(db, round_id))["a"].explanation == edits[-1]
