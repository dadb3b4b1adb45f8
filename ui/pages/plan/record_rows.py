"""Records in an `EditTable` that are saved as they are typed: shown at once, written through the edits queue.

A line without an id is not on disk yet: it is added with the first thing that is typed into it. What can't be
saved stays in its cell, marked, until it is mended.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.plan_checks import Finding, Severity
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.message import Message
from ui.context import Context
from ui.marks import WARN, Mark
from ui.widgets.table_rows import Column, Problem


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
        try:
            fields = self.fields_of(line, key, typed)
        except KnownError as error:
            line.refused[key] = (typed, error.message)
            return
        line.refused.pop(key, None)
        line.values[key] = self.written(key, typed)
        self._save(line, key, typed, fields)

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

    @abstractmethod
    def add(self, line: Line, position: int, fields: Mapping[str, Any]) -> tuple[Changes, str]:
        """Write a new record; returns its id."""

    @abstractmethod
    def update(self, id_: str, fields: Mapping[str, Any]) -> Changes: ...

    @abstractmethod
    def remove(self, ids: Sequence[str]) -> Changes: ...

    @abstractmethod
    def move(self, id_: str, position: int) -> Changes: ...

    # Changes

    def _save(self, line: Line, key: str, typed: str, fields: Mapping[str, Any]) -> None:
        position = self.position(line)

        def write() -> Changes:
            if line.id is not None:
                return self.update(line.id, fields)
            changes, line.id = self.add(line, position, fields)
            return changes

        def failed(error: KnownError) -> None:
            line.refused[key] = (typed, error.message)

        self.context.edits.save(write, failed=failed)

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
            self.context.edits.save(lambda: self.remove([line.id for line in gone if line.id is not None]))

    def can_move(self, row: int, step: int) -> bool:
        """Whether a neighbour of the same area is there to change places with."""
        other = row + step
        if not (0 <= row < len(self.lines) and 0 <= other < len(self.lines)):
            return False
        line, neighbour = self.lines[row], self.lines[other]
        return neighbour.area == line.area and not line.blank and not neighbour.blank

    def move_row(self, row: int, step: int) -> int:
        """Swap a line with its neighbour of the same area; returns where it stands now."""
        if not self.can_move(row, step):
            return row
        other = row + step
        line = self.lines[row]
        self.lines[row], self.lines[other] = self.lines[other], line
        position = self.position(line)

        def write() -> Changes:
            return self.move(line.id, position) if line.id is not None else Changes()

        self.context.edits.save(write)
        return other

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
