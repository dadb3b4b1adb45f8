"""Three states of a row made one: as it was handed out (base), as it stands here (ours), as it came back.

Cell by cell: what only the room changed is a change, what both changed differently is a clash, what can't be
read keeps what stands here. Nothing is decided here: `Choices` say what is taken over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.room_sheet import RoomRow, RoomSheet
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass, field, replace

NAME = "title"
"""The column by which people know a row that the room added."""


class CellState(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    CLASH = "clash"
    UNREADABLE = "unreadable"


class RowState(StrEnum):
    """MISSING: not in the returned table. GONE: removed here since, but the room worked on it."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    CLASH = "clash"
    GONE = "gone"
    MISSING = "missing"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell that came back: its value, or (`fault`) what was found there and why it can't be read."""

    value: str
    place: str = ""
    fault: Message | None = None


@dataclass(frozen=True, slots=True)
class ReadRow:
    """`key` is "" for a row of the room's own; columns that are not in the workbook are not in `cells`."""

    key: str
    number: int
    cells: Mapping[str, ReadCell]
    remarks: tuple[Message, ...] = ()
    copied: bool = False
    """The key stood twice, or is none of this table: it may be a copy, so it is offered but not advised."""


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A table as it came back. `found` False: the workbook has no such table any more."""

    rows: tuple[ReadRow, ...]
    findings: tuple[Message, ...] = ()
    found: bool = True


@dataclass(frozen=True, slots=True)
class MergedCell:
    """`theirs` is what came back; of an UNREADABLE cell what was found there, never to be taken."""

    column: str
    title: str
    base: str
    ours: str
    theirs: str
    state: CellState
    place: str = ""
    fault: Message | None = None


@dataclass(frozen=True, slots=True)
class MergedRow:
    """`id` names the row within its sheet: its key, or "+12" for line 12 that the room added."""

    sheet: str
    id: str
    name: str
    state: RowState
    cells: tuple[MergedCell, ...]
    number: int = 0
    remarks: tuple[Message, ...] = ()
    copied: bool = False

    def having(self, state: CellState) -> tuple[MergedCell, ...]:
        return tuple(cell for cell in self.cells if cell.state is state)

    @property
    def complete(self) -> bool:
        """An added row can be taken when each of its cells could be read."""
        return not self.having(CellState.UNREADABLE)


CellId = tuple[str, str, str]
"""(sheet, row id, column)."""
RowId = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """`theirs` and `ours`: cells in which the room's value is taken, or ours stays. `rows`: rows to add, to
    remove (MISSING) or to bring back (GONE)."""

    theirs: frozenset[CellId] = field(default_factory=frozenset)
    ours: frozenset[CellId] = field(default_factory=frozenset)
    rows: frozenset[RowId] = field(default_factory=frozenset)


class Prefer(StrEnum):
    OURS = "ours"
    THEIRS = "theirs"
    NONE = "none"


def advised(rows: Iterable[MergedRow], prefer: Prefer = Prefer.NONE) -> Choices:
    """All that is beyond doubt: changes and whole new rows; clashes as `prefer` says; nothing is removed."""
    theirs: set[CellId] = set()
    ours: set[CellId] = set()
    ticked: set[RowId] = set()
    for row in rows:
        if row.state is RowState.ADDED:
            if row.complete and not row.copied:
                ticked.add((row.sheet, row.id))
        elif row.state is RowState.GONE:
            if prefer is Prefer.THEIRS:
                ticked.add((row.sheet, row.id))
        else:
            theirs |= {(row.sheet, row.id, cell.column) for cell in row.having(CellState.CHANGED)}
        if row.state is not RowState.GONE and prefer is not Prefer.NONE:
            chosen = theirs if prefer is Prefer.THEIRS else ours
            chosen |= {(row.sheet, row.id, cell.column) for cell in row.having(CellState.CLASH)}
    return Choices(frozenset(theirs), frozenset(ours), frozenset(ticked))


def open_clashes(rows: Iterable[MergedRow], choices: Choices) -> tuple[CellId, ...]:
    """Clashes that nobody has decided yet."""
    decided = choices.theirs | choices.ours
    return tuple(
        place
        for row in rows
        for cell in row.having(CellState.CLASH)
        if (place := (row.sheet, row.id, cell.column)) not in decided and row.state is not RowState.GONE
    )


def merge(
    base: RoomSheet, ours: RoomSheet, theirs: ReadSheet, there: Sequence[RoomRow] = ()
) -> tuple[MergedRow, ...]:
    """Rows in the order of `base`, then those that the room added, in theirs. SAME rows are there too.

    `there` are all rows of the kind that stand here, whoever got them: a row that the room added and that was
    taken over before is no difference.
    """
    if not theirs.found:
        return ()
    read = {row.key: row for row in theirs.rows if row.key}
    merged = [_known(base, row, ours.by_key.get(row.key), read.get(row.key)) for row in base.rows]
    added = [_added(base, row, there) for row in theirs.rows if not row.key]
    return tuple(row for row in (*merged, *added) if row is not None)


def _known(base: RoomSheet, was: RoomRow, now: RoomRow | None, read: ReadRow | None) -> MergedRow | None:
    if read is None:
        if now is None:
            return None
        cells = tuple(_cell(base, was, now, column.key, column.title, None) for column in base.taken)
        return MergedRow(base.key, was.key, now.name, RowState.MISSING, cells)
    cells = tuple(
        _cell(base, was, now, column.key, column.title, read.cells.get(column.key)) for column in base.taken
    )
    states = {cell.state for cell in cells}
    if now is None:
        worked = states != {CellState.SAME}
        state = RowState.GONE if worked else RowState.SAME
        return MergedRow(base.key, was.key, was.name, state, cells, read.number, read.remarks)
    return MergedRow(base.key, was.key, now.name, _state(states), cells, read.number, read.remarks)


def _state(states: set[CellState]) -> RowState:
    order = (CellState.CLASH, CellState.UNREADABLE, CellState.CHANGED)
    return RowState(next((state.value for state in order if state in states), RowState.SAME.value))


def _cell(
    sheet: RoomSheet, was: RoomRow, now: RoomRow | None, column: str, title: str, read: ReadCell | None
) -> MergedCell:
    base = was.cells.get(column, "")
    ours = base if now is None else now.cells.get(column, "")
    if read is None:
        return MergedCell(column, title, base, ours, base, CellState.SAME)
    if read.fault is not None:
        state = CellState.UNREADABLE
    elif read.value in (base, ours):
        state = CellState.SAME
    else:
        state = CellState.CHANGED if ours == base else CellState.CLASH
    return MergedCell(column, title, base, ours, read.value, state, read.place, read.fault)


def _added(sheet: RoomSheet, read: ReadRow, there: Sequence[RoomRow]) -> MergedRow:
    cells = []
    for column in sheet.taken:
        one = read.cells.get(column.key, ReadCell(""))
        value = one.value
        if not value and one.fault is None:
            value = sheet.defaults.get(column.key, "")
        cell_state = CellState.CHANGED if value else CellState.SAME
        if one.fault is not None:
            cell_state = CellState.UNREADABLE
        cells.append(MergedCell(column.key, column.title, "", "", value, cell_state, one.place, one.fault))
    found = {cell.column: cell.theirs for cell in cells}
    name, remarks, copied = found.get(NAME, ""), read.remarks, read.copied
    state = RowState.ADDED
    namesakes = [row for row in there if folded(row.cells.get(NAME, "")) == folded(name)]
    if any(all(row.cells.get(key, "") == value for key, value in found.items()) for row in namesakes):
        state, remarks = RowState.SAME, ()
        cells = [replace(cell, ours=cell.theirs, state=CellState.SAME) for cell in cells]
    elif namesakes and not copied:
        remarks, copied = (*remarks, message("rooms.row_namesake")), True
    return MergedRow(sheet.key, f"+{read.number}", name, state, tuple(cells), read.number, remarks, copied)
