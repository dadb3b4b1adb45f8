"""Workbooks for rooms: handed out, compared cell by cell when they come back, taken over as one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from cchc_desktop.domain import room_figures, room_plan
from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.handout import Handout, HandoutKind
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import PlanContent
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.room_merge import Choices, MergedRow, ReadSheet, RowState, merge, open_clashes
from cchc_desktop.domain.room_name import room_of
from cchc_desktop.domain.room_sheet import RoomRow, RoomSheet
from cchc_desktop.domain.room_work import FigureRow, RoomReturn, RoomWork
from cchc_desktop.domain.round import Round
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.language import render, text
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.store import answers as stored_answers
from cchc_desktop.store import handouts, journal, plans, room_takeover, rounds
from cchc_desktop.store import plan as stored_plan
from cchc_desktop.store.change import Change
from cchc_desktop.store.codec import new_id
from cchc_desktop.store.database import Connection
from cchc_desktop.store.profile import Profile


def rooms_of(profile: Profile, plan_id: str) -> tuple[RoomWork, ...]:
    """The unit's rooms and other leads that the plan names, with what each has to do."""

    def read(db: Connection) -> tuple[RoomWork, ...]:
        content, known = _content_and_rooms(profile, db, plan_id)
        round_id = plans.record(db, plan_id).round_id
        last = {
            one.room: one
            for one in handouts.of_round(db, round_id)
            if one.kind is HandoutKind.PLAN and (one.plan_id or round_id) == plan_id
        }
        works = []
        for room in known:
            own = room_plan.of_room(room, content, known)
            leads = sum(room_plan.leads(room, task, known) for task in own.tasks)
            handed = last.get(room)
            times = (handed.made_at, handed.taken_at) if handed else (None, None)
            works.append(RoomWork(room, leads, len(own.tasks) - leads, len(own.targets), *times))
        return tuple(works)

    return profile.read(read)


def figure_rows(profile: Profile, round_id: str) -> tuple[FigureRow, ...]:
    """The rows whose figures the unit states, each with the rooms whose tasks are linked to it."""

    def read(db: Connection) -> tuple[FigureRow, ...]:
        leads: dict[str, list[str]] = {}
        known = _content_and_rooms(profile, db, round_id)[1]
        for task in stored_plan.tasks(db, round_id):
            for key in task.criteria if task.lead else ():
                leads.setdefault(key, []).append(room_of(task.lead, known))
        return tuple(
            FigureRow(node.key, node.code, node.label, tuple(dict.fromkeys(leads.get(node.key, ()))))
            for node in room_figures.asked_of_units(_criteria(profile, rounds.one(db, round_id)))
        )

    return profile.read(read)


def hand_out(
    profile: Profile, plan_id: str, rooms: Sequence[str], folder: Path, progress: Progress | None = None
) -> tuple[Changes, tuple[Path, ...]]:
    """One workbook per room into `folder`, all or none. Raises rooms.nothing_for_room, documents.…"""

    def read(db: Connection) -> tuple[list[_Parcel], Round, int]:
        record = plans.record(db, plan_id)
        of_round = rounds.one(db, record.round_id)
        content, known = _content_and_rooms(profile, db, plan_id)
        tables = _plan_tables(profile, db, plan_id)
        parcels = []
        for room in rooms:
            own = room_plan.of_room(room, content, known)
            if not own.tasks:
                raise KnownError("rooms.nothing_for_room", room=room)
            keys = (*(task.id for task in own.tasks), *(target.id for target in own.targets))
            parcels.append(_Parcel(room, keys, tables.tables(room, own)))
        return parcels, of_round, journal.head(db).seq

    parcels, of_round, seq = profile.read(read)
    return _send(profile, of_round, plan_id, HandoutKind.PLAN, parcels, seq, folder, progress or Progress())


def hand_out_figures(
    profile: Profile,
    round_id: str,
    rows: Mapping[str, Sequence[str]],
    folder: Path,
    progress: Progress | None = None,
) -> tuple[Changes, tuple[Path, ...]]:
    """Like `hand_out`: to each room the scoring rows (permanent keys) that were ticked for it."""

    def read(db: Connection) -> tuple[list[_Parcel], Round, int]:
        of_round = rounds.one(db, round_id)
        criteria, held = _criteria(profile, of_round), stored_answers.of_round(db, round_id)
        parcels = []
        for room, keys in rows.items():
            table = room_figures.figures_table(criteria, keys, held, _say, render)
            if not table.rows:
                raise KnownError("rooms.no_rows", room=room)
            parcels.append(_Parcel(room, tuple(keys), (table,)))
        return parcels, of_round, journal.head(db).seq

    parcels, of_round, seq = profile.read(read)
    return _send(profile, of_round, None, HandoutKind.FIGURES, parcels, seq, folder, progress or Progress())


def preview(profile: Profile, path: Path, round_id: str = "") -> RoomReturn:
    """What the workbook would change, cell by cell; nothing is written.

    Raises `KnownError` rooms.not_ours, other_schema, other_unit, unknown_handout, other_round (when
    `round_id` is given), and "workbook.…" where the file can't be read.
    """
    from cchc_desktop.intake.room_workbook import open_returned, read_sheet

    returned = open_returned(path)

    def read(db: Connection) -> RoomReturn:
        handout = handouts.one(db, returned.marks["handout"])
        if handout is None:
            unit = returned.marks.get("unit", "")
            if unit and unit not in {one.unit.name for one in rounds.all_rounds(db)}:
                raise KnownError("rooms.other_unit", name=path.name, unit=unit)
            raise KnownError("rooms.unknown_handout", name=path.name)
        if round_id and handout.round_id != round_id:
            year = rounds.one(db, handout.round_id).year
            raise KnownError("rooms.other_round", name=path.name, year=str(year))
        base, ours = _tables(profile, db, handout, handout.base_seq), _tables(profile, db, handout, None)
        read_of = {table.key: read_sheet(returned, table) for table in base}
        rows = _merged(base, ours, read_of, _all_rows(profile, db, handout))
        findings = tuple(told for table in base for told in read_of[table.key].findings)
        return RoomReturn(handout, path.name, rows, findings, read_of)

    return profile.read(read)


def take_over(profile: Profile, returned: RoomReturn, choices: Choices) -> Changes:
    """Take the chosen cells and rows over as one change that undo takes back.

    Raises `KnownError` rooms.changed_since (compare anew), rooms.clashes_open, rooms.row_not_complete.
    """
    if waiting := open_clashes(returned.rows, choices):
        raise KnownError("rooms.clashes_open", count=len(waiting))
    for row in returned.rows:
        if row.state is RowState.ADDED and not row.complete and (row.sheet, row.id) in choices.rows:
            raise KnownError("rooms.row_not_complete", row=row.number)
    handout = returned.handout

    def work(change: Change) -> None:
        base = _tables(profile, change.db, handout, handout.base_seq)
        ours = _tables(profile, change.db, handout, None)
        there = _all_rows(profile, change.db, handout)
        if _merged(base, ours, returned.read, there) != returned.rows:
            raise KnownError("rooms.changed_since")
        if handout.kind is HandoutKind.PLAN:
            plan_id = handout.plan_id or handout.round_id
            tables = _plan_tables(profile, change.db, plan_id)
            room_takeover.take_plan(change, plan_id, tables, returned.rows, choices)
        else:
            criteria = _criteria(profile, rounds.one(change.db, handout.round_id))
            room_takeover.take_figures(change, handout.round_id, criteria, returned.rows, choices, _say)
        handouts.set_taken(change, handout.id, vietnam_now())

    return profile.write(work)[0]


# --- the tables ------------------------------------------------------------------------------------------


def _say(name: str) -> str:
    return text(f"rooms.{name}")


def _merged(
    base: Sequence[RoomSheet],
    ours: Sequence[RoomSheet],
    read: Mapping[str, ReadSheet],
    there: Mapping[str, Sequence[RoomRow]],
) -> tuple[MergedRow, ...]:
    return tuple(
        row
        for was, now in zip(base, ours, strict=True)
        for row in merge(was, now, read[was.key], there.get(was.key, ()))
    )


def _all_rows(profile: Profile, db: Connection, handout: Handout) -> dict[str, tuple[RoomRow, ...]]:
    """All tasks and targets of the plan as they stand now, by table; figures have no rows to add."""
    if handout.kind is HandoutKind.FIGURES:
        return {}
    plan_id = handout.plan_id or handout.round_id
    tables = _plan_tables(profile, db, plan_id)
    return {one.key: one.rows for one in tables.tables(handout.room, stored_plan.content(db, plan_id))}


def _tables(profile: Profile, db: Connection, handout: Handout, seq: int | None) -> tuple[RoomSheet, ...]:
    """What the handout holds, as it stood at `seq` (None: as it stands now)."""
    if handout.kind is HandoutKind.FIGURES:
        criteria = _criteria(profile, rounds.one(db, handout.round_id))
        held = (
            stored_answers.of_round(db, handout.round_id)
            if seq is None
            else stored_answers.at(db, handout.round_id, seq)
        )
        return (room_figures.figures_table(criteria, handout.rows, held, _say, render),)
    plan_id = handout.plan_id or handout.round_id
    content = stored_plan.content(db, plan_id) if seq is None else stored_plan.content_at(db, plan_id, seq)
    tables = _plan_tables(profile, db, plan_id)
    return tables.tables(handout.room, room_plan.only(content, handout.rows))


def _plan_tables(profile: Profile, db: Connection, plan_id: str) -> room_plan.PlanTables:
    record = plans.record(db, plan_id)
    template = registry.plan_template(record.template, profile.folder)
    unit = rounds.one(db, record.round_id).unit
    departments = unit.departments or template.departments
    return room_plan.PlanTables(template.areas, tuple(departments), record.first_year, _say)


def _content_and_rooms(profile: Profile, db: Connection, plan_id: str) -> tuple[PlanContent, tuple[str, ...]]:
    content = stored_plan.content(db, plan_id)
    departments = _plan_tables(profile, db, plan_id).departments
    return content, room_plan.rooms_of(content, departments)


def _criteria(profile: Profile, of_round: Round) -> CriteriaSet:
    return registry.criteria_set(PackRef(of_round.criteria_id, of_round.criteria_version), profile.folder)


# --- handing out -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Parcel:
    room: str
    keys: tuple[str, ...]
    tables: tuple[RoomSheet, ...]


def _send(
    profile: Profile,
    of_round: Round,
    plan_id: str | None,
    kind: HandoutKind,
    parcels: Sequence[_Parcel],
    seq: int,
    folder: Path,
    progress: Progress,
) -> tuple[Changes, tuple[Path, ...]]:
    from cchc_desktop.documents.room_book import remove_books, write_books

    if not parcels:
        raise KnownError("rooms.no_room")
    own_plan = None if plan_id == of_round.id else plan_id
    now = vietnam_now()
    planned = [
        (
            Handout(new_id(), of_round.id, own_plan, kind, one.room, "", now, seq, None, one.keys),
            one.tables,
        )
        for one in parcels
    ]
    written = write_books(folder, of_round, planned, progress)

    def insert(change: Change) -> None:
        for _path, handout in written:
            handouts.insert(change, handout)

    try:
        changes = profile.write(insert)[0]
    except BaseException:
        remove_books([path for path, _handout in written])
        raise
    return changes, tuple(path for path, _handout in written)
