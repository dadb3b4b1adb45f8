"""No way past the journal: triggers refuse it, and what is done behind their back is found."""

from __future__ import annotations

import json
import sqlite3
import subprocess

import pytest

from cchc_desktop.errors import BugError
from cchc_desktop.store import answers, journal
from cchc_desktop.store.profile import Profile
from cchc_desktop.store.tables import TABLES
from tests.store.journal_rows import fill, straight, without_triggers

TABLE_NAMES = sorted(TABLES)


@pytest.mark.parametrize("table", TABLE_NAMES)
@pytest.mark.parametrize("how", ["update", "or replace", "or ignore", "delete", "copy", "renumber"])
def test_the_sqlite3_shell_can_not_change_a_row(
    profile: Profile, round_id: str, table: str, how: str
) -> None:
    fill(profile, round_id)
    columns = ", ".join(TABLES[table].all_columns)
    copied = columns.replace("counter", "counter + 1").replace("package_id", "'p2'")
    last = {"rounds": "origin", "submissions": "folder", "evidence": "name"}.get(table, "round_id")
    statement = {
        "update": "UPDATE TABLE SET LAST = 'khác'",
        "or replace": "REPLACE INTO TABLE SELECT * FROM TABLE",
        "or ignore": "UPDATE OR IGNORE TABLE SET LAST = 'khác'",
        "delete": "DELETE FROM TABLE",
        "copy": (
            "INSERT INTO TABLE (COLUMNS, journal_seq) "
            "SELECT 'x' || COPIED, (SELECT max(seq) FROM journal) FROM TABLE LIMIT 1"
        ),
        "renumber": "UPDATE TABLE SET journal_seq = (SELECT max(seq) FROM journal) + 1",
    }[how]
    for word, meant in (("TABLE", table), ("LAST", last), ("COLUMNS", columns), ("COPIED", copied)):
        statement = statement.replace(word, meant)
    before = rows_of(profile, table)
    answer = subprocess.run(
        [
            *("sqlite3", "-bail", str(profile.folder / "cchc.sqlite3")),
            f"PRAGMA ignore_check_constraints = 1; PRAGMA foreign_keys = 0; {statement};",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode != 0
    assert f"{table} is written only through the journal" in answer.stderr
    assert rows_of(profile, table) == before


def rows_of(profile: Profile, table: str) -> list[object]:
    everything = f"SELECT * FROM {table}"
    return profile.read(lambda db: db.execute(everything).fetchall())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET actor = 'khác'",
        "UPDATE OR REPLACE journal SET seq = seq + 100",
        "DELETE FROM journal",
        "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)",
        "REPLACE INTO journal SELECT * FROM journal",
        (
            "INSERT INTO journal SELECT max(seq) + 1, at, 'khác', batch, step, round_id, table_name, key,"
            " old, new, undoes, 'khác', hash FROM journal"
        ),
        (
            "INSERT INTO journal SELECT max(seq) + 2, at, 'khác', batch, step, round_id, table_name, key,"
            " old, new, undoes, hash, hash FROM journal"
        ),
    ],
)
def test_the_sqlite3_shell_can_not_change_the_journal(
    profile: Profile, round_id: str, statement: str
) -> None:
    fill(profile, round_id)
    before = rows_of(profile, "journal")
    answer = subprocess.run(
        ["sqlite3", "-bail", str(profile.folder / "cchc.sqlite3"), statement],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode != 0
    assert "journal" in answer.stderr
    assert rows_of(profile, "journal") == before


def test_a_journal_row_serves_only_the_row_it_names(profile: Profile, round_id: str) -> None:
    """Even with a well-formed new journal row at hand, no other table, key or value gets through."""
    fill(profile, round_id)
    key = f"{round_id}/kh_ban_hanh"
    with straight(profile) as db:
        db.execute("BEGIN")
        head = db.execute("SELECT max(seq), hash FROM journal").fetchone()
        old = db.execute("SELECT new FROM journal WHERE table_name = 'answers' ORDER BY seq DESC").fetchone()[
            0
        ]
        new = json.dumps({**json.loads(old), "explanation": "ghi đúng"}, ensure_ascii=False)
        db.execute(
            "INSERT INTO journal VALUES (?, '', '', 9, 9, ?, 'answers', ?, ?, ?, NULL, ?, 'h')",
            (head[0] + 1, round_id, key, old, new, head[1]),
        )
        for statement in (
            "UPDATE answers SET explanation = 'ghi khác', journal_seq = ?",
            "UPDATE answers SET explanation = 'ghi đúng', entry = NULL, journal_seq = ?",
            "UPDATE plan_texts SET content = 'ghi đúng', journal_seq = ?",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="only through the journal"):
                db.execute(statement, (head[0] + 1,))
        db.execute("UPDATE answers SET explanation = 'ghi đúng', journal_seq = ?", (head[0] + 1,))
        db.execute("ROLLBACK")


def test_the_first_bad_row_of_the_journal_is_named(profile: Profile, round_id: str) -> None:
    for number in range(10):
        profile.write(lambda change, n=number: answers.set_explanation(change, round_id, "r1", f"lần {n}"))
    without_triggers(profile, "UPDATE journal SET new = replace(new, 'lần 4', 'lần x') WHERE seq = 6")
    fault = profile.read(journal.verify_chain)
    assert fault == journal.Fault("hash", 6)


def test_a_removed_or_added_journal_row_is_named(profile: Profile, round_id: str) -> None:
    for number in range(5):
        profile.write(lambda change, n=number: answers.set_explanation(change, round_id, "r1", f"lần {n}"))
    without_triggers(profile, "DELETE FROM journal WHERE seq = 3")
    assert profile.read(journal.verify_chain) == journal.Fault("chain", 4)


def test_a_recomputed_row_breaks_the_next_link(profile: Profile, round_id: str) -> None:
    """Someone who knows how the hash is made must still rewrite everything after it."""
    for number in range(5):
        profile.write(lambda change, n=number: answers.set_explanation(change, round_id, "r1", f"lần {n}"))
    third = profile.read(lambda db: list(journal.entries(db)))[2]
    without_triggers(profile, "UPDATE journal SET actor = 'khác' WHERE seq = 3")
    forged = profile.read(lambda db: list(journal.entries(db)))[2].computed_hash()
    assert forged != third.hash
    without_triggers(profile, "UPDATE journal SET hash = ? WHERE seq = 3", forged)
    assert profile.read(journal.verify_chain) == journal.Fault("chain", 4)


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE answers SET explanation = 'lén sửa'", "answers"),
        ("UPDATE tasks SET journal_seq = 1", "tasks"),
        ("DELETE FROM plan_texts", "plan_texts"),
        (
            "INSERT INTO plan_texts SELECT round_id || '/x', round_id, 'x', 'lén', NULL, 1 FROM plan_texts",
            "plan_texts",
        ),
    ],
)
def test_a_row_changed_behind_the_journal_is_found(
    profile: Profile, round_id: str, statement: str, table: str
) -> None:
    fill(profile, round_id)
    without_triggers(profile, statement)
    assert profile.read(journal.verify_chain) is None
    fault = profile.read(journal.verify_rows)
    assert fault is not None
    assert (fault.what, fault.table) == ("row", table)


def test_a_foreign_journal_row_is_noticed_and_the_next_save_goes_on(profile: Profile, round_id: str) -> None:
    profile.write(lambda change: answers.set_explanation(change, round_id, "r1", "một"))
    with straight(profile) as db:
        db.execute(
            "INSERT INTO journal SELECT max(seq) + 1, at, 'khác', batch + 1, step + 1, round_id, table_name,"
            " key, old, new, undoes, hash, 'khác' FROM journal"
        )
    with pytest.raises(BugError, match="journal only grows"):
        profile.write(lambda change: answers.set_explanation(change, round_id, "r1", "hai"))
    profile.write(lambda change: answers.set_explanation(change, round_id, "r1", "ba"))
    assert profile.read(lambda db: answers.of_round(db, round_id))["r1"].explanation == "ba"
    assert profile.read(journal.verify_chain) == journal.Fault("hash", 3), "and it is found"
