"""What a search looks through, read as plain texts: a search asks for every record, and shows a few."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cchc_desktop.domain.evidence import LinkKind
from cchc_desktop.store.database import Connection


class TaskTexts(NamedTuple):
    """`plan_id` is None in the round's own plan."""

    id: str
    plan_id: str | None
    area: str
    title: str
    product: str
    lead: str
    coworkers: str
    due: str


class TargetTexts(NamedTuple):
    """`plan_id` is None in the round's own plan."""

    id: str
    plan_id: str | None
    area: str
    title: str
    value: str
    unit: str
    source: str


class EvidenceTexts(NamedTuple):
    """`issued_on` as it is stored ("2026-01-31")."""

    id: str
    name: str
    number: str
    issued_on: str | None
    issuer: str
    abstract: str


def tasks(db: Connection, round_id: str) -> Iterator[TaskTexts]:
    """Of the round's own plan, then of its further ones; by area and position."""
    found = db.execute(
        "SELECT id, plan_id, area, title, product, lead, coworkers, due FROM tasks"
        " WHERE round_id = ? ORDER BY plan_id, area, position",
        (round_id,),
    )
    return map(TaskTexts._make, found)


def targets(db: Connection, round_id: str) -> Iterator[TargetTexts]:
    """Of the round's own plan, then of its further ones; by area and position."""
    found = db.execute(
        "SELECT id, plan_id, area, title, value, unit, source FROM targets"
        " WHERE round_id = ? ORDER BY plan_id, area, position",
        (round_id,),
    )
    return map(TargetTexts._make, found)


def evidence(db: Connection, round_id: str) -> Iterator[EvidenceTexts]:
    """In the order in which it was added."""
    found = db.execute(
        "SELECT id, name, number, issued_on, issuer, abstract FROM evidence"
        " WHERE round_id = ? ORDER BY added_at, rowid",
        (round_id,),
    )
    return map(EvidenceTexts._make, found)


def rows_of_evidence(db: Connection, round_id: str) -> dict[str, list[str]]:
    """The keys of the rows that each piece of evidence is linked to, in the order of linking."""
    found = db.execute(
        "SELECT evidence_id, key FROM evidence_links WHERE round_id = ? AND kind = ? ORDER BY rowid",
        (round_id, LinkKind.ROW.value),
    )
    rows: dict[str, list[str]] = {}
    for evidence_id, key in found:
        rows.setdefault(evidence_id, []).append(key)
    return rows


def explanations(db: Connection, round_id: str) -> dict[str, str]:
    """By row key."""
    found = db.execute("SELECT row_key, explanation FROM answers WHERE round_id = ?", (round_id,))
    return dict(found)
