"""The one way to write: every change of a row goes with its journal row, in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plain_text import stored
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.store import journal
from cchc_desktop.store.database import Connection
from cchc_desktop.store.tables import TABLES, Row, Table, Value, fetch

Spot = tuple[str, str, str]
"""The one field that a transaction edited: (table, key, column), "entry.numerator" inside an answer."""

JoinStep = Callable[[Spot | None], int | None]


class RoundState(NamedTuple):
    """What an edit asks of its round. `criteria` is the set that the round bears."""

    archived: bool
    year: int
    confirmed: bool
    criteria: PackRef


class Change:
    """One transaction on the writer thread. `db` is for reading within it; write only by the three verbs.

    Text is stored in NFC. An archived round can't be written (`KnownError` "rounds.archived"), but for the
    transaction that brings it in or archives it.
    """

    def __init__(
        self,
        db: Connection,
        actor: str,
        join_step: JoinStep,
        head: journal.Head,
        rounds: dict[str, RoundState] | None = None,
    ) -> None:
        """`rounds` are what earlier transactions read of rounds; the writer empties it when one fails."""
        self.db = db
        self._actor = actor
        self._join_step = join_step
        self._rounds = {} if rounds is None else rounds
        self.undoes: int | None = None
        self.head = head
        self.batch = head.batch + 1
        self.step = self.batch
        self.at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._confirmed: dict[str, bool] = {}
        self._touched: list[tuple[str, str]] = []
        self._round_id = ""
        self.spot: Spot | None = None

    def insert(self, table: str, row: Mapping[str, Value]) -> None:
        """Add a row; it holds every column of the table but `journal_seq`."""
        if set(row) != set(TABLES[table].all_columns):
            raise BugError(f"columns of {table}: {sorted(row)}")
        self._write(TABLES[table], None, _clean(row))

    def update(self, table: str, key: str, **columns: Value) -> bool:
        """Set columns of a row. False (and no journal row) when nothing differs. KeyError: no such row."""
        old = self.row(table, key)
        if old is None:
            raise KeyError(key)
        return self.replace(table, old, columns)

    def replace(self, table: str, old: Row, columns: Mapping[str, Value]) -> bool:
        """Like `update`, of a row that was just read in this transaction."""
        new = {**old, **_clean(columns)}
        if new == old:
            return False
        if len(new) != len(old):
            raise BugError(f"columns of {table}: {sorted(columns)}")
        self._write(TABLES[table], old, new)
        return True

    def delete(self, table: str, key: str) -> bool:
        """Remove a row; False when it is not there."""
        old = self.row(table, key)
        if old is None:
            return False
        self._write(TABLES[table], old, None)
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

    def _write(self, table: Table, old: Row | None, new: Row | None) -> None:
        row: Row = new or old or {}
        key, round_id = str(row["id"]), str(row["round_id"])
        if round_id not in self._confirmed:
            self._check_writable(table.name, round_id)
        changed = _changed(table, old, new)
        if not self._touched and self.undoes is None:
            self.spot = _spot(table.name, key, changed, old, new)
            self.step = self._join_step(self.spot) or self.batch
        elif table.name != "rounds":
            self.spot = None
        seq = self.head.seq + 1
        content = (
            *(seq, self.at, self._actor, self.batch, self.step, round_id, table.name, key),
            None if old is None else table.json(old),
            None if new is None else table.json(new),
            self.undoes,
        )
        digest = journal.chain_hash(self.head.hash, content)
        self.db.execute(journal.INSERT, (*content, self.head.hash, digest))
        self.head = journal.Head(seq, self.batch, digest)
        if new is None:
            self.db.execute(table.delete, (key,))
        elif old is None:
            self.db.execute(table.insert, (*[new[name] for name in table.all_columns], seq))
        else:
            self.db.execute(table.update(changed), (*[new[name] for name in changed], seq, key))
        if table.name == "rounds":
            self._rounds.pop(round_id, None)
        self._round_id = round_id
        self._touched.append((table.name, key))

    def round_state(self, round_id: str) -> RoundState | None:
        """As it stands in this transaction; None when there is no such round."""
        state = self._rounds.get(round_id)
        if state is None:
            found = self.db.execute(
                "SELECT archived, year, confirmation IS NOT NULL, criteria_id, criteria_version"
                " FROM rounds WHERE id = ?",
                (round_id,),
            ).fetchone()
            if found is None:
                return None
            archived, year, confirmed, criteria, version = found
            state = RoundState(bool(archived), year, bool(confirmed), PackRef(criteria, version))
            self._rounds[round_id] = state
        return state

    def _check_writable(self, table: str, round_id: str) -> None:
        state = self.round_state(round_id)
        if state is None:
            if table != "rounds":
                raise BugError(f"no round {round_id}")
        elif state.archived:
            raise KnownError("rounds.archived", year=str(state.year))
        self._confirmed[round_id] = state is not None and state.confirmed

    def was_confirmed(self, round_id: str) -> bool:
        """Whether the head had confirmed the round when this transaction first wrote to it."""
        return self._confirmed.get(round_id, True)

    @property
    def changes(self) -> Changes:
        """What this transaction changed so far; keys are the journal's, taken apart, without the round's."""
        if not self._touched:
            return Changes()
        keys = dict.fromkeys([part for _table, key in self._touched for part in key.split("/")])
        keys.pop(self._round_id, None)
        subjects = frozenset([table for table, _key in self._touched])
        return Changes(self.batch, self._round_id, subjects, tuple(keys))


def _clean(row: Mapping[str, Value]) -> Row:
    return {name: stored(value) if isinstance(value, str) else value for name, value in row.items()}


def _changed(table: Table, old: Row | None, new: Row | None) -> tuple[str, ...]:
    if old is None or new is None:
        return table.columns
    return tuple([name for name in table.all_columns if new[name] != old[name]])


def _spot(table: str, key: str, changed: tuple[str, ...], old: Row | None, new: Row | None) -> Spot | None:
    if old is None or new is None or len(changed) != 1:
        return None
    column = changed[0]
    if column != "entry":
        return table, key, column
    before, after = _decoded(old[column]), _decoded(new[column])
    inner = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return (table, key, f"{column}.{inner[0]}") if len(inner) == 1 else None


@lru_cache(maxsize=8)  # what was new is old at the next key stroke
def _decoded(text: Value) -> dict[str, object]:
    return json.loads(text) if isinstance(text, str) else {}
