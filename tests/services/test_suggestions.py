"""What a plan suggests for rows of the scoring: by pack data, with its ground, never by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cchc_desktop.domain.criteria import CriteriaSet, Node
from cchc_desktop.domain.dated_rule import Deadline
from cchc_desktop.domain.plan import Plan, PlanIssue, Target, Task, TaskState
from cchc_desktop.domain.plan_progress import progress
from cchc_desktop.domain.plan_template import CheckLevel, CheckSetting, PlanCheck
from cchc_desktop.domain.routing import Routing, UnitRouting
from cchc_desktop.domain.rules.yes_no import YesNo
from cchc_desktop.domain.suggestion import PlanState, Suggestion, differs, suggestions
from cchc_desktop.domain.suggestion_line import Outcome, PlanQuestion, SuggestionLine
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.formpack import plan_codec
from cchc_desktop.language import render
from cchc_desktop.services import packs

ISSUED, COVERS, CLEAR, DONE = (
    *("ke_hoach_ban_hanh", "ke_hoach_du_noi_dung"),
    *("ke_hoach_ro_trach_nhiem", "ke_hoach_hoan_thanh"),
)
UNIT = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO", departments=("Văn phòng",))
TODAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def criteria() -> CriteriaSet:
    return packs.newest_criteria_set("xa-mau-2026")


@pytest.fixture(scope="module")
def whole() -> Plan:
    """One complete task in each of the eight areas, due on 28/02, issued on the 27th."""
    _criteria, ref = packs.for_unit_kind(UnitKind.COMMUNE, 2026)
    template = packs.plan_template(ref).for_unit(UNIT, 2026)
    deadline = Deadline("plan", "plan", "Ban hành kế hoạch", 2, 28)
    routing = UnitRouting(Routing(deadlines=(deadline,)), UNIT)
    tasks = tuple(
        Task(
            area.key, area.key, 1, f"Việc {area.code}", "Báo cáo", "Văn phòng", due="Quý II", cost=Decimal(1)
        )
        for area in template.areas
    )
    targets = tuple(Target(area.key, area.key, 1, "Chỉ tiêu", "%", value="90") for area in template.areas)
    issue = PlanIssue("14/KH-UBND", date(2026, 2, 27))
    return Plan("r", 2026, template, {}, targets, tasks, issue, routing=routing)


def said(plan: Plan, criteria: CriteriaSet, today: date = TODAY) -> Mapping[str, Suggestion]:
    return suggestions(PlanState(plan, progress(plan, today), UNIT.departments, today), criteria)


def ground(plan: Plan, criteria: CriteriaSet, row: str, today: date = TODAY) -> tuple[object, str]:
    found = said(plan, criteria, today)[row]
    return found.entry.get("option"), render(found.ground)


def test_a_whole_plan_suggests_the_best_of_each_row(whole: Plan, criteria: CriteriaSet) -> None:
    assert ground(whole, criteria, ISSUED) == (
        "Đúng hạn (chậm nhất ngày 28/02)",
        "Ban hành số 14/KH-UBND ngày 27/02/2026, hạn 28/02/2026 — theo kế hoạch năm 2026",
    )
    assert ground(whole, criteria, COVERS) == (
        "Đủ nhiệm vụ và có kinh phí",
        "8/8 nội dung có nhiệm vụ, có kinh phí — theo kế hoạch năm 2026",
    )
    assert ground(whole, criteria, CLEAR) == (
        "Đạt",
        "8/8 nhiệm vụ đủ sản phẩm, chủ trì, thời hạn — theo kế hoạch năm 2026",
    )
    found = said(whole, criteria)[DONE]
    assert found.entry == {"numerator": "0", "denominator": "8"}
    assert (render(found.value), render(found.ground)) == (
        "0/8",
        "0/8 nhiệm vụ hoàn thành — theo kế hoạch năm 2026",
    )


@pytest.mark.parametrize(
    ("issue", "today", "expected"),
    [
        (PlanIssue("14/KH", date(2026, 2, 28)), TODAY, "Đúng hạn (chậm nhất ngày 28/02)"),
        (PlanIssue("14/KH", date(2026, 3, 1)), TODAY, "Có ban hành, quá hạn"),
        (PlanIssue("", date(2026, 3, 2)), TODAY, "Có ban hành, quá hạn"),
        (PlanIssue(), date(2026, 12, 31), None),  # it may still be issued late
        (PlanIssue(), date(2027, 1, 1), "Không ban hành"),
    ],
)
def test_when_the_plan_was_issued(
    whole: Plan, criteria: CriteriaSet, issue: PlanIssue, today: date, expected: str | None
) -> None:
    found = said(replace(whole, issue=issue), criteria, today).get(ISSUED)
    assert (found.entry["option"] if found else None) == expected
    if found:
        assert "theo kế hoạch năm 2026" in render(found.ground)


def test_an_area_without_tasks_or_a_plan_without_money_covers_not(whole: Plan, criteria: CriteriaSet) -> None:
    without = replace(whole, tasks=whole.tasks[1:])
    assert ground(without, criteria, COVERS) == (
        "Thiếu một trong hai",
        "7/8 nội dung có nhiệm vụ — theo kế hoạch năm 2026",
    )
    poor = replace(whole, tasks=tuple(replace(task, cost=None) for task in whole.tasks))
    assert ground(poor, criteria, COVERS) == (
        "Thiếu một trong hai",
        "8/8 nội dung có nhiệm vụ, chưa ghi kinh phí — theo kế hoạch năm 2026",
    )


@pytest.mark.parametrize(
    "fields",
    [{"product": ""}, {"lead": ""}, {"lead": "Văn phòng, Phòng Kinh tế"}, {"due": ""}, {"due": "sớm"}],
)
def test_one_unclear_task_makes_responsibilities_unclear(
    whole: Plan, criteria: CriteriaSet, fields: dict[str, str]
) -> None:
    unclear = replace(whole, tasks=(replace(whole.tasks[0], **fields), *whole.tasks[1:]))  # type: ignore[arg-type]
    assert ground(unclear, criteria, CLEAR) == (
        "Không đạt",
        "1/8 nhiệm vụ thiếu hoặc chưa rõ sản phẩm, chủ trì, thời hạn — theo kế hoạch năm 2026",
    )


def test_checks_that_a_template_leaves_out_do_not_make_the_plan_better(
    whole: Plan, criteria: CriteriaSet
) -> None:
    off = tuple(CheckSetting(check, CheckLevel.OFF) for check in PlanCheck)
    poor = replace(
        whole,
        template=replace(whole.template, checks=off),
        tasks=(replace(whole.tasks[1], product=""),),
    )
    assert ground(poor, criteria, COVERS)[0] == "Thiếu một trong hai"
    assert ground(poor, criteria, CLEAR)[0] == "Không đạt"


def test_an_empty_plan_suggests_nothing_of_its_tasks(whole: Plan, criteria: CriteriaSet) -> None:
    assert set(said(replace(whole, tasks=(), issue=PlanIssue()), criteria)) == set()


def test_done_tasks_are_counted(whole: Plan, criteria: CriteriaSet) -> None:
    done = tuple(replace(task, state=TaskState.DONE) for task in whole.tasks[:5])
    found = said(replace(whole, tasks=(*done, *whole.tasks[5:])), criteria)[DONE]
    assert found.entry == {"numerator": "5", "denominator": "8"}


def test_a_line_that_does_not_fit_the_set_suggests_nothing(whole: Plan, criteria: CriteriaSet) -> None:
    def lines(*given: SuggestionLine) -> set[str]:
        template = replace(whole.template, suggestions=given)
        return set(said(replace(whole, template=template), criteria))

    asks = PlanQuestion.RESPONSIBILITIES_CLEAR
    assert lines(SuggestionLine(CLEAR, asks, Outcome.YES, "Đạt")) == {CLEAR}
    assert lines(SuggestionLine("khong_co", asks, Outcome.YES, "Đạt")) == set()  # no such row
    assert lines(SuggestionLine(CLEAR, asks, Outcome.YES, "Tốt")) == set()  # no such option
    assert lines(SuggestionLine(CLEAR, asks, Outcome.NO, "Đạt")) == set()  # another outcome
    assert lines(SuggestionLine(CLEAR, PlanQuestion.TASKS_DONE_RATIO)) == set()  # a row of options


def test_a_row_of_yes_and_no_needs_no_option(whole: Plan, criteria: CriteriaSet) -> None:
    def plain(node: Node) -> Node:
        return replace(node, rule=YesNo()) if node.key == CLEAR else node

    nodes = tuple(plain(node) for node in criteria.nodes)
    line = SuggestionLine(CLEAR, PlanQuestion.RESPONSIBILITIES_CLEAR)
    plan = replace(whole, template=replace(whole.template, suggestions=(line,)))
    found = said(plan, replace(criteria, nodes=nodes))[CLEAR]
    assert (found.entry, render(found.value)) == ({"yes": True}, "Có")


@pytest.mark.parametrize(
    ("entered", "expected"),
    [
        (None, True),
        ({"numerator": "0", "denominator": "8"}, False),
        ({"numerator": Decimal("0.0"), "denominator": 8}, False),
        ({"numerator": "1", "denominator": "8"}, True),
        ({"numerator": "0"}, True),
        ({"numerator": "không", "denominator": "8"}, True),
        ({"not_applicable": True}, True),
    ],
)
def test_it_differs_only_when_taking_it_would_change_the_answer(
    whole: Plan, criteria: CriteriaSet, entered: dict[str, object] | None, expected: bool
) -> None:
    node = criteria.by_key[DONE]
    assert differs(said(whole, criteria)[DONE], node, entered) is expected


def test_an_option_may_be_entered_by_its_place(whole: Plan, criteria: CriteriaSet) -> None:
    node, offered = criteria.by_key[CLEAR], said(whole, criteria)[CLEAR]
    assert not differs(offered, node, {"option": "Đạt"})
    assert not differs(offered, node, {"option": 1})
    assert differs(offered, node, {"option": 2})


@pytest.mark.parametrize(("kind", "name"), [(UnitKind.COMMUNE, "xa"), (UnitKind.DEPARTMENT, "so")])
def test_the_packs_say_which_row_asks_what(kind: UnitKind, name: str) -> None:
    ref, plan_ref = packs.for_unit_kind(kind, 2026)
    template, criteria = packs.plan_template(plan_ref), packs.criteria_set(ref)
    asked = {line.row: line.asks for line in template.suggestions}
    assert {criteria.by_key[row].code: asks.value for row, asks in asked.items()} == {
        "1.1.1": "issued_on_time",
        "1.1.2": "covers_areas_and_budget",
        "1.1.3": "responsibilities_clear",
        "1.1.4": "tasks_done_ratio",
    }
    labels = {
        step.label for row in asked for step in getattr(criteria.by_key[row].rule, "steps", ()) if step.label
    }
    assert {line.option for line in template.suggestions if line.option} == labels, name
    assert plan_codec.decode(plan_codec.encode(template)) == template
