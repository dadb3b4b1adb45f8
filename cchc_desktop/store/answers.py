"""Answers in the database, by the row's permanent key. Changing one withdraws the head's confirmation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cchc_desktop.domain.answers import Answer
from cchc_desktop.store import rounds
from cchc_desktop.store.codec import decode_entry, encode_entry
from cchc_desktop.store.database import Connection
from cchc_desktop.store.tables import Row

if TYPE_CHECKING:
    from cchc_desktop.store.change import Change


def of_round(db: Connection, round_id: str) -> dict[str, Answer]:
    """By row key; rows never touched are not there."""
    found = db.execute("SELECT row_key, entry, explanation FROM answers WHERE round_id = ?", (round_id,))
    return {key: Answer(decode_entry(entry), explanation) for key, entry, explanation in found}


def at(db: Connection, round_id: str, seq: int) -> dict[str, Answer]:
    """Like `of_round`, as it stood when the journal ended at `seq`."""
    from cchc_desktop.store import journal  # the first page needs no history

    rows = journal.rows_at(db, "answers", round_id, seq).values()
    return {str(row["row_key"]): _answer(row) for row in rows}


def _answer(row: Row) -> Answer:
    entry = row["entry"]
    return Answer(decode_entry(None if entry is None else str(entry)), str(row["explanation"]))


def set_entry(change: Change, round_id: str, row_key: str, entry: Mapping[str, object] | None) -> None:
    """The figures of one row; None takes them back (the row is open again)."""
    _set(change, round_id, row_key, "entry", encode_entry(entry))


def set_explanation(change: Change, round_id: str, row_key: str, text: str) -> None:
    _set(change, round_id, row_key, "explanation", text)


def insert(change: Change, round_id: str, row_key: str, answer: Answer) -> None:
    change.insert(
        "answers",
        {
            "id": f"{round_id}/{row_key}",
            "round_id": round_id,
            "row_key": row_key,
            "entry": encode_entry(answer.entry),
            "explanation": answer.explanation,
        },
    )


def _set(change: Change, round_id: str, row_key: str, column: str, value: str | None) -> None:
    key = f"{round_id}/{row_key}"
    old = change.row("answers", key)
    if old is not None:
        changed = change.replace("answers", old, {column: value})
    else:
        row: Row = {"id": key, "round_id": round_id, "row_key": row_key, "entry": None, "explanation": ""}
        changed = row[column] != value
        if changed:
            change.insert("answers", {**row, column: value})
    if changed:
        rounds.withdraw_confirmation(change, round_id)
