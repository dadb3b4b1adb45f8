"""One way to write: each change a row of the chain, nothing without one."""

from __future__ import annotations

import hashlib
import json
import threading

import pytest

from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.store import answers, evidence, journal, plan, rounds
from cchc_desktop.store.change import Change
from cchc_desktop.store.codec import new_id
from cchc_desktop.store.profile import Profile, open_profile
from tests.store.journal_rows import fill, straight


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
