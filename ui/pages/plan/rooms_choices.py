"""What the user decided about a returned workbook so far: plain Python, no Qt."""

from __future__ import annotations

from cchc_desktop.domain.room_merge import (
    CellId,
    CellState,
    Choices,
    MergedCell,
    MergedRow,
    Prefer,
    RowId,
    RowState,
    advised,
)
from cchc_desktop.domain.room_work import RoomReturn


class RoomChoices:
    """Begins with what is beyond doubt: changes and new rows are taken, clashes wait."""

    def __init__(self, returned: RoomReturn) -> None:
        self.returned = returned
        first = advised(returned.rows)
        self._theirs: set[CellId] = set(first.theirs)
        self._ours: set[CellId] = set()
        self._rows: set[RowId] = set(first.rows)
        self._left_gone: set[RowId] = set()

    def decide(self, row: MergedRow, cell: MergedCell, *, theirs: bool) -> None:
        place = (row.sheet, row.id, cell.column)
        (self._theirs if theirs else self._ours).add(place)
        (self._ours if theirs else self._theirs).discard(place)

    def decided(self, row: MergedRow, cell: MergedCell) -> bool | None:
        """True: the room's value; False: ours; None: nobody has said."""
        place = (row.sheet, row.id, cell.column)
        if place in self._theirs:
            return True
        return False if place in self._ours or cell.state is CellState.CHANGED else None

    def tick(self, row: MergedRow, on: bool) -> None:
        """Add, remove or bring back a whole row."""
        place = (row.sheet, row.id)
        (self._rows.add if on else self._rows.discard)(place)
        if row.state is RowState.GONE:
            (self._left_gone.discard if on else self._left_gone.add)(place)

    def ticked(self, row: MergedRow) -> bool:
        return (row.sheet, row.id) in self._rows

    def left_gone(self, row: MergedRow) -> bool:
        return (row.sheet, row.id) in self._left_gone

    def prefer(self, which: Prefer) -> None:
        """All cells one way; what is missing stays, and copies of rows stay out."""
        chosen = advised(self.returned.rows, Prefer.THEIRS if which is Prefer.THEIRS else Prefer.OURS)
        removed = {
            (row.sheet, row.id)
            for row in self.returned.rows
            if row.state is RowState.MISSING and self.ticked(row)
        }
        if which is Prefer.THEIRS:
            self._theirs, self._ours = set(chosen.theirs), set()
            self._rows, self._left_gone = set(chosen.rows) | removed, set()
            return
        cells = [(row, cell) for row in self.returned.rows for cell in row.cells]
        self._theirs = set()
        self._ours = {
            (row.sheet, row.id, cell.column)
            for row, cell in cells
            if cell.state in (CellState.CLASH, CellState.CHANGED)
        }
        self._rows = removed
        self._left_gone = {(row.sheet, row.id) for row in self.returned.rows if row.state is RowState.GONE}

    def waits(self, row: MergedRow) -> bool:
        """Whether the row still has something that only the user can decide."""
        if row.state is RowState.GONE:
            return not self.ticked(row) and not self.left_gone(row)
        return any(self.decided(row, cell) is None for cell in row.having(CellState.CLASH))

    def waiting(self) -> int:
        """Clashes that nobody has decided yet."""
        count = 0
        for row in self.returned.rows:
            if row.state is RowState.GONE:
                count += self.waits(row)
            else:
                count += sum(self.decided(row, cell) is None for cell in row.having(CellState.CLASH))
        return count

    def counts(self) -> tuple[int, int, int]:
        """Cells taken, rows added (or brought back), rows removed."""
        ticked = [row for row in self.returned.rows if self.ticked(row)]
        removed = sum(row.state is RowState.MISSING for row in ticked)
        return len(self._theirs), len(ticked) - removed, removed

    def choices(self) -> Choices:
        return Choices(frozenset(self._theirs), frozenset(self._ours), frozenset(self._rows))
