"""Restoring: what was there is kept, what differs is said before, and nothing foreign is believed."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc_desktop.domain.backup import Backup
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import backups, restoring
from cchc_desktop.store import answers, backup, carried_file, journal, rounds
from cchc_desktop.store.profile import Profile, open_profile
from cchc_desktop.trust.sealed_file import BLOCK, SealBrokenError, SealedReader, SealingWriter
from tests.store.conftest import new_profile
from tests.store.test_backup import add_file, explain

PASSPHRASE = "mật khẩu của văn thư"


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


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "encrypted"])
def test_one_file_carries_the_profile_to_another_pc(
    profile: Profile, round_id: str, tmp_path: Path, passphrase: str | None
) -> None:
    explain(profile, round_id, "mang đi")
    add_file(profile, round_id, "a.pdf", b"%PDF-1.7\n" + os.urandom(3_000_000))
    add_file(profile, round_id, "b.pdf", b"%PDF-1.7\n1")
    carried = backups.carry(profile, tmp_path, passphrase)
    assert carried.name.startswith("UBND xã Ea Kao ")
    assert carried.suffix == ".cchc-backup"
    other = tmp_path / "máy mới"
    taken = restoring.take_file(other, carried, passphrase)
    assert restoring.restore_backup(other, taken) == ()
    assert said(other) == "mang đi"
    for path in profile.folder.glob("evidence/??/*"):
        assert (other / path.relative_to(profile.folder)).read_bytes() == path.read_bytes()
    if passphrase is None:
        assert b"mang \xc4\x91i" in carried.read_bytes()
    else:
        assert b"mang \xc4\x91i" not in carried.read_bytes()


def test_any_tar_program_opens_an_unsealed_file(profile: Profile, round_id: str, tmp_path: Path) -> None:
    """The data can be had without this program."""
    import subprocess

    explain(profile, round_id, "mang đi")
    add_file(profile, round_id, "a.pdf", b"%PDF-1.7\n" + b"a" * 5000)
    carried = backups.carry(profile, tmp_path / "x.cchc-backup")
    out = tmp_path / "mở"
    out.mkdir()
    subprocess.run(["tar", "-xf", carried, "-C", out], check=True, capture_output=True)
    assert sorted(entry.name for entry in out.iterdir()) == ["backup.json", "cchc.sqlite3", "files"]
    plain = sqlite3.connect(out / "cchc.sqlite3")
    assert plain.execute("SELECT explanation FROM answers").fetchall() == [("mang đi",)]
    plain.close()


def test_a_wrong_passphrase_is_told(profile: Profile, tmp_path: Path) -> None:
    carried = backups.carry(profile, tmp_path / "x.cchc-backup", PASSPHRASE)
    with pytest.raises(KnownError, match=r"backup\.sealed"):
        restoring.take_file(tmp_path / "mới", carried)
    with pytest.raises(KnownError) as fault:
        restoring.take_file(tmp_path / "mới", carried, PASSPHRASE + "x")
    assert fault.value.code == "backup.wrong_passphrase"
    assert backup.backups(tmp_path / "mới" / "backups") == ()
    with pytest.raises(KnownError, match=r"backup\.passphrase_short"):
        backups.carry(profile, tmp_path / "y.cchc-backup", "ngắn")
    with pytest.raises(KnownError, match=r"backup\.target_exists"):
        backups.carry(profile, carried)


def _manifest(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Replace within `backup.json`, same length, so that the tar stays well-formed."""
    assert len(old) == len(new)

    def work(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return work


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[:300],
        lambda content: content[: len(content) // 2],
        lambda content: content[:-512],
        lambda content: content + b"x",
        lambda content: content[:-3000] + b"y" + content[-2999:],
        lambda content: b"PK\x03\x04" + content[4:],
        _manifest(b"forms/pack.json", b"../../pack.json"),
        _manifest(b"forms/pack.json", b"/orms/pack.json"),
        _manifest(b"forms/pack.json", b"cchc.sqlite3-wa"),
        _manifest(b"forms/pack.json", b"forms\\\\pack.jso"),
        _manifest(b"forms/pack.json", b"forms/../a.json"),
        _manifest(b"forms/pack.json", b"backups/01/a.bb"),
        _manifest(b'"size": 7', b'"size": 8'),
        _manifest(b'"reason": "carry"', b'"reason": "xarry"'),
        lambda content: content[:124] + b"77777777777" + content[135:],
    ],
    ids=[
        *("empty", "head only", "half", "no end", "more after the end", "a byte in a file", "other file"),
        *("up", "absolute", "database log", "backslash", "up within", "into the backups"),
        *("size", "reason", "announced 8 GB"),
    ],
)
def test_a_foreign_file_is_not_believed(
    profile: Profile, round_id: str, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    """Bounds, paths and digests: nothing is written but below the folder, and no backup comes of it."""
    (profile.folder / "forms").mkdir()
    (profile.folder / "forms" / "pack.json").write_bytes(b"content")
    add_file(profile, round_id, "a.pdf", b"%PDF-1.7\n" + b"a" * 5000)
    carried = backups.carry(profile, tmp_path / "x.cchc-backup")
    carried.write_bytes(spoil(carried.read_bytes()))
    target = tmp_path / "đích" / "mới"
    before = {path for path in tmp_path.rglob("*") if target not in path.parents}
    with pytest.raises(KnownError) as fault:
        restoring.take_file(target, carried)
    assert fault.value.code == "backup.not_a_backup"
    assert "x.cchc-backup" in render(fault.value.message)
    assert backup.backups(backup.own_root(target)) == ()
    after = {path for path in tmp_path.rglob("*") if target not in path.parents}
    assert after - before <= {target.parent, target}
    assert not target.exists() or [path.name for path in target.rglob("*.part")] == []


def sealed(content: bytes) -> bytes:
    out = io.BytesIO()
    writer = SealingWriter(out, PASSPHRASE)
    for start in range(0, len(content), 700_001):
        writer.write(content[start : start + 700_001])
    writer.finish()
    return out.getvalue()


def opened(content: bytes) -> bytes:
    reader = SealedReader(io.BytesIO(content), PASSPHRASE)
    found = bytearray()
    while part := reader.read(300_000):
        found += part
    return bytes(found)


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK])
def test_a_seal_opens_to_what_was_sealed(size: int) -> None:
    content = os.urandom(size)
    assert opened(sealed(content)) == content


def test_a_seal_shows_every_change() -> None:
    """Blocks left out, swapped, cut off, appended, and any changed byte."""
    head, block = 14 + 16 + 7, BLOCK + 16
    whole = sealed(os.urandom(2 * BLOCK + 5))
    first, second, third = whole[head : head + block], whole[head + block : head + 2 * block], whole[-21:]
    start = whole[:head]
    bad = [
        start + second + third,
        start + second + first + third,
        start + first + second,
        start + first + first + second + third,
        whole[:-1],
        whole + b"x",
        start,
        whole[: head - 1] + bytes([whole[head - 1] ^ 1]) + whole[head:],
        whole[:20] + bytes([whole[20] ^ 1]) + whole[21:],
        whole[:-5] + bytes([whole[-5] ^ 1]) + whole[-4:],
    ]
    for content in bad:
        with pytest.raises(SealBrokenError):
            opened(content)


def test_reading_and_writing_a_large_file_needs_little_memory(tmp_path: Path) -> None:
    """200 MB through a seal: the peak stays below 40 MB more than before (scrypt's 128 MB come and go)."""
    import subprocess
    import sys

    code = (
        "import sys, resource, pathlib\n"
        "from cchc_desktop.trust.sealed_file import SealingWriter, SealedReader\n"
        "path = pathlib.Path(sys.argv[1]); block = b'x' * 1_000_000\n"
        "def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "with path.open('wb') as file:\n"
        "    w = SealingWriter(file, 'mật khẩu dài'); before = peak()\n"
        "    [w.write(block) for _ in range(200)]; w.finish()\n"
        "with path.open('rb') as file:\n"
        "    r = SealedReader(file, 'mật khẩu dài'); total = 0\n"
        "    while part := r.read(1 << 20): total += len(part)\n"
        "print(total, peak() - before)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "x"], capture_output=True, text=True, check=True
    )
    total, more = map(int, answer.stdout.split())
    assert total == 200_000_000
    assert more < 40_000


def test_a_second_profile_s_file_is_said_to_be_another(
    profile: Profile, round_id: str, tmp_path: Path
) -> None:
    carried = backups.carry(profile, tmp_path / "x.cchc-backup")
    other, _first = new_profile(tmp_path / "khác")
    other.close()
    taken = restoring.take_file(other.folder, carried)
    assert not restoring.preview(other.folder, taken).same_profile


def test_carried_names_are_safe(tmp_path: Path, profile: Profile) -> None:
    made: Backup = backups.back_up(profile).backup
    assert backups.file_stem(made).startswith("UBND xã Ea Kao ")
    assert carried_file.ENDING == backups.ENDING


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
