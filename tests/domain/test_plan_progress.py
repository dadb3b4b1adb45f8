"""Progress: standings, sums and contradictions, each worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from cchc_desktop.domain.plan import Plan, Task, TaskState
from cchc_desktop.domain.plan_progress import (
    Standing,
    Tally,
    due_on,
    faults,
    progress,
    standing,
    with_done_on,
    with_percent,
    with_state,
)
from cchc_desktop.domain.plan_template import Area, PlanTemplate, SectionKind, TemplateSection
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.language import render

NOT, DOING, DONE = TaskState.NOT_STARTED, TaskState.DOING, TaskState.DONE
TODAY = date(2026, 6, 16)


def task(due: str = "", state: TaskState = NOT, **fields: object) -> Task:
    known: dict[str, object] = {"id": "t", "area": "a", "position": 1, "title": "Việc", **fields}
    return Task(due=due, state=state, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("due", "state", "expected"),
    [
        ("15/06/2026", NOT, Standing.LATE),
        ("15/06/2026", DOING, Standing.LATE),
        ("15/06/2026", DONE, Standing.DONE),
        ("16/06/2026", NOT, Standing.NEAR),  # its last day is not over
        ("30/06/2026", NOT, Standing.NEAR),  # 14 days
        ("01/07/2026", NOT, Standing.OPEN),  # 15 days
        ("Quý I", NOT, Standing.LATE),
        ("Quý II", NOT, Standing.NEAR),
        ("Quý III/2026", NOT, Standing.OPEN),
        ("Tháng 5", DOING, Standing.LATE),
        ("6 tháng đầu năm", NOT, Standing.NEAR),
        ("15/03/2026, 15/06/2026", NOT, Standing.LATE),
        ("15/03/2026, 15/09/2026", NOT, Standing.OPEN),
        ("Thường xuyên", NOT, Standing.OPEN),
        ("Hằng tháng", DOING, Standing.OPEN),
        ("", NOT, Standing.OPEN),
        ("khi rảnh", NOT, Standing.OPEN),
    ],
)
def test_a_task_is_late_when_the_end_of_its_time_has_passed(
    due: str, state: TaskState, expected: Standing
) -> None:
    assert standing(task(due, state), 2026, TODAY) is expected


def test_what_recurs_is_never_late() -> None:
    always = task("Thường xuyên")
    assert due_on(always, 2026) is None
    assert standing(always, 2026, date(2027, 3, 1)) is Standing.OPEN


TEMPLATE = PlanTemplate(
    id="mau",
    version=1,
    title="Mẫu",
    unit_kinds=(UnitKind.COMMUNE,),
    citations=(),
    sections=(TemplateSection("tasks", "3", "Nhiệm vụ", SectionKind.TASKS),),
    areas=(Area("a", "A", "Một", "Một"), Area("b", "B.1", "Hai", "Hai"), Area("c", "C", "Ba", "Ba")),
    tasks=(),
    targets=(),
    deadlines=(),
    recipients=(),
    departments=(),
)
ROOMS = ("Phòng Kinh tế", "Phòng Kinh tế – Hạ tầng", "Văn phòng")
TASKS = (
    task("15/06/2026", DONE, id="1", lead="Phòng Kinh tế (Lê Văn A)", done_on=date(2026, 6, 20)),
    task("30/06/2026", DOING, id="2", position=2, lead="phong kinh te", percent=40),
    task("Quý I", NOT, id="3", position=3, lead="Phòng Kinh tế - Hạ tầng (Bùi B)"),
    task("Quý IV", NOT, id="4", area="b", lead="Văn phòng"),
    task("Thường xuyên", NOT, id="5", area="b", position=2),
)
PLAN = Plan("r", 2026, TEMPLATE, {}, (), TASKS)


def test_sums_per_area_and_per_room() -> None:
    found = progress(PLAN, TODAY, {"1": 2}, ROOMS)
    assert found.total == Tally(total=5, done=1, late=1, near=1)
    assert found.total.ratio == Fraction(1, 5)
    assert [(area.code, tally) for area, tally in found.by_area] == [
        ("A", Tally(3, 1, 1, 1)),
        ("B.1", Tally(2, 0, 0, 0)),
    ]
    assert found.by_lead == (
        ("Phòng Kinh tế", Tally(2, 1, 0, 1)),
        ("Phòng Kinh tế – Hạ tầng", Tally(1, 0, 1, 0)),
        ("Văn phòng", Tally(1, 0, 0, 0)),
        ("", Tally(1, 0, 0, 0)),
    )
    lines = {line.task.id: line for line in found.lines}
    assert (lines["1"].days_late, lines["1"].evidence) == (5, 2)  # done on the 20th, due on the 15th
    assert (lines["3"].days_late, lines["3"].days_left) == (77, -77)  # from 31 March to 16 June
    assert (lines["4"].days_late, lines["4"].days_left) == (0, 198)  # to 31 December
    assert lines["5"].days_left is None


def test_an_empty_plan_has_no_ratio() -> None:
    found = progress(replace(PLAN, tasks=()), TODAY)
    assert (found.total, found.total.ratio, found.by_area, found.by_lead) == (Tally(), None, (), ())


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        # said done: 100 %, today where no day is known
        (task(), lambda t: with_state(t, DONE, TODAY), (DONE, 100, TODAY)),
        (task(percent=40, state=DOING), lambda t: with_state(t, DONE, TODAY), (DONE, 100, TODAY)),
        (
            task(state=DONE, percent=100, done_on=date(2026, 3, 1)),
            lambda t: with_state(t, DONE, TODAY),
            (DONE, 100, date(2026, 3, 1)),
        ),
        # taken back
        (
            task(state=DONE, percent=100, done_on=TODAY),
            lambda t: with_state(t, DOING, TODAY),
            (DOING, None, None),
        ),
        (task(percent=40, state=DOING), lambda t: with_state(t, NOT, TODAY), (NOT, None, None)),
        (task(percent=40), lambda t: with_state(t, DOING, TODAY), (DOING, 40, None)),
        # percent carries the state along
        (task(), lambda t: with_percent(t, 1, TODAY), (DOING, 1, None)),
        (task(), lambda t: with_percent(t, 99, TODAY), (DOING, 99, None)),
        (task(), lambda t: with_percent(t, 100, TODAY), (DONE, 100, TODAY)),
        (task(state=DOING), lambda t: with_percent(t, 0, TODAY), (NOT, 0, None)),
        (
            task(state=DONE, percent=100, done_on=TODAY),
            lambda t: with_percent(t, 50, TODAY),
            (DOING, 50, None),
        ),
        (task(state=DOING, percent=40), lambda t: with_percent(t, None, TODAY), (DOING, None, None)),
        # the day
        (task(), lambda t: with_done_on(t, date(2026, 5, 2)), (DONE, 100, date(2026, 5, 2))),
        (task(state=DONE, percent=100, done_on=TODAY), lambda t: with_done_on(t, None), (DONE, 100, None)),
    ],
)
def test_an_edit_leaves_fields_that_agree(before: Task, edit, after: tuple[object, ...]) -> None:  # type: ignore[no-untyped-def]
    now = replace(before, **edit(before))
    assert (now.state, now.percent, now.done_on) == after


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (task(), []),
        (task(state=DONE, percent=100, done_on=TODAY), []),
        (task(state=DONE, done_on=TODAY), []),  # nobody said a percentage: an older profile
        (task(state=DOING, percent=0), []),
        (task(state=DONE, percent=100), [("done_on", "progress.done_without_day")]),
        (task(state=DONE, percent=80, done_on=TODAY), [("percent", "progress.done_below_full")]),
        (task(state=DOING, percent=100), [("state", "progress.full_not_done")]),
        (task(state=NOT, done_on=TODAY), [("state", "progress.day_not_done")]),
        (task(state=NOT, percent=5), [("state", "progress.begun_not_doing")]),
        (
            task(state=DONE, percent=100, done_on=date(2026, 6, 17)),
            [("done_on", "progress.done_in_future")],
        ),
        (
            task(state=DONE, percent=100, done_on=date(2025, 12, 31)),
            [("done_on", "progress.done_before_year")],
        ),
        (
            task(state=DOING, percent=100, done_on=date(2025, 1, 1)),
            [
                ("state", "progress.full_not_done"),
                ("state", "progress.day_not_done"),
                ("done_on", "progress.done_before_year"),
            ],
        ),
    ],
)
def test_contradictions_are_told(given: Task, expected: list[tuple[str, str]]) -> None:
    found = list(faults(given, 2026, TODAY))
    assert [(column, what.id) for column, what in found] == expected
    assert all(render(what) for _column, what in found)
