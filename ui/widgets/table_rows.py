"""What an `EditTable` shows: plain Python, no Qt. A page implements `Rows` over its own records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Protocol, runtime_checkable

from cchc_desktop.quick_dataclass import dataclass
from ui.marks import Mark


class ColumnKind(Enum):
    """TEXT wraps over two lines; NUMBER stands right; COMPUTED is grey and can't be typed into."""

    TEXT = "text"
    NUMBER = "number"
    COMPUTED = "computed"


@dataclass(frozen=True)
class Column:
    """`width` in pixels at 100 %; `stretch` shares the spare room; `suggestions`: type or pick (F4).

    `listed`: pasted lines stand in the cell with "; " between; `several`: so do the suggestions, which are
    ticked in a list; `inserts` says what a picked one leaves in the cell ("3.1.1 Niêm yết …" → "3.1.1");
    `year`: F4 opens a calendar of that year beside them.
    """

    key: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 120
    stretch: int = 0
    suggestions: Callable[[], Sequence[str]] | None = None
    several: bool = False
    listed: bool = False
    inserts: Callable[[str], str] = str
    year: int = 0


@dataclass(frozen=True)
class Problem:
    """A cell that is wrong (`Mark.ERROR`) or wants a look (`Mark.NO_EVIDENCE`). `words` go into an empty cell
    ("Chưa chọn"), `advice` into the tooltip."""

    mark: Mark
    words: str
    advice: str = ""


class Rows(Protocol):
    """Row numbers start at 0. Row `count()` is the empty last row: `put` there begins a new record at once
    (keep it locally, save through `context.edits`), so that `count()` is one higher when `put` returns."""

    @property
    def columns(self) -> Sequence[Column]: ...
    def count(self) -> int: ...
    def shown(self, row: int, key: str) -> str:
        """The cell's text, as typed or as formatted."""
        ...

    def put(self, row: int, key: str, typed: str) -> None:
        """The user typed this; called when the cell is left and while typing pauses."""
        ...

    def problem(self, row: int, key: str) -> Problem | None: ...


@runtime_checkable
class ManyRows(Rows, Protocol):
    """Rows that take many cells as one change, which one undo takes back."""

    def put_cells(self, cells: Sequence[Cell]) -> None:
        """Rows from `count()` on are new ones, in the order in which they come."""
        ...


@runtime_checkable
class MutedRows(Rows, Protocol):
    """Rows of which some count no more and are grey."""

    def muted(self, row: int) -> bool: ...


Cell = tuple[int, str, str]
"""Row, the column's key, the text."""
