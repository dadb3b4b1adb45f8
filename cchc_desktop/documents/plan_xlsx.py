"""The tasks of a plan as a workbook, with its targets on the second sheet: the columns of the document.

Only the cost is in two columns here, the figure and its source, so that figures can be summed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cchc_desktop.documents.characters import clean
from cchc_desktop.documents.plan import PlanInput
from cchc_desktop.documents.plan_names import begun_large, years
from cchc_desktop.documents.plan_tables import by_year, linked_codes, target_groups, task_groups
from cchc_desktop.documents.sheet_writer import SheetWriter, Value
from cchc_desktop.documents.xlsx import print_setup, save
from cchc_desktop.domain.plan import Target, Task
from cchc_desktop.domain.progress import Progress
from cchc_desktop.language import text
from cchc_desktop.message import message

_TASK_WIDTHS = (6, 42, 28, 20, 20, 14)
_TASK_ENDS = (12, 18, 14)
_TARGET_WIDTHS = (6, 54, 14, 14)
_TARGET_ENDS = (18, 44)
# In a plan of several years, with a column for each.
_NARROW_TASK_WIDTHS = (6, 38, 24, 18, 18, 13)
_NARROW_TASK_ENDS = (12, 16, 13)
_NARROW_TARGET_WIDTHS = (6, 44, 12, 12)
_NARROW_TARGET_ENDS = (14, 30)
_YEAR_WIDTH = 13
_COST = 6
"""Index of the cost among a task's columns in a plan of one year."""


def _task_values(number: int, task: Task, source: PlanInput, wanted: Sequence[int]) -> tuple[Value, ...]:
    return (
        *(number, task.title, task.product, task.lead, task.coworkers, task.due),
        *by_year(task.milestones, wanted),
        *(task.cost, clean(task.cost_source), linked_codes(task, source.criterion_codes)),
    )


def _target_values(number: int, target: Target, wanted: Sequence[int]) -> tuple[Value, ...]:
    return (
        *(number, target.title, target.unit, target.baseline),
        *by_year(target.milestones, wanted),
        *(target.value, target.source),
    )


def _write_tasks(sheet: Any, source: PlanInput, wanted: Sequence[int], progress: Progress) -> None:
    words, plan = source.words, source.plan
    begins, ends = (_NARROW_TASK_WIDTHS, _NARROW_TASK_ENDS) if wanted else (_TASK_WIDTHS, _TASK_ENDS)
    widths = (*begins, *(_YEAR_WIDTH for _year in wanted), *ends)
    writer = SheetWriter(sheet, widths)
    writer.title(begun_large(words("plan.annex_title")))
    writer.remark(source.author)
    names = ("task", "product", "lead", "coworkers", "due")
    writer.head(
        [
            text("documents.order"),
            *(words(f"plan.{name}") for name in names),
            *(words("plan.milestone", milestone_year=str(year)) for year in wanted),
            text("documents.plan.sheet_cost"),
            text("documents.plan.sheet_cost_source"),
            words("plan.note"),
        ]
    )
    head_row, done = writer.row - 1, 0
    for group in task_groups(plan):
        writer.line((group.title, *("",) * (len(widths) - 1)), bold=True)
        _join(writer)
        for number, task in enumerate(group.tasks, 1):
            progress.at(message("documents.step_sheet"), done, len(plan.tasks))
            done += 1
            writer.line(_task_values(number, task, source, wanted), whole=_whole(task, wanted))
    print_setup(sheet, head_rows=head_row, columns=len(widths))


def _whole(task: Task, wanted: Sequence[int]) -> tuple[int, ...]:
    """Which figures are printed without decimals: the row's number, and a cost that has none."""
    cost = task.cost
    return (0, _COST + len(wanted)) if cost is not None and cost == cost.to_integral_value() else (0,)


def _write_targets(sheet: Any, source: PlanInput, wanted: Sequence[int]) -> None:
    words, plan = source.words, source.plan
    begins, ends = (_TARGET_WIDTHS, _TARGET_ENDS)
    if wanted:
        begins, ends = _NARROW_TARGET_WIDTHS, _NARROW_TARGET_ENDS
    widths = (*begins, *(_YEAR_WIDTH for _year in wanted), *ends)
    writer = SheetWriter(sheet, widths)
    writer.title(begun_large(words("plan.targets_intro")).rstrip(":"))
    writer.remark(source.author)
    writer.head(
        [
            text("documents.order"),
            *(words(f"plan.{name}") for name in ("target", "unit", "baseline")),
            *(words("plan.milestone", milestone_year=str(year)) for year in wanted),
            words("plan.goal_by" if wanted else "plan.goal", goal_year=str(plan.last_year)),
            words("plan.source"),
        ]
    )
    head_row = writer.row - 1
    for group in target_groups(plan):
        writer.line((group.title, *("",) * (len(widths) - 1)), bold=True)
        _join(writer)
        for number, target in enumerate(group.targets, 1):
            writer.line(_target_values(number, target, wanted), whole=(0,))
    print_setup(sheet, head_rows=head_row, columns=len(widths))


def _join(writer: SheetWriter) -> None:
    """An area's name runs over the whole row just written."""
    row = writer.row - 1
    writer.sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=writer.columns)
    writer.sheet.row_dimensions[row].height = None


def write_plan_xlsx(path: Path, source: PlanInput, progress: Progress | None = None) -> None:
    """The workbook in `path` (written in place: see `output.whole_file` for the safe way)."""
    from openpyxl import Workbook

    progress = progress or Progress()
    wanted = years(source.plan)
    book = Workbook()
    tasks: Any = book.active
    tasks.title = text("documents.plan.sheet_tasks")
    _write_tasks(tasks, source, wanted, progress)
    _write_targets(book.create_sheet(text("documents.plan.sheet_targets")), source, wanted)
    save(book, path, title=begun_large(source.words("plan.annex_title")), author=source.author)
