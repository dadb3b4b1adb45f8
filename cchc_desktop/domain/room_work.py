"""What a room has to do, and what its workbook brought back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cchc_desktop.domain.handout import Handout
from cchc_desktop.domain.room_merge import MergedRow, ReadSheet, RowState
from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True)
class RoomWork:
    """A room and what it has to do in a plan; the times are of its last workbook."""

    room: str
    leads: int
    joins: int
    targets: int
    handed_at: datetime | None = None
    taken_at: datetime | None = None


@dataclass(frozen=True)
class FigureRow:
    """A scoring row that a room can be asked for. `rooms` lead tasks that are linked to it."""

    key: str
    code: str
    label: str
    rooms: tuple[str, ...]


@dataclass(frozen=True)
class RoomReturn:
    """A workbook compared with the data. `rows` hold those without a difference too."""

    handout: Handout
    file_name: str
    rows: tuple[MergedRow, ...]
    findings: tuple[Message, ...]
    read: Mapping[str, ReadSheet]

    @property
    def differing(self) -> tuple[MergedRow, ...]:
        return tuple(row for row in self.rows if row.state is not RowState.SAME or row.remarks)

    def count(self, state: RowState) -> int:
        return sum(row.state is state for row in self.rows)
