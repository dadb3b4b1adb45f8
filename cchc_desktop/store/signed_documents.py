"""Documents exported to be signed and signed ones in the database; their files lie in `documents/`.

Keep the file first (`keep`), its row afterwards: a row names a file that exists.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.pdf_signature import LARGEST_PDF
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.signed_document import NumberGiven, SignedBy, SignedDocument, SignedKind
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.errors import KnownError
from cchc_desktop.store import evidence_files
from cchc_desktop.store.change import Change
from cchc_desktop.store.codec import canonical, date_text, new_id, text_date, text_time, time_text
from cchc_desktop.store.database import Connection
from cchc_desktop.store.profile import DOCUMENTS_FOLDER
from cchc_desktop.store.tables import TABLES, Row, fetch

_TABLE = TABLES["signed_documents"]

__all__ = ["add", "file_of", "keep", "new_id", "of_round", "one", "remove", "set_number"]


def of_round(db: Connection, round_id: str) -> tuple[SignedDocument, ...]:
    """In the order in which they came."""
    found = db.execute(f"{_TABLE.select} WHERE round_id = ? ORDER BY rowid", (round_id,))
    return tuple(_document(dict(zip(_TABLE.all_columns, values, strict=True))) for values in found)


def one(db: Connection, document_id: str) -> SignedDocument:
    row = fetch(db, _TABLE, document_id)
    if row is None:
        raise KnownError("store.row_gone")
    return _document(row)


def add(change: Change, new: SignedDocument) -> None:
    change.insert(
        "signed_documents",
        {
            "id": new.id,
            "round_id": new.round_id,
            "plan_id": new.plan_id,
            "kind": new.kind.value,
            "content_sha256": new.content_sha256,
            "sha256": new.sha256,
            "size": new.size,
            "name": new.name,
            "state": new.state.value,
            "number": new.given.number,
            "issued_on": date_text(new.given.issued_on),
            "signers": encode_signers(new),
            "created_at": time_text(new.created_at),
        },
    )


def set_number(change: Change, document_id: str, given: NumberGiven, state: DocumentState) -> None:
    change.update(
        "signed_documents",
        document_id,
        number=given.number,
        issued_on=date_text(given.issued_on),
        state=state.value,
    )


def remove(change: Change, document_id: str) -> None:
    """The row alone; undo brings it back, so its file stays."""
    change.delete("signed_documents", document_id)


def keep(profile_folder: Path, source: Path) -> evidence_files.Kept:
    """Copy a PDF into the profile, by its content. Raises as `evidence_files.keep_in`."""
    return evidence_files.keep_in(profile_folder / DOCUMENTS_FOLDER, source, LARGEST_PDF, Progress())


def file_of(profile_folder: Path, document: SignedDocument) -> Path:
    """The kept file, read through and found unchanged. Raises `KnownError` evidence.file_missing, …"""
    return evidence_files.checked(profile_folder / DOCUMENTS_FOLDER, document.sha256, document.name)


def encode_signers(document: SignedDocument) -> str:
    by = [
        {
            "name": one.name,
            "organisation": one.organisation,
            "signed_at": time_text(one.signed_at),
            "outcome": one.outcome.value,
        }
        for one in document.signers
    ]
    return canonical({"exact": document.exact, "by": by})


def decode_signers(text: str) -> tuple[bool, tuple[SignedBy, ...]]:
    found: dict[str, Any] = json.loads(text)
    by = tuple(
        SignedBy(one["name"], one["organisation"], text_time(one["signed_at"]), Outcome(one["outcome"]))
        for one in found["by"]
    )
    return bool(found["exact"]), by


def _document(row: Row) -> SignedDocument:
    plan_id, issued_on = row["plan_id"], row["issued_on"]
    exact, signers = decode_signers(str(row["signers"]))
    return SignedDocument(
        id=str(row["id"]),
        round_id=str(row["round_id"]),
        plan_id=None if plan_id is None else str(plan_id),
        kind=SignedKind(str(row["kind"])),
        content_sha256=str(row["content_sha256"]),
        sha256=str(row["sha256"]),
        size=int(row["size"] or 0),
        name=str(row["name"]),
        state=DocumentState(str(row["state"])),
        given=NumberGiven(str(row["number"]), text_date(None if issued_on is None else str(issued_on))),
        signers=signers,
        created_at=text_time(str(row["created_at"])),
        exact=exact,
    )
