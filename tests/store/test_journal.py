"""One way to write, and no way past it: the chain, the triggers, the checks."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest

from cchc_desktop.domain.evidence import Evidence, EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.handout import Handout, HandoutKind
from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import PlanRecord
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.domain.submission import Submission
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.store import answers, evidence, handouts, journal, plan, plans, rounds, submissions
from cchc_desktop.store.change import Change
from cchc_desktop.store.codec import new_id, text_time, time_text
from cchc_desktop.store.profile import Profile, open_profile
from cchc_desktop.store.tables import TABLES


def fill(profile: Profile, round_id: str) -> None:
    """At least one row in every journaled table."""

    def work(change: Change) -> None:
        answers.set_entry(change, round_id, "kh_ban_hanh", {"option": "Đúng hạn", "count": 2})
        plan.set_text(change, round_id, "muc_tieu", "Nâng cao chất lượng phục vụ")
        task = plan.add_task(change, round_id, "A", title="Kiểm tra “CCHC”", cost=Decimal("12.50"))
        plan.add_target(change, round_id, "A", title="Hồ sơ trực tuyến", value="≥ 80")
        links = (EvidenceLink(LinkKind.ROW, "kh_ban_hanh"), EvidenceLink(LinkKind.TASK, task.id))
        record = EvidenceRecord("12/KH-UBND", date(2026, 1, 31), "UBND xã", "Kế hoạch", "1")
        when = text_time("2026-02-01T08:00:00.123+00:00")
        evidence.add(change, Evidence("e" * 32, round_id, "a.pdf", 9, "0" * 64, record, when, links))
        submissions.add(
            change,
            Submission(
                *("s" * 32, round_id, "plan", 0, "p1", "f" * 64, "x.asice", 10, "/tmp", when),
                *(DocumentState.EXPORTED, 1),
            ),
        )
        ref = PackRef("ke-hoach-5-nam", 1)
        plans.insert(change, PlanRecord("p" * 32, round_id, PlanKind.FIVE_YEAR, ref, 2026, 2030))
        handouts.insert(
            change, Handout("h" * 32, round_id, None, HandoutKind.PLAN, "Văn phòng", "a.xlsx", when, 1)
        )
        delivery = {"id": "d" * 32, "round_id": round_id, "submission_id": "s" * 32, "channel": "folder"}
        sent = {"target": "/tmp", "state": "exported", "reason": None, "files": "[]", "receipt": None}
        times = {"created_at": time_text(when), "changed_at": time_text(when)}
        change.insert("deliveries", {**delivery, **sent, **times})
        document = {"id": "g" * 32, "round_id": round_id, "plan_id": None, "kind": "plan", "name": "kh.pdf"}
        content = {"content_sha256": "1" * 64, "sha256": "2" * 64, "size": 9, "signers": "[]"}
        numbered = {"state": "signed_not_numbered", "number": "", "issued_on": None}
        change.insert("signed_documents", {**document, **content, **numbered, "created_at": time_text(when)})

    profile.write(work)
    # So that none of them is the journal's newest row.
    profile.write(lambda change: answers.set_explanation(change, round_id, "kh_ban_hanh", "Đã ban hành"))


@contextmanager
def straight(profile: Profile) -> Iterator[sqlite3.Connection]:
    """A connection that goes past the program."""
    connection = sqlite3.connect(profile.folder / "cchc.sqlite3", isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def without_triggers(profile: Profile, statement: str, *values: object) -> None:
    """What someone with a database tool and bad intent does."""
    with straight(profile) as db:
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            db.execute(f"DROP TRIGGER {name}")
        db.execute(statement, values)
        for _name, sql in triggers:
            db.execute(sql)


def test_each_change_is_a_row_of_the_journal(profile: Profile, round_id: str) -> None:
    profile.write(lambda change: answers.set_explanation(change, round_id, "r1", "đầu"))
    changes, _ = profile.write(lambda change: answers.set_explanation(change, round_id, "r1", "sau"))
    assert (changes.batch, changes.round_id, changes.subjects) == (3, round_id, {"answers"})
    assert changes.keys == ("r1",)
    first, second, third = profile.read(lambda db: list(journal.entries(db)))
    assert [first.table, second.table, third.table] == ["rounds", "answers", "answers"]
    assert first.old is None
    assert (third.actor, third.batch, third.seq) == ("Văn thư", 3, 3)
    assert third.at.endswith("+00:00")
    assert third.old == second.new
    assert json.loads(third.new or "") == {
        "entry": None,
        "explanation": "sau",
        "id": f"{round_id}/r1",
        "round_id": round_id,
        "row_key": "r1",
    }


def test_the_chain_is_what_it_says_it_is(profile: Profile, round_id: str) -> None:
    """Recomputed here with json and hashlib alone."""
    fill(profile, round_id)
    previous = ""
    with straight(profile) as db:
        rows = db.execute(
            "SELECT seq, at, actor, batch, step, round_id, table_name, key, old, new, undoes, prev_hash, hash"
            " FROM journal ORDER BY seq"
        ).fetchall()
    assert len(rows) >= 9
    for *content, prev_hash, digest in rows:
        assert prev_hash == previous
        canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        assert digest == hashlib.sha256((previous + canonical).encode()).hexdigest()
        previous = digest
        for text in content[8:10]:
            if text is not None:
                again = json.dumps(
                    json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")
                )
                assert text == again
    assert profile.read(journal.head).hash == previous
    assert profile.read(journal.verify_chain) is None
    assert profile.read(journal.verify_rows) is None


def test_no_change_is_no_row(profile: Profile, round_id: str) -> None:
    profile.write(lambda change: answers.set_explanation(change, round_id, "r1", "một"))
    before = profile.read(journal.head)
    changes, _ = profile.write(lambda change: answers.set_explanation(change, round_id, "r1", "một"))
    assert not changes
    assert not profile.write(lambda change: answers.set_entry(change, round_id, "r2", None))[0]
    assert profile.read(journal.head) == before


def test_a_fault_in_the_middle_leaves_nothing(profile: Profile, round_id: str) -> None:
    before = profile.read(journal.head)

    def work(change: Change) -> None:
        answers.set_explanation(change, round_id, "r1", "một")
        change.set_setting("key", "value")
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        profile.write(work)
    assert profile.read(journal.head) == before
    assert profile.read(lambda db: answers.of_round(db, round_id)) == {}
    assert profile.read(lambda db: db.execute("SELECT count(*) FROM settings").fetchone()[0]) == 0
    profile.write(lambda change: answers.set_explanation(change, round_id, "r1", "hai"))


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


def test_text_is_stored_in_nfc_and_clean(profile: Profile, round_id: str) -> None:
    typed = "Kê\u0301 hoa\u0323ch\0 \ud800năm"
    profile.write(lambda change: answers.set_explanation(change, round_id, "r1", typed))
    profile.write(lambda change: answers.set_entry(change, round_id, "r1", {"option": "Đu\u0301ng"}))
    answer = profile.read(lambda db: answers.of_round(db, round_id))["r1"]
    assert answer.explanation == "Kế hoạch năm"
    assert answer.entry == {"option": "Đúng"}
    assert profile.read(journal.verify_rows) is None


def test_columns_and_rounds_that_are_not_there_are_bugs(profile: Profile, round_id: str) -> None:
    with pytest.raises(BugError):
        profile.write(lambda change: change.insert("answers", {"id": "x"}))
    with pytest.raises(BugError):
        profile.write(lambda change: answers.set_explanation(change, new_id(), "a", "x"))
    with pytest.raises(KnownError, match=r"plan\.gone"):
        profile.write(lambda change: plan.add_task(change, new_id(), "A", title="x"))
    task = profile.write(lambda change: plan.add_task(change, round_id, "A", title="x"))[1]
    with pytest.raises(BugError):
        profile.write(lambda change: change.update("tasks", task.id, colour="red"))
    with pytest.raises(BugError):
        profile.write(lambda _change: profile.write(lambda _inner: None))


def test_an_archived_round_can_only_be_read(profile: Profile, round_id: str) -> None:
    fill(profile, round_id)
    profile.write(lambda change: rounds.archive(change, round_id))
    for work in (
        lambda change: answers.set_explanation(change, round_id, "r1", "x"),
        lambda change: plan.add_task(change, round_id, "A", title="x"),
        lambda change: evidence.remove(change, "e" * 32),
        lambda change: rounds.set_exclusions(change, round_id, ("x",)),
    ):
        with pytest.raises(KnownError) as fault:
            profile.write(work)
        assert fault.value.code == "rounds.archived"
    assert len(profile.read(lambda db: plan.tasks(db, round_id))) == 1


def test_the_journal_goes_on_after_closing(profile: Profile, round_id: str) -> None:
    profile.write(lambda change: answers.set_explanation(change, round_id, "r1", "một"))
    before = profile.read(journal.head)
    profile.close()
    with open_profile(profile.folder, "Người khác") as again:
        assert again.read(journal.head) == before
        again.write(lambda change: answers.set_explanation(change, round_id, "r1", "hai"))
        last = again.read(lambda db: list(journal.entries(db)))[-1]
        assert (last.seq, last.batch, last.actor) == (before.seq + 1, before.batch + 1, "Người khác")
        assert again.read(journal.verify_chain) is None


def test_many_threads_write_one_chain(profile: Profile, round_id: str) -> None:
    faults: list[BaseException] = []

    def work(worker: int) -> None:
        try:
            for number in range(20):
                profile.write(
                    lambda change, n=number: answers.set_explanation(change, round_id, f"w{worker}", f"{n}")
                )
                profile.read(lambda db: answers.of_round(db, round_id))
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    stated = profile.read(lambda db: answers.of_round(db, round_id))
    assert {key: answer.explanation for key, answer in stated.items()} == {f"w{n}": "19" for n in range(6)}
    assert profile.read(journal.head).seq == 1 + 6 * 20
    assert profile.read(journal.verify_chain) is None
    assert profile.read(journal.verify_rows) is None


def test_rows_as_they_stood_at_a_number_of_the_journal(profile: Profile, round_id: str) -> None:
    def seq() -> int:
        return profile.read(journal.head).seq

    at_first = seq()
    _changes, one = profile.write(lambda change: plan.add_task(change, round_id, "A", title="Một"))
    with_one = seq()
    profile.write(lambda change: plan.add_task(change, round_id, "A", title="Hai"))
    profile.write(lambda change: plan.update_task(change, one.id, title="Một, đã sửa"))
    edited = seq()
    profile.write(lambda change: plan.remove_tasks(change, (one.id,)))
    profile.write(lambda change: answers.set_explanation(change, round_id, "kh_ban_hanh", "Sau"))

    def titles(at: int) -> list[str]:
        content = profile.read(lambda db: plan.content_at(db, round_id, at))
        return [task.title for task in content.tasks]

    assert titles(at_first) == []
    assert titles(with_one) == ["Một"]
    assert titles(edited) == ["Một, đã sửa", "Hai"]
    assert titles(seq()) == ["Hai"]
    now = profile.read(lambda db: plan.content(db, round_id))
    assert profile.read(lambda db: plan.content_at(db, round_id, seq())).tasks == now.tasks
    assert profile.read(lambda db: answers.at(db, round_id, edited)) == {}
    assert profile.read(lambda db: answers.at(db, round_id, seq())) == profile.read(
        lambda db: answers.of_round(db, round_id)
    )
    assert profile.read(lambda db: journal.rows_at(db, "tasks", "x", seq())) == {}
