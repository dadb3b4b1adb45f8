"""An upgrade makes a backup first; one that fails leaves the old profile as it was."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cchc_desktop.domain.backup import BackupReason
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import checking, restoring
from cchc_desktop.store import answers, backup, journal, rounds
from cchc_desktop.store.migrations import SCHEMA_VERSION
from cchc_desktop.store.profile import Profile, open_profile
from tests.kills.later_version import pretend
from tests.store.test_backup import explain
from tests.store.test_golden_profiles import SCHEMAS, restored

ROOT = Path(__file__).resolve().parents[2]


def schema_of(folder: Path) -> int:
    db = sqlite3.connect(folder / "cchc.sqlite3")
    found = int(db.execute("PRAGMA user_version").fetchone()[0])
    db.close()
    return found


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_profile_of_every_schema_is_backed_up_before_it_is_brought_up(schema: int, tmp_path: Path) -> None:
    folder = restored(schema, tmp_path / "cũ")
    open_profile(folder).close()
    (made,) = backup.backups(backup.own_root(folder))
    assert made.content.reason is BackupReason.UPGRADE
    assert made.content.schema == schema
    assert schema_of(folder) == SCHEMA_VERSION
    assert not checking.check(folder).damaged  # the dump has no evidence files
    # Going back to it works, and it is brought up again.
    restoring.restore_backup(folder, made)
    assert schema_of(folder) == schema
    with open_profile(folder) as again:
        assert again.read(journal.verify_chain) is None
        assert again.read(journal.verify_rows) is None


@pytest.mark.parametrize("schema", SCHEMAS)
def test_an_old_profile_is_checked_and_mended_as_any_other(schema: int, tmp_path: Path) -> None:
    """A journal row edited by hand: found in the old schema, and what is rebuilt has today's."""
    folder = restored(schema, tmp_path / "cũ")
    assert not checking.check(folder).damaged  # the dump has no evidence files
    db = sqlite3.connect(folder / "cchc.sqlite3")
    db.execute("DROP TRIGGER journal_no_update")
    db.execute("UPDATE journal SET actor = 'người khác' WHERE seq = 3")
    db.commit()
    db.close()
    report = checking.check(folder)
    assert "Dòng 3 của nhật ký" in " ".join(render(line.message) for line in report.lines)
    assert not checking.repair(folder).damaged
    assert schema_of(folder) == SCHEMA_VERSION
    with open_profile(folder) as profile:
        assert profile.read(rounds.all_rounds)[0].year == 2026


def test_a_failing_migration_leaves_the_old_profile_to_the_old_program(
    profile: Profile, round_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cchc_desktop.store import database, migrations

    explain(profile, round_id, "cũ")
    profile.close()

    def m900_breaks(db: object) -> None:
        raise sqlite3.OperationalError("no such column: x")

    with monkeypatch.context() as later:
        later.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, m900_breaks))
        for module in (migrations, database):
            later.setattr(module, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
        with pytest.raises(Exception, match="no such column"):
            open_profile(profile.folder)
    assert schema_of(profile.folder) == SCHEMA_VERSION
    with open_profile(profile.folder) as again:
        assert again.read(lambda db: answers.of_round(db, round_id))["a"].explanation == "cũ"
    assert [one.content.reason for one in restoring.candidates(profile.folder)] == [BackupReason.UPGRADE]


def test_without_room_for_the_backup_nothing_is_upgraded(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile.close()
    (profile.folder / "backups").write_bytes(b"no folder can be made here")
    try:
        pretend(1)
        with pytest.raises(KnownError) as fault:
            open_profile(profile.folder)
    finally:
        pretend(0)
    assert fault.value.code.startswith("backup.")
    assert schema_of(profile.folder) == SCHEMA_VERSION


UPGRADING = """
import os, pathlib, sys
from tests.kills.later_version import pretend
from cchc_desktop.store.profile import open_profile
pretend(3)
os.write(1, b"begin\\n")
open_profile(pathlib.Path(sys.argv[1])).close()
os.write(1, b"done\\n")
"""


def test_killed_in_the_middle_it_is_the_old_or_the_new_profile(profile: Profile, round_id: str) -> None:
    """At eight moments of an upgrade of three steps; `dev.py kills` does it at random ones."""
    explain(profile, round_id, "đã lưu")
    profile.close()
    seen = set()
    for part in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", UPGRADING, profile.folder], cwd=ROOT, stdout=subprocess.PIPE
        ) as program:
            assert program.stdout is not None
            assert os.read(program.stdout.fileno(), 100).startswith(b"begin")
            time.sleep(0.04 * part)
            program.send_signal(signal.SIGKILL)
        found = schema_of(profile.folder)
        seen.add(found)
        assert found in (SCHEMA_VERSION, SCHEMA_VERSION + 3)
        try:
            pretend(found - SCHEMA_VERSION)
            with open_profile(profile.folder) as again:
                assert again.read(lambda db: answers.of_round(db, round_id))["a"].explanation == "đã lưu"
                assert again.read(journal.verify_chain) is None
                assert again.read(journal.verify_rows) is None
        finally:
            pretend(0)
        if found != SCHEMA_VERSION:
            break
    assert SCHEMA_VERSION in seen
