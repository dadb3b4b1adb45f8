"""Checks that depend on a plan's kind, period, day and template: milestones, bodies, citations, levels."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cchc_desktop.domain.body_names import BodyNames, spoken
from cchc_desktop.domain.dated_rule import Body, Citation, Deadline, Route
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import Milestone, Plan, PlanIssue, PlanRecord
from cchc_desktop.domain.plan_checks import Finding, Place, Severity, check_plan
from cchc_desktop.domain.plan_template import CheckLevel, CheckSetting, PlanCheck, PlanKind
from cchc_desktop.domain.routing import Routing, UnitRouting
from cchc_desktop.language import render
from tests.domain.test_plan_checks import TEMPLATE, UNIT, WHOLE, target, task

BODIES = (
    Body("Sở Kế hoạch và Đầu tư", valid_to=date(2025, 2, 28), successor="Sở Tài chính"),
    Body("Phòng Tài chính - Kế hoạch", valid_to=date(2025, 6, 30), successor="Phòng Kinh tế"),
    Body("Phòng Y tế", valid_to=date(2025, 6, 30)),
    Body("Sở Tài chính"),
)
ROUTING = Routing(
    deadlines=(
        Deadline("plan", "plan", "Ban hành", 2, 28),
        Deadline("five", "plan", "Ban hành", 3, 31, plan_kind="five_year"),
    ),
    routes=(
        Route("plan", "UBND tỉnh", "Sở Nội vụ"),
        Route("five_year", "UBND tỉnh", "Văn phòng UBND tỉnh"),
        Route("competitiveness", "UBND tỉnh", "Sở Tài chính"),
    ),
    bodies=BODIES,
    past_marks=("cũ", "trước sắp xếp"),
)


def of_kind(kind: PlanKind, first: int = 2026, last: int = 2026, starts_on: date | None = None) -> Plan:
    issue = PlanIssue("14/KH-UBND", starts_on or date(2026, 2, 12))
    record = PlanRecord("p", "r", kind, PackRef("khung", 1), first, last, starts_on, issue)
    ours = UnitRouting(ROUTING, UNIT)
    return replace(WHOLE, record=record, issue=issue, routing=ours, texts={"recipients": "Sở Nội vụ;"})


def found(plan: Plan) -> list[tuple[str, Place]]:
    every: tuple[Finding, ...] = check_plan(plan)
    assert all(render(finding.message) for finding in every)
    return [(finding.message.id.removeprefix("plan."), finding.place) for finding in every]


def with_task(plan: Plan, **changed: Any) -> Plan:
    return replace(plan, tasks=(task("1", "a", **changed), task("2", "b")))


def test_a_yearly_plan_of_a_kind_is_whole() -> None:
    assert found(of_kind(PlanKind.YEARLY)) == []


@pytest.mark.parametrize(
    ("due", "wrong"),
    [
        ("30/06/2026", True),
        ("Quý II", True),
        ("14/07/2026", True),
        ("15/07/2026", False),
        ("Quý III", False),
        ("Thường xuyên", False),
        ("31/12/2026", False),
        ("01/01/2027", True),
    ],
)
def test_a_part_year_plan_begins_on_its_day(due: str, wrong: bool) -> None:
    plan = of_kind(PlanKind.PART_YEAR, starts_on=date(2026, 7, 15))
    plan = replace(plan, tasks=(task("1", "a", due=due), task("2", "b", due="Quý IV")))
    cell = Place("tasks", "a", "1", "", "due", 1)
    assert found(plan) == ([("due_outside_period", cell)] if wrong else [])


def test_the_sentence_tells_the_period() -> None:
    plan = of_kind(PlanKind.PART_YEAR, starts_on=date(2026, 7, 15))
    first = next(f for f in check_plan(plan) if f.message.id == "plan.due_outside_period")
    assert "từ 15/07/2026 đến 31/12/2026" in render(first.message)


def five_years(**changed: Any) -> Plan:
    """A five-year plan that is whole: a target with five milestones, tasks of one year."""
    marks = tuple(Milestone(year, str(80 + year - 2026)) for year in range(2026, 2031))
    plan = replace(
        of_kind(PlanKind.FIVE_YEAR, 2026, 2030),
        targets=(target("t1", "a", milestones=marks), target("t2", "b", milestones=marks)),
        texts={"recipients": "Văn phòng UBND tỉnh;"},
    )
    return with_task(plan, **changed)


@pytest.mark.parametrize(
    ("due", "ids"),
    [
        ("30/06/2030", []),
        ("Năm 2028", []),
        ("2027", []),
        ("Quý II", []),
        ("30/06/2031", ["due_outside_period"]),
        ("Năm 2025", ["due_outside_period"]),
        ("2026-2030", ["task_without_milestones"]),
        ("Giai đoạn 2026 – 2028", ["task_without_milestones"]),
        ("Hằng năm", ["task_without_milestones"]),
        ("2029-2031", ["due_outside_period", "task_without_milestones"]),
    ],
)
def test_times_in_a_five_year_plan(due: str, ids: list[str]) -> None:
    assert [id_ for id_, _place in found(five_years(due=due))] == ids


def test_milestones_are_wanted_year_by_year_and_lie_in_the_period() -> None:
    assert found(five_years(due="Hằng năm", milestones=(Milestone(2027, "đề án"),))) == []
    whole = five_years()
    gap = replace(whole.targets[0], milestones=whole.targets[0].milestones[:3])
    (missing,) = check_plan(replace(whole, targets=(gap, whole.targets[1])))
    assert missing.place == Place("targets", "a", "", "t1", "", 1)
    assert missing.message.args["years"] == ("2029", "2030")
    late = five_years(milestones=(Milestone(2031, "xong"),))
    assert found(late) == [("milestone_outside", Place("tasks", "a", "1", "", "due", 1))]


def test_only_milestones_make_a_target_measurable_too() -> None:
    whole = five_years()
    bare = tuple(replace(one, value="") for one in whole.targets)
    assert found(replace(whole, targets=bare)) == []


def test_office_and_date_follow_the_plans_kind() -> None:
    whole = five_years()
    assert found(replace(whole, texts={"recipients": "Sở Nội vụ;"})) == [
        ("recipient_missing", Place("recipients"))
    ]
    late = PlanIssue("14/KH-UBND", date(2026, 4, 1))
    assert found(replace(whole, issue=late)) == [("issued_late", Place("issue", column="issued_on"))]
    # no one says until when a plan for the indices is due
    assert found(replace(of_kind(PlanKind.INDICES), issue=late)) == []
    other = PlanIssue("14/KH-UBND", date(2031, 1, 5))
    assert "issued_in_other_year" in [id_ for id_, _place in found(replace(whole, issue=other))]


def test_a_yearly_plan_with_competitiveness_tasks_goes_to_that_office_too() -> None:
    areas = (*TEMPLATE.areas, replace(TEMPLATE.areas[1], key="competitiveness", code="C"))
    plan = replace(of_kind(PlanKind.YEARLY), template=replace(TEMPLATE, areas=areas))
    plan = replace(plan, targets=(*plan.targets, target("t3", "competitiveness")))
    plan = replace(plan, tasks=(*plan.tasks, task("3", "competitiveness")))
    assert found(plan) == [("recipient_missing", Place("recipients"))]
    assert found(replace(plan, texts={"recipients": "Sở Nội vụ;\nSở TÀI CHÍNH (theo dõi)."})) == []


# Bodies that ended


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("gửi Sở Kế hoạch và Đầu tư", ["Sở Kế hoạch và Đầu tư"]),
        ("GỬI SỞ KẾ HOẠCH VÀ ĐẦU TƯ.", ["Sở Kế hoạch và Đầu tư"]),
        (unicodedata.normalize("NFD", "Sở Kế hoạch và Đầu tư"), ["Sở Kế hoạch và Đầu tư"]),
        ("Phòng Tài chính – Kế  hoạch; Phòng Tài chính-Kế hoạch", ["Phòng Tài chính - Kế hoạch"]),
        ("Sở Kế hoạch và Đầu tư\nPhòng Y tế", ["Sở Kế hoạch và Đầu tư", "Phòng Y tế"]),
        ("phòng Y tế'a/b", ["Phòng Y tế"]),
        # another word, another tone, or the old one on purpose
        ("Cơ sở Kế hoạch và Đầu tưới", []),
        ("số kế hoạch và đầu tư", []),
        ("Sở Kế hoạch và Đầu tư (cũ)", []),
        ("Sở Kế hoạch và Đầu tư trước sắp xếp", []),
        ("Sở Kế hoạch và Đầu tư. Hồ sơ cũ", ["Sở Kế hoạch và Đầu tư"]),
        ("Sở Tài chính", []),
        ("", []),
        ("Sở Kế hoạch " * 900, []),
    ],
)
def test_names_are_found_as_people_write_them(text: str, names: list[str]) -> None:
    ended = ROUTING.ended_bodies(date(2026, 1, 1))
    assert [body.name for body in BodyNames(ended, ROUTING.past_marks).named_in(text)] == names


def test_a_tone_may_stand_over_either_vowel() -> None:
    assert spoken("Phòng Văn hoá") == spoken("phòng văn hóa")
    assert spoken("thuỷ") == spoken("thủy")
    assert spoken("Văn hóa") != spoken("Văn hòa")


def test_an_ended_body_is_told_in_its_cell_with_its_heir() -> None:
    plan = with_task(of_kind(PlanKind.YEARLY), coworkers="Sở Kế hoạch và Đầu tư")
    (told,) = check_plan(plan)
    assert told.severity is Severity.WARNING
    assert told.place == Place("tasks", "a", "1", "", "coworkers", 1)
    assert "28/02/2025" in render(told.message)
    assert "Sở Tài chính" in render(told.message)
    everywhere = replace(
        plan,
        texts={"recipients": "Sở Nội vụ;\nPhòng Y tế;", "purpose": "Cùng phòng y tế."},
        template=replace(plan.template, citations=("Quyết định của Sở Kế hoạch và Đầu tư",)),
    )
    assert [(id_, place.section) for id_, place in found(everywhere)] == [
        ("body_ended_without_heir", "purpose"),
        ("body_ended", "tasks"),
        ("body_ended_without_heir", "recipients"),
    ]


@pytest.mark.parametrize(
    ("issued", "told"), [(date(2025, 2, 28), False), (date(2025, 3, 1), True), (date(2026, 1, 5), True)]
)
def test_a_document_dated_before_the_end_may_name_it(issued: date, told: bool) -> None:
    plan = with_task(of_kind(PlanKind.YEARLY), title="Báo cáo Sở Kế hoạch và Đầu tư", due="Thường xuyên")
    ids = [id_ for id_, _place in found(replace(plan, issue=PlanIssue("1/KH", issued)))]
    assert ("body_ended" in ids) is told


# Citations


LIBRARY = (
    Citation(
        "Luật Tổ chức chính quyền địa phương số 77/2015/QH13 ngày 19/6/2015", valid_to=date(2025, 2, 28)
    ),
    Citation(
        "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 về một cửa",
        valid_to=date(2025, 6, 30),
        replaced_by="Nghị định số 118/2025/NĐ-CP",
    ),
    Citation("Nghị quyết số 01/NQ-CP ngày 05/01/2024", valid_to=date(2024, 12, 31)),
    Citation("Nghị định số 9/2026/NĐ-CP ngày 01/03/2026", valid_from=date(2026, 3, 1)),
)


@pytest.mark.parametrize(
    ("written", "id_"),
    [
        ("Căn cứ Luật Tổ chức chính quyền địa phương 77/2015/QH13;", "citation_ended"),
        ("CĂN CỨ nghị định 61/2018/nđ-cp của Chính phủ", "citation_replaced"),
        ("Nghị định số 61/2018/NĐ-CP ngày 23-04-2018", "citation_replaced"),
        ("Nghị quyết số 01/NQ-CP ngày 5/1/2024", "citation_ended"),
        ("Nghị quyết số 01/NQ-CP ngày 08/01/2026", None),
        ("Nghị quyết số 101/NQ-CP", None),
        ("Nghị định số 9/2026/NĐ-CP", "citation_early"),
        ("Luật khác", None),
    ],
)
def test_citations_out_of_force_on_the_plans_day(written: str, id_: str | None) -> None:
    plan = of_kind(PlanKind.YEARLY)
    plan = replace(plan, template=replace(plan.template, grounds=LIBRARY))
    plan = replace(plan, texts={**plan.texts, "citations": written})
    assert found(plan) == ([(id_, Place("citations"))] if id_ else [])
    in_force = replace(plan, issue=PlanIssue("1/KH", date(2024, 12, 30)))
    ids = [i for i, _place in found(in_force) if i.startswith("citation_") and i != "citation_early"]
    assert ids == []


# How seriously a template takes a check


@pytest.mark.parametrize(
    ("level", "severities"),
    [
        (CheckLevel.ERROR, [Severity.ERROR]),
        (CheckLevel.WARNING, [Severity.WARNING]),
        (CheckLevel.OFF, []),
    ],
)
def test_a_template_sets_the_level_of_a_check(level: CheckLevel, severities: list[Severity]) -> None:
    template = replace(TEMPLATE, checks=(CheckSetting(PlanCheck.COST, level),))
    free = (task("1", "a", cost=None), task("2", "b", cost=None))
    plan = replace(of_kind(PlanKind.YEARLY), template=template, tasks=free)
    assert [finding.severity for finding in check_plan(plan)] == severities


def test_every_check_that_a_template_may_set_is_run() -> None:
    from cchc_desktop.domain import plan_checks

    assert set(plan_checks._CHECKS) == set(PlanCheck)
