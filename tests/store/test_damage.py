"""A profile damaged in many ways: each time it is repaired or rescued, and what was lost is said exactly.

Every profile has 60 answered rows, 3 files of evidence and 5 tasks. "With a backup" means one made after the
first 40 answers; so at most the last 20, the files and the tasks can be lost there.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc_desktop.domain.profile_check import CheckReport, CheckStep
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import backups, checking, rescue, restoring
from cchc_desktop.store import answers, evidence, journal, plan, rounds
from cchc_desktop.store.profile import Profile, open_profile
from tests.store.test_backup import add_file, explain

PAGE = 4096
ANSWERS, FILES, TASKS = 60, 3, 5


def fill(profile: Profile, round_id: str, *, with_backup: bool) -> None:
    for number in range(ANSWERS):
        if with_backup and number == 40:
            backups.back_up(profile)
        explain(profile, round_id, f"giải trình {number} " + "chữ " * 60, where=f"r{number:02d}")
    for number in range(FILES):
        add_file(profile, round_id, f"{number}.pdf", b"%PDF-1.7\n" + bytes([65 + number]) * 9000)
    for number in range(TASKS):
        profile.write(lambda change, n=number: plan.add_task(change, round_id, "A", title=f"Nhiệm vụ {n}"))
    profile.close()


def database(folder: Path) -> Path:
    return folder / "cchc.sqlite3"


def root_page(folder: Path, name: str) -> int:
    db = sqlite3.connect(f"file:{database(folder)}?mode=ro", uri=True)
    found = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
    db.close()
    return int(found)


def overwrite(folder: Path, offset: int, content: bytes) -> None:
    with database(folder).open("r+b") as file:
        file.seek(offset)
        file.write(content)


def edit(folder: Path, *statements: str) -> None:
    """By hand, behind the triggers' back."""
    db = sqlite3.connect(database(folder), isolation_level=None)
    triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _sql in triggers:
        db.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        db.execute(statement)
    for _name, sql in triggers:
        db.execute(sql)
    db.close()


def leaves(folder: Path, name: str) -> list[int]:
    """Pages that hold the rows of a table with more than one page (its root is then an interior page)."""
    content = database(folder).read_bytes()
    start = (root_page(folder, name) - 1) * PAGE
    assert content[start] == 0x05, f"{name} has more than one page"
    count = int.from_bytes(content[start + 3 : start + 5], "big")
    found = []
    for number in range(count):
        cell = start + int.from_bytes(content[start + 12 + 2 * number : start + 14 + 2 * number], "big")
        found.append(int.from_bytes(content[cell : cell + 4], "big"))
    return [*found, int.from_bytes(content[start + 8 : start + 12], "big")]


def zero_first_page(folder: Path) -> None:
    overwrite(folder, 0, bytes(PAGE))


def zero_header(folder: Path) -> None:
    overwrite(folder, 0, bytes(100))


def wrong_header(folder: Path) -> None:
    overwrite(folder, 0, b"PK\x03\x04 not a database")


def zero_root(name: str) -> Callable[[Path], None]:
    return lambda folder: overwrite(folder, (root_page(folder, name) - 1) * PAGE, bytes(PAGE))


def zero_leaf(name: str, which: int) -> Callable[[Path], None]:
    return lambda folder: overwrite(folder, (leaves(folder, name)[which] - 1) * PAGE, bytes(PAGE))


def garbage_leaf(folder: Path) -> None:
    overwrite(folder, (leaves(folder, "answers")[2] - 1) * PAGE, b"\x55" * PAGE)


def truncate(share: float) -> Callable[[Path], None]:
    def work(folder: Path) -> None:
        content = database(folder).read_bytes()
        database(folder).write_bytes(content[: int(len(content) * share)])

    return work


def broken_index(folder: Path) -> None:
    edit(
        folder,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE INDEX answers_by_round ON answers (row_key)'"
        " WHERE name = 'answers_by_round'",
    )


def lost_answers(folder: Path) -> None:
    edit(folder, "DELETE FROM answers WHERE row_key IN ('r03', 'r04')")


def edited_answer(folder: Path) -> None:
    edit(folder, "UPDATE answers SET explanation = 'khống' WHERE row_key = 'r05'")


def added_answer(folder: Path) -> None:
    edit(
        folder,
        "INSERT INTO answers SELECT round_id || '/x', round_id, 'x', entry, 'khống', 3 FROM answers"
        " WHERE row_key = 'r05'",
    )


def edited_journal(folder: Path) -> None:
    edit(folder, "UPDATE journal SET actor = 'người khác' WHERE seq = 17")


def cut_journal(folder: Path) -> None:
    edit(folder, "DELETE FROM journal WHERE seq BETWEEN 10 AND 12")


def cut_journal_end(folder: Path) -> None:
    edit(folder, "DELETE FROM journal WHERE seq > 50")


def emptied(folder: Path) -> None:
    database(folder).write_bytes(b"")


def deleted(folder: Path) -> None:
    database(folder).unlink()


def noise(folder: Path) -> None:
    """Every 7th page from the third on."""
    size = database(folder).stat().st_size
    for page in range(14, size // PAGE, 7):
        overwrite(folder, page * PAGE, b"\xa5" * PAGE)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "first page zeroed": zero_first_page,
    "header zeroed": zero_header,
    "wrong header": wrong_header,
    "journal's root zeroed": zero_root("journal"),
    "answers' root zeroed": zero_root("answers"),
    "rounds' root zeroed": zero_root("rounds"),
    "tasks' index zeroed": zero_root("tasks_by_round"),
    "a leaf of the journal zeroed": zero_leaf("journal", 3),
    "the journal's first leaf zeroed": zero_leaf("journal", 0),
    "the journal's last leaf zeroed": zero_leaf("journal", -1),
    "a leaf of the answers zeroed": zero_leaf("answers", 1),
    "a leaf of the answers overwritten": garbage_leaf,
    "cut in half": truncate(0.5),
    "the last tenth cut off": truncate(0.9),
    "an index of other columns": broken_index,
    "answers deleted behind the journal": lost_answers,
    "an answer edited behind the journal": edited_answer,
    "an answer added behind the journal": added_answer,
    "a journal row edited": edited_journal,
    "journal rows cut out": cut_journal,
    "the journal's end cut off": cut_journal_end,
    "emptied": emptied,
    "deleted": deleted,
    "pages overwritten all over": noise,
}


def state(folder: Path) -> dict[str, dict[str, str]]:
    """What stands in the profile, by subject."""
    with open_profile(folder) as profile:
        round_id = profile.read(rounds.all_rounds)[0].id
        assert profile.read(journal.verify_chain) is None
        assert profile.read(journal.verify_rows) is None
        said = profile.read(lambda db: answers.of_round(db, round_id))
        return {
            "answers": {key: answer.explanation for key, answer in said.items()},
            "tasks": {task.id: task.title for task in profile.read(lambda db: plan.tasks(db, round_id))},
            "evidence": {
                one.id: one.name for one in profile.read(lambda db: evidence.of_round(db, round_id))
            },
        }


def words(report: CheckReport) -> str:
    return " ".join(render(line.message) for line in report.lines)


@pytest.mark.parametrize("name", DAMAGES)
def test_with_a_backup_everything_or_all_but_the_last_edits_comes_back(
    name: str, profile: Profile, round_id: str
) -> None:
    """What the backup had (40 answers) is always there again; what came later is there or is counted."""
    fill(profile, round_id, with_backup=True)
    before = state(profile.folder)
    DAMAGES[name](profile.folder)
    found = checking.check(profile.folder)
    assert not found.sound, "the damage is seen"
    report = checking.repair(profile.folder)
    assert report.sound, words(report)
    after = state(profile.folder)
    for number in range(40):
        key = f"r{number:02d}"
        assert after["answers"][key] == before["answers"][key]
    said = words(report)
    if after == before:
        assert "Bỏ vì" not in said
    else:
        assert "Mất " in said, said
    # Nothing invented: what is there is what was there.
    for subject, rows in after.items():
        for key, value in rows.items():
            assert before[subject].get(key) == value, (subject, key)
    assert checking.check(profile.folder).sound
    with pytest.raises(KnownError):
        restoring.undo_candidate(profile.folder)


WITHOUT_LOSS = [
    *("first page zeroed", "header zeroed", "wrong header", "journal's root zeroed", "answers' root zeroed"),
    *("rounds' root zeroed", "tasks' index zeroed", "a leaf of the answers zeroed"),
    *("a leaf of the answers overwritten", "an index of other columns"),
    *("answers deleted behind the journal", "an answer edited behind the journal"),
    *("an answer added behind the journal", "a journal row edited", "journal rows cut out"),
    *("the journal's end cut off", "a leaf of the journal zeroed"),
]


@pytest.mark.parametrize("name", WITHOUT_LOSS)
def test_even_without_a_backup_no_content_is_lost(name: str, profile: Profile, round_id: str) -> None:
    """Tables and journal hold everything twice: where one of them is whole, the content comes back."""
    fill(profile, round_id, with_backup=False)
    before = state(profile.folder)
    DAMAGES[name](profile.folder)
    report = checking.repair(profile.folder)
    assert report.sound, words(report)
    assert state(profile.folder) == before


@pytest.mark.parametrize("name", ["emptied", "deleted"])
def test_where_nothing_is_left_that_is_said_and_nothing_is_made(
    name: str, profile: Profile, round_id: str
) -> None:
    """No backup, no database: no blank profile takes its place."""
    fill(profile, round_id, with_backup=False)
    DAMAGES[name](profile.folder)
    with pytest.raises(KnownError) as fault:
        checking.repair(profile.folder)
    assert fault.value.code == "rescue.nothing"
    assert "bản sao lưu" in render(fault.value.message)
    assert not database(profile.folder).exists() or database(profile.folder).read_bytes() == b""
    assert not (profile.folder / "cchc.sqlite3.new").exists()


def test_the_first_bad_journal_row_is_named(profile: Profile, round_id: str) -> None:
    fill(profile, round_id, with_backup=False)
    edited_journal(profile.folder)
    report = checking.check(profile.folder)
    (line,) = [line for line in report.lines if line.step is CheckStep.JOURNAL]
    assert not line.ok
    assert render(line.message) == "Dòng 17 của nhật ký thay đổi đã bị sửa sau khi ghi."
    cut_journal(profile.folder)
    report = checking.check(profile.folder)
    (line,) = [line for line in report.lines if line.step is CheckStep.JOURNAL]
    assert "đứt ở dòng 13" in render(line.message)


def test_a_journal_row_of_a_backup_mends_the_chain_without_any_loss(profile: Profile, round_id: str) -> None:
    """Row 17 is also in the backup, and its hash is what row 18 hangs on: the history is as it was."""
    fill(profile, round_id, with_backup=True)
    with open_profile(profile.folder) as opened:
        end = opened.read(journal.head)
    edited_journal(profile.folder)
    report = checking.repair(profile.folder)
    assert "Không mất thay đổi nào." in words(report)
    with open_profile(profile.folder) as opened:
        assert opened.read(journal.head) == end


def test_without_a_backup_the_history_after_the_bad_row_is_said_to_be_lost(
    profile: Profile, round_id: str
) -> None:
    """71 rows (1 round, 60 answers, 3 files with a link each... by the journal's own count), 17 is bad."""
    fill(profile, round_id, with_backup=False)
    with open_profile(profile.folder) as opened:
        end = opened.read(journal.head).seq
    edited_journal(profile.folder)
    said = words(checking.repair(profile.folder))
    assert f"Mất {end - 16} dòng nhật ký, từ dòng 17 đến dòng {end}." in said
    kept = next((profile.folder / "backups").glob("*-damaged"))
    assert str(kept) in said


def test_deleting_the_log_of_a_killed_program_loses_only_what_was_in_it(
    profile: Profile, round_id: str
) -> None:
    """The -wal is deleted by hand: the database itself is whole, so there is nothing to mend."""
    for number in range(30):
        explain(profile, round_id, f"{number}", where=f"r{number}")
    killed = profile.folder.with_name("bị giết")
    shutil.copytree(profile.folder, killed)
    (killed / "cchc.sqlite3-wal").unlink()
    report = checking.repair(killed) if not checking.check(killed).sound else checking.check(killed)
    assert report.sound, words(report)


def test_a_log_with_garbage_is_passed_over(profile: Profile, round_id: str) -> None:
    """Frames that do not fit their checksum end the log; the database before it stands."""
    explain(profile, round_id, "trong cơ sở dữ liệu")
    profile.close()
    (profile.folder / "cchc.sqlite3-wal").write_bytes(b"\x37\x7f\x06\x82" + b"\x99" * 10_000)
    assert checking.check(profile.folder).sound
    assert state(profile.folder)["answers"] == {"a": "trong cơ sở dữ liệu"}


def test_evidence_that_was_removed_is_found_by_its_digest(profile: Profile, round_id: str) -> None:
    """One is in the backup, one was moved to another place of the folder, one is gone."""
    fill(profile, round_id, with_backup=False)
    first, second, third = sorted(profile.folder.glob("evidence/??/*"))
    with open_profile(profile.folder) as opened:
        backups.back_up(opened)
    pool = profile.folder / "backups" / "files"
    first_content = first.read_bytes()
    first.unlink()
    elsewhere = profile.folder / "cất nhầm chỗ.pdf"
    second.rename(elsewhere)
    (pool / second.name[:2] / second.name).unlink()
    third.unlink()
    (pool / third.name[:2] / third.name).unlink()
    found = checking.check(profile.folder)
    assert "Thiếu 3 tệp tài liệu" in words(found)
    report = checking.repair(profile.folder)
    assert "Đã tìm lại 2 tệp tài liệu" in words(report)
    assert f"Thiếu 1 tệp tài liệu: evidence/{third.name[:2]}/{third.name}." in words(report)
    assert not report.sound
    assert first.read_bytes() == first_content
    assert second.read_bytes() == elsewhere.read_bytes()


def test_changed_evidence_is_replaced_and_kept_beside(profile: Profile, round_id: str) -> None:
    fill(profile, round_id, with_backup=False)
    with open_profile(profile.folder) as opened:
        backups.back_up(opened)
    path = sorted(profile.folder.glob("evidence/??/*"))[0]
    good = path.read_bytes()
    path.unlink()
    path.write_bytes(b"%PDF-1.7 somebody edited it")
    assert "1 tệp tài liệu bị đổi nội dung" in words(checking.check(profile.folder))
    report = checking.repair(profile.folder)
    assert report.sound, words(report)
    assert path.read_bytes() == good
    assert path.with_name(f"{path.name}.changed").read_bytes() == b"%PDF-1.7 somebody edited it"


def test_half_copies_are_swept_away(profile: Profile, round_id: str) -> None:
    fill(profile, round_id, with_backup=False)
    (profile.folder / "evidence" / "x.part").write_bytes(b"half")
    (profile.folder / "forms").mkdir()
    (profile.folder / "forms" / "y.part").write_bytes(b"half")
    assert "Có 2 tệp ghi dở" in words(checking.check(profile.folder))
    assert checking.repair(profile.folder).sound
    assert not list(profile.folder.rglob("*.part"))


def test_all_that_is_readable_is_exported(profile: Profile, round_id: str, tmp_path: Path) -> None:
    """The last tenth is gone; JSON and workbook hold the same rows, and none that was not there."""
    from openpyxl import load_workbook

    fill(profile, round_id, with_backup=False)
    before = state(profile.folder)["answers"]
    truncate(0.9)(profile.folder)
    damaged = database(profile.folder).read_bytes()
    workbook, plain = rescue.export(profile.folder, tmp_path / "xuất")
    assert database(profile.folder).read_bytes() == damaged, "the damaged profile is only read"
    written = json.loads(plain.read_text("utf-8"))
    said = {row["row_key"]: row["explanation"] for row in written["tables"]["answers"]}
    assert len(said) > 20
    for key, explanation in said.items():
        assert before[key] == explanation
    book = load_workbook(workbook, read_only=True)
    rows = list(book["Dòng tự chấm điểm"].iter_rows(values_only=True))
    column = rows[0].index("explanation")
    assert {row[column] for row in rows[1:]} == {explanation.strip() for explanation in said.values()}
    book.close()


def test_a_sound_profile_is_said_to_be_sound_and_not_touched(profile: Profile, round_id: str) -> None:
    fill(profile, round_id, with_backup=True)
    before = {path: path.read_bytes() for path in profile.folder.rglob("*") if path.is_file()}
    report = checking.check(profile.folder)
    assert report.sound
    assert "3 tệp tài liệu nguyên vẹn." in words(report)
    assert checking.repair(profile.folder).sound
    after = {path: path.read_bytes() for path in profile.folder.rglob("*") if path.is_file()}
    after[profile.folder / "cchc.lock"] = before[profile.folder / "cchc.lock"]
    assert after == before


def test_an_open_profile_is_not_checked_from_outside(profile: Profile) -> None:
    with pytest.raises(KnownError, match=r"store\.locked"):
        checking.check(profile.folder)
    with pytest.raises(KnownError, match=r"store\.locked"):
        checking.repair(profile.folder)
    assert checking.is_sound(profile)
