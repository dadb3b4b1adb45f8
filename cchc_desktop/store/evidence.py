"""Evidence records and their links in the database. Keep the file (`evidence_files`) before its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from cchc_desktop.domain.evidence import Evidence, EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.errors import KnownError
from cchc_desktop.store.codec import date_text, text_date, text_time, time_text
from cchc_desktop.store.database import Connection
from cchc_desktop.store.tables import TABLES, Row, Value, fetch

if TYPE_CHECKING:
    from cchc_desktop.store.change import Change

_TABLE = TABLES["evidence"]
_Stored: TypeAlias = "tuple[tuple[Value, ...], list[tuple[str, str]]]"
"""A record's columns, and its links by kind and key."""


class EvidenceByRow:
    """What hangs on each row, as it stands in the database; a piece is made when its row is looked at."""

    def __init__(self, stored: Iterable[_Stored] = ()) -> None:
        self._stored: dict[str, list[_Stored]] = {}
        self._made: dict[str, tuple[Evidence, ...]] = {}
        for piece in stored:
            for kind, key in piece[1]:
                if kind == LinkKind.ROW.value:
                    self._stored.setdefault(key, []).append(piece)

    def state(self, row_key: str) -> Sequence[object]:
        """Another value, once anything about a piece of that row is another; one item for each piece."""
        return self._stored.get(row_key, ())

    def of(self, row_key: str) -> tuple[Evidence, ...]:
        """In the order in which they were added."""
        if (made := self._made.get(row_key)) is None:
            made = self._made[row_key] = tuple(_made(piece) for piece in self._stored.get(row_key, ()))
        return made


def of_round(db: Connection, round_id: str) -> tuple[Evidence, ...]:
    """In the order in which they were added."""
    return tuple(_made(piece) for piece in _stored(db, round_id))


def by_row(db: Connection, round_id: str) -> EvidenceByRow:
    return EvidenceByRow(_stored(db, round_id))


def _stored(db: Connection, round_id: str) -> Iterator[_Stored]:
    links: dict[str, list[tuple[str, str]]] = {}
    for evidence_id, kind, key in db.execute(
        "SELECT evidence_id, kind, key FROM evidence_links WHERE round_id = ? ORDER BY rowid", (round_id,)
    ):
        links.setdefault(evidence_id, []).append((kind, key))
    id_ = _TABLE.all_columns.index("id")
    for values in db.execute(f"{_TABLE.select} WHERE round_id = ? ORDER BY added_at, rowid", (round_id,)):
        yield values, links.get(values[id_], [])


def _made(piece: _Stored) -> Evidence:
    values, links = piece
    row = dict(zip(_TABLE.all_columns, values, strict=True))
    return _evidence(row, tuple(EvidenceLink(LinkKind(kind), key) for kind, key in links))


def one(db: Connection, evidence_id: str) -> Evidence:
    """Raises `KnownError` "store.row_gone" when it is no longer there."""
    row = fetch(db, _TABLE, evidence_id)
    if row is None:
        raise KnownError("store.row_gone")
    found = db.execute(
        "SELECT kind, key FROM evidence_links WHERE evidence_id = ? ORDER BY rowid", (evidence_id,)
    )
    return _evidence(row, tuple(EvidenceLink(LinkKind(kind), key) for kind, key in found))


def counts(db: Connection, round_id: str, kind: LinkKind) -> dict[str, int]:
    """How many pieces of evidence hang on each row (or task)."""
    found = db.execute(
        "SELECT key, count(*) FROM evidence_links WHERE round_id = ? AND kind = ? GROUP BY key",
        (round_id, kind.value),
    )
    return dict(found)


def add(change: Change, new: Evidence) -> None:
    """The record and its links."""
    row: Row = {"id": new.id, "round_id": new.round_id, "name": new.name, "size": new.size}
    row |= {"sha256": new.sha256, "added_at": time_text(new.added_at), **_record_row(new.record)}
    change.insert("evidence", row)
    link(change, new.round_id, new.id, new.links)


def update_record(change: Change, evidence_id: str, record: EvidenceRecord) -> None:
    one(change.db, evidence_id)
    change.update("evidence", evidence_id, **_record_row(record))


def link(change: Change, round_id: str, evidence_id: str, links: Iterable[EvidenceLink]) -> None:
    """Links that are there already stay as they are."""
    for new in links:
        key = f"{evidence_id}/{new.kind}/{new.key}"
        if change.row("evidence_links", key) is None:
            row: Row = {"id": key, "round_id": round_id, "evidence_id": evidence_id}
            change.insert("evidence_links", {**row, "kind": new.kind.value, "key": new.key})


def unlink(change: Change, evidence_id: str, links: Iterable[EvidenceLink]) -> None:
    for old in links:
        change.delete("evidence_links", f"{evidence_id}/{old.kind}/{old.key}")


def remove(change: Change, evidence_id: str) -> None:
    """Remove record and links. The file stays in the store, so that undo can bring it back."""
    unlink(change, evidence_id, one(change.db, evidence_id).links)
    change.delete("evidence", evidence_id)


def _record_row(record: EvidenceRecord) -> Row:
    return {
        "number": record.number,
        "issued_on": date_text(record.issued_on),
        "issuer": record.issuer,
        "abstract": record.abstract,
        "page": record.page,
        "personal_data": int(record.personal_data),
    }


def _evidence(row: Row, links: tuple[EvidenceLink, ...]) -> Evidence:
    issued_on = row["issued_on"]
    return Evidence(
        id=str(row["id"]),
        round_id=str(row["round_id"]),
        name=str(row["name"]),
        size=int(row["size"] or 0),
        sha256=str(row["sha256"]),
        record=EvidenceRecord(
            number=str(row["number"]),
            issued_on=text_date(None if issued_on is None else str(issued_on)),
            issuer=str(row["issuer"]),
            abstract=str(row["abstract"]),
            page=str(row["page"]),
            personal_data=bool(row["personal_data"]),
        ),
        added_at=text_time(str(row["added_at"])),
        links=links,
    )
