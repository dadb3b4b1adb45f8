"""Rounds in the database. `db` is what `profile.read` gives, `change` what `profile.write` gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import PlanIssue
from cchc_desktop.domain.round import HeadConfirmation, Round
from cchc_desktop.domain.unit import Unit
from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import replace
from cchc_desktop.store.codec import (
    decode_confirmation,
    decode_issue,
    decode_unit,
    decode_words,
    encode_confirmation,
    encode_issue,
    encode_unit,
    encode_words,
    new_id,
)
from cchc_desktop.store.database import Connection
from cchc_desktop.store.tables import TABLES, Row, fetch

if TYPE_CHECKING:
    from cchc_desktop.store.change import Change

_TABLE = TABLES["rounds"]


def all_rounds(db: Connection) -> tuple[Round, ...]:
    """Newest year first; within a year the living round before archived ones."""
    found = db.execute(f"{_TABLE.select} ORDER BY year DESC, archived, rowid DESC")
    return tuple(_round(dict(zip(_TABLE.all_columns, values, strict=True))) for values in found)


def one(db: Connection, round_id: str) -> Round:
    return _round(_row(db, round_id))


def criteria_of(change: Change, round_id: str) -> PackRef:
    """The set that the round bears, without reading the rest of it."""
    state = change.round_state(round_id)
    if state is None:
        raise KnownError("store.row_gone")
    return state.criteria


def packs_ever_used(db: Connection) -> dict[PackRef, tuple[int, ...]]:
    """Every criteria set and plan template that a round bears or bore, with the years of those rounds.

    What an undo could bring back counts, so the journal is asked too.
    """
    found: dict[PackRef, set[int]] = {}
    kinds = ("criteria", "plan_template")
    for kind in kinds:
        columns = ", ".join(f"json_extract(state, '$.{name}')" for name in (f"{kind}_id", f"{kind}_version"))
        rows = db.execute(
            f"SELECT DISTINCT {columns}, json_extract(state, '$.year') FROM"  # noqa: S608 - our own names
            " (SELECT coalesce(new, old) AS state FROM journal WHERE table_name = 'rounds')"
        )
        for id_, version, year in rows:
            found.setdefault(PackRef(str(id_), int(version)), set()).add(int(year))
    return {ref: tuple(sorted(years)) for ref, years in found.items()}


def move_criteria(change: Change, round_id: str, version: int, exclusions: tuple[str, ...]) -> None:
    """The round bears another version of its set; the head confirmed another total, so that falls."""
    change.update(
        "rounds", round_id, criteria_version=version, exclusions=encode_words(exclusions), confirmation=None
    )


def plan_issue(db: Connection, round_id: str) -> PlanIssue:
    return decode_issue(str(_row(db, round_id)["plan_issue"]))


def add(
    change: Change,
    unit: Unit,
    year: int,
    criteria: PackRef,
    plan_template: PackRef,
    exclusions: tuple[str, ...] = (),
) -> Round:
    """A new, empty round. Raises `KnownError` "rounds.year_exists" when the year has a living round."""
    for other in all_rounds(change.db):
        if other.year == year and not other.archived:
            raise KnownError("rounds.year_exists", year=str(year))
    new = Round(
        *(new_id(), year, unit, criteria.id, criteria.version, plan_template.id, plan_template.version),
        exclusions=exclusions,
    )
    insert(change, new)
    return new


def insert(change: Change, new: Round, *, issue: PlanIssue = PlanIssue(), origin: str = "") -> None:  # noqa: B008
    """`origin` says which profile an archived round came from."""
    change.insert(
        "rounds",
        {
            "id": new.id,
            "round_id": new.id,
            "year": new.year,
            "unit": encode_unit(new.unit),
            "criteria_id": new.criteria_id,
            "criteria_version": new.criteria_version,
            "plan_template_id": new.plan_template_id,
            "plan_template_version": new.plan_template_version,
            "exclusions": encode_words(new.exclusions),
            "confirmation": encode_confirmation(new.confirmation),
            "plan_issue": encode_issue(issue),
            "archived": int(new.archived),
            "origin": origin,
        },
    )


def set_unit(change: Change, round_id: str, unit: Unit) -> None:
    change.update("rounds", round_id, unit=encode_unit(unit))


def set_exclusions(change: Change, round_id: str, ids: tuple[str, ...]) -> None:
    """Other exclusions give another total, so the head's confirmation falls with them."""
    if change.update("rounds", round_id, exclusions=encode_words(ids)):
        withdraw_confirmation(change, round_id)


def set_confirmation(change: Change, round_id: str, confirmation: HeadConfirmation) -> None:
    change.update("rounds", round_id, confirmation=encode_confirmation(confirmation))


def withdraw_confirmation(change: Change, round_id: str) -> None:
    if change.was_confirmed(round_id):
        change.update("rounds", round_id, confirmation=None)


def archive(change: Change, round_id: str) -> None:
    """From now on the round can only be read."""
    change.update("rounds", round_id, archived=1)


def same_but(old: Round, new_round_id: str) -> Round:
    """A copy of a round under another id, archived."""
    return replace(old, id=new_round_id, archived=True)


def _row(db: Connection, round_id: str) -> Row:
    row = fetch(db, _TABLE, round_id)
    if row is None:
        raise KnownError("rounds.unknown", id=round_id)
    return row


def _round(row: Row) -> Round:
    confirmation = row["confirmation"]
    return Round(
        id=str(row["id"]),
        year=int(row["year"] or 0),
        unit=decode_unit(str(row["unit"])),
        criteria_id=str(row["criteria_id"]),
        criteria_version=int(row["criteria_version"] or 0),
        plan_template_id=str(row["plan_template_id"]),
        plan_template_version=int(row["plan_template_version"] or 0),
        exclusions=decode_words(str(row["exclusions"])),
        confirmation=decode_confirmation(None if confirmation is None else str(confirmation)),
        archived=bool(row["archived"]),
    )
