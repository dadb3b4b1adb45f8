"""Workbooks handed to rooms: what was handed out, on which state of the data, and that it came back."""

from __future__ import annotations

from datetime import datetime

from cchc_desktop.domain.handout import Handout, HandoutKind
from cchc_desktop.store.change import Change
from cchc_desktop.store.codec import decode_words, encode_words, text_time, time_text
from cchc_desktop.store.database import Connection
from cchc_desktop.store.tables import TABLES, Row, fetch

_TABLE = TABLES["handouts"]


def of_round(db: Connection, round_id: str) -> tuple[Handout, ...]:
    """In the order in which they were handed out."""
    found = db.execute(f"{_TABLE.select} WHERE round_id = ? ORDER BY rowid", (round_id,))
    return tuple(_handout(dict(zip(_TABLE.all_columns, values, strict=True))) for values in found)


def one(db: Connection, handout_id: str) -> Handout | None:
    """None when this profile never handed it out."""
    row = fetch(db, _TABLE, handout_id)
    return None if row is None else _handout(row)


def insert(change: Change, new: Handout) -> None:
    change.insert(
        "handouts",
        {
            "id": new.id,
            "round_id": new.round_id,
            "plan_id": new.plan_id,
            "kind": new.kind.value,
            "room": new.room,
            "file_name": new.file_name,
            "made_at": time_text(new.made_at),
            "base_seq": new.base_seq,
            "handed_rows": encode_words(new.rows),
            "taken_at": None if new.taken_at is None else time_text(new.taken_at),
        },
    )


def set_taken(change: Change, handout_id: str, at: datetime) -> None:
    change.update("handouts", handout_id, taken_at=time_text(at))


def _handout(row: Row) -> Handout:
    plan_id, taken_at = row["plan_id"], row["taken_at"]
    return Handout(
        id=str(row["id"]),
        round_id=str(row["round_id"]),
        plan_id=None if plan_id is None else str(plan_id),
        kind=HandoutKind(str(row["kind"])),
        room=str(row["room"]),
        file_name=str(row["file_name"]),
        made_at=text_time(str(row["made_at"])),
        base_seq=int(row["base_seq"] or 0),
        rows=decode_words(str(row["handed_rows"])),
        taken_at=None if taken_at is None else text_time(str(taken_at)),
    )
