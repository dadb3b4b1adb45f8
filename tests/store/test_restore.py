"""Restoring: what was there is kept, and what differs is said before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import backups, restoring
from cchc_desktop.store import answers, journal, rounds
from cchc_desktop.store.profile import Profile, open_profile
from tests.store.test_backup import add_file, explain


def said(folder: Path, where: str = "a") -> str:
    with open_profile(folder) as profile:
        round_id = profile.read(rounds.all_rounds)[0].id
        assert profile.read(journal.verify_chain) is None
        assert profile.read(journal.verify_rows) is None
        found = profile.read(lambda db: answers.of_round(db, round_id))
        return found[where].explanation if where in found else ""


def test_a_restore_brings_back_and_can_be_taken_back(profile: Profile, round_id: str) -> None:
    explain(profile, round_id, "lúc sao lưu")
    made = backups.back_up(profile).backup
    explain(profile, round_id, "sau đó")
    profile.close()
    assert restoring.restore_backup(profile.folder, made) == ()
    assert said(profile.folder) == "lúc sao lưu"
    restoring.restore_backup(profile.folder, restoring.undo_candidate(profile.folder))
    assert said(profile.folder) == "sau đó"
    restoring.restore_backup(profile.folder, restoring.undo_candidate(profile.folder))
    assert said(profile.folder) == "lúc sao lưu", "the undo itself is undone"


def test_the_log_of_the_old_database_never_meets_the_new_one(profile: Profile, round_id: str) -> None:
    """A killed program leaves its last edits in the -wal; they belong to the state that is kept."""
    explain(profile, round_id, "lúc sao lưu")
    made = backups.back_up(profile).backup
    explain(profile, round_id, "chỉ trong nhật ký ghi trước")
    killed = profile.folder.with_name("bị giết")
    shutil.copytree(profile.folder, killed)
    assert (killed / "cchc.sqlite3-wal").stat().st_size > 0
    found = restoring.number(killed, made.content.number)
    restoring.restore_backup(killed, found)
    assert not (killed / "cchc.sqlite3-wal").exists()
    assert said(killed) == "lúc sao lưu"
    restoring.restore_backup(killed, restoring.undo_candidate(killed))
    assert said(killed) == "chỉ trong nhật ký ghi trước"


def test_the_preview_counts_what_would_be_lost(profile: Profile, round_id: str) -> None:
    """Three edits of answers and one file with one link after the backup: 4 + 1 + ... by the journal."""
    explain(profile, round_id, "lúc sao lưu")
    made = backups.back_up(profile).backup
    for number in range(3):
        explain(profile, round_id, f"sau {number}", where=f"r{number}")
    add_file(profile, round_id, "a.pdf", b"%PDF-1.7\n1")
    found = restoring.preview(profile.folder, made, profile)
    assert found.readable
    assert found.same_profile
    assert found.lost == {"answers": 3, "evidence": 1, "evidence_links": 1}
    assert found.lost_changes == 5
    assert found.gained == 0
    assert found.lost_from is not None
    assert found.lost_to is not None
    assert found.lost_from <= found.lost_to
    subjects = {one.subject: (one.now, one.then) for one in found.subjects}
    assert subjects["answers"] == (4, 1)
    assert subjects["evidence"] == (1, 0)
    assert subjects["rounds"] == (1, 1)
    profile.close()
    assert restoring.preview(profile.folder, made).lost == found.lost
    # After the restore the state before is ahead of what is there.
    restoring.restore_backup(profile.folder, made)
    undone = restoring.preview(profile.folder, restoring.undo_candidate(profile.folder))
    assert (undone.lost_changes, undone.gained) == (0, 5)


def test_the_preview_finds_where_two_histories_part(profile: Profile, round_id: str) -> None:
    """Restored and worked on: two changes are only here, one only there."""
    explain(profile, round_id, "gốc")
    base = backups.back_up(profile).backup
    explain(profile, round_id, "nhánh một", where="b")
    branch = backups.back_up(profile).backup
    profile.close()
    restoring.restore_backup(profile.folder, base)
    with open_profile(profile.folder) as again:
        explain(again, round_id, "nhánh hai", where="c")
        explain(again, round_id, "nhánh hai", where="d")
    found = restoring.preview(profile.folder, branch)
    assert (found.lost_changes, found.gained) == (2, 1)


def test_a_damaged_database_is_kept_raw_before_a_restore(profile: Profile, round_id: str) -> None:
    explain(profile, round_id, "lúc sao lưu")
    made = backups.back_up(profile).backup
    profile.close()
    database = profile.folder / "cchc.sqlite3"
    spoilt = b"\0" * 4096 + database.read_bytes()[4096:]
    database.write_bytes(spoilt)
    found = restoring.preview(profile.folder, made)
    assert not found.readable
    restoring.restore_backup(profile.folder, made)
    assert said(profile.folder) == "lúc sao lưu"
    (kept,) = (profile.folder / "backups").glob("*-damaged")
    assert (kept / "cchc.sqlite3").read_bytes() == spoilt
    with pytest.raises(KnownError) as fault:
        restoring.undo_candidate(profile.folder)
    assert fault.value.code == "backup.undo_damaged"
    assert str(kept) in render(fault.value.message)


def test_evidence_that_is_gone_or_spoilt_comes_back(profile: Profile, round_id: str) -> None:
    add_file(profile, round_id, "a.pdf", b"%PDF-1.7\n" + b"a" * 5000)
    add_file(profile, round_id, "b.pdf", b"%PDF-1.7\n" + b"b" * 5000)
    made = backups.back_up(profile).backup
    profile.close()
    first, second = sorted(profile.folder.glob("evidence/??/*"))
    content = first.read_bytes()
    first.unlink()
    second_content = second.read_bytes()
    second.unlink()
    second.write_bytes(b"x" * len(second_content))
    assert restoring.restore_backup(profile.folder, made) == ()
    assert first.read_bytes() == content
    assert second.read_bytes() == second_content


def test_what_is_nowhere_any_more_is_named(profile: Profile, round_id: str) -> None:
    add_file(profile, round_id, "a.pdf", b"%PDF-1.7\n" + b"a" * 5000)
    made = backups.back_up(profile).backup
    profile.close()
    (path,) = profile.folder.glob("evidence/??/*")
    relative = path.relative_to(profile.folder).as_posix()
    path.unlink()
    shutil.rmtree(profile.folder / "backups" / "files")
    assert restoring.preview(profile.folder, made).missing_files == (relative,)
    assert restoring.restore_backup(profile.folder, made) == (relative,)


def test_a_key_made_since_stays(profile: Profile, round_id: str) -> None:
    """Only files that are missing come back beside evidence: a newer `keys/current` is not turned back."""
    keys = profile.folder / "keys"
    keys.mkdir()
    (keys / "current").write_text("cũ.pem")
    (keys / "cu.pem").write_text("cũ")
    made = backups.back_up(profile).backup
    (keys / "current").write_text("mới.pem")
    (keys / "cu.pem").unlink()
    profile.close()
    restoring.restore_backup(profile.folder, made)
    assert (keys / "current").read_text() == "mới.pem"
    assert (keys / "cu.pem").read_text() == "cũ"


def test_a_spoilt_backup_is_refused_and_nothing_changes(profile: Profile, round_id: str) -> None:
    explain(profile, round_id, "lúc sao lưu")
    made = backups.back_up(profile).backup
    explain(profile, round_id, "hiện tại")
    profile.close()
    database = made.folder / "cchc.sqlite3"
    database.write_bytes(database.read_bytes()[:-1] + b"\xff")
    with pytest.raises(KnownError) as fault:
        restoring.restore_backup(profile.folder, made)
    assert fault.value.code == "backup.backup_damaged"
    assert said(profile.folder) == "hiện tại"
    assert restoring.candidates(profile.folder, sound=True) == ()


def test_a_backup_of_a_newer_program_is_refused(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backups.back_up(profile).backup
    profile.close()
    monkeypatch.setattr("cchc_desktop.store.restore.SCHEMA_VERSION", made.content.schema - 1)
    with pytest.raises(KnownError) as fault:
        restoring.restore_backup(profile.folder, made)
    assert fault.value.code == "backup.newer"
    assert "Cài bản mới" in render(fault.value.message)


def test_an_open_profile_is_not_restored_over(profile: Profile) -> None:
    made = backups.back_up(profile).backup
    with pytest.raises(KnownError, match=r"store\.locked"):
        restoring.restore_backup(profile.folder, made)


def test_a_journal_left_by_a_kill_never_meets_another_database(profile: Profile, round_id: str) -> None:
    """Killed while the log is folded in, SQLite leaves a `-journal`; played back into the restored database
    it would spoil it. It belongs to what is put away."""
    explain(profile, round_id, "lúc sao lưu")
    made = backups.back_up(profile).backup
    profile.close()
    database = profile.folder / "cchc.sqlite3"
    page = database.read_bytes()[4096:8192]
    header = bytes.fromhex("d9d505f920a163d7") + (1).to_bytes(4, "big") + bytes(4)
    header += (database.stat().st_size // 4096).to_bytes(4, "big") + (512).to_bytes(4, "big")
    header += (4096).to_bytes(4, "big")
    total = sum(page[at] for at in range(4096 - 200, 0, -200))
    record = (2).to_bytes(4, "big") + page + total.to_bytes(4, "big")
    for spoilt in (b"", bytes(4096)):
        database.write_bytes(spoilt + database.read_bytes()[len(spoilt) :])
        (profile.folder / "cchc.sqlite3-journal").write_bytes(header.ljust(512, b"\0") + record)
        restoring.restore_backup(profile.folder, made)
        assert not (profile.folder / "cchc.sqlite3-journal").exists()
        assert said(profile.folder) == "lúc sao lưu"
