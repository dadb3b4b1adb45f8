"""The targets and the tasks of a plan as tables; a plan of several years has a column for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cchc_desktop.documents.characters import clean
from cchc_desktop.documents.model import Column, ColumnKind, Row, RowKind, Table
from cchc_desktop.documents.plan_names import years
from cchc_desktop.documents.wording import Words
from cchc_desktop.domain.plan import Milestone, Plan, Target, Task
from cchc_desktop.domain.plan_template import Area
from cchc_desktop.language import format_number, text
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True)
class AreaTasks:
    title: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class AreaTargets:
    title: str
    targets: tuple[Target, ...]


def area_title(area: Area) -> str:
    return f"{area.code}. {area.title}" if area.code else area.title


def task_groups(plan: Plan) -> tuple[AreaTasks, ...]:
    """The tasks by area in the template's order, numbered in each as in the window; none is left out."""
    known = {area.key for area in plan.template.areas}
    strays = tuple(sorted((t for t in plan.tasks if t.area not in known), key=lambda t: (t.area, t.position)))
    groups = [AreaTasks(area_title(area), plan.area_tasks(area.key)) for area in plan.template.areas]
    groups.append(AreaTasks(text("documents.plan.other_area"), strays))
    return tuple(group for group in groups if group.tasks)


def target_groups(plan: Plan) -> tuple[AreaTargets, ...]:
    known = {area.key for area in plan.template.areas}
    strays = tuple(t for t in plan.targets if t.area not in known)
    groups = [AreaTargets(area_title(area), plan.area_targets(area.key)) for area in plan.template.areas]
    groups.append(AreaTargets(text("documents.plan.other_area"), strays))
    return tuple(group for group in groups if group.targets)


def linked_codes(task: Task, codes: Mapping[str, str]) -> str:
    """The criteria that a task serves, by their printed codes."""
    linked = ", ".join(codes[key] for key in task.criteria if key in codes)
    return text("documents.plan.note_criteria", codes=linked) if linked else ""


def by_year(milestones: Sequence[Milestone], wanted: Sequence[int]) -> tuple[str, ...]:
    """What is to be reached in each of the wanted years; two of one year stand below each other."""
    return tuple("\n".join(clean(one.text) for one in milestones if one.year == year) for year in wanted)


def targets_table(plan: Plan, words: Words) -> Table:
    wanted = years(plan)
    goal = words("plan.goal_by" if wanted else "plan.goal", goal_year=str(plan.last_year))
    columns = (
        Column(text("documents.order"), 1.1, ColumnKind.CENTRED),
        Column(words("plan.target"), 5.6 if not wanted else 5),
        Column(words("plan.unit"), 1.7, ColumnKind.CENTRED),
        Column(words("plan.baseline"), 1.6, ColumnKind.CENTRED),
        *(
            Column(words("plan.milestone", milestone_year=str(year)), 1.6, ColumnKind.CENTRED)
            for year in wanted
        ),
        Column(goal, 1.8, ColumnKind.CENTRED),
        Column(words("plan.source"), 4.7 if not wanted else 3),
    )
    rows: list[Row] = []
    for group in target_groups(plan):
        rows.append(_group(group.title, len(columns)))
        rows += [
            Row(
                (
                    *(str(number), target.title, target.unit, target.baseline),
                    *by_year(target.milestones, wanted),
                    *(target.value, target.source),
                )
            )
            for number, target in enumerate(group.targets, 1)
        ]
    return Table(columns, tuple(rows), compact=bool(wanted))


def tasks_table(plan: Plan, codes: Mapping[str, str], words: Words) -> Table:
    wanted = years(plan)
    columns = (
        Column(text("documents.order"), 1, ColumnKind.CENTRED),
        Column(words("plan.task"), 6.3 if not wanted else 5.4),
        Column(words("plan.product"), 4 if not wanted else 3.2),
        Column(words("plan.lead"), 3 if not wanted else 2.4),
        Column(words("plan.coworkers"), 3 if not wanted else 2.4),
        Column(words("plan.due"), 2.6 if not wanted else 2.7, ColumnKind.CENTRED),
        *(Column(words("plan.milestone", milestone_year=str(year)), 2) for year in wanted),
        Column(words("plan.cost"), 2.4 if not wanted else 2.2, ColumnKind.CENTRED),
        Column(words("plan.note"), 1.9),
    )
    rows: list[Row] = []
    for group in task_groups(plan):
        rows.append(_group(group.title, len(columns)))
        rows += [_task_row(number, task, codes, wanted) for number, task in enumerate(group.tasks, 1)]
    return Table(columns, tuple(rows), numbered=True, compact=bool(wanted))


def _group(title: str, columns: int) -> Row:
    return Row((title, *("",) * (columns - 1)), RowKind.GROUP, span=(0, columns - 1))


def _task_row(number: int, task: Task, codes: Mapping[str, str], wanted: Sequence[int]) -> Row:
    return Row(
        (
            *(str(number), task.title, task.product, task.lead, task.coworkers, task.due),
            *by_year(task.milestones, wanted),
            *(_cost(task), linked_codes(task, codes)),
        )
    )


def _cost(task: Task) -> str:
    parts = [format_number(task.cost)] if task.cost is not None else []
    return "\n".join([*parts, clean(task.cost_source)]).strip()
