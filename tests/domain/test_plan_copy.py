"""What a new year's plan takes over: which tasks are a debt, and how the year's number moves on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cchc_desktop.domain.plan import Target, Task, TaskState
from cchc_desktop.domain.plan_copy import in_year, left_over, target_fields, task_fields, unfinished
from tests.domain.test_plan_progress import PLAN, task

DONE = TaskState.DONE


@pytest.mark.parametrize(
    ("words", "now"),
    [
        ("Ban hành Kế hoạch năm 2025", "Ban hành Kế hoạch năm 2026"),
        ("Giai đoạn 2021–2025 và năm 2025", "Giai đoạn 2021–2025 và năm 2026"),
        ("Giai đoạn 2025 - 2030", "Giai đoạn 2025 - 2030"),
        ("Triển khai Nghị định 118/2025/NĐ-CP", "Triển khai Nghị định 118/2025/NĐ-CP"),
        ("Quyết định ngày 01/03/2025", "Quyết định ngày 01/03/2025"),
        ("Mã 20250", "Mã 20250"),
        ("Không có năm", "Không có năm"),
    ],
)
def test_the_year_moves_on_but_not_in_dates_and_numbers(words: str, now: str) -> None:
    assert in_year(words, 2025, 2026) == now


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (task("30/06/2025"), True),
        (task("30/06/2025", TaskState.DOING), True),
        (task("30/06/2025", DONE), False),
        (task("Thường xuyên"), False),
        (task("Hằng quý", TaskState.DOING), False),
        (task(""), True),
    ],
)
def test_what_recurs_is_no_debt(given: Task, expected: bool) -> None:
    assert unfinished(given, 2025) is expected


def test_left_over_are_unfinished_tasks_that_the_new_plan_does_not_have() -> None:
    earlier = replace(
        PLAN,
        year=2025,
        tasks=(
            task("Quý II", id="1", title="Rà soát năm 2025"),
            task("Quý II", DONE, id="2", position=2, title="Đã xong"),
            task("Quý III", id="3", position=3, title="Đề án"),
            task("Quý III", id="4", area="gone", title="Nội dung đã bỏ"),
            task("Quý IV", id="5", area="b", title="Kiểm tra"),
        ),
    )
    new = replace(PLAN, year=2026, tasks=(task(title="RÀ SOÁT NĂM 2026"),))
    assert [one.id for one in left_over(earlier, new)] == ["3", "5"]
    assert [one.id for one in left_over(earlier, replace(new, tasks=()))] == ["1", "3", "5"]


def test_a_task_leaves_its_progress_behind_and_names_its_debt() -> None:
    old = task(
        "31/10/2025",
        TaskState.DOING,
        title="Đề án năm 2025",
        product="Đề án 2025",
        lead="Văn phòng",
        percent=60,
        criteria=("r1", "r2"),
    )
    fields = task_fields(old, 2025, 2026, {"r2"})
    assert (fields["title"], fields["product"], fields["due"]) == (
        "Đề án năm 2026",
        "Đề án 2026",
        "31/10/2026",
    )
    assert (fields["criteria"], fields["carried_from"]) == (("r2",), 2025)
    assert not fields.keys() & {"state", "percent", "done_on"}
    assert task_fields(replace(old, carried_from=2023), 2025, 2026, ())["carried_from"] == 2023
    assert task_fields(replace(old, state=DONE), 2025, 2026, ())["carried_from"] is None


def test_a_target_begins_where_last_year_wanted_to_be() -> None:
    old = Target("t", "a", 1, "Hồ sơ trực tuyến năm 2025", "%", "60", "≥ 80", "NQ 76", "b2")
    assert target_fields(old, 2025, 2026) == {
        "title": "Hồ sơ trực tuyến năm 2026",
        "unit": "%",
        "baseline": "≥ 80",
        "value": "≥ 80",
        "source": "NQ 76",
        "preset": "b2",
    }
