"""The append-only, hash-chained history: each row's hash covers the hash before it and its own content."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.errors import KnownError
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.store.database import Connection
from cchc_desktop.store.tables import JSON_BY_TYPE, TABLES, Row, Value

if TYPE_CHECKING:
    import hashlib

GENESIS = ""
COLUMNS = "seq, at, actor, batch, step, round_id, table_name, key, old, new, undoes, prev_hash, hash"
INSERT = f"INSERT INTO journal ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Entry:
    """One journal row. `batch` numbers transactions; `step` joins quick edits of one field into one undo;
    `undoes` is the step that this one takes back (a step that is itself an undo makes it a redo)."""

    seq: int
    at: str
    actor: str
    batch: int
    step: int
    round_id: str
    table: str
    key: str
    old: str | None
    new: str | None
    undoes: int | None
    prev_hash: str
    hash: str

    @property
    def old_row(self) -> Row | None:
        return None if self.old is None else json.loads(self.old)

    @property
    def new_row(self) -> Row | None:
        return None if self.new is None else json.loads(self.new)

    def computed_hash(self) -> str:
        content = (self.seq, self.at, self.actor, self.batch, self.step, self.round_id, self.table, self.key)
        return chain_hash(self.prev_hash, (*content, self.old, self.new, self.undoes))


def chain_hash(prev_hash: str, content: tuple[Value, ...]) -> str:
    """Over the hash before and the canonical JSON list of the row's own columns."""
    written = ",".join([JSON_BY_TYPE[type(value)](value) for value in content])
    digest = _sha256().copy()  # quicker than to ask for a new one
    digest.update(f"{prev_hash}[{written}]".encode())
    return digest.hexdigest()


@cache
def _sha256() -> hashlib._Hash:
    """Of nothing yet. Imported here: it is not needed before the first write."""
    from hashlib import sha256

    return sha256()


class Head(NamedTuple):
    """Where the chain ends: what a package signs as `journal_head`."""

    seq: int = 0
    batch: int = 0
    hash: str = GENESIS


def head(db: Connection) -> Head:
    row = db.execute("SELECT seq, batch, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(*row) if row else Head()


def newest_at(db: Connection) -> datetime | None:
    """When the newest row says it was written; None where there is none, or nothing that is a moment."""
    row = db.execute("SELECT at FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    try:
        found = datetime.fromisoformat(row[0])
        return found if found.tzinfo is not None else None
    except (TypeError, ValueError):
        return None


def entries(db: Connection) -> Iterator[Entry]:
    """All rows, oldest first."""
    for row in db.execute(f"SELECT {COLUMNS} FROM journal ORDER BY seq"):  # noqa: S608
        yield Entry(*row)


# The journal has no index but its number: each would cost every edit a page to write. What is asked of it
# while people work lies at its end, and is read from there.


@dataclass(frozen=True, slots=True)
class Step:
    """One undo step of a round: its rows lie between `first` and `last`.

    `final` are handing-over (of a package and what became of it, of a workbook to a room) and the making of a
    round: no undo takes these back.
    """

    number: int
    undoes: int | None
    final: bool
    first: int
    last: int


def steps(db: Connection, round_id: str, reach: int) -> tuple[Step, ...]:
    """The steps among the journal's newest `reach` rows, oldest first, but for one cut off by the reach."""
    cut = max(0, head(db).seq - reach)
    found = db.execute(
        "SELECT step, undoes, max(table_name IN ('submissions', 'deliveries')"
        " OR (table_name IN ('rounds', 'handouts') AND old IS NULL)),"
        " min(seq), max(seq) FROM journal WHERE seq > ? AND round_id = ? GROUP BY step ORDER BY step",
        (cut, round_id),
    ).fetchall()
    whole = (Step(number, undoes, bool(final), first, last) for number, undoes, final, first, last in found)
    return tuple(step for step in whole if cut == 0 or step.first > cut + 1)


def of_step(db: Connection, round_id: str, step: Step) -> tuple[Entry, ...]:
    """What one undo step changed, in the order it was changed."""
    found = db.execute(
        f"SELECT {COLUMNS} FROM journal WHERE seq BETWEEN ? AND ?"  # noqa: S608
        " AND round_id = ? AND step = ? ORDER BY seq",
        (step.first, step.last, round_id, step.number),
    )
    return tuple(Entry(*row) for row in found)


def latest(db: Connection, round_id: str, limit: int) -> tuple[Entry, ...]:
    """The newest rows of a round, newest first."""
    found = db.execute(
        f"SELECT {COLUMNS} FROM journal WHERE round_id = ? ORDER BY seq DESC LIMIT ?",  # noqa: S608
        (round_id, limit),
    )
    return tuple(Entry(*row) for row in found)


def latest_of(db: Connection, round_id: str, keys: Collection[str], limit: int) -> tuple[Entry, ...]:
    """The newest rows of a round that changed one of these keys or a link of evidence to it, newest first."""
    own = " OR ".join(["key = ? OR (table_name = 'evidence_links' AND key LIKE '%/' || ?)"] * len(keys))
    found = db.execute(
        f"SELECT {COLUMNS} FROM journal WHERE round_id = ? AND ({own or '0'}) ORDER BY seq DESC LIMIT ?",  # noqa: S608
        (round_id, *(part for key in keys for part in (key, key)), limit),
    )
    return tuple(Entry(*row) for row in found)


def rows_at(db: Connection, table: str, round_id: str, seq: int) -> dict[str, Row]:
    """The rows of a table and a round as they stood when the journal ended at `seq`, by key."""
    found = db.execute(
        "SELECT key, new, max(seq) FROM journal"
        " WHERE seq <= ? AND table_name = ? AND round_id = ? GROUP BY key",
        (seq, table, round_id),
    )
    return {key: TABLES[table].whole(json.loads(new)) for key, new, _seq in found if new is not None}


@dataclass(frozen=True, slots=True)
class Fault:
    """`seq` is the first bad journal row (0: none); `what` one of chain, hash, row, schema.

    For "row", `table` and `key` name a stored row that is not as its last journal row left it.
    """

    what: str
    seq: int = 0
    table: str = ""
    key: str = ""


def verify_chain(db: Connection) -> Fault | None:
    """The first row whose number, link or hash is wrong; None when the chain is whole."""
    previous, expected = GENESIS, 1
    for entry in entries(db):
        if entry.seq != expected or entry.prev_hash != previous:
            return Fault("chain", entry.seq)
        if entry.hash != entry.computed_hash():
            return Fault("hash", entry.seq)
        previous, expected = entry.hash, expected + 1
    return None


def verify_rows(db: Connection) -> Fault | None:
    """The first stored row that the journal does not account for, in either direction.

    Finds what was changed after the triggers had been dropped.
    """
    last: dict[tuple[str, str], tuple[int, str | None]] = {}
    for entry in entries(db):
        last[entry.table, entry.key] = (entry.seq, entry.new)
    alive = {place: state for place, state in last.items() if state[1] is not None}
    for table in TABLES.values():
        for values in db.execute(table.select.replace(" FROM", ", journal_seq FROM", 1)):
            row: Row = dict(zip(table.all_columns, values, strict=False))
            seq, new = alive.pop((table.name, str(row["id"])), (0, None))
            if new != table.json(row) or values[-1] != seq:
                return Fault("row", seq, table.name, str(row["id"]))
    for (table_name, key), (seq, _new) in alive.items():
        return Fault("row", seq, table_name, key)
    return None


def require_whole(db: Connection, code_of: Callable[[str], str]) -> None:
    """What is signed has to be what the journal tells. Raises KnownError store.journal_edited or
    store.row_edited, naming the first bad row; `code_of` gives a criteria row's code for its key.
    """
    if (fault := verify_chain(db)) is not None:
        bad = next(entry for entry in entries(db) if entry.seq == fault.seq)
        raise KnownError(
            "store.journal_edited",
            unusable_input=False,
            seq=fault.seq,
            who=bad.actor,
            at=_moment(bad.at),
            detail=f"{fault.what} {fault.seq}",
        )
    if (fault := verify_rows(db)) is not None:
        raise KnownError(
            "store.row_edited",
            unusable_input=False,
            what=_named(db, fault, code_of),
            detail=f"{fault.table} {fault.key} {fault.seq}",
        )


def _moment(written: str) -> Message:
    """When a journal row says it was written; anything may stand there by now."""
    try:
        at = datetime.fromisoformat(written).astimezone(VIETNAM)
    except (ValueError, OverflowError):
        return message("store.some_time")
    return message("store.at", time=at, day=at)


def _named(db: Connection, fault: Fault, code_of: Callable[[str], str]) -> Message:
    """The row as people know it, as far as it is still there or the journal still tells."""
    table = TABLES[fault.table]
    stored = db.execute(f"{table.select} WHERE id = ?", (fault.key,)).fetchone()
    row: Row = dict(zip(table.all_columns, stored, strict=True)) if stored else {}
    if not row:
        told = db.execute("SELECT new FROM journal WHERE seq = ?", (fault.seq,)).fetchone()
        row = json.loads(told[0]) if told and told[0] else {}
    match fault.table:
        case "answers":
            return message("store.row_answers", name=code_of(str(row.get("row_key", ""))))
        case "tasks" | "targets":
            return message(f"store.row_{fault.table}", name=str(row.get("title", "")))
        case "evidence" | "signed_documents":
            return message(f"store.row_{fault.table}", name=str(row.get("name", "")))
        case "submissions":
            return message("store.row_submissions", name=str(row.get("file_name", "")))
        case "rounds":
            return message("store.row_rounds", year=str(row.get("year", "")))
        case "plan_texts" | "evidence_links":
            return message(f"store.row_{fault.table}")
    return message("store.row_other", table=fault.table)
