"""Deliveries in the database: how each package went out, and what became of it.

    changes, _ = profile.write(lambda change: deliveries.add(change, delivery))
    profile.write(lambda change: deliveries.put(change, delivery.moved(…)))

What became of a delivery is no step that undo takes back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from cchc_desktop.domain.delivery import OUT, Delivery, DeliveryFile, DeliveryState, FileRole, may_move
from cchc_desktop.domain.lifecycle import DocumentState, Mover, moved
from cchc_desktop.errors import KnownError
from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import replace
from cchc_desktop.store import submissions
from cchc_desktop.store.change import Change
from cchc_desktop.store.codec import canonical, new_id, text_time, time_text
from cchc_desktop.store.database import Connection
from cchc_desktop.store.tables import TABLES, Row, fetch

_TABLE = TABLES["deliveries"]

__all__ = ["add", "new_id", "of_round", "of_submission", "one", "put", "receive", "supersede"]


def of_round(db: Connection, round_id: str) -> tuple[Delivery, ...]:
    """Newest first."""
    found = db.execute(f"{_TABLE.select} WHERE round_id = ? ORDER BY rowid DESC", (round_id,))
    return _deliveries(found)


def of_submission(db: Connection, submission_id: str) -> tuple[Delivery, ...]:
    """Newest first."""
    found = db.execute(f"{_TABLE.select} WHERE submission_id = ? ORDER BY rowid DESC", (submission_id,))
    return _deliveries(found)


def one(db: Connection, delivery_id: str) -> Delivery:
    row = fetch(db, _TABLE, delivery_id)
    if row is None:
        raise KnownError("store.row_gone")
    return _delivery(row)


def add(change: Change, new: Delivery) -> None:
    change.insert("deliveries", _row(new))


def put(change: Change, delivery: Delivery) -> None:
    """Its new state. The submission is out of the house with its first delivery that is, and delivered with
    the first one that has a receipt."""
    row = _row(delivery)
    del row["id"], row["round_id"]
    change.update("deliveries", delivery.id, **row)
    _follow(change, delivery)


def supersede(change: Change, submission_ids: Iterable[str], at: datetime) -> None:
    """A correction has come: whatever became of these packages, they are no longer what counts."""
    for submission_id in submission_ids:
        for delivery in of_submission(change.db, submission_id):
            if delivery.state is not DeliveryState.SUPERSEDED:
                put(change, delivery.moved(DeliveryState.SUPERSEDED, Mover.PROGRAM, at))


def receive(
    change: Change, package_id: str, receipt: str, at: datetime, delivery_id: str = ""
) -> Delivery | None:
    """A receipt of that package has come (its word is already checked): one delivery is delivered.

    Without `delivery_id` it is the newest that a receipt can still deliver, or the newest at all: of one that
    was superseded meanwhile the receipt is kept. None when this profile knows no such package, or no way
    that it went. The same receipt twice is one.
    """
    row = change.db.execute("SELECT id FROM submissions WHERE package_id = ?", (package_id,)).fetchone()
    known = of_submission(change.db, str(row[0])) if row else ()
    if delivery_id:
        known = tuple(delivery for delivery in known if delivery.id == delivery_id)
    if not known:
        return None
    if same := next((delivery for delivery in known if delivery.receipt == receipt), None):
        return same
    open_ones = [one for one in known if may_move(one.state, DeliveryState.DELIVERED, Mover.RECEIVER)]
    # A delivery that failed was delivered only if no other can have been.
    open_ones.sort(key=lambda one: one.state is DeliveryState.FAILED)
    delivered = known[0]
    if open_ones:
        delivered = open_ones[0].moved(DeliveryState.DELIVERED, Mover.RECEIVER, at)
    put(change, replace(delivered, receipt=receipt))
    return one(change.db, delivered.id)


def _follow(change: Change, delivery: Delivery) -> None:
    submission = submissions.one(change.db, delivery.submission_id)
    state = submission.state
    if delivery.state in OUT:
        if state in (DocumentState.FINALISED, DocumentState.FAILED):
            state = moved(state, DocumentState.EXPORTED, Mover.PROGRAM)
        if delivery.state is DeliveryState.DELIVERED and state is DocumentState.EXPORTED:
            state = moved(state, DocumentState.DELIVERED, Mover.RECEIVER)
    if state is not submission.state:
        submissions.set_state(change, submission.id, state)


def _deliveries(found: Iterable[tuple[object, ...]]) -> tuple[Delivery, ...]:
    return tuple(_delivery(dict(zip(_TABLE.all_columns, values, strict=True))) for values in found)  # type: ignore[arg-type]


def _row(delivery: Delivery) -> Row:
    return {
        "id": delivery.id,
        "round_id": delivery.round_id,
        "submission_id": delivery.submission_id,
        "channel": delivery.channel,
        "target": delivery.target,
        "state": delivery.state.value,
        "reason": _reason_text(delivery.reason),
        "files": canonical([[file.role.value, file.name, file.size, file.sha256] for file in delivery.files]),
        "created_at": time_text(delivery.created_at),
        "changed_at": time_text(delivery.changed_at),
        "receipt": delivery.receipt or None,
    }


def _delivery(row: Row) -> Delivery:
    reason, receipt = row["reason"], row["receipt"]
    return Delivery(
        id=str(row["id"]),
        round_id=str(row["round_id"]),
        submission_id=str(row["submission_id"]),
        channel=str(row["channel"]),
        target=str(row["target"]),
        state=DeliveryState(str(row["state"])),
        files=tuple(
            DeliveryFile(name, size, digest, FileRole(role))
            for role, name, size, digest in json.loads(str(row["files"]))
        ),
        created_at=text_time(str(row["created_at"])),
        changed_at=text_time(str(row["changed_at"])),
        reason=None if reason is None else _reason(str(reason)),
        receipt="" if receipt is None else str(receipt),
    )


def _reason_text(reason: Message | None) -> str | None:
    """Why it failed, as the sentence's id and arguments: numbers stay numbers, all else becomes text."""
    if reason is None:
        return None
    return canonical({"id": reason.id, "args": {name: _plain(value) for name, value in reason.args.items()}})


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return {"id": value.id, "args": {name: _plain(part) for name, part in value.args.items()}}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, bool | int | str) else str(value)


def _reason(text: str) -> Message:
    stored = json.loads(text)
    return _said(stored)


def _said(stored: Mapping[str, object]) -> Message:
    args = stored["args"]
    if not isinstance(args, dict):
        raise TypeError("a reason's arguments are an object")
    return Message(str(stored["id"]), {name: _again(value) for name, value in args.items()})


def _again(value: object) -> object:
    if isinstance(value, dict):
        return _said(value)
    return tuple(value) if isinstance(value, list) else value
