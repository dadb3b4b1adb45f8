"""Opening, making and locking a profile folder."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import pytest

from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.language import render
from cchc_desktop.store import answers, rounds
from cchc_desktop.store.profile import Profile, create_profile, exists, old_profile, open_profile
from tests.store.conftest import CRITERIA, TEMPLATE, UNIT, new_profile

ROOT = str(Path(__file__).resolve().parents[2])


def pragma(profile: Profile, name: str) -> object:
    return profile.write(lambda change: change.db.execute(f"PRAGMA {name}").fetchone()[0])[1]


def test_the_live_connection_is_durable(profile: Profile) -> None:
    assert pragma(profile, "synchronous") == 2
    assert pragma(profile, "journal_mode") == "wal"
    assert pragma(profile, "foreign_keys") == 1
    assert pragma(profile, "locking_mode") == "normal"
    assert pragma(profile, "busy_timeout") == 5000


def test_readers_have_a_connection_each_and_can_not_write(profile: Profile) -> None:
    seen: list[object] = []
    together = threading.Barrier(3)

    def look() -> None:
        together.wait()
        seen.append(profile.read(lambda db: db))
        with pytest.raises(KnownError, match=r"store\.read_only"):
            profile.read(lambda db: db.execute("DELETE FROM settings WHERE key = 'x'"))
        together.wait()

    def at_once(count: int) -> list[object]:
        before = len(seen)
        threads = [threading.Thread(target=look) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return seen[before:]

    seen.append(profile.read(lambda db: db))
    first = at_once(3)
    assert len({id(connection) for connection in seen}) == 4
    assert {*map(id, at_once(3))} == {*map(id, first)}, "those of threads that are gone go on"
    assert profile.read(lambda db: db.execute("PRAGMA foreign_keys").fetchone()[0]) == 1


def test_closing_waits_for_a_read_on_another_thread(profile: Profile) -> None:
    """A connection that is closed under a running statement ends the whole program, without a word."""
    counting, seen = threading.Event(), list[object]()
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000)"

    def look() -> None:
        def count(db: sqlite3.Connection) -> object:
            counting.set()
            return db.execute(f"{numbers} SELECT sum(i) FROM n").fetchone()[0]

        seen.append(profile.read(count))
        with pytest.raises(BugError, match="closed"):
            profile.read(count)

    thread = threading.Thread(target=look)
    thread.start()
    counting.wait()
    profile.close()
    thread.join()
    assert seen == [2000000 * 2000001 // 2]
    with pytest.raises(BugError, match="closed"):
        profile.read(lambda db: db)


def test_every_table_is_strict(profile: Profile) -> None:
    tables = profile.read(
        lambda db: db.execute(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE '%sqlite%'"
        ).fetchall()
    )
    assert {name for name, _strict in tables} == {
        *("journal", "rounds", "answers", "plan_texts", "tasks", "targets"),
        *("evidence", "evidence_links", "submissions", "settings", "plans", "handouts"),
        *("deliveries", "signed_documents", "transfers", "unfinished"),
    }
    assert all(strict for _name, strict in tables)


def test_only_the_owner_reads_the_files(profile: Profile, round_id: str) -> None:
    profile.write(lambda change: answers.set_explanation(change, round_id, "a", "x"))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in profile.folder.iterdir()}
    assert modes == {
        "cchc.lock": 0o600,
        "cchc.sqlite3": 0o600,
        "cchc.sqlite3-shm": 0o600,
        "cchc.sqlite3-wal": 0o600,
    }
    assert stat.S_IMODE(profile.folder.stat().st_mode) == 0o700


def test_rights_that_a_copy_gave_to_others_are_taken_back(profile: Profile) -> None:
    profile.close()
    database = profile.folder / "cchc.sqlite3"
    database.chmod(0o644)
    with open_profile(profile.folder):
        assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_closing_folds_the_log_into_the_database(profile: Profile, round_id: str) -> None:
    profile.write(lambda change: answers.set_explanation(change, round_id, "a", "đã ghi"))
    profile.close()
    profile.close()
    assert sorted(path.name for path in profile.folder.iterdir()) == ["cchc.lock", "cchc.sqlite3"]
    with sqlite3.connect(profile.folder / "cchc.sqlite3") as plain:
        assert plain.execute("SELECT explanation FROM answers").fetchall() == [("đã ghi",)]
    plain.close()
    with pytest.raises(BugError):
        profile.write(lambda change: None)


def test_a_second_program_is_told_who_holds_the_profile(profile: Profile) -> None:
    code = (
        "import sys, json, pathlib\n"
        "from cchc_desktop.store.profile import open_profile\n"
        "from cchc_desktop.errors import KnownError\n"
        "from cchc_desktop.language import render\n"
        "try:\n    open_profile(pathlib.Path(sys.argv[1]))\n"
        "except KnownError as error:\n"
        "    args = error.message.args\n"
        "    print(json.dumps([error.code, args['who'], args['host'], args['since'].isoformat(),"
        " render(error.message)]))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, profile.folder], capture_output=True, text=True, check=True
    )
    code_, who, host, since, sentence = json.loads(answer.stdout)
    assert code_ == "store.locked"
    assert host == socket.gethostname()
    assert who
    assert abs((datetime.now().astimezone() - datetime.fromisoformat(since)).total_seconds()) < 60
    assert host in sentence
    assert "Đóng chương trình" in sentence


def test_the_lock_also_holds_within_one_program(profile: Profile) -> None:
    with pytest.raises(KnownError) as fault:
        open_profile(profile.folder)
    assert fault.value.code == "store.locked"


def test_a_lock_that_can_not_be_read_still_holds(profile: Profile) -> None:
    (profile.folder / "cchc.lock").write_text("…")
    with pytest.raises(KnownError) as fault:
        open_profile(profile.folder)
    assert fault.value.code == "store.locked_unknown"
    assert render(fault.value.message)


def test_the_lock_of_a_dead_program_is_free(profile: Profile) -> None:
    profile.close()
    code = (
        "import sys, os, pathlib\n"
        "from cchc_desktop.store.profile import open_profile\n"
        "open_profile(pathlib.Path(sys.argv[1]))\nos._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code, profile.folder], check=False)
    with open_profile(profile.folder) as again:
        assert again.read(rounds.all_rounds)


def test_no_profile_and_profile_already_there(tmp_path: Path, profile: Profile) -> None:
    with pytest.raises(KnownError) as fault:
        open_profile(tmp_path / "không có")
    assert fault.value.code == "store.no_profile"
    assert not (tmp_path / "không có").exists()
    profile.close()
    with pytest.raises(KnownError) as fault:
        new_profile(profile.folder)
    assert fault.value.code == "store.exists"


def test_a_profile_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "dở dang"

    def breaks(change: object) -> None:
        rounds.add(change, UNIT, 2026, CRITERIA, TEMPLATE)  # type: ignore[arg-type]
        raise KnownError("rounds.unknown", id="x")

    with pytest.raises(KnownError):
        create_profile(folder, breaks)
    assert not exists(folder)
    assert [path.name for path in folder.iterdir()] == ["cchc.lock"]
    profile, _first = new_profile(folder)
    profile.close()


def test_leftovers_of_a_making_that_was_killed_do_not_matter(tmp_path: Path) -> None:
    folder = tmp_path / "hồ sơ"
    folder.mkdir()
    (folder / "cchc.sqlite3.new").write_bytes(b"half")
    (folder / "cchc.sqlite3.new-wal").write_bytes(b"half")
    assert not exists(folder)
    profile, first = new_profile(folder)
    with profile:
        assert profile.read(rounds.all_rounds) == (first,)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[:50],
        lambda content: b"\0" * 16 + content[16:],
        lambda content: b"PK\x03\x04" + content[4:],
        lambda content: content[:100] + b"\xff" * 4000 + content[4100:],
    ],
    ids=["emptied", "cut", "zeroed header", "other file", "first page overwritten"],
)
def test_a_damaged_database_is_known_and_left_alone(profile: Profile, spoil: object) -> None:
    profile.close()
    database = profile.folder / "cchc.sqlite3"
    damaged = spoil(database.read_bytes())  # type: ignore[operator]
    database.write_bytes(damaged)
    with pytest.raises(KnownError) as fault:
        open_profile(profile.folder)
    assert fault.value.code == "store.damaged"
    assert "sao lưu" in render(fault.value.message)
    assert database.read_bytes() == damaged
    # Nobody is locked out by the failed try.
    with pytest.raises(KnownError, match=r"store\.damaged"):
        open_profile(profile.folder)


def test_damage_further_in_is_known_when_it_is_met(profile: Profile, round_id: str) -> None:
    for number in range(200):
        profile.write(
            lambda change, n=number: answers.set_explanation(change, round_id, f"r{n}", "chữ " * 100)
        )
    profile.close()
    database = profile.folder / "cchc.sqlite3"
    content = bytearray(database.read_bytes())
    content[20 * 4096 :] = b"\x55" * (len(content) - 20 * 4096)
    database.write_bytes(content)
    with pytest.raises(KnownError) as fault, open_profile(profile.folder) as opened:
        opened.read(lambda db: answers.of_round(db, round_id))
    assert fault.value.code == "store.damaged"


def test_another_program_s_database_is_not_ours(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "cchc.sqlite3")
    plain.execute("CREATE TABLE moz_places (id INTEGER)")
    plain.commit()
    plain.close()
    with pytest.raises(KnownError) as fault:
        open_profile(tmp_path)
    assert fault.value.code == "store.damaged"


def test_a_newer_database_is_refused_and_left_alone(profile: Profile) -> None:
    profile.close()
    database = profile.folder / "cchc.sqlite3"
    plain = sqlite3.connect(database)
    plain.execute("PRAGMA user_version = 900")
    plain.close()
    before = database.read_bytes()
    with pytest.raises(KnownError) as fault:
        open_profile(profile.folder)
    assert fault.value.code == "store.newer"
    assert "bản mới" in render(fault.value.message)
    assert database.read_bytes() == before


def test_an_old_profile_is_read_without_touching_its_folder(profile: Profile, tmp_path: Path) -> None:
    profile.close()
    before = {path: path.read_bytes() for path in profile.folder.iterdir()}
    for path in (*before, profile.folder):
        path.chmod(0o500 if path.is_dir() else 0o400)
    with old_profile(profile.folder) as (db, files):
        assert [found.year for found in rounds.all_rounds(db)] == [2026]
        assert files == profile.folder / "evidence"
    profile.folder.chmod(0o700)
    assert {path: path.read_bytes() for path in profile.folder.iterdir()} == before


def test_an_old_profile_s_last_commits_may_still_be_in_its_log(profile: Profile, round_id: str) -> None:
    """A program that was killed leaves them there; a copy of the database alone would lose them."""
    profile.write(lambda change: answers.set_explanation(change, round_id, "a", "còn trong nhật ký"))
    killed = profile.folder.with_name("máy cũ")
    shutil.copytree(profile.folder, killed)
    with old_profile(killed) as (db, _files):
        assert answers.of_round(db, round_id)["a"].explanation == "còn trong nhật ký"


def test_an_old_profile_in_use_is_refused(profile: Profile) -> None:
    with pytest.raises(KnownError) as fault, old_profile(profile.folder):
        raise AssertionError
    assert fault.value.code == "store.locked"


def test_temporary_copies_go_with_the_profile(profile: Profile) -> None:
    folder = profile.copies_folder()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert profile.copies_folder() == folder
    profile.close()
    assert not folder.exists()


def test_the_start_needs_no_library(profile: Profile) -> None:
    """What is not imported is not paid for before the first paint."""
    profile.close()
    code = (
        f"import sys, pathlib; sys.path.insert(0, {ROOT!r})\n"
        "from cchc_desktop.services import profile, rounds\n"
        "with profile.open_profile(pathlib.Path(sys.argv[1])) as opened:\n"
        "    assert rounds.rounds(opened)\n"
        "    profile.set_setting(opened, 'window', '1')\n"
        "outside = {name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names)\n"
        "print(sorted(name for name in outside if not name.startswith('_')))\n"
    )
    answer = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path.insert(0, {ROOT!r})\n{code}",
            profile.folder,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == "['cchc_desktop']"


def test_another_program_that_reads_and_closes_leaves_the_log_of_an_opened_profile(profile: Profile) -> None:
    """Whoever closes a database last removes its log. A file that is closed takes all locks of its process on
    it along (POSIX), so nothing may open the database beside SQLite once a connection is there."""
    profile.close()
    with open_profile(profile.folder) as again:
        round_id = again.read(rounds.all_rounds)[0].id
        again.write(lambda change: answers.set_explanation(change, round_id, "a", "x"))
        log = again.folder / "cchc.sqlite3-wal"
        size = log.stat().st_size
        look = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT * FROM rounds').fetchall()"
        subprocess.run([sys.executable, "-c", look, str(again.folder / "cchc.sqlite3")], check=True)
        assert log.exists()
        assert log.stat().st_size == size > 0
