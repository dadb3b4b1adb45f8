"""Pretends to be a later version of the program, with more migrations: heavy ones, to be killed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cchc_desktop.store import database, inspection, migrations, restore
from cchc_desktop.store.migrations import MIGRATIONS

MOST = 400
_ROWS = 3000


def _step(number: int) -> Callable[[Any], None]:
    """A table of its own, filled; and the answers copied over into a new table and back, as schema 2 did."""

    def work(db: Any) -> None:
        db.execute(f"CREATE TABLE later_{number} (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
        for row in range(_ROWS):
            db.execute(f"INSERT INTO later_{number} VALUES (?, ?)", (row, "chữ " * 20))
        triggers = list(
            db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'answers'")
        )
        for name, _sql in triggers:
            db.execute(f"DROP TRIGGER {name}")
        db.execute("CREATE TEMP TABLE kept AS SELECT * FROM answers")
        db.execute("DELETE FROM answers")
        db.execute("INSERT INTO answers SELECT * FROM kept")
        db.execute("DROP TABLE kept")
        for _name, sql in triggers:
            db.execute(sql)

    work.__name__ = f"m9{number:03d}_later"
    return work


def pretend(steps: int) -> None:
    """From now on this process knows `steps` migrations more."""
    more = tuple(_step(number) for number in range(1, steps + 1))
    migrations.MIGRATIONS = (*MIGRATIONS, *more)
    for module in (migrations, database, inspection, restore):
        module.SCHEMA_VERSION = len(MIGRATIONS) + steps  # type: ignore[attr-defined]
