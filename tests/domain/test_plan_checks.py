"""Each check alone: a plan that is whole finds nothing, each flaw finds exactly its own place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cchc_desktop.domain.dated_rule import Deadline, Route
from cchc_desktop.domain.plan import Plan, PlanIssue, Target, Task
from cchc_desktop.domain.plan_checks import Finding, Place, Severity, check_plan, leads
from cchc_desktop.domain.plan_template import Area, PlanTemplate, SectionKind, TemplateSection
from cchc_desktop.domain.routing import Routing, UnitRouting
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.language import render

ROOMS = (
    "Văn phòng HĐND và UBND",
    "Phòng Kinh tế, Hạ tầng và Đô thị",
    "Phòng Văn hóa – Xã hội",
    "Trung tâm Phục vụ hành chính công",
)
TEMPLATE = PlanTemplate(
    id="khung",
    version=1,
    title="Khung",
    unit_kinds=(UnitKind.COMMUNE,),
    citations=("Luật A",),
    sections=(
        TemplateSection("purpose", "1", "Mục đích", SectionKind.TEXT, "Để làm."),
        TemplateSection("targets", "2", "Chỉ tiêu", SectionKind.TARGETS),
        TemplateSection("tasks", "3", "Nhiệm vụ", SectionKind.TASKS),
        TemplateSection("budget", "5", "Kinh phí", SectionKind.BUDGET, "Từ ngân sách."),
    ),
    areas=(Area("a", "A", "Chỉ đạo, điều hành", "Chỉ đạo"), Area("b", "B.1", "Thể chế", "Thể chế")),
    tasks=(),
    targets=(),
    deadlines=(),
    recipients=("Sở Nội vụ;", "Lưu: VT."),
    departments=ROOMS,
)
ROUTING = Routing(
    deadlines=(Deadline("plan", "plan", "Ban hành", 2, 28),),
    routes=(
        Route("plan", "UBND tỉnh", "Sở Nội vụ", valid_from=date(2025, 7, 1)),
        Route("plan", "UBND huyện", "Phòng Nội vụ", valid_to=date(2025, 6, 30)),
    ),
)
UNIT = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO")


def task(id_: str, area: str, position: int = 1, **changed: Any) -> Task:
    whole = Task(
        id=id_,
        area=area,
        position=position,
        title=f"Việc {id_}",
        product="Báo cáo",
        lead=ROOMS[0],
        due="30/06/2026",
        cost=Decimal(5),
    )
    return replace(whole, **changed)


def target(id_: str, area: str, **changed: Any) -> Target:
    return replace(Target(id_, area, 1, f"Chỉ tiêu {id_}", "%", "90", "≥ 98"), **changed)


WHOLE = Plan(
    round_id="r",
    year=2026,
    template=TEMPLATE,
    texts={},
    targets=(target("t1", "a"), target("t2", "b")),
    tasks=(task("1", "a"), task("2", "b")),
    issue=PlanIssue("14/KH-UBND", date(2026, 2, 12)),
    routing=UnitRouting(ROUTING, UNIT),
)


def only(plan: Plan, departments: tuple[str, ...] = ()) -> Finding:
    (found,) = check_plan(plan, departments)
    assert render(found.message)
    return found


def changed_task(**changed: Any) -> Plan:
    return replace(WHOLE, tasks=(task("1", "a", **changed), task("2", "b")))


def test_a_whole_plan_finds_nothing() -> None:
    assert check_plan(WHOLE) == ()


@pytest.mark.parametrize(
    ("changed", "column", "severity", "id_"),
    [
        ({"title": " "}, "title", Severity.ERROR, "plan.no_title"),
        ({"product": ""}, "product", Severity.WARNING, "plan.no_product"),
        ({"lead": "\u00a0"}, "lead", Severity.ERROR, "plan.no_lead"),
        ({"lead": f"{ROOMS[0]}; {ROOMS[2]}"}, "lead", Severity.ERROR, "plan.several_leads"),
        ({"due": ""}, "due", Severity.ERROR, "plan.no_due"),
        ({"due": "sớm"}, "due", Severity.ERROR, "plan.due_not_understood"),
        ({"due": "28/02/2027"}, "due", Severity.ERROR, "plan.due_outside"),
        ({"due": "Quý IV/2025"}, "due", Severity.ERROR, "plan.due_outside"),
        ({"cost": Decimal("-0.5")}, "cost", Severity.ERROR, "plan.negative_cost"),
    ],
)
def test_a_flaw_of_a_task_is_found_in_its_cell(
    changed: dict[str, Any], column: str, severity: Severity, id_: str
) -> None:
    found = only(changed_task(**changed))
    assert found.severity is severity
    assert found.message.id == id_
    assert found.place == Place("tasks", "a", "1", "", column, 1)


def test_the_sentence_names_what_was_written() -> None:
    assert "28/02/2027" in render(only(changed_task(due="28/02/2027")).message)
    assert "2026" in render(only(changed_task(due="28/02/2027")).message)


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("Văn phòng HĐND và UBND", 1),
        ("VĂN PHÒNG HĐND VÀ UBND", 1),
        ("Phòng Kinh tế, Hạ tầng và Đô thị", 1),
        ("Văn phòng HĐND và UBND (bà H'Lan Niê)", 1),
        ("Ông Nguyễn Văn A, Phó Chủ tịch", 1),
        ("Phòng Kinh tế, Tô Văn Hải", 1),
        ("Đoàn Thị Hải Yến", 1),
        ("Văn phòng HĐND và UBND, Phòng Văn hóa – Xã hội", 2),
        ("Văn phòng HĐND và UBND và Công an xã", 2),
        ("Trung tâm Phục vụ hành chính công / Phòng Văn hóa – Xã hội", 2),
        ("Phòng Tư pháp; Trạm Y tế; Đoàn Thanh niên", 3),
        ("Phòng Tư pháp\nPhòng Nội vụ", 2),
    ],
)
def test_leads_are_counted(written: str, count: int) -> None:
    assert leads(written, ROOMS) == count


def test_the_units_own_rooms_are_known() -> None:
    own = "Ban Dân tộc, Tôn giáo và Phòng chống thiên tai"
    plan = changed_task(lead=own)
    assert only(plan).message.id == "plan.several_leads"
    assert check_plan(plan, (own,)) == ()


def test_an_area_without_tasks_and_without_targets() -> None:
    assert only(replace(WHOLE, tasks=(task("1", "a"),))).place == Place("tasks", "b")
    assert only(replace(WHOLE, targets=(target("t1", "a"),))).place == Place("targets", "b")


def test_an_area_that_is_not_required_may_be_empty() -> None:
    areas = (TEMPLATE.areas[0], replace(TEMPLATE.areas[1], required=False))
    plan = replace(
        WHOLE, template=replace(TEMPLATE, areas=areas), tasks=(task("1", "a"),), targets=WHOLE.targets[:1]
    )
    assert check_plan(plan) == ()


def test_a_target_without_a_figure_measures_nothing() -> None:
    found = check_plan(replace(WHOLE, targets=(target("t1", "a", value="tăng"), target("t2", "b"))))
    assert [f.message.id for f in found] == ["plan.area_without_target", "plan.target_without_value"]
    assert found[1].place == Place("targets", "a", "", "t1", "", 1)


def test_a_target_without_a_title() -> None:
    found = check_plan(replace(WHOLE, targets=(*WHOLE.targets, target("t3", "b", title="", position=2))))
    assert [(f.message.id, f.place.line) for f in found] == [("plan.target_without_title", 2)]


def test_money_is_a_cost_of_a_task_or_a_sum_in_the_text() -> None:
    free = (task("1", "a", cost=None), task("2", "b", cost=None))
    assert only(replace(WHOLE, tasks=free)).place == Place("budget")
    assert check_plan(replace(WHOLE, tasks=free, texts={"budget": "Tổng 316 triệu đồng."})) == ()
    # nothing said is not nothing spent
    assert check_plan(replace(WHOLE, tasks=(free[0], task("2", "b", cost=Decimal(0))))) == ()


def test_equal_titles_are_found_across_areas_accents_and_case() -> None:
    same = replace(
        WHOLE, tasks=(task("1", "a", title="Rà soát văn bản"), task("2", "b", title="RÀ SOÁT  văn bản."))
    )
    found = only(same)
    assert found.message.id == "plan.same_title"
    assert found.place == Place("tasks", "b", "2", "", "title", 1)
    assert "A, dòng 1" in render(found.message)


def test_an_emptied_section_and_missing_citations() -> None:
    found = check_plan(replace(WHOLE, texts={"purpose": " \n", "citations": "\n"}))
    assert [(f.message.id, f.place.section) for f in found] == [
        ("plan.empty_section", "purpose"),
        ("plan.no_citations", "citations"),
    ]


def test_the_office_that_follows_the_plan_stands_among_the_recipients() -> None:
    assert only(replace(WHOLE, texts={"recipients": "- Lưu: VT."})).place == Place("recipients")
    none = only(replace(WHOLE, texts={"recipients": " \n"}))
    assert (none.severity, none.message.id) == (Severity.ERROR, "plan.no_recipients")
    # before two tiers, the plan went through another office
    early = replace(WHOLE, year=2025, issue=PlanIssue("1/KH", date(2025, 2, 10)), tasks=())
    ids = {f.message.id: dict(f.message.args) for f in check_plan(early)}
    assert ids["plan.recipient_missing"] == {"office": "Phòng Nội vụ"}


@pytest.mark.parametrize(
    ("issue", "id_"),
    [
        (PlanIssue(), "plan.not_issued"),
        (PlanIssue("14/KH-UBND", date(2026, 3, 1)), "plan.issued_late"),
        (PlanIssue("", date(2026, 2, 28)), "plan.no_number"),
        (PlanIssue("14/KH-UBND", date(2024, 2, 12)), "plan.issued_in_other_year"),
    ],
)
def test_the_issue(issue: PlanIssue, id_: str) -> None:
    routes = tuple(r for r in ROUTING.routes if r.via == "Sở Nội vụ")
    ours = UnitRouting(replace(ROUTING, routes=routes), UNIT)
    assert only(replace(WHOLE, issue=issue, routing=ours)).message.id == id_


def test_one_day_late_is_one_day() -> None:
    found = only(replace(WHOLE, issue=PlanIssue("14/KH-UBND", date(2026, 3, 1))))
    assert found.message.args["days"] == 1
    assert "trễ 1 ngày so với hạn 28/02/2026" in render(found.message)


def test_findings_follow_the_order_of_the_plan() -> None:
    plan = replace(
        WHOLE,
        texts={"purpose": ""},
        tasks=(task("1", "a", lead=""), task("3", "a", 2, due="sớm"), task("2", "b", title="")),
    )
    places = [(f.place.section, f.place.area, f.place.line) for f in check_plan(plan)]
    assert places == [("purpose", "", 0), ("tasks", "a", 1), ("tasks", "a", 2), ("tasks", "b", 1)]


def test_awkward_cells_are_checked_like_others() -> None:
    long = "Rà soát " * 1250
    plan = changed_task(title=long, product="a/b\\c 'd' \"e\" {f} %s", lead=ROOMS[0])
    assert check_plan(plan) == ()
