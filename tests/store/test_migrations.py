"""The way up: all of it or nothing, and only when there is something to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_desktop.errors import KnownError
from cchc_desktop.store import answers, database, journal, migrations
from cchc_desktop.store.database import open_for_writing
from cchc_desktop.store.migrations import MIGRATIONS, SCHEMA_VERSION
from cchc_desktop.store.profile import Profile, old_profile, open_profile


def m900_more(db: Any) -> None:
    db.execute("CREATE TABLE more (id TEXT PRIMARY KEY) STRICT")


def m901_breaks(db: Any) -> None:
    db.execute("CREATE TABLE even_more (id TEXT PRIMARY KEY) STRICT")
    db.execute("INSERT INTO nowhere VALUES (1)")


def known_steps(monkeypatch: pytest.MonkeyPatch, *steps: Callable[[Any], None]) -> int:
    """Pretend to be a later version of the program, with further migrations."""
    version = SCHEMA_VERSION + len(steps)
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, *steps))
    for module in (migrations, database):
        monkeypatch.setattr(module, "SCHEMA_VERSION", version)
    return version


def test_a_new_database_is_all_migrations(tmp_path: Path) -> None:
    db = open_for_writing(tmp_path / "new.sqlite3", new=True)
    done = [name for (name,) in db.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert done == [step.__name__ for step in MIGRATIONS]
    assert db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION == len(done)
    assert db.execute("PRAGMA application_id").fetchone()[0] == int.from_bytes(b"CCHC")
    db.close()


def test_an_older_profile_is_brought_up_with_all_it_holds(
    profile: Profile, round_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile.write(lambda change: answers.set_explanation(change, round_id, "a", "cũ"))
    profile.close()
    version = known_steps(monkeypatch, m900_more)
    with open_profile(profile.folder) as later:
        assert later.read(lambda db: db.execute("SELECT count(*) FROM more").fetchone()[0]) == 0
        assert later.read(lambda db: db.execute("PRAGMA user_version").fetchone()[0]) == version
        assert later.read(lambda db: answers.of_round(db, round_id))["a"].explanation == "cũ"
        later.write(lambda change: answers.set_explanation(change, round_id, "a", "mới"))
        assert later.read(journal.verify_chain) is None
    monkeypatch.undo()
    with pytest.raises(KnownError, match=r"store\.newer"):
        open_profile(profile.folder)


def test_a_migration_that_fails_leaves_the_profile_as_it_was(
    profile: Profile, round_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile.write(lambda change: answers.set_explanation(change, round_id, "a", "cũ"))
    profile.close()
    with monkeypatch.context() as later:
        known_steps(later, m900_more, m901_breaks)
        with pytest.raises(Exception, match="nowhere"):
            open_profile(profile.folder)
    with open_profile(profile.folder) as again:
        tables = {
            name for (name,) in again.read(lambda db: db.execute("SELECT name FROM sqlite_master").fetchall())
        }
        assert not tables & {"more", "even_more"}, "not even the step that worked"
        assert again.read(lambda db: answers.of_round(db, round_id))["a"].explanation == "cũ"


def test_an_old_profile_is_brought_up_in_its_copy_only(
    profile: Profile, round_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile.write(lambda change: answers.set_explanation(change, round_id, "a", "cũ"))
    profile.close()
    content = (profile.folder / "cchc.sqlite3").read_bytes()
    known_steps(monkeypatch, m900_more)
    with old_profile(profile.folder) as (db, _files):
        assert db.execute("SELECT count(*) FROM more").fetchone()[0] == 0
        assert answers.of_round(db, round_id)["a"].explanation == "cũ"
    assert (profile.folder / "cchc.sqlite3").read_bytes() == content
