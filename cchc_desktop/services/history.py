"""The journal as people use it: what happened, undo, redo."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from itertools import groupby

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.history import Detail, HistoryEntry, RowChange, described, details
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import TaskState
from cchc_desktop.domain.vietnam_time import in_vietnam
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.language import format_date, text
from cchc_desktop.message import Message, message
from cchc_desktop.store import journal, rounds
from cchc_desktop.store.change import Change
from cchc_desktop.store.database import Connection
from cchc_desktop.store.journal import Step
from cchc_desktop.store.profile import Profile
from cchc_desktop.store.undo import Stacks, plain_last, reverse, stacks

__all__ = ["Detail", "HistoryEntry", "can_redo", "can_undo", "entries", "entries_of", "redo", "undo"]

CodeOf = Callable[[str], str]


def undo(profile: Profile, round_id: str) -> Changes:
    """Take back the last step of this round (quick typing into one field is one step).

    It is a new change in the history. Raises `KnownError` "history.nothing_to_undo".
    """
    return profile.write(lambda change: _reverse_last(change, round_id, redoing=False))[0]


def redo(profile: Profile, round_id: str) -> Changes:
    """Take the last undo back. Raises `KnownError` "history.nothing_to_redo"."""
    return profile.write(lambda change: _reverse_last(change, round_id, redoing=True))[0]


def can_undo(profile: Profile, round_id: str) -> Message | None:
    """What undo would take back, in a few words; None when there is nothing."""
    return profile.read(lambda db: _next(profile, db, round_id, redoing=False))


def can_redo(profile: Profile, round_id: str) -> Message | None:
    return profile.read(lambda db: _next(profile, db, round_id, redoing=True))


def entries(profile: Profile, round_id: str, limit: int = 200) -> tuple[HistoryEntry, ...]:
    """The newest steps of a round, newest first; `limit` counts changed rows."""
    return profile.read(lambda db: _entries(profile, db, round_id, journal.latest(db, round_id, limit)))


def entries_of(
    profile: Profile, round_id: str, keys: Collection[str], limit: int = 200
) -> tuple[HistoryEntry, ...]:
    """The newest steps that changed one of these rows (a task's id, …), or evidence that hangs on it.

    Steps show only what they did to these rows.
    """
    return profile.read(
        lambda db: _entries(profile, db, round_id, journal.latest_of(db, round_id, keys, limit))
    )


def _entries(
    profile: Profile, db: Connection, round_id: str, rows: Sequence[journal.Entry]
) -> tuple[HistoryEntry, ...]:
    code_of, written = _codes(profile, db, round_id), _writer(profile, db, round_id)
    found = stacks(db, round_id)
    undone = {row.undoes for row in rows if row.undoes is not None}
    shown = []
    for step, group in groupby(rows, key=lambda row: row.step):
        own = tuple(reversed(tuple(group)))
        changes = tuple(map(_row_change, own))
        what = _told(db, round_id, own, found, code_of)
        at = in_vietnam(datetime.fromisoformat(own[-1].at))
        fields = tuple(details(changes, written))
        shown.append(HistoryEntry(step, at, own[-1].actor, what, fields, step in undone))
    return tuple(shown)


def _reverse_last(change: Change, round_id: str, *, redoing: bool) -> None:
    found = stacks(change.db, round_id)
    waiting = found.redo if redoing else found.undo
    if not waiting:
        raise KnownError("history.nothing_to_redo" if redoing else "history.nothing_to_undo")
    reverse(change, round_id, waiting[-1])


def _next(profile: Profile, db: Connection, round_id: str, *, redoing: bool) -> Message | None:
    if rounds.one(db, round_id).archived:
        return None
    # Pages ask after each edit, on the window's thread.
    if not redoing and (last := plain_last(db, round_id)) is not None:
        return _plainly(db, round_id, last, Stacks((last,), (), {}), _codes(profile, db, round_id))
    found = stacks(db, round_id)
    waiting = found.redo if redoing else found.undo
    return _plainly(db, round_id, waiting[-1], found, _codes(profile, db, round_id)) if waiting else None


def _plainly(db: Connection, round_id: str, step: Step, found: Stacks, code_of: CodeOf) -> Message:
    """What a step is about at bottom: an undo's subject is that of the step it took back."""
    origin = found.origin(step) or step
    return described(tuple(map(_row_change, journal.of_step(db, round_id, origin))), code_of)


def _told(
    db: Connection, round_id: str, rows: tuple[journal.Entry, ...], found: Stacks, code_of: CodeOf
) -> Message:
    undoes = rows[0].undoes
    if undoes is None:
        return described(tuple(map(_row_change, rows)), code_of)
    taken_back = found.known.get(undoes)
    if taken_back is None:
        return message("history.undone", what=described(tuple(map(_row_change, rows)), code_of))
    subject = _plainly(db, round_id, taken_back, found, code_of)
    return message("history.undone" if taken_back.undoes is None else "history.redone", what=subject)


def _row_change(entry: journal.Entry) -> RowChange:
    return RowChange(entry.table, entry.key, entry.old_row, entry.new_row)


def _codes(profile: Profile, db: Connection, round_id: str) -> CodeOf:
    """Printed codes by permanent key; the key itself when the set is not installed here."""
    of_round = rounds.one(db, round_id)
    try:
        ref = PackRef(of_round.criteria_id, of_round.criteria_version)
        by_key = registry.criteria_set(ref, profile.folder).by_key
    except KnownError:
        return lambda key: key
    return lambda key: by_key[key].code if key in by_key else key


def _writer(profile: Profile, db: Connection, round_id: str) -> Callable[[str, object], str]:
    """Says stored values: a task's state and area in words, days as people write them."""
    of_round = rounds.one(db, round_id)
    try:
        ref = PackRef(of_round.plan_template_id, of_round.plan_template_version)
        areas = {area.key: area.title for area in registry.plan_template(ref, profile.folder).areas}
    except KnownError:
        areas = {}

    def written(column: str, value: object) -> str:
        if column == "area":
            return areas.get(str(value), str(value)) if value else ""
        if column == "state" and value in set(TaskState):
            return text(f"progress_page.state_{value}")
        if column in _DAYS and value:
            return format_date(date.fromisoformat(str(value)))
        return _written(value)

    return written


_DAYS = frozenset(("done_on", "issued_on", "starts_on"))


def _written(value: object) -> str:
    """A stored value for the eye: lists joined, inner names of JSON left out."""
    if value is None:
        return ""
    stored = str(value)
    if stored[:1] in "[{":
        try:
            return ", ".join(_leaves(json.loads(stored)))
        except ValueError:
            return stored
    return stored


def _leaves(value: object) -> list[str]:
    if isinstance(value, dict):
        return [leaf for name in value for leaf in _named(str(name), value[name])]
    if isinstance(value, list):
        return [leaf for part in value for leaf in _leaves(part)]
    return [] if value in (None, "") else [str(value)]


def _named(name: str, value: object) -> list[str]:
    """Labels of the set (Vietnamese) stay before their figure; the contract's own field names do not."""
    leaves = _leaves(value)
    return [f"{name}: {leaf}" for leaf in leaves] if " " in name or not name.isascii() else leaves
