"""Profiles of every schema so far: opened, brought up, whole, undone and written on.

`tests/golden/profiles/schema_<n>.sql` was dumped from a profile that the program of that schema made.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from cchc_desktop.domain.plan import PlanIssue
from cchc_desktop.store import answers, handouts, journal, plan, plans, rounds, submissions, undo
from cchc_desktop.store.database import DATABASE_NAME
from cchc_desktop.store.migrations import APPLICATION_ID, SCHEMA_VERSION
from cchc_desktop.store.profile import open_profile

GOLDEN = Path(__file__).parent.parent / "golden" / "profiles"
SCHEMAS = range(1, SCHEMA_VERSION)


def restored(schema: int, folder: Path) -> Path:
    folder.mkdir()
    with sqlite3.connect(folder / DATABASE_NAME) as db:
        db.executescript((GOLDEN / f"schema_{schema}.sql").read_text(encoding="utf-8"))
        db.execute(f"PRAGMA user_version = {schema}")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.close()
    return folder


@pytest.mark.parametrize("schema", SCHEMAS)
def test_it_opens_whole_and_can_be_undone_and_written_on(schema: int, tmp_path: Path) -> None:
    with open_profile(restored(schema, tmp_path / "cũ")) as profile:
        round_id = profile.read(rounds.all_rounds)[0].id
        assert profile.read(journal.verify_chain) is None
        assert profile.read(journal.verify_rows) is None
        assert [task.title for task in profile.read(lambda db: plan.tasks(db, round_id))] == [
            "Ban hành kế hoạch"
        ]
        assert profile.read(lambda db: plan.texts(db, round_id)) == {"purpose": "Mục đích đã sửa"}
        assert profile.read(lambda db: plan.targets(db, round_id))[0].value == "98"
        assert profile.read(lambda db: answers.of_round(db, round_id))["ke_hoach_ban_hanh"].entry == {
            "option": 1
        }
        issue = PlanIssue("05/KH-UBND", date(2026, 2, 12))
        assert profile.read(lambda db: plans.of_round(db, round_id))[0].issue == issue
        last = profile.read(lambda db: undo.stacks(db, round_id)).undo[-1]
        profile.write(lambda change: undo.reverse(change, round_id, last))
        titles = [task.title for task in profile.read(lambda db: plan.tasks(db, round_id))]
        assert titles == ["Ban hành kế hoạch", "Tuyên truyền"]
        task = profile.read(lambda db: plan.tasks(db, round_id))[1]
        profile.write(lambda change: plan.update_task(change, task.id, percent=40))
        assert profile.read(lambda db: plan.task(db, task.id)).percent == 40
        assert profile.read(journal.verify_chain) is None
        assert profile.read(journal.verify_rows) is None


def test_schema_2_keeps_further_plans_handouts_and_submissions(tmp_path: Path) -> None:
    with open_profile(restored(2, tmp_path / "cũ")) as profile:
        round_id = profile.read(rounds.all_rounds)[0].id
        five = profile.read(lambda db: plans.of_round(db, round_id))[1]
        assert (five.first_year, five.last_year) == (2026, 2030)
        milestones = profile.read(lambda db: plan.targets(db, five.id))[0].milestones
        assert [(one.year, one.text) for one in milestones] == [(2026, "60"), (2030, "80")]
        assert [one.room for one in profile.read(lambda db: handouts.of_round(db, round_id))] == ["Văn phòng"]
        filed = profile.read(lambda db: submissions.of_round(db, round_id))
        assert [(one.revision, one.state.value) for one in filed] == [(1, "exported"), (0, "superseded")]
        assert profile.read(lambda db: plan.tasks(db, round_id))[0].percent == 60
