"""The one way to write: every change of a row goes with its journal row, in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.plain_text import stored
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.store import journal
from cchc_desktop.store.database import Connection
from cchc_desktop.store.tables import TABLES, Row, Table, Value

Field = tuple[str, str, str]
"""(table, key, column) that a transaction touched; a column of JSON is split by its top keys."""

JoinStep = Callable[[frozenset[Field]], int | None]


def fetch(db: Connection, table: Table, key: str) -> Row | None:
    values = db.execute(f"{table.select} WHERE id = ?", (key,)).fetchone()
    return None if values is None else dict(zip(table.all_columns, values, strict=True))


class Change:
    """One transaction on the writer thread. `db` is for reading within it; write only by the three verbs.

    Text is stored in NFC. An archived round can't be written (`KnownError` "rounds.archived"), but for the
    transaction that brings it in or archives it.
    """

    def __init__(self, db: Connection, actor: str, join_step: JoinStep) -> None:
        self.db = db
        self._actor = actor
        self._join_step = join_step
        self.undoes: int | None = None
        self._head = journal.head(db)
        self.batch = self._head.batch + 1
        self.step = self.batch
        self.at = datetime.now(UTC)
        self._writable: set[str] = set()
        self._order: list[Field] = []
        self._round_id = ""

    def insert(self, table: str, row: Mapping[str, Value]) -> None:
        """Add a row; it holds every column of the table but `journal_seq`."""
        self._write(table, None, _clean(row))

    def update(self, table: str, key: str, **columns: Value) -> bool:
        """Set columns of a row. False (and no journal row) when nothing differs. KeyError: no such row."""
        old = self.row(table, key)
        if old is None:
            raise KeyError(key)
        new = {**old, **_clean(columns)}
        if new == old:
            return False
        self._write(table, old, new)
        return True

    def delete(self, table: str, key: str) -> bool:
        """Remove a row; False when it is not there."""
        old = self.row(table, key)
        if old is None:
            return False
        self._write(table, old, None)
        return True

    def row(self, table: str, key: str) -> Row | None:
        return fetch(self.db, TABLES[table], key)

    def take_back(self, step: int) -> None:
        """Say, before the first write, that this transaction undoes an earlier step."""
        self.undoes = step

    def set_setting(self, key: str, value: str) -> None:
        """Settings (window state and the like) are no part of the history and are not journaled."""
        self.db.execute(
            "INSERT INTO settings (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, stored(value)),
        )

    def _write(self, table_name: str, old: Row | None, new: Row | None) -> None:
        table = TABLES[table_name]
        row = new or old
        if row is None or set(row) != set(table.all_columns):
            raise BugError(f"columns of {table_name}: {sorted(row or ())}")
        key, round_id = str(row["id"]), str(row["round_id"])
        self._check_writable(table_name, round_id)
        fields = _fields(table_name, key, old or {}, new or {})
        if not self._order and self.undoes is None:
            self.step = self._join_step(frozenset(fields)) or self.batch
        seq = self._head.seq + 1
        content = (
            *(seq, self.at.isoformat(timespec="milliseconds"), self._actor, self.batch, self.step),
            *(round_id, table_name, key),
            None if old is None else journal.canonical(old),
            None if new is None else journal.canonical(new),
            self.undoes,
        )
        digest = journal.chain_hash(self._head.hash, *content)
        self.db.execute(journal.INSERT, (*content, self._head.hash, digest))
        self._head = journal.Head(seq, self.batch, digest)
        if new is None:
            self.db.execute(table.delete, (key,))
        elif old is None:
            self.db.execute(table.insert, (*(new[name] for name in table.all_columns), seq))
        else:
            changed = tuple(name for name in table.all_columns if new[name] != old[name])
            self.db.execute(table.update(changed), (*(new[name] for name in changed), seq, key))
        self._round_id = round_id
        self._order.extend(fields)

    def _check_writable(self, table: str, round_id: str) -> None:
        if round_id in self._writable:
            return
        found = self.db.execute("SELECT archived, year FROM rounds WHERE id = ?", (round_id,)).fetchone()
        if found is None:
            if table != "rounds":
                raise BugError(f"no round {round_id}")
        elif found[0]:
            raise KnownError("rounds.archived", year=str(found[1]))
        self._writable.add(round_id)

    @property
    def fields(self) -> frozenset[Field]:
        return frozenset(self._order)

    @property
    def changes(self) -> Changes:
        """What this transaction changed so far; keys are the journal's, taken apart, without the round's."""
        if not self._order:
            return Changes()
        parts = (part for _table, key, _column in self._order for part in key.split("/"))
        keys = tuple(dict.fromkeys(part for part in parts if part != self._round_id))
        subjects = frozenset(table for table, _key, _column in self._order)
        return Changes(self.batch, self._round_id, subjects, keys)


def _clean(row: Mapping[str, Value]) -> Row:
    return {name: stored(value) if isinstance(value, str) else value for name, value in row.items()}


def _fields(table: str, key: str, old: Row, new: Row) -> list[Field]:
    changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    found: list[Field] = []
    for name in changed:
        inner = _inner_keys(old.get(name), new.get(name)) if name == "entry" else ()
        found.extend((table, key, f"{name}.{part}") for part in inner)
        if not inner:
            found.append((table, key, name))
    return found


def _inner_keys(old: Value, new: Value) -> tuple[str, ...]:
    before, after = (json.loads(value) if isinstance(value, str) else {} for value in (old, new))
    return tuple(key for key in {**before, **after} if before.get(key) != after.get(key))
