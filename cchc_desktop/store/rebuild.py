"""A sound database out of what was salvaged: the proven history, then what the tables know beyond it.

The journal wins where it is unbroken: a row that was changed behind its back is set back. What only a table
still knows (its journal rows are lost) becomes a change of its own, made by `ACTOR`, so the new history is
whole again and says honestly where it was mended.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from pathlib import Path

from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import dataclass, field
from cchc_desktop.store import journal
from cchc_desktop.store.change import Change
from cchc_desktop.store.database import Connection, open_for_writing
from cchc_desktop.store.journal import Entry, Head
from cchc_desktop.store.salvage import Salvage
from cchc_desktop.store.tables import TABLES, Row

ACTOR = "Khôi phục dữ liệu"
State = dict[str, dict[str, Row]]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came out. `history` rows of the journal were kept, `lost_history` numbers are gone for good.

    `mended` counts per table the rows that the history did not account for and that were written anew;
    `set_back` the rows that were changed behind the journal's back; `dropped` rows that hung on nothing.
    """

    history: int
    lost_history: tuple[int, ...]
    lost_content: int = 0
    """Of the lost rows of the journal, those of which no table and no later row shows what they wrote."""
    whole_until: str = ""
    """When the newest row of the unbroken history was written; empty when there is none."""
    last_at: str = ""
    end_known: bool = True
    """Whether the journal was read to its end; else changes after `last_at` may be lost without a trace."""
    mended: dict[str, int] = field(default_factory=dict)
    set_back: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


class _Mending(Change):
    """Also archived rounds are written: they are brought back, not edited."""

    def _check_writable(self, table: str, round_id: str) -> None:
        return


def rebuild(found: Salvage, target: Path) -> Rebuilt:
    """Write a new, sound database at `target` (which is not there yet).

    Raises `KnownError` rescue.nothing when not even one round can be rescued.
    """
    chain = found.chain()
    accounted, state, set_back = _accounted(chain), *_wanted(found, chain)
    proven = _all_proven(found, chain)
    _drop_homeless(state, dropped := Counter[str]())
    if not state.get("rounds"):
        raise KnownError("rescue.nothing", unusable_input=False)
    target.unlink(missing_ok=True)
    db = open_for_writing(target, new=True)
    try:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("BEGIN IMMEDIATE")
        with contextlib.ExitStack() as stack:
            stack.callback(lambda: db.in_transaction and db.execute("ROLLBACK"))
            _write_history(db, chain, accounted)
            mended = _mend(db, chain, accounted, state)
            db.executemany(
                "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", found.settings.items()
            )
            db.execute("COMMIT")
        wrong = db.execute("PRAGMA foreign_key_check").fetchall()
        if wrong or journal.verify_chain(db) or journal.verify_rows(db):
            raise KnownError("rescue.nothing", unusable_input=False, detail=str(wrong[:3]))
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        db.execute("PRAGMA journal_mode = DELETE").fetchone()
    finally:
        db.close()
    return Rebuilt(
        history=len(chain),
        lost_history=_lost(found, chain),
        lost_content=len(set(_lost(found, chain)) - _shown(found, chain)),
        whole_until=chain[-1].at if chain else "",
        last_at=max((entry.at for entry in proven), default=""),
        end_known="journal" in found.whole,
        mended=mended,
        set_back=dict(set_back),
        dropped=dict(dropped),
        counts={table: len(rows) for table, rows in state.items() if rows},
    )


def state_of(found: Salvage) -> State:
    """Every row as it should stand, by table and id: from tables, journal and backups together."""
    state, _set_back = _wanted(found, found.chain())
    return state


def _lost(found: Salvage, chain: list[Entry]) -> tuple[int, ...]:
    """Numbers of journal rows that must have been there and are not in the new history."""
    kept = {entry.hash for entry in chain}
    strays = {found.entries[own].seq for own in found.own if own not in kept}
    written = {seq for rows in found.rows.values() for _row, seq in rows.values()}
    newest = max((len(chain), *strays, *written, *found.spoilt))
    return tuple(range(len(chain) + 1, newest + 1))


def _shown(found: Salvage, chain: list[Entry]) -> set[int]:
    """Numbers beyond the history whose content is there: in a table, or in a journal row standing alone."""
    strays = {found.entries[own].seq for own in found.own}
    written = {seq for rows in found.rows.values() for _row, seq in rows.values()}
    return {seq for seq in strays | written if seq > len(chain)}


def _accounted(chain: list[Entry]) -> dict[tuple[str, str], Entry]:
    """The last word of the unbroken history on each row."""
    return {(entry.table, entry.key): entry for entry in chain if entry.table in TABLES}


def _wanted(found: Salvage, chain: list[Entry]) -> tuple[State, Counter[str]]:
    """How every row should stand, and which rows were set back to what the journal says."""
    last = _accounted(sorted(_all_proven(found, chain), key=lambda entry: entry.seq))
    intact = len(chain)
    whole_history = not _lost(found, chain)
    state: State = {table: {} for table in TABLES}
    set_back: Counter[str] = Counter()
    for (table, key), entry in last.items():
        row = entry.new_row
        there = found.rows.get(table, {}).get(key)
        if there is not None and there[1] > entry.seq and there[1] > intact:
            continue
        if row is not None:
            gone = there is None and table in found.whole
            if gone and (not whole_history or entry.seq > intact):
                continue  # a deletion of which the journal row is lost
            state[table][key] = TABLES[table].whole(row)
        if table in found.whole and (None if there is None else there[0]) != state[table].get(key):
            set_back[table] += 1
    for table, rows in found.rows.items():
        for key, (row, seq) in rows.items():
            known = last.get((table, key))
            if seq > intact and (known is None or seq > known.seq):
                state[table][key] = row
            elif known is None:
                set_back[table] += 1
    return state, set_back


def _all_proven(found: Salvage, chain: list[Entry]) -> list[Entry]:
    """The history, and proven own rows beyond a gap in it."""
    kept = {entry.hash for entry in chain}
    beyond = [found.entries[own] for own in found.own if own not in kept]
    return [*chain, *(entry for entry in beyond if entry.seq > len(chain))]


def _drop_homeless(state: State, dropped: Counter[str]) -> None:
    """Rows that name a round, plan, evidence or submission that is lost: they could not be shown anywhere."""
    parents = (
        *((table, "round_id", "rounds") for table in TABLES if table != "rounds"),
        *((table, "plan_id", "plans") for table in ("plan_texts", "tasks", "targets")),
        ("evidence_links", "evidence_id", "evidence"),
        ("deliveries", "submission_id", "submissions"),
    )
    for table, column, parent in parents:
        for key, row in list(state[table].items()):
            if row.get(column) is not None and row[column] not in state[parent]:
                del state[table][key]
                dropped[table] += 1


def _write_history(db: Connection, chain: list[Entry], accounted: dict[tuple[str, str], Entry]) -> None:
    """The journal as it was, and the rows as it leaves them; the triggers look away and come back."""
    for entry in chain:
        content = (entry.seq, entry.at, entry.actor, entry.batch, entry.step, entry.round_id, entry.table)
        rest = (entry.key, entry.old, entry.new, entry.undoes, entry.prev_hash, entry.hash)
        db.execute(journal.INSERT, (*content, *rest))
    triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _sql in triggers:
        db.execute(f"DROP TRIGGER {name}")
    for (table_name, _key), entry in accounted.items():
        row = entry.new_row
        if row is not None:
            table = TABLES[table_name]
            whole = table.whole(row)
            db.execute(table.insert, (*[whole[name] for name in table.all_columns], entry.seq))
    for _name, sql in triggers:
        db.execute(sql)


def _mend(
    db: Connection, chain: list[Entry], accounted: dict[tuple[str, str], Entry], state: State
) -> dict[str, int]:
    """What the history does not account for, as changes of their own."""
    end = chain[-1] if chain else None
    head = Head(end.seq, end.batch, end.hash) if end is not None else Head()
    change = _Mending(db, ACTOR, lambda _spot: None, head)
    mended: Counter[str] = Counter()
    for table in TABLES:
        standing = {
            key: TABLES[table].whole(entry.new_row or {})
            for (name, key), entry in accounted.items()
            if name == table and entry.new is not None
        }
        for key, row in state[table].items():
            if key not in standing:
                change.insert(table, row)
            elif standing[key] != row:
                change.replace(table, standing[key], row)
            else:
                continue
            mended[table] += 1
        for key in standing.keys() - state[table].keys():
            change.delete(table, key)
            mended[table] += 1
    return dict(mended)


def is_sound(database: Path) -> str:
    """Empty when a database file passes SQLite's whole check; else what it says first."""
    try:
        db = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
        with contextlib.closing(db):
            answer = str(db.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        return str(error)
    return "" if answer == "ok" else answer
