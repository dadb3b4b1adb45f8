"""Records in an `EditTable` that are saved as they are typed: shown at once, written through the edits queue.

A line without an id is not on disk yet: it is added with the first thing that is typed into it. What can't be
saved stays in its cell, marked, until it is mended.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.plan_checks import Finding, Severity
from cchc_desktop.domain.plan_fields import check_fields
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import dataclass, field
from cchc_desktop.services import plan_rows as service
from ui.context import Context
from ui.marks import WARN, Mark
from ui.widgets.table_rows import Cell, Column, ColumnKind, Problem


@dataclass(eq=False)
class Line:
    """One record as the table shows it. `refused`: what was typed but can't be kept, and why."""

    id: str | None = None
    area: str = ""
    values: dict[str, str] = field(default_factory=dict)
    refused: dict[str, tuple[str, Message]] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        return self.id is None and not any(self.values.values()) and not self.refused


class RecordRows(ABC):
    """The table's view of tasks or targets; see `ui.widgets.table_rows.Rows` for what it promises."""

    def __init__(self, context: Context, plan_id: str) -> None:
        self.context, self.plan_id = context, plan_id
        self.lines: list[Line] = []
        self._findings: dict[tuple[str, str], list[Finding]] = {}

    # What the table asks

    @property
    @abstractmethod
    def columns(self) -> Sequence[Column]: ...

    def count(self) -> int:
        return len(self.lines)

    def shown(self, row: int, key: str) -> str:
        line = self.lines[row]
        return line.refused[key][0] if key in line.refused else line.values.get(key, "")

    def put(self, row: int, key: str, typed: str) -> None:
        if row == len(self.lines):
            self.lines.append(Line(area=self.new_area(row)))
        line = self.lines[row]
        typed = typed.strip()
        if (fields := self._taken(line, key, typed)) is not None:
            self._save(line, key, typed, fields)

    def _taken(self, line: Line, key: str, typed: str) -> Mapping[str, Any] | None:
        """Put it into the line; None when it can't be kept (it stays in its cell, marked)."""
        try:
            fields = self.fields_of(line, key, typed)
            check_fields(fields)
        except KnownError as error:
            line.refused[key] = (typed, error.message)
            return None
        line.refused.pop(key, None)
        line.values[key] = self.written(key, typed)
        return fields

    def put_cells(self, cells: Sequence[Cell]) -> None:
        """Many cells as one change."""
        touched: dict[int, dict[str, Any]] = {}
        said: list[tuple[Line, str, str]] = []
        for row, key, text_of in cells:
            while row >= len(self.lines):
                self.lines.append(Line(area=self.new_area(len(self.lines))))
            line, typed = self.lines[row], self.pasted(key, text_of)
            if (fields := self._taken(line, key, typed)) is not None:
                touched.setdefault(row, {}).update(fields)
                said.append((line, key, typed))
        if touched:
            self._save_many([(self.lines[row], touched[row]) for row in sorted(touched)], said)

    def pasted(self, key: str, typed: str) -> str:
        """What of a pasted text goes into the cell: line breaks stay only where a cell may have them."""
        column = next(one for one in self.columns if one.key == key)
        if column.suggestions is None and column.kind is ColumnKind.TEXT:
            return "\n".join(line.strip() for line in typed.replace("\t", " ").split("\n")).strip()
        lines = [" ".join(line.split()) for line in typed.split("\n")]
        return ("; " if column.listed else " ").join(line for line in lines if line)

    @staticmethod
    def words_of(fault: Message) -> str:
        return render(fault)

    def fault(self, key: str, typed: str) -> Message | None:
        """Why a text can't be kept in this column; nothing is changed."""
        scratch = Line(area=self.new_area(len(self.lines)))
        self._taken(scratch, key, self.pasted(key, typed))
        return scratch.refused[key][1] if key in scratch.refused else None

    def problem(self, row: int, key: str) -> Problem | None:
        line = self.lines[row]
        if key in line.refused:
            advice = render(line.refused[key][1])
            return Problem(Mark.ERROR, advice, advice)
        found = self._findings.get((line.id or "", key), [])
        if not found:
            return None
        worst = min(found, key=lambda finding: finding.severity is not Severity.ERROR)
        mark = Mark.ERROR if worst.severity is Severity.ERROR else WARN
        return Problem(mark, text(f"plan_page.empty_{key}"), "\n".join(render(one.message) for one in found))

    # What differs between tasks and targets

    @abstractmethod
    def fields_of(self, line: Line, key: str, typed: str) -> Mapping[str, Any]:
        """The record's fields that the typed text means. Raises `KnownError` when it can't be kept."""

    def written(self, key: str, typed: str) -> str:
        """How a kept text is shown from then on."""
        return typed

    def new_area(self, row: int) -> str:
        """The content area of a line that is begun at this row."""
        return self.lines[row - 1].area if row else ""

    @property
    @abstractmethod
    def kind(self) -> service.Rows:
        """Which of the plan's rows they are."""

    # Changes

    def _save(self, line: Line, key: str, typed: str, fields: Mapping[str, Any]) -> None:
        self._save_many([(line, fields)], [(line, key, typed)])

    def _save_many(
        self, edits: Sequence[tuple[Line, Mapping[str, Any]]], said: Sequence[tuple[Line, str, str]]
    ) -> None:
        """One change; `said` is what was typed, to stay in its cells should it not be kept."""
        places = {id(line): self._place_of_new(line) for line, _fields in edits if line.id is None}
        profile, plan_id = self.context.profile, self.plan_id

        def write() -> Changes:
            rows = [
                service.RowEdit(line.id, line.area, fields, None if line.id else places.get(id(line)))
                for line, fields in edits
            ]
            changes, ids = service.write(profile, plan_id, self.kind, rows)
            for (line, _fields), id_ in zip(edits, ids, strict=True):
                line.id = id_
            return changes

        def failed(error: KnownError) -> None:
            for line, key, typed in said:
                line.refused[key] = (typed, error.message)

        self.context.edits.save(write, failed=failed)

    def _place_of_new(self, line: Line) -> int | None:
        """None at the end of its area."""
        after = self.lines[self.lines.index(line) + 1 :]
        if any(other.area == line.area and other.id is not None for other in after):
            return self.position(line)
        return None

    def position(self, line: Line) -> int:
        """Its place among the lines of its area that are or will be on disk, from 1."""
        before = self.lines[: self.lines.index(line)]
        return 1 + sum(1 for other in before if other.area == line.area and not other.blank)

    def insert_blank(self, row: int) -> int:
        """A line to type into, below `row`; returns where it stands."""
        if row >= len(self.lines):
            return len(self.lines)
        self.lines.insert(row + 1, Line(area=self.lines[row].area))
        return row + 1

    def remove_rows(self, rows: Sequence[int]) -> None:
        gone = [self.lines[row] for row in rows]
        self.lines = [line for line in self.lines if line not in gone]
        if any(not line.blank for line in gone):
            profile, kind = self.context.profile, self.kind
            self.context.edits.save(
                lambda: service.remove(profile, kind, [line.id for line in gone if line.id is not None])
            )

    def ids_of(self, rows: Sequence[int]) -> tuple[str, ...]:
        """The ids of those that are on disk."""
        ids = (self.lines[row].id for row in rows if row < len(self.lines))
        return tuple(id_ for id_ in ids if id_ is not None)

    def can_move(self, rows: Sequence[int], step: int) -> bool:
        """Whether the block of rows has a neighbour of the same area to change places with."""
        if not rows or list(rows) != list(range(rows[0], rows[-1] + 1)):
            return False
        other = rows[0] - 1 if step < 0 else rows[-1] + 1
        if rows[0] < 0 or not 0 <= other < len(self.lines):
            return False
        block = [self.lines[row] for row in (*rows, other)]
        return len({line.area for line in block}) == 1 and not any(line.blank for line in block)

    def move_rows(self, rows: Sequence[int], before: int, into: str = "") -> range:
        """Take lines out and put them before the row `before`, `into` that area, else into the one that they
        land in; returns where they stand now."""
        moved = [self.lines[row] for row in rows]
        above = [line for line in self.lines[:before] if line not in moved]
        below = [line for line in self.lines[before:] if line not in moved]
        near = [line.area for line in (*above[-1:], *below[:1])]
        area = into or (moved[0].area if moved[0].area in near or not near else near[0])
        for line in moved:
            self.moved_to(line, area)
        self.lines = [*above, *moved, *below]
        position = 1 + sum(1 for line in above if line.area == area and not line.blank)
        profile, plan_id, kind = self.context.profile, self.plan_id, self.kind

        def write() -> Changes:
            ids = [line.id for line in moved if line.id is not None]
            return service.move(profile, plan_id, kind, ids, area, position) if ids else Changes()

        self.context.edits.save(write)
        return range(len(above), len(above) + len(moved))

    def move_ids(self, ids: Sequence[str], area: str, *, first: bool = False) -> None:
        """To the end (or the beginning) of another area."""
        profile, plan_id, kind = self.context.profile, self.plan_id, self.kind
        position = 1 if first else service.LAST
        self.context.edits.save(lambda: service.move(profile, plan_id, kind, ids, area, position))

    def moved_to(self, line: Line, area: str) -> None:
        """The line belongs to that area from now on."""
        line.area = area

    def show(self, fresh: Sequence[Line], findings: Sequence[Finding], current: int) -> int:
        """What is on disk now; returns where the line at row `current` stands from now on.

        Lines that are still being typed keep their place, an abandoned blank one goes.
        """
        self._findings = {}
        for finding in findings:
            owner = finding.place.task_id or finding.place.target_id
            self._findings.setdefault((owner, finding.place.column or self.columns[0].key), []).append(
                finding
            )
        here = self.lines[current] if 0 <= current < len(self.lines) else None
        old = {line.id: line for line in self.lines if line.id is not None}
        shown = []
        for record in fresh:
            line = old.get(record.id or "", record)
            line.area, line.values = record.area, record.values
            shown.append(line)
        for row, line in enumerate(self.lines):
            if line.id is None and (line is here or not line.blank):
                shown.insert(min(row, len(shown)), line)
        self.lines = shown
        return shown.index(here) if here in shown else min(current, len(shown))

    def row_of(self, id_: str) -> int | None:
        return next((row for row, line in enumerate(self.lines) if line.id == id_), None)
