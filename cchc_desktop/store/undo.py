"""Undo and redo as new journaled changes: what a step did is done backwards, and stays in the history.

A step that takes back a step that itself took one back is a redo, so one column of the journal tells all.
"""

from __future__ import annotations

from dataclasses import dataclass

from cchc_desktop.errors import KnownError
from cchc_desktop.store import journal
from cchc_desktop.store.change import Change
from cchc_desktop.store.database import Connection

REACH = 500
"""How many steps back undo looks."""


@dataclass(frozen=True, slots=True)
class Stacks:
    """Steps that can be undone, and undoing steps that can be taken back; the next one is last."""

    undo: tuple[int, ...]
    redo: tuple[int, ...]


def stacks(db: Connection, round_id: str) -> Stacks:
    undo: list[int] = []
    redo: list[int] = []
    for step, undoes, final in journal.steps(db, round_id, REACH):
        if undoes is not None:
            _take_back(step, undoes, undo, redo)
        elif not final:
            undo.append(step)
            redo.clear()
    return Stacks(tuple(undo), tuple(redo))


def _take_back(step: int, undoes: int, undo: list[int], redo: list[int]) -> None:
    if redo and redo[-1] == undoes:
        redo.pop()
        undo.append(step)
        return
    if undo and undo[-1] == undoes:
        undo.pop()
    redo.append(step)


def reverse(change: Change, round_id: str, step: int) -> None:
    """Do backwards what `step` did. Raises `KnownError` "history.changed_since" where that is impossible."""
    change.take_back(step)
    for entry in reversed(journal.of_step(change.db, round_id, step)):
        old, new = entry.old_row, entry.new_row
        if old is None:
            done = change.delete(entry.table, entry.key)
        elif new is None:
            done = change.row(entry.table, entry.key) is None
            if done:
                change.insert(entry.table, old)
        else:
            done = change.row(entry.table, entry.key) is not None
            if done:
                back = {name: value for name, value in old.items() if new[name] != value}
                change.update(entry.table, entry.key, **back)
        if not done:
            raise KnownError("history.changed_since")
