"""What the service says is left to do, as lines of the list: its mark, its words, its action."""

from __future__ import annotations

from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.todo import Room, TodoItem, TodoKind, Where
from cchc_desktop.language import render, text
from ui.marks import Mark
from ui.pages.overview.todo_list import Job

_MARKS = {
    TodoKind.DEADLINE: Mark.DOING,
    TodoKind.ANSWER_ERROR: Mark.ERROR,
    TodoKind.OPEN_ROW: Mark.OPEN,
    TodoKind.NO_EVIDENCE: Mark.NO_EVIDENCE,
    TodoKind.LOST_POINTS: Mark.LOST,
    TodoKind.PLAN_ERROR: Mark.ERROR,
    TodoKind.LATE_TASKS: Mark.LOST,
    TodoKind.NEAR_TASKS: Mark.DOING,
}
_ACTIONS = {
    TodoKind.ANSWER_ERROR: "action_mend",
    TodoKind.OPEN_ROW: "action_score",
    TodoKind.NO_EVIDENCE: "action_evidence",
    TodoKind.LOST_POINTS: "action_look",
    TodoKind.PLAN_ERROR: "action_plan",
    TodoKind.LATE_TASKS: "action_tasks",
    TodoKind.NEAR_TASKS: "action_tasks",
}
_PAGES = {Room.PLAN: "plan", Room.SCORING: "scoring", Room.SUBMISSION: "submit"}


def job_of(item: TodoItem) -> Job:
    mark = _MARKS[item.kind]
    if item.kind is TodoKind.DEADLINE and item.days_left is not None and item.days_left < 0:
        mark = Mark.LOST
    return Job(
        mark,
        render(item.message),
        render(item.detail),
        item.points,
        item.due,
        item.days_left,
        text(f"overview_page.{_action(item)}"),
        item.where,
    )


_HANDED_IN_HERE = frozenset(kind.value for kind in (PackageKind.PLAN, PackageKind.SELFSCORE))


def _action(item: TodoItem) -> str:
    """A report that this program does not write yet is only remembered: it has no button."""
    if item.kind is TodoKind.DEADLINE:
        if item.where.room is Room.PLAN:
            return "action_issue"
        return "action_submit" if item.code in _HANDED_IN_HERE else "action_none"
    return _ACTIONS[item.kind]


def target(where: Where) -> tuple[str, object]:
    """The page, and the thing on it, that a job leads to."""
    return _PAGES[where.room], where.key or where.place
