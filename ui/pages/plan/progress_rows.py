"""The tasks of a plan with their progress as rows of the table: white is what the year brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.plan import Task, TaskState
from cchc_desktop.domain.plan_progress import (
    FULL,
    Fields,
    Standing,
    TaskProgress,
    faults,
    standing,
    with_done_on,
    with_percent,
    with_state,
)
from cchc_desktop.errors import KnownError
from cchc_desktop.language import format_date, parse_number, render, text
from cchc_desktop.language.times import parse_date
from cchc_desktop.quick_dataclass import replace
from cchc_desktop.services import progress as service
from ui.context import Context
from ui.marks import WARN, Mark
from ui.widgets.table_rows import Column, ColumnKind, Problem

STATES = (TaskState.NOT_STARTED, TaskState.DOING, TaskState.DONE)


def state_name(state: TaskState) -> str:
    return text(f"progress_page.state_{state.value}")


class ProgressRows:
    """An edit shows at once and is saved behind it. What can't be kept stays in its cell, marked."""

    def __init__(self, context: Context, year: int) -> None:
        self._context, self._year = context, year
        self.lines: list[TaskProgress] = []
        self._refused: dict[tuple[str, str], tuple[str, KnownError]] = {}
        self._columns = (
            _column("title", ColumnKind.COMPUTED, width=176, stretch=3),
            _column("lead", ColumnKind.COMPUTED, width=124, stretch=1),
            _column("due", ColumnKind.COMPUTED, width=136),
            _column("state", width=136, suggestions=lambda: tuple(map(state_name, STATES))),
            _column("percent", ColumnKind.NUMBER, width=70),
            _column("done_on", width=122),
            _column("evidence", ColumnKind.COMPUTED, width=100),
        )

    # What the table asks

    @property
    def columns(self) -> Sequence[Column]:
        return self._columns

    def count(self) -> int:
        return len(self.lines)

    def shown(self, row: int, key: str) -> str:
        line = self.lines[row]
        if (refused := self._refused.get((line.task.id, key))) is not None:
            return refused[0]
        return _SHOWN[key](line)

    def put(self, row: int, key: str, typed: str) -> None:
        task = self.lines[row].task
        typed = typed.strip()
        try:
            fields = self._fields(task, key, typed)
        except KnownError as error:
            self._refused[task.id, key] = (typed, error)
            return
        self._refused.pop((task.id, key), None)
        self._change(row, fields)
        self._save(key, task.id, fields)

    def problem(self, row: int, key: str) -> Problem | None:
        line = self.lines[row]
        if (refused := self._refused.get((line.task.id, key))) is not None:
            advice = render(refused[1].message)
            return Problem(Mark.ERROR, advice, advice)
        if (fault := next((what for column, what in line.faults if column == key), None)) is not None:
            return Problem(WARN, text("progress_page.no_due"), render(fault))
        if key == "due" and line.standing is Standing.LATE:
            return Problem(Mark.LOST, "", text("progress_page.late_advice", days=line.days_late))
        if key == "evidence" and line.standing is Standing.DONE and not line.evidence:
            return Problem(WARN, text("progress_page.no_file"), text("progress_page.no_file_advice"))
        return None

    # Edits

    def _fields(self, task: Task, key: str, typed: str) -> Fields:
        today = self._context.today()
        if key == "state":
            return with_state(task, _state(typed), today)
        if key == "percent":
            return with_percent(task, _percent(typed), today)
        return with_done_on(task, _day(typed))

    def set_state(self, rows: Sequence[int], state: TaskState) -> None:
        """Several tasks at once, as one step that undo takes back."""
        today = self._context.today()
        ids = [self.lines[row].task.id for row in rows]
        for row in rows:
            self._change(row, with_state(self.lines[row].task, state, today))
        for id_ in ids:
            self._forget(id_)
        profile = self._context.profile
        self._context.edits.save(lambda: service.set_state(profile, ids, state, today))

    def _forget(self, task_id: str) -> None:
        self._refused = {place: kept for place, kept in self._refused.items() if place[0] != task_id}

    def _change(self, row: int, fields: Fields) -> None:
        line = self.lines[row]
        today = self._context.today()
        task = replace(line.task, **fields)
        now = standing(task, self._year, today)
        until = task.done_on if now is Standing.DONE else today
        late = (until - line.due_on).days if line.due_on and until else 0
        self.lines[row] = replace(
            line,
            task=task,
            standing=now,
            days_late=max(0, late),
            faults=tuple(faults(task, self._year, today)),
        )

    def _save(self, key: str, task_id: str, fields: Mapping[str, object]) -> None:
        profile, today = self._context.profile, self._context.today()
        state, percent, day = fields.get("state"), fields.get("percent"), fields.get("done_on")

        def write() -> Changes:
            if key == "state":
                assert isinstance(state, TaskState)
                return service.set_state(profile, (task_id,), state, today)
            if key == "percent":
                assert percent is None or isinstance(percent, int)
                return service.set_percent(profile, (task_id,), percent, today)
            assert day is None or isinstance(day, date)
            return service.set_done_on(profile, (task_id,), day)

        self._context.edits.save(write)

    def row_of(self, task_id: str) -> int | None:
        return next((row for row, line in enumerate(self.lines) if line.task.id == task_id), None)


def _column(key: str, kind: ColumnKind = ColumnKind.TEXT, **sizes: object) -> Column:
    return Column(key, text(f"progress_page.column_{key}"), kind, **sizes)  # type: ignore[arg-type]


def _title(line: TaskProgress) -> str:
    task = line.task
    if task.carried_from is None:
        return task.title
    return text("progress_page.carried", title=task.title, year=str(task.carried_from))


def _due(line: TaskProgress) -> str:
    """How much time is left stands below; not below a list of dates, which needs its lines itself."""
    written = line.task.due or text("progress_page.no_due")
    said = "" if "," in written else _left(line)
    return f"{written}\n{said}" if said else written


def _left(line: TaskProgress) -> str:
    if line.standing is Standing.DONE:
        return text("progress_page.done_late", days=line.days_late) if line.days_late else ""
    if line.standing is Standing.LATE:
        return text("progress_page.late", days=line.days_late)
    if line.standing is Standing.NEAR and line.days_left is not None:
        return text("progress_page.left" if line.days_left else "progress_page.today", days=line.days_left)
    return ""


_SHOWN: Mapping[str, Callable[[TaskProgress], str]] = {
    "title": _title,
    "lead": lambda line: line.task.lead,
    "due": _due,
    "state": lambda line: state_name(line.task.state),
    "percent": lambda line: "" if line.task.percent is None else str(line.task.percent),
    "done_on": lambda line: format_date(line.task.done_on) if line.task.done_on else "",
    "evidence": lambda line: text("progress_page.files", count=line.evidence) if line.evidence else "",
}


def _state(typed: str) -> TaskState:
    wanted = folded(typed)
    for fits in (str.__eq__, str.startswith, str.__contains__):
        found = [state for state in STATES if wanted and fits(folded(state_name(state)), wanted)]
        if len(found) == 1:
            return found[0]
    raise KnownError("progress_page.bad_state", typed=typed)


def _percent(typed: str) -> int | None:
    if not (written := typed.removesuffix("%").strip()):
        return None
    number = parse_number(written)
    if number is None or number % 1 or not 0 <= number <= FULL:
        raise KnownError("progress_page.bad_percent", typed=typed)
    return int(number)


def _day(typed: str) -> date | None:
    if not typed:
        return None
    day = parse_date(typed)
    if day is None:
        raise KnownError("progress_page.bad_day", typed=typed)
    return day
