"""Submissions in the database.

    counter = profile.read(submissions.next_counter)
    changes, _ = profile.write(lambda change: submissions.add(change, submission))
    profile.write(lambda change: submissions.set_state(change, submission.id, DocumentState.DELIVERED))

Write the package first, its row afterwards: a row names a file that exists. Moves between states are
checked by `domain.lifecycle.moved` in the service. A submission is no step that undo takes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.submission import Submission
from cchc_desktop.errors import KnownError
from cchc_desktop.store.codec import new_id, text_time, time_text
from cchc_desktop.store.database import Connection
from cchc_desktop.store.tables import TABLES, Row, fetch

if TYPE_CHECKING:
    from cchc_desktop.store.change import Change

_TABLE = TABLES["submissions"]

__all__ = [
    "add",
    "new_id",
    "next_counter",
    "next_revision",
    "of_package",
    "of_round",
    "one",
    "set_state",
    "superseded_package_ids",
]


def of_round(db: Connection, round_id: str) -> tuple[Submission, ...]:
    """Newest first."""
    found = db.execute(f"{_TABLE.select} WHERE round_id = ? ORDER BY counter DESC", (round_id,))
    return tuple(_submission(dict(zip(_TABLE.all_columns, values, strict=True))) for values in found)


def one(db: Connection, submission_id: str) -> Submission:
    row = fetch(db, _TABLE, submission_id)
    if row is None:
        raise KnownError("store.row_gone")
    return _submission(row)


def of_package(db: Connection, package_id: str) -> Submission | None:
    """The submission of that package; None when this profile never sent it."""
    found = db.execute(f"{_TABLE.select} WHERE package_id = ?", (package_id,)).fetchone()
    return None if found is None else _submission(dict(zip(_TABLE.all_columns, found, strict=True)))


def superseded_package_ids(db: Connection) -> frozenset[str]:
    """Of all packages that a later one has superseded."""
    found = db.execute(
        "SELECT package_id FROM submissions WHERE state = ?", (DocumentState.SUPERSEDED.value,)
    )
    return frozenset(str(package_id) for (package_id,) in found)


def next_counter(db: Connection) -> int:
    """The number of the next package of this profile, from 1."""
    return int(db.execute("SELECT coalesce(max(counter), 0) + 1 FROM submissions").fetchone()[0])


def next_revision(db: Connection, round_id: str, kind: str) -> int:
    """0 for the first filing of this kind in this round, then 1, 2 …"""
    found = db.execute(
        "SELECT coalesce(max(revision), -1) + 1 FROM submissions WHERE round_id = ? AND kind = ?",
        (round_id, kind),
    )
    return int(found.fetchone()[0])


def add(change: Change, new: Submission) -> None:
    change.insert(
        "submissions",
        {
            "id": new.id,
            "round_id": new.round_id,
            "kind": new.kind,
            "revision": new.revision,
            "package_id": new.package_id,
            "manifest_sha256": new.manifest_sha256,
            "file_name": new.file_name,
            "size": new.size,
            "folder": new.folder,
            "created_at": time_text(new.created_at),
            "state": new.state.value,
            "counter": new.counter,
        },
    )


def set_state(change: Change, submission_id: str, state: DocumentState) -> None:
    change.update("submissions", submission_id, state=state.value)


def _submission(row: Row) -> Submission:
    return Submission(
        id=str(row["id"]),
        round_id=str(row["round_id"]),
        kind=str(row["kind"]),
        revision=int(row["revision"] or 0),
        package_id=str(row["package_id"]),
        manifest_sha256=str(row["manifest_sha256"]),
        file_name=str(row["file_name"]),
        size=int(row["size"] or 0),
        folder=str(row["folder"]),
        created_at=text_time(str(row["created_at"])),
        state=DocumentState(str(row["state"])),
        counter=int(row["counter"] or 0),
    )
