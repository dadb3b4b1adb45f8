"""Which plans a round has. Its own yearly plan bears the round's id and stands in the round's row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import PlanIssue, PlanRecord
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.errors import KnownError
from cchc_desktop.store import rounds
from cchc_desktop.store.codec import date_text, decode_issue, encode_issue, text_date
from cchc_desktop.store.database import Connection
from cchc_desktop.store.tables import TABLES, Row, fetch

if TYPE_CHECKING:
    from cchc_desktop.store.change import Change

_TABLE = TABLES["plans"]


def record(db: Connection, plan_id: str) -> PlanRecord:
    """Raises `KnownError` "plan.gone" when there is no such plan (any more)."""
    row = fetch(db, _TABLE, plan_id)
    if row is not None:
        return _record(row)
    if fetch(db, TABLES["rounds"], plan_id) is None:
        raise KnownError("plan.gone")
    return _own(db, plan_id)


def of_round(db: Connection, round_id: str) -> tuple[PlanRecord, ...]:
    """The round's own yearly plan, then the further ones in the order of their making."""
    found = db.execute(f"{_TABLE.select} WHERE round_id = ? ORDER BY rowid", (round_id,))
    further = (_record(dict(zip(_TABLE.all_columns, values, strict=True))) for values in found)
    return (_own(db, round_id), *further)


def covering(db: Connection, kind: PlanKind, year: int) -> tuple[PlanRecord, ...]:
    """Further plans of a kind, of any round, whose period has that year; the newest first."""
    found = db.execute(
        f"{_TABLE.select} WHERE kind = ? AND first_year <= ? AND ? <= last_year ORDER BY rowid DESC",
        (kind.value, year, year),
    )
    return tuple(_record(dict(zip(_TABLE.all_columns, values, strict=True))) for values in found)


def insert(change: Change, new: PlanRecord) -> None:
    """A further plan; the round's own comes with its round."""
    change.insert(
        "plans",
        {
            "id": new.id,
            "round_id": new.round_id,
            "kind": new.kind.value,
            "template_id": new.template.id,
            "template_version": new.template.version,
            "first_year": new.first_year,
            "last_year": new.last_year,
            "starts_on": date_text(new.starts_on),
            "issue": encode_issue(new.issue),
        },
    )


def set_issue(change: Change, plan_id: str, issue: PlanIssue) -> None:
    if record(change.db, plan_id).is_rounds_own:
        change.update("rounds", plan_id, plan_issue=encode_issue(issue))
    else:
        change.update("plans", plan_id, issue=encode_issue(issue))


def delete(change: Change, plan_id: str) -> None:
    """The row alone; its content goes first (`store.plan`)."""
    change.delete("plans", plan_id)


def _own(db: Connection, round_id: str) -> PlanRecord:
    of_round = rounds.one(db, round_id)
    return PlanRecord(
        id=round_id,
        round_id=round_id,
        kind=PlanKind.YEARLY,
        template=PackRef(of_round.plan_template_id, of_round.plan_template_version),
        first_year=of_round.year,
        last_year=of_round.year,
        issue=rounds.plan_issue(db, round_id),
    )


def _record(row: Row) -> PlanRecord:
    starts_on = row["starts_on"]
    return PlanRecord(
        id=str(row["id"]),
        round_id=str(row["round_id"]),
        kind=PlanKind(str(row["kind"])),
        template=PackRef(str(row["template_id"]), int(row["template_version"] or 0)),
        first_year=int(row["first_year"] or 0),
        last_year=int(row["last_year"] or 0),
        starts_on=text_date(None if starts_on is None else str(starts_on)),
        issue=decode_issue(str(row["issue"])),
    )
