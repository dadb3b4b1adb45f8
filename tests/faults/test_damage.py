"""A profile damaged in many ways: each time it is repaired or rescued, and what was lost is said exactly.

What was lost is worked out from both databases by SQLite alone (`damages.facts`) and held against the words.
"""

from __future__ import annotations

import re
import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from cchc_desktop.domain.profile_check import CheckReport, CheckStep
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import backups, checking, restoring
from cchc_desktop.store import journal
from cchc_desktop.store.profile import open_profile
from tests.faults import damages
from tests.faults.damages import DAMAGES, LOG_DAMAGES, Facts, database, facts

HISTORY = re.compile(r"Mất (\d+) dòng nhật ký, từ dòng (\d+) đến dòng (\d+)\.")
CONTENT = re.compile(r"Trong đó (\d+) thay đổi mất cả nội dung, ghi sau (\d\d:\d\d) ngày (\d\d/\d\d/\d{4})\.")
AFTER = re.compile(r"Mất những thay đổi sau (\d\d:\d\d) ngày (\d\d/\d\d/\d{4}), nếu có")
FOREIGN = re.compile(r"\b(?:error|Traceback|exception|corrupt|database disk|None)\b", re.IGNORECASE)


@pytest.fixture(scope="module", params=[True, False], ids=["with a backup", "without"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only copied, never opened."""
    folder = tmp_path_factory.mktemp("nguyên vẹn") / "hồ sơ"
    return damages.made(folder, with_backup=request.param)


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return damages.made(tmp_path_factory.mktemp("có bản sao lưu") / "hồ sơ", with_backup=True)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return damages.made(tmp_path_factory.mktemp("không có bản sao lưu") / "hồ sơ", with_backup=False)


def words(report: CheckReport) -> str:
    return " ".join(render(line.message) for line in report.lines)


def moment(time: str, day: str) -> datetime:
    return datetime.strptime(f"{day} {time} +0700", "%d/%m/%Y %H:%M %z")


def hold(said: str, before: Facts, after: Facts) -> None:
    """Every number in the words is the one that the two databases give, and nothing lost is passed over."""
    lost = {hash_: before.journal[hash_] for hash_ in before.journal.keys() - after.journal.keys()}
    numbers = {seq for seq, *_rest in lost.values()}
    gone = {  # of those, the ones that wrote what is not there any more
        seq
        for seq, _at, table, key in lost.values()
        if before.rows[table].get(key) != after.rows[table].get(key)
    }
    told: set[int] = set()
    if found := HISTORY.search(said):
        count, first, last = map(int, found.groups())
        told = set(range(first, last + 1))
        assert count == len(told)
        assert told <= numbers, "nothing is called lost that is there"
    content = CONTENT.search(said)
    assert (int(content[1]) if content else 0) == len(gone & told)
    if content:
        newest = max(at for seq, at, *_rest in before.journal.values() if seq == min(told) - 1)
        assert moment(content[2], content[3]) == _minute(newest)
    if rest := numbers - told:
        end = AFTER.search(said)
        assert end, f"lost and not said: {sorted(rest)}"
        limit = moment(end[1], end[2])
        assert all(_minute(at) >= limit for seq, at, *_rest in lost.values() if seq in rest)
    if "Không mất thay đổi nào" in said or "không mất dữ liệu" in said:
        assert not lost
        assert after.rows == before.rows
    # Nothing invented: what is there is what was there.
    for table, rows in after.rows.items():
        for key, row in rows.items():
            assert before.rows[table].get(key) == row, (table, key)


def _minute(written: str) -> datetime:
    at = datetime.fromisoformat(written).astimezone(timezone(timedelta(hours=7)))
    return at.replace(second=0, microsecond=0)


def repaired(folder: Path) -> str | None:
    """What was said; None when nothing could be rescued, which was said too."""
    assert not checking.check(folder).sound, "the damage is seen"
    try:
        report = checking.repair(folder)
    except KnownError as error:
        assert error.code == "rescue.nothing"
        assert "Khôi phục từ bản sao lưu" in render(error.message)
        return None
    said = words(report)
    assert report.sound, said
    assert not FOREIGN.search(said), said
    assert checking.check(folder).sound
    with open_profile(folder) as profile:
        assert profile.read(journal.verify_chain) is None
        assert profile.read(journal.verify_rows) is None
    return said


NOTHING_LEFT = {"cut in half", "emptied", "deleted"}
"""Without a backup nothing can be rescued of these; no blank profile takes their place."""


WITHOUT_LOSS = [
    *("first page zeroed", "header zeroed", "wrong header", "page size of another kind"),
    *("mark of another program", "journal's root zeroed", "answers' root zeroed", "rounds' root zeroed"),
    *("tasks' index zeroed", "a leaf of the answers zeroed", "a leaf of the answers overwritten"),
    *("an index of other columns", "a table dropped", "answers deleted behind the journal"),
    *("an answer edited behind the journal", "an answer added behind the journal"),
    *("a journal row edited", "two journal rows changed places", "journal rows cut out"),
    *("the journal's end cut off", "a leaf of the journal zeroed", "one byte of the journal"),
]
"""Of these no content is lost, backup or not: tables and journal hold everything twice."""


@pytest.mark.parametrize("name", DAMAGES)
def test_it_is_mended_and_what_was_lost_is_said_exactly(name: str, whole: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "hồ sơ"))
    has_backup = bool(restoring.candidates(folder))
    before = facts(folder)
    DAMAGES[name](folder)
    said = repaired(folder)
    if said is None:
        assert name in NOTHING_LEFT and not has_backup
        assert not database(folder).exists() or database(folder).read_bytes() != b"SQLite"
        assert not (folder / "cchc.sqlite3.new").exists()
        return
    after = facts(folder)
    hold(said, before, after)
    if name in WITHOUT_LOSS:
        assert after.rows == before.rows
    if has_backup:  # what the backup had (40 answers) is always there again
        round_id = next(iter(before.rows["rounds"]))
        for number in range(40):
            key = f"{round_id}/r{number:02d}"
            assert after.rows["answers"][key] == before.rows["answers"][key]


@pytest.mark.parametrize("name", LOG_DAMAGES)
def test_a_killed_program_s_damaged_log(name: str, backed_up: Path, tmp_path: Path) -> None:
    """SQLite would begin with what fits its checksums, and say nothing of the edits behind that."""
    folder = tmp_path / "bị giết"
    damages.killed(folder, backed_up)
    with_log, without = facts(folder), facts(backed_up)
    assert len(with_log.journal) - len(without.journal) == damages.IN_LOG
    LOG_DAMAGES[name](folder)
    with pytest.raises(KnownError) as fault:
        open_profile(folder)
    assert fault.value.code == "store.log_gone"
    assert "những thay đổi cuối cùng" in render(fault.value.message)
    said = repaired(folder)
    assert said is not None
    after = facts(folder)
    hold(said, with_log, after)
    assert without.journal.keys() <= after.journal.keys()
    if name == "the log's head overwritten":  # every page of it is whole, and each journal row proves itself
        assert after.rows == with_log.rows
    if name == "the log deleted":
        assert after.rows == without.rows


def test_a_log_that_comes_back_loses_nothing(backed_up: Path, tmp_path: Path) -> None:
    """Put back as the advice says: everything is there."""
    folder = tmp_path / "bị giết"
    damages.killed(folder, backed_up)
    before, log = facts(folder), folder / "cchc.sqlite3-wal"
    log.rename(tmp_path / "cất")
    with pytest.raises(KnownError, match=r"store\.log_gone"):
        open_profile(folder)
    (tmp_path / "cất").rename(log)
    open_profile(folder).close()
    assert facts(folder) == before


def test_an_index_without_a_log_is_no_damage_when_all_was_folded_in(backed_up: Path, tmp_path: Path) -> None:
    """Killed between removing the log and removing its index, at closing."""
    import sqlite3

    folder = Path(shutil.copytree(backed_up, tmp_path / "hồ sơ"))
    db = sqlite3.connect(database(folder), isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("INSERT INTO settings (key, value) VALUES ('x', 'y')")
    for pragma in ("PASSIVE", "TRUNCATE"):
        db.execute(f"PRAGMA wal_checkpoint({pragma})").fetchone()
        copy = Path(shutil.copytree(folder, tmp_path / pragma))
        (copy / "cchc.sqlite3-wal").unlink()
        assert (copy / "cchc.sqlite3-shm").stat().st_size > 0
        assert checking.check(copy).sound
        open_profile(copy).close()
    db.close()


def line_of(report: CheckReport, step: CheckStep) -> str:
    (line,) = [line for line in report.lines if line.step is step]
    assert not line.ok
    return render(line.message)


def test_the_first_bad_journal_row_is_named(alone: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(alone, tmp_path / "hồ sơ"))
    DAMAGES["a journal row edited"](folder)
    found = line_of(checking.check(folder), CheckStep.JOURNAL)
    assert found == "Dòng 17 của nhật ký thay đổi đã bị sửa sau khi ghi."
    DAMAGES["journal rows cut out"](folder)
    assert "đứt ở dòng 13" in line_of(checking.check(folder), CheckStep.JOURNAL)


def test_a_row_changed_behind_the_journal_is_named(alone: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(alone, tmp_path / "hồ sơ"))
    DAMAGES["an answer edited behind the journal"](folder)
    found = line_of(checking.check(folder), CheckStep.ROWS)
    assert "/r05" in found and "Dòng tự chấm điểm" in found and "dòng 7" in found


def test_a_journal_row_of_a_backup_mends_the_chain_without_any_loss(backed_up: Path, tmp_path: Path) -> None:
    """Row 17 is also in the backup, and its hash is what row 18 hangs on: the history is as it was."""
    folder = Path(shutil.copytree(backed_up, tmp_path / "hồ sơ"))
    before = facts(folder)
    DAMAGES["a journal row edited"](folder)
    assert "Không mất thay đổi nào." in words(checking.repair(folder))
    assert facts(folder) == before


def test_what_was_there_is_kept_beside(alone: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(alone, tmp_path / "hồ sơ"))
    DAMAGES["a leaf of the journal zeroed"](folder)
    spoilt = database(folder).read_bytes()
    said = words(checking.repair(folder))
    (kept,) = (folder / "backups").glob("*-damaged")
    assert str(kept) in said
    assert (kept / "cchc.sqlite3").read_bytes() == spoilt
    with pytest.raises(KnownError):
        restoring.undo_candidate(folder)


def test_a_backup_is_made_of_what_was_mended(alone: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(alone, tmp_path / "hồ sơ"))
    DAMAGES["rounds' root zeroed"](folder)
    checking.repair(folder)
    with open_profile(folder) as profile:
        done = backups.back_up(profile)
        assert done.backup.content.counts["answers"] == damages.ANSWERS
