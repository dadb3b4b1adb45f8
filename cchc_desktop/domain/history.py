"""What the journal's rows say to people: one line for a step, and each field's old and new value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row's change: `old` is None when it was added, `new` when it was removed."""

    table: str
    key: str
    old: Row | None
    new: Row | None

    @property
    def row(self) -> Row:
        return self.new or self.old or {}

    @property
    def verb(self) -> str:
        if self.old is None:
            return "add"
        return "remove" if self.new is None else "edit"

    @property
    def columns(self) -> tuple[str, ...]:
        old, new = self.old or {}, self.new or {}
        return tuple(name for name in self.row if old.get(name) != new.get(name))


@dataclass(frozen=True, slots=True)
class Detail:
    """`field` is the field's name; `old` and `new` are as written, "" when there was nothing."""

    field: Message
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One undo step. `at` is in this machine's zone; `undone` when it has been taken back since."""

    step: int
    at: datetime
    actor: str
    what: Message
    details: tuple[Detail, ...]
    undone: bool = False


# Where several tables changed at once, the first of these is what the user did; the rest followed from it.
_ORDER = (
    *(
        "answers",
        "evidence",
        "tasks",
        "targets",
        "plan_texts",
        "evidence_links",
        "submissions",
        "deliveries",
        "signed_documents",
        "plans",
        "handouts",
    ),
    "rounds",
)
_NAMED_BY = {
    "tasks": "title",
    "targets": "title",
    "evidence": "name",
    "submissions": "file_name",
    "deliveries": "target",
    "signed_documents": "name",
    "handouts": "room",
}
_COUNTED = ("tasks", "targets", "evidence", "evidence_links", "handouts")
_HIDDEN = (
    "id",
    "round_id",
    "sha256",
    "evidence_id",
    "key",
    "kind",
    "criteria",
    "added_at",
    "row_key",
    "plan_id",
    "preset",
    "base_seq",
    "handed_rows",
    "submission_id",
    "files",
    "content_sha256",
    "signers",
    "changed_at",
)
_ROUND_COLUMNS = ("confirmation", "exclusions", "plan_issue", "archived", "unit")


def described(changes: Sequence[RowChange], code_of: Callable[[str], str]) -> Message:
    """The step in a few words. `code_of` gives a row's printed code by its permanent key."""
    table = next((name for name in _ORDER if any(change.table == name for change in changes)), "")
    moved = next((change for change in changes if change.table == "rounds" and _is_move(change)), None)
    if moved is not None:
        return message("history.rounds_criteria", version=str((moved.new or {})["criteria_version"]))
    taken = next((one for one in changes if one.table == "handouts" and one.verb == "edit"), None)
    if taken is not None:
        return message("history.handouts_edit", name=str(taken.row["room"]))
    own = [change for change in changes if change.table == table]
    if not own:
        return message("history.other")
    verb = next((verb for verb in ("remove", "add") if any(c.verb == verb for c in own)), "edit")
    main = [change for change in own if change.verb == verb]
    first = main[0]
    if table == "answers":
        part = "entry" if "entry" in first.columns else "explanation"
        return message(f"history.answers_{part}", row=code_of(str(first.row["row_key"])))
    if table == "rounds":
        return _round(first)
    if table == "evidence_links" and len(main) == 1:
        to_row = first.row["kind"] == "row"
        target = code_of(str(first.row["key"])) if to_row else ""
        return message(f"history.evidence_links_{verb}_{'row' if to_row else 'task'}", row=target)
    if table in _COUNTED and len(main) > 1:
        if table in ("tasks", "targets") and all(change.columns == ("position",) for change in main):
            return message(f"history.{table}_move")
        return message(f"history.{table}_{verb}_many", count=len(main))
    if table in _NAMED_BY:
        return message(f"history.{table}_{verb}", name=str(first.row[_NAMED_BY[table]]))
    if table == "plans":
        return message(f"history.plans_{verb}")
    return message(f"history.{table}")


def _is_move(change: RowChange) -> bool:
    """A round that went over to another version of its set; all else in that step followed from it."""
    return change.verb == "edit" and "criteria_version" in change.columns


def _round(change: RowChange) -> Message:
    if change.verb == "add":
        return message("history.rounds_add", year=str(change.row["year"]))
    column = next((name for name in _ROUND_COLUMNS if name in change.columns), "unit")
    if column == "confirmation" and change.row["confirmation"] is None:
        return message("history.rounds_withdrawn")
    return message(f"history.rounds_{column}")


def details(changes: Sequence[RowChange], written: Callable[[str, object], str]) -> Iterator[Detail]:
    """Each field that changed. `written` turns a column's stored value into text.

    A year that was opened has none: its columns are the program's own names, and the line says it all.
    """
    for change in changes:
        if change.table == "rounds" and change.verb == "add":
            continue
        old, new = change.old or {}, change.new or {}
        for column in change.columns:
            if column not in _HIDDEN:
                before, after = written(column, old.get(column)), written(column, new.get(column))
                if before != after:
                    yield Detail(message(f"history.field_{column}"), before, after)
