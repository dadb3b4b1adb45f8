"""The plan in the database: standing texts, tasks, targets (its issue stands in the round: `rounds`).

    changes, task = profile.write(lambda change: plan.add_task(change, round_id, "A", title="…"))
    changes, _ = profile.write(lambda change: plan.update_task(change, task.id, due="30/06/2026"))
    tasks = profile.read(lambda db: plan.tasks(db, round_id))

Fields are those of `domain.plan.Task` and `Target`. Positions count from 1 without gaps within an area.
"""

from __future__ import annotations

from typing import Any

from cchc_desktop.domain.evidence import LinkKind
from cchc_desktop.domain.plan import Target, Task, TaskState
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.store.change import Change, fetch
from cchc_desktop.store.codec import (
    date_text,
    decimal_text,
    decode_words,
    encode_words,
    new_id,
    text_date,
    text_decimal,
)
from cchc_desktop.store.database import Connection
from cchc_desktop.store.tables import TABLES, Row, Value

_TASKS, _TARGETS = TABLES["tasks"], TABLES["targets"]


def texts(db: Connection, round_id: str) -> dict[str, str]:
    """What the unit wrote into the template's sections, by section key; untouched sections are not there."""
    return dict(db.execute("SELECT section, content FROM plan_texts WHERE round_id = ?", (round_id,)))


def set_text(change: Change, round_id: str, section: str, content: str) -> None:
    key = f"{round_id}/{section}"
    if change.row("plan_texts", key) is not None:
        change.update("plan_texts", key, content=content)
    else:
        row: Row = {"id": key, "round_id": round_id, "section": section, "content": content}
        change.insert("plan_texts", row)


def tasks(db: Connection, round_id: str) -> tuple[Task, ...]:
    """By area and position."""
    found = db.execute(f"{_TASKS.select} WHERE round_id = ? ORDER BY area, position", (round_id,))
    return tuple(_task(dict(zip(_TASKS.all_columns, values, strict=True))) for values in found)


def targets(db: Connection, round_id: str) -> tuple[Target, ...]:
    """By area and position."""
    found = db.execute(f"{_TARGETS.select} WHERE round_id = ? ORDER BY area, position", (round_id,))
    return tuple(_target(dict(zip(_TARGETS.all_columns, values, strict=True))) for values in found)


def task(db: Connection, task_id: str) -> Task:
    """Raises `KnownError` "store.row_gone" when it is no longer there."""
    return _task(_row(db, "tasks", task_id))


def target(db: Connection, target_id: str) -> Target:
    return _target(_row(db, "targets", target_id))


def round_of_task(db: Connection, task_id: str) -> str:
    return str(_row(db, "tasks", task_id)["round_id"])


def round_of_target(db: Connection, target_id: str) -> str:
    return str(_row(db, "targets", target_id)["round_id"])


def add_task(change: Change, round_id: str, area: str, position: int | None = None, **fields: Any) -> Task:
    """A new task at `position` of its area (default: last); those behind move down by one."""
    place = _make_room(change, "tasks", round_id, area, position)
    new = Task(id=new_id(), area=area, position=place, **{"title": "", **fields})
    insert_task(change, round_id, new)
    return new


def insert_task(change: Change, round_id: str, new: Task) -> None:
    """Exactly this task, id and position included (copies of old rounds)."""
    change.insert("tasks", _task_row(round_id, new))


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
    _move(change, "tasks", task_id, position, area)


def add_target(
    change: Change, round_id: str, area: str, position: int | None = None, **fields: Any
) -> Target:
    place = _make_room(change, "targets", round_id, area, position)
    new = Target(id=new_id(), area=area, position=place, **{"title": "", **fields})
    insert_target(change, round_id, new)
    return new


def insert_target(change: Change, round_id: str, new: Target) -> None:
    change.insert("targets", _target_row(round_id, new))


def update_target(change: Change, target_id: str, **fields: Any) -> bool:
    return _update(change, "targets", target_id, fields)


def remove_targets(change: Change, target_ids: tuple[str, ...]) -> None:
    _remove(change, "targets", target_ids)


def move_target(change: Change, target_id: str, position: int, area: str | None = None) -> None:
    _move(change, "targets", target_id, position, area)


# --- both tables -----------------------------------------------------------------------------------------


def _row(db: Connection, table: str, key: str) -> Row:
    row = fetch(db, TABLES[table], key)
    if row is None:
        raise KnownError("store.row_gone")
    return row


def _siblings(change: Change, table: str, round_id: str, area: str) -> list[str]:
    found = change.db.execute(
        f"SELECT id FROM {TABLES[table].name} WHERE round_id = ? AND area = ? ORDER BY position, rowid",  # noqa: S608
        (round_id, area),
    )
    return [key for (key,) in found]


def _number(change: Change, table: str, keys: list[str]) -> None:
    for position, key in enumerate(keys, start=1):
        change.update(table, key, position=position)


def _make_room(change: Change, table: str, round_id: str, area: str, position: int | None) -> int:
    keys = _siblings(change, table, round_id, area)
    last = len(keys) + 1
    place = last if position is None else max(1, min(position, last))
    for key in reversed(keys[place - 1 :]):
        change.update(table, key, position=keys.index(key) + 2)
    return place


def _update(change: Change, table: str, key: str, fields: dict[str, Any]) -> bool:
    if misplaced := fields.keys() & {"id", "round_id", "area", "position"}:
        raise BugError(f"{table}: {sorted(misplaced)} are not set by an update")
    _row(change.db, table, key)
    return change.update(table, key, **{name: _value(value) for name, value in fields.items()})


def _remove(change: Change, table: str, keys: tuple[str, ...]) -> None:
    touched: dict[tuple[str, str], None] = {}
    for key in keys:
        row = _row(change.db, table, key)
        touched[str(row["round_id"]), str(row["area"])] = None
        change.delete(table, key)
    for round_id, area in touched:
        _number(change, table, _siblings(change, table, round_id, area))


def _move(change: Change, table: str, key: str, position: int, area: str | None) -> None:
    row = _row(change.db, table, key)
    round_id, old_area = str(row["round_id"]), str(row["area"])
    new_area = old_area if area is None else area
    keys = [other for other in _siblings(change, table, round_id, new_area) if other != key]
    keys.insert(max(1, min(position, len(keys) + 1)) - 1, key)
    if new_area != old_area:
        change.update(table, key, area=new_area)
        _number(change, table, _siblings(change, table, round_id, old_area))
    _number(change, table, keys)


def _value(value: Any) -> Value:
    """A field of Task or Target as its column holds it."""
    if isinstance(value, tuple | list):
        return encode_words(tuple(value))
    if isinstance(value, TaskState):
        return value.value
    if value is None or isinstance(value, str | int):
        return value
    return date_text(value) if hasattr(value, "isoformat") else decimal_text(value)


def _task_row(round_id: str, new: Task) -> Row:
    names = _TASKS.columns
    return {"id": new.id, "round_id": round_id, **{name: _value(getattr(new, name)) for name in names}}


def _target_row(round_id: str, new: Target) -> Row:
    names = _TARGETS.columns
    return {"id": new.id, "round_id": round_id, **{name: _value(getattr(new, name)) for name in names}}


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
        **texts_of,
    )


def _target(row: Row) -> Target:
    texts_of = {name: str(row[name]) for name in _TARGET_TEXTS}
    return Target(id=str(row["id"]), position=int(row["position"] or 0), **texts_of)


_TASK_TEXTS = ("area", "title", "product", "lead", "coworkers", "due", "cost_source", "preset")
_TARGET_TEXTS = ("area", "title", "unit", "baseline", "value", "source", "preset")
