"""A workbook that was handed to a room (phòng) to fill in: what it holds, and whether it came back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from cchc_desktop.quick_dataclass import dataclass


class HandoutKind(StrEnum):
    """PLAN: tasks and targets of a plan. FIGURES: answers of scoring rows."""

    PLAN = "plan"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Handout:
    """`base_seq` is the journal row up to which the workbook knows the data.

    What stood there then the journal tells, so that the room's changes and ours can be told apart. `rows` are
    the keys of what it holds (ids of tasks and targets, permanent keys of scoring rows). `taken_at` is None
    until the workbook was taken back.
    """

    id: str
    round_id: str
    plan_id: str | None
    kind: HandoutKind
    room: str
    file_name: str
    made_at: datetime
    base_seq: int
    taken_at: datetime | None = None
    rows: tuple[str, ...] = ()
