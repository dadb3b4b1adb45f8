"""What a plan holds in the database: texts, tasks, targets (which plans there are: `store.plans`).

    changes, task = profile.write(lambda change: plan.add_task(change, plan_id, "A", title="…"))
    changes, _ = profile.write(lambda change: plan.update_task(change, task.id, due="30/06/2026"))
    tasks = profile.read(lambda db: plan.tasks(db, plan_id))

The round's own yearly plan bears the round's id; its rows have a NULL `plan_id`. Fields are those of
`domain.plan.Task` and `Target`. Positions count from 1 without gaps within an area.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cchc_desktop.domain.evidence import LinkKind
from cchc_desktop.domain.plan import Milestone, PlanContent, Target, Task, TaskState
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.quick_dataclass import replace
from cchc_desktop.store import plans
from cchc_desktop.store.codec import (
    date_text,
    decimal_text,
    decode_milestones,
    decode_words,
    encode_milestones,
    encode_words,
    new_id,
    text_date,
    text_decimal,
)
from cchc_desktop.store.database import Connection
from cchc_desktop.store.tables import TABLES, Row, Table, Value, fetch

if TYPE_CHECKING:
    from cchc_desktop.store.change import Change

_TASKS, _TARGETS = TABLES["tasks"], TABLES["targets"]
_OF_PLAN = "((round_id = :plan AND plan_id IS NULL) OR plan_id = :plan)"


def content(db: Connection, plan_id: str) -> PlanContent:
    return PlanContent(texts(db, plan_id), targets(db, plan_id), tasks(db, plan_id))


def insert_content(change: Change, plan_id: str, content: PlanContent, task_ids: Mapping[str, str]) -> None:
    """A copy of a whole plan. `task_ids` gives the new id of each task; targets get ids of their own."""
    for section, words in content.texts.items():
        set_text(change, plan_id, section, words)
    for task in content.tasks:
        insert_task(change, plan_id, replace(task, id=task_ids[task.id]))
    for target in content.targets:
        insert_target(change, plan_id, replace(target, id=new_id()))


def texts(db: Connection, plan_id: str) -> dict[str, str]:
    """What the unit wrote into the template's sections, by section key; untouched sections are not there."""
    found = db.execute(f"SELECT section, content FROM plan_texts WHERE {_OF_PLAN}", {"plan": plan_id})  # noqa: S608
    return dict(found)


def set_text(change: Change, plan_id: str, section: str, content: str) -> None:
    key = f"{plan_id}/{section}"
    if change.row("plan_texts", key) is not None:
        change.update("plan_texts", key, content=content)
    else:
        place = _place(change.db, plan_id)
        change.insert("plan_texts", {"id": key, **place, "section": section, "content": content})


def remove_text(change: Change, plan_id: str, section: str) -> None:
    """The section reads as its template again."""
    change.delete("plan_texts", f"{plan_id}/{section}")


def tasks(db: Connection, plan_id: str) -> tuple[Task, ...]:
    """By area and position."""
    found = db.execute(f"{_TASKS.select} WHERE {_OF_PLAN} ORDER BY area, position", {"plan": plan_id})
    return tuple(_task(dict(zip(_TASKS.all_columns, values, strict=True))) for values in found)


def targets(db: Connection, plan_id: str) -> tuple[Target, ...]:
    """By area and position."""
    found = db.execute(f"{_TARGETS.select} WHERE {_OF_PLAN} ORDER BY area, position", {"plan": plan_id})
    return tuple(_target(dict(zip(_TARGETS.all_columns, values, strict=True))) for values in found)


def content_at(db: Connection, plan_id: str, seq: int) -> PlanContent:
    """Tasks and targets as they stood when the journal ended at `seq` (the texts are left out)."""
    from cchc_desktop.store import journal  # the first page needs no history

    round_id = plans.record(db, plan_id).round_id
    rows_of = {name: journal.rows_at(db, name, round_id, seq).values() for name in ("tasks", "targets")}
    tasks_then = [_task(row) for row in rows_of["tasks"] if _plan_of(row) == plan_id]
    targets_then = [_target(row) for row in rows_of["targets"] if _plan_of(row) == plan_id]
    return PlanContent(
        {},
        tuple(sorted(targets_then, key=lambda one: (one.area, one.position))),
        tuple(sorted(tasks_then, key=lambda one: (one.area, one.position))),
    )


def task(db: Connection, task_id: str) -> Task:
    """Raises `KnownError` "store.row_gone" when it is no longer there."""
    return _task(_row(db, "tasks", task_id))


def target(db: Connection, target_id: str) -> Target:
    return _target(_row(db, "targets", target_id))


def plan_of_task(db: Connection, task_id: str) -> str:
    return _plan_of(_row(db, "tasks", task_id))


def plan_of_target(db: Connection, target_id: str) -> str:
    return _plan_of(_row(db, "targets", target_id))


def add_task(change: Change, plan_id: str, area: str, position: int | None = None, **fields: Any) -> Task:
    """A new task at `position` of its area (default: last); those behind move down by one."""
    place = _make_room(change, "tasks", plan_id, area, position)
    new = Task(id=new_id(), area=area, position=place, **{"title": "", **fields})
    insert_task(change, plan_id, new)
    return new


def insert_task(change: Change, plan_id: str, new: Task) -> None:
    """Exactly this task, id and position included (copies of old rounds)."""
    change.insert("tasks", _written(_TASKS, _place(change.db, plan_id), new))


def update_task(change: Change, task_id: str, **fields: Any) -> bool:
    """Set fields of a task; False when nothing differs. Area and position: `move_task`."""
    return _update(change, "tasks", task_id, fields)


def remove_tasks(change: Change, task_ids: tuple[str, ...]) -> None:
    """Remove tasks and the evidence's links to them (the evidence stays); close the gaps."""
    for task_id in task_ids:
        links = change.db.execute(
            "SELECT id FROM evidence_links WHERE kind = ? AND key = ?", (LinkKind.TASK.value, task_id)
        ).fetchall()
        for (link_id,) in links:
            change.delete("evidence_links", link_id)
    _remove(change, "tasks", task_ids)


def move_task(change: Change, task_id: str, position: int, area: str | None = None) -> None:
    """To `position` (from 1) of its own or another area."""
    _move(change, "tasks", (task_id,), position, area)


def add_target(change: Change, plan_id: str, area: str, position: int | None = None, **fields: Any) -> Target:
    place = _make_room(change, "targets", plan_id, area, position)
    new = Target(id=new_id(), area=area, position=place, **{"title": "", **fields})
    insert_target(change, plan_id, new)
    return new


def insert_target(change: Change, plan_id: str, new: Target) -> None:
    change.insert("targets", _written(_TARGETS, _place(change.db, plan_id), new))


def update_target(change: Change, target_id: str, **fields: Any) -> bool:
    return _update(change, "targets", target_id, fields)


def remove_targets(change: Change, target_ids: tuple[str, ...]) -> None:
    _remove(change, "targets", target_ids)


def move_target(change: Change, target_id: str, position: int, area: str | None = None) -> None:
    _move(change, "targets", (target_id,), position, area)


def move_tasks(change: Change, task_ids: tuple[str, ...], position: int, area: str | None = None) -> None:
    """Several of one plan, in this order, to `position` (counted without them) of the first one's area or
    another."""
    _move(change, "tasks", task_ids, position, area)


def move_targets(change: Change, target_ids: tuple[str, ...], position: int, area: str | None = None) -> None:
    _move(change, "targets", target_ids, position, area)


def add_tasks(
    change: Change, plan_id: str, area: str, rows: Sequence[Mapping[str, Any]], position: int | None = None
) -> tuple[Task, ...]:
    """New tasks, one below the other, from `position` of the area on (default: last)."""
    place = _make_room(change, "tasks", plan_id, area, position, len(rows))
    made = tuple(
        Task(id=new_id(), area=area, position=at, **{"title": "", **fields})
        for at, fields in enumerate(rows, start=place)
    )
    for new in made:
        insert_task(change, plan_id, new)
    return made


def add_targets(
    change: Change, plan_id: str, area: str, rows: Sequence[Mapping[str, Any]], position: int | None = None
) -> tuple[Target, ...]:
    place = _make_room(change, "targets", plan_id, area, position, len(rows))
    made = tuple(
        Target(id=new_id(), area=area, position=at, **{"title": "", **fields})
        for at, fields in enumerate(rows, start=place)
    )
    for new in made:
        insert_target(change, plan_id, new)
    return made


# --- both tables -----------------------------------------------------------------------------------------


def _row(db: Connection, table: str, key: str) -> Row:
    row = fetch(db, TABLES[table], key)
    if row is None:
        raise KnownError("store.row_gone")
    return row


def _plan_of(row: Row) -> str:
    return str(row["plan_id"] or row["round_id"])


def _place(db: Connection, plan_id: str) -> Row:
    """The two columns that say where a row belongs."""
    record = plans.record(db, plan_id)
    return {"round_id": record.round_id, "plan_id": None if record.is_rounds_own else record.id}


def _siblings(change: Change, table: str, plan_id: str, area: str) -> list[str]:
    found = change.db.execute(
        f"SELECT id FROM {TABLES[table].name} WHERE {_OF_PLAN} AND area = :area ORDER BY position, rowid",  # noqa: S608
        {"plan": plan_id, "area": area},
    )
    return [key for (key,) in found]


def _number(change: Change, table: str, keys: list[str]) -> None:
    for position, key in enumerate(keys, start=1):
        change.update(table, key, position=position)


def _make_room(
    change: Change, table: str, plan_id: str, area: str, position: int | None, count: int = 1
) -> int:
    keys = _siblings(change, table, plan_id, area)
    last = len(keys) + 1
    place = last if position is None else max(1, min(position, last))
    for moved, key in reversed(list(enumerate(keys[place - 1 :], start=place + count))):
        change.update(table, key, position=moved)
    return place


def _update(change: Change, table: str, key: str, fields: dict[str, Any]) -> bool:
    if misplaced := fields.keys() & {"id", "round_id", "plan_id", "area", "position"}:
        raise BugError(f"{table}: {sorted(misplaced)} are not set by an update")
    _row(change.db, table, key)
    return change.update(table, key, **{name: _value(name, value) for name, value in fields.items()})


def _remove(change: Change, table: str, keys: tuple[str, ...]) -> None:
    touched: dict[tuple[str, str], None] = {}
    for key in keys:
        row = _row(change.db, table, key)
        touched[_plan_of(row), str(row["area"])] = None
        change.delete(table, key)
    for plan_id, area in touched:
        _number(change, table, _siblings(change, table, plan_id, area))


def _move(change: Change, table: str, moved: tuple[str, ...], position: int, area: str | None) -> None:
    places = [(_plan_of(row), str(row["area"])) for row in (_row(change.db, table, key) for key in moved)]
    if not places:
        return
    plan_id, first_area = places[0]
    new_area = first_area if area is None else area
    keys = [other for other in _siblings(change, table, plan_id, new_area) if other not in moved]
    place = max(1, min(position, len(keys) + 1)) - 1
    keys[place:place] = moved
    for key in moved:
        change.update(table, key, area=new_area)
    for left in dict.fromkeys(old for _plan, old in places if old != new_area):
        _number(change, table, _siblings(change, table, plan_id, left))
    _number(change, table, keys)


def _value(name: str, value: Any) -> Value:
    """A field of Task or Target as its column holds it."""
    if isinstance(value, tuple | list):
        if name == "milestones":
            return encode_milestones(tuple(value))
        return encode_words(tuple(value))
    if isinstance(value, TaskState):
        return value.value
    if value is None or isinstance(value, str | int):
        return value
    return date_text(value) if hasattr(value, "isoformat") else decimal_text(value)


def _written(table: Table, place: Row, new: Task | Target) -> Row:
    names = (name for name in table.columns if name not in place)
    return {"id": new.id, **place, **{name: _value(name, getattr(new, name)) for name in names}}


def _task(row: Row) -> Task:
    cost, done_on = row["cost"], row["done_on"]
    texts_of = {name: str(row[name]) for name in _TASK_TEXTS}
    return Task(
        id=str(row["id"]),
        position=int(row["position"] or 0),
        cost=text_decimal(None if cost is None else str(cost)),
        criteria=decode_words(str(row["criteria"])),
        state=TaskState(str(row["state"])),
        done_on=text_date(None if done_on is None else str(done_on)),
        percent=None if row["percent"] is None else int(row["percent"]),
        milestones=_milestones(row),
        carried_from=None if row["carried_from"] is None else int(row["carried_from"]),
        **texts_of,
    )


def _target(row: Row) -> Target:
    texts_of = {name: str(row[name]) for name in _TARGET_TEXTS}
    return Target(
        id=str(row["id"]), position=int(row["position"] or 0), milestones=_milestones(row), **texts_of
    )


def _milestones(row: Row) -> tuple[Milestone, ...]:
    stored = row["milestones"]
    return decode_milestones(None if stored is None else str(stored))


_TASK_TEXTS = ("area", "title", "product", "lead", "coworkers", "due", "cost_source", "preset")
_TARGET_TEXTS = ("area", "title", "unit", "baseline", "value", "source", "preset")
