"""Undo and redo as new journaled changes: what a step did is done backwards, and stays in the history.

A step that takes back a step that itself took one back is a redo, so one column of the journal tells all.
"""

from __future__ import annotations

from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.store import journal
from cchc_desktop.store.change import Change
from cchc_desktop.store.database import Connection
from cchc_desktop.store.journal import Step
from cchc_desktop.store.tables import TABLES

REACH = 2000
"""How many journal rows back undo looks."""
_NEAR = 100
"""How many of them mostly tell what undo would take back."""


@dataclass(frozen=True, slots=True)
class Stacks:
    """Steps that can be undone, and undoing steps that can be taken back; the next one is last.

    `known` are all steps within reach, by number.
    """

    undo: tuple[Step, ...]
    redo: tuple[Step, ...]
    known: dict[int, Step]

    def origin(self, step: Step) -> Step | None:
        """The step that did at first what `step` does again or takes back; None when beyond reach."""
        found: Step | None = step
        while found is not None and found.undoes is not None:
            found = self.known.get(found.undoes)
        return found


def plain_last(db: Connection, round_id: str) -> Step | None:
    """The round's newest step, where it is one of those that undo takes back first. None where it takes all
    `stacks` to know: it took something back itself, is final, or reaches farther back than is looked at.
    """
    near = journal.steps(db, round_id, _NEAR)
    if len(near) < 2 or near[-1].undoes is not None or near[-1].final:
        return None
    # Only the newest step of all grows, so nothing of it lies before another step.
    return near[-1] if near[-2].last < near[-1].first else None


def stacks(db: Connection, round_id: str) -> Stacks:
    undo: list[Step] = []
    redo: list[Step] = []
    steps = journal.steps(db, round_id, REACH)
    for step in steps:
        if step.undoes is not None:
            _take_back(step, undo, redo)
        elif not step.final:
            undo.append(step)
            redo.clear()
    return Stacks(tuple(undo), tuple(redo), {step.number: step for step in steps})


def _take_back(step: Step, undo: list[Step], redo: list[Step]) -> None:
    if redo and redo[-1].number == step.undoes:
        redo.pop()
        undo.append(step)
        return
    if undo and undo[-1].number == step.undoes:
        undo.pop()
    redo.append(step)


def reverse(change: Change, round_id: str, step: Step) -> None:
    """Do backwards what `step` did. Raises `KnownError` "history.changed_since" where that is impossible."""
    change.take_back(step.number)
    for entry in reversed(journal.of_step(change.db, round_id, step)):
        table = TABLES[entry.table]
        old = None if entry.old_row is None else table.whole(entry.old_row)
        new = None if entry.new_row is None else table.whole(entry.new_row)
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
