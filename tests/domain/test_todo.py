"""The list of what is left, on a set of five rows whose points are worked out here by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.calendar import calendar
from cchc_desktop.domain.criteria import CriteriaSet, Node, NodeType, ScoredBy
from cchc_desktop.domain.dated_rule import Deadline
from cchc_desktop.domain.plan import Plan, Task, TaskState
from cchc_desktop.domain.plan_checks import Finding, Place, Severity
from cchc_desktop.domain.plan_template import Area, PlanTemplate, SectionKind, TemplateSection
from cchc_desktop.domain.rules.external_score import ExternalScore
from cchc_desktop.domain.rules.ratio_linear import RatioLinear
from cchc_desktop.domain.rules.survey import Survey
from cchc_desktop.domain.rules.yes_no import YesNo
from cchc_desktop.domain.scorer import score
from cchc_desktop.domain.todo import Room, Situation, TodoItem, TodoKind, todo
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.language import render
from cchc_desktop.message import message


def row(code: str, points: str, rule: Any, **more: Any) -> Node:
    label = f"Tiêu chí {code}"
    return Node(f"r{code.replace('.', '_')}", code, NodeType.ROW, label, Decimal(points), rule, **more)


RATIO = RatioLinear(numerator="đúng hạn", denominator="đã giải quyết")
CRITERIA = CriteriaSet(
    id="nho",
    version=1,
    title="Nhỏ",
    year=2026,
    unit_kinds=(UnitKind.COMMUNE,),
    effective_from=date(2026, 1, 1),
    total_max=Decimal(20),
    nodes=(
        Node("s1", "1", NodeType.SECTION, "Mục 1", Decimal(20)),
        row("1.1", "5", RATIO, evidence_required=True, evidence="Báo cáo kết xuất"),
        row("1.2", "2", YesNo(), evidence_required=True),
        row("1.3", "3", RATIO),
        row("1.4", "4", YesNo()),
        row("1.5", "6", Survey(), scored_by=ScoredBy.APPRAISER),
    ),
)
TEMPLATE = PlanTemplate(
    id="khung",
    version=1,
    title="Khung",
    unit_kinds=(UnitKind.COMMUNE,),
    citations=(),
    sections=(TemplateSection("tasks", "3", "Nhiệm vụ", SectionKind.TASKS),),
    areas=(Area("a", "A", "Chỉ đạo", "Chỉ đạo"),),
    tasks=(),
    targets=(),
    deadlines=(
        Deadline("plan", "plan", "Ban hành kế hoạch", 2, 28),
        Deadline("selfscore", "selfscore", "Nộp tự chấm điểm", 12, 31, "UBND tỉnh (qua Sở Nội vụ)"),
    ),
    recipients=(),
    departments=(),
)
PLAN = Plan("r", 2026, TEMPLATE, {}, (), ())
TODAY = date(2026, 11, 22)
DONE = {"plan": date(2026, 2, 12)}


def situation(answers: dict[str, Answer], **changed: Any) -> Situation:
    today = changed.pop("today", TODAY)
    done = changed.pop("done", DONE)
    whole = Situation(
        criteria=CRITERIA,
        sheet=score(CRITERIA, {key: answer.entry for key, answer in answers.items()}),
        answers=answers,
        evidence_count={"r1_1": 1, "r1_2": 1},
        plan=PLAN,
        findings=(),
        entries=calendar(TEMPLATE.deadlines, 2026, today, done),
        today=today,
    )
    return replace(whole, **changed)


def ratio(numerator: str, denominator: str, explanation: str = "") -> Answer:
    return Answer({"numerator": numerator, "denominator": denominator}, explanation)


FULL = {
    "r1_1": ratio("10", "10"),
    "r1_2": Answer({"yes": True}),
    "r1_3": ratio("7", "7"),
    "r1_4": Answer({"yes": True}),
}


def shown(items: tuple[TodoItem, ...]) -> list[tuple[TodoKind, str, Decimal | None]]:
    for item in items:
        assert render(item.message)
        assert render(item.detail)
    return [(item.kind, item.code, item.points) for item in items]


def test_nothing_is_left_when_all_is_done() -> None:
    assert todo(situation(FULL)) == ()


def test_open_rows_stand_by_points_and_the_appraisers_row_is_not_ours() -> None:
    items = todo(situation({}))
    assert shown(items) == [
        (TodoKind.OPEN_ROW, "1.1", Decimal(5)),
        (TodoKind.OPEN_ROW, "1.4", Decimal(4)),
        (TodoKind.OPEN_ROW, "1.3", Decimal(3)),
        (TodoKind.OPEN_ROW, "1.2", Decimal(2)),
    ]
    assert {(item.due, item.days_left) for item in items} == {(date(2026, 12, 31), 39)}
    assert items[0].where.room is Room.SCORING
    assert items[0].where.key == "r1_1"


def test_a_half_filled_row_says_so() -> None:
    (item,) = todo(situation({**FULL, "r1_1": Answer({"numerator": "10"})}))
    assert render(item.detail) == "1.1 · chưa nhập đủ số liệu"


def test_points_that_can_be_regained() -> None:
    # 9/10 of 5 points are 4.5; 6/7 of 3 points are 2.571…, so 2.57: lost 0.43
    items = todo(situation({**FULL, "r1_1": ratio("9", "10"), "r1_3": ratio("6", "7")}))
    assert shown(items) == [
        (TodoKind.LOST_POINTS, "1.1", Decimal("0.50")),
        (TodoKind.LOST_POINTS, "1.3", Decimal("0.43")),
    ]
    assert render(items[0].detail) == "1.1 · mới đạt 9/10"


def test_points_of_a_row_without_two_figures() -> None:
    score_row = row("1.3", "4", ExternalScore())
    criteria = replace(CRITERIA, nodes=(*CRITERIA.nodes[:3], score_row, *CRITERIA.nodes[4:]))
    answers = {**FULL, "r1_3": Answer({"score": "86.45"})}
    entries = {key: answer.entry for key, answer in answers.items()}
    # 86.45/100 × 4 = 3.458, so 3.46
    (item,) = todo(situation(answers, criteria=criteria, sheet=score(criteria, entries)))
    assert render(item.detail) == "1.3 · đang mất 0,54 điểm"


def test_a_step_that_was_missed_is_past_and_after_the_deadline_nothing_is_regained() -> None:
    assert todo(situation({**FULL, "r1_4": Answer({"yes": False})})) == ()
    late = todo(situation({**FULL, "r1_1": ratio("9", "10")}, today=date(2027, 1, 1)))
    assert shown(late) == [(TodoKind.DEADLINE, "selfscore", None)]


def test_points_without_evidence_and_an_explanation_in_its_place() -> None:
    without = {"r1_2": 1}
    (item,) = todo(situation(FULL, evidence_count=without))
    assert shown((item,)) == [(TodoKind.NO_EVIDENCE, "1.1", Decimal("5.00"))]
    assert render(item.detail) == "1.1 · chưa có tệp; cần: Báo cáo kết xuất"
    explained = {**FULL, "r1_1": ratio("10", "10", "Số liệu lấy trên hệ thống.")}
    assert todo(situation(explained, evidence_count=without)) == ()


def test_zero_points_need_no_evidence() -> None:
    items = todo(situation({**FULL, "r1_2": Answer({"yes": False})}, evidence_count={"r1_1": 1}))
    assert items == ()


def test_a_figure_that_cannot_be_right_comes_with_its_fault() -> None:
    (item,) = todo(situation({**FULL, "r1_3": ratio("8", "7")}))
    assert (item.kind, item.points) == (TodoKind.ANSWER_ERROR, Decimal(3))
    assert render(item.detail).startswith("1.3 · ")
    assert len(render(item.detail)) > len("1.3 · ")


def test_excluded_rows_ask_for_nothing() -> None:
    from cchc_desktop.domain.criteria import Exclusion

    criteria = replace(CRITERIA, exclusions=(Exclusion("bo", "Bỏ mục 1", ("1",)),))
    assert todo(situation({}, criteria=criteria, sheet=score(criteria, {}, ("bo",)))) == ()


def test_deadlines_near_and_past() -> None:
    near = todo(situation(FULL, today=date(2026, 12, 20)))
    assert shown(near) == [(TodoKind.DEADLINE, "selfscore", None)]
    assert near[0].days_left == 11
    assert render(near[0].detail) == "Gửi UBND tỉnh (qua Sở Nội vụ)."
    past = todo(situation(FULL, done={}, today=date(2026, 3, 3)))
    assert [(i.code, i.days_left) for i in past] == [("plan", -3)]
    assert render(past[0].detail) == "Đã quá hạn 3 ngày (hạn 28/02/2026)."
    assert past[0].where.room is Room.PLAN


def test_what_is_due_first_stands_first() -> None:
    finding = Finding(Severity.ERROR, Place("tasks", "a", "t", "", "lead", 1), message("plan.no_lead"))
    warning = Finding(Severity.WARNING, Place("issue"), message("plan.no_number"))
    items = todo(
        situation({**FULL, "r1_3": Answer()}, findings=(warning, finding), today=date(2026, 2, 20), done={})
    )
    # on one day, mending the plan comes before handing it in
    assert [item.kind for item in items] == [TodoKind.PLAN_ERROR, TodoKind.DEADLINE, TodoKind.OPEN_ROW]
    assert render(items[0].message) == "Sửa 1 lỗi của kế hoạch"
    assert items[0].where.place == replace(finding.place, plan_id="r")


def test_tasks_past_their_time() -> None:
    def task(id_: str, due: str, state: TaskState = TaskState.DOING) -> Task:
        return Task(id_, "a", 1, f"Việc {id_}", due=due, state=state)

    tasks = (
        task("1", "31/10/2026"),
        task("2", "Quý II"),
        task("3", "Quý I", TaskState.DONE),
        task("4", "Thường xuyên"),
        task("5", "31/12/2026"),
        task("6", "không rõ"),
    )

    def of_tasks(today: date) -> list[TodoItem]:
        kinds = (TodoKind.LATE_TASKS, TodoKind.NEAR_TASKS)
        found = todo(situation(FULL, plan=replace(PLAN, tasks=tasks), today=today))
        return [item for item in found if item.kind in kinds]

    late, near = of_tasks(date(2026, 12, 20))
    assert late.kind is TodoKind.LATE_TASKS
    assert render(late.message) == "2 nhiệm vụ của kế hoạch đã quá hạn"
    assert (late.due, late.where.place) == (date(2026, 6, 30), Place("progress", "a", "2", plan_id="r"))
    assert near.kind is TodoKind.NEAR_TASKS
    assert render(near.message) == "1 nhiệm vụ của kế hoạch sắp đến hạn"
    assert (near.days_left, near.where.place) == (11, Place("progress", "a", "5", plan_id="r"))
    before = of_tasks(date(2026, 12, 16))
    assert [item.kind for item in before] == [TodoKind.LATE_TASKS], "15 days ahead is not near"
