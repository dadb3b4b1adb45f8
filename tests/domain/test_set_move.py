"""A round's answers in another version of the set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.criteria import CriteriaSet, Exclusion, Node, NodeType, Policy, Rename
from cchc_desktop.domain.criteria_diff import ChangeKind, differences, new_keys
from cchc_desktop.domain.rules.choice import Choice
from cchc_desktop.domain.rules.deduction_count import DeductionCount
from cchc_desktop.domain.rules.ratio_linear import RatioLinear
from cchc_desktop.domain.rules.ratio_threshold import RatioThreshold
from cchc_desktop.domain.rules.rule import Step, ZeroDenominator
from cchc_desktop.domain.rules.yes_no import YesNo
from cchc_desktop.domain.scorer import score
from cchc_desktop.domain.set_move import Fate, moved_answers, moved_exclusions, moved_rows
from cchc_desktop.language import render
from tests.domain.test_next_class import CHOICE, SET, row

OLD = replace(SET, exclusions=(Exclusion("a", "A", ("1.1",)), Exclusion("b", "B", ("1.2",))))


def version_2(*nodes: Node, renames: tuple[Rename, ...] = ()) -> CriteriaSet:
    return replace(OLD, version=2, nodes=(OLD.nodes[0], *nodes), renames=renames, exclusions=())


def test_an_option_chosen_by_its_place_keeps_its_label_when_the_order_changes() -> None:
    new = version_2(row("chon", "1.1", "3", Choice(steps=CHOICE.steps[::-1])))
    moved = moved_answers(OLD, new, {"chon": Answer({"option": 1}, "vì sao")})
    assert moved == {"chon": Answer({"option": "Đủ"}, "vì sao")}
    assert score(new, {"chon": moved["chon"].entry}).rows["1.1"].points == Decimal("2.00")


def test_renamed_rows_take_their_answers_along_and_dropped_ones_leave_them() -> None:
    new = version_2(
        row("moi", "1.2", "2", YesNo()),
        row("ty_le", "1.3", "4", RatioThreshold(floor=Decimal("0.8"))),
        renames=(Rename("co", "moi", 2), Rename("td", "", 2)),
    )
    answers = {
        "chon": Answer({"option": "Đủ"}),
        "co": Answer({"yes": True}),
        "ty_le": Answer({"numerator": "3", "denominator": "4", "not_applicable": False}),
        "td": Answer(None, "chờ"),
    }
    moved = moved_answers(OLD, new, answers)
    assert moved == {
        "moi": Answer({"yes": True}),
        # The new row does not allow "not applicable", so that field stays behind.
        "ty_le": Answer({"numerator": "3", "denominator": "4"}),
    }
    before = score(OLD, {key: answer.entry for key, answer in answers.items()})
    after = score(new, {key: answer.entry for key, answer in moved.items()})
    rows = moved_rows(OLD, new, before, after, answers, {"co": 2, "chon": 1})
    assert [(r.key, r.new_key, r.fate, r.before, r.after, r.evidence) for r in rows] == [
        ("chon", "", Fate.GONE, Decimal("2.00"), None, 1),
        ("co", "moi", Fate.SAME, Decimal("2.00"), Decimal("2.00"), 2),
        ("ty_le", "ty_le", Fate.OTHER_POINTS, Decimal("3.00"), Decimal("0.00"), 0),
        ("td", "", Fate.GONE, None, None, 0),
    ]


def test_figures_that_another_rule_does_not_ask_for_stay_behind() -> None:
    new = version_2(row("ty_le", "1.3", "4", DeductionCount(per_unit=Decimal(1))))
    answers = {"ty_le": Answer({"numerator": "3", "denominator": "4"}, "đã giải trình")}
    moved = moved_answers(OLD, new, answers)
    assert moved == {"ty_le": Answer(None, "đã giải trình")}
    before = score(OLD, {"ty_le": answers["ty_le"].entry})
    [found] = moved_rows(OLD, new, before, score(new, {}), answers, {})
    assert (found.fate, found.after) == (Fate.ASK_AGAIN, None)


def test_two_rows_become_one() -> None:
    new = version_2(row("co", "1.2", "2", YesNo()), renames=(Rename("td", "co", 2),))
    assert new_keys(OLD, new) == {"muc": "muc", "co": "co", "td": "co"}
    answers = {"td": Answer({"yes": True}), "co": Answer({"yes": False})}
    assert moved_answers(OLD, new, answers) == {"co": Answer({"yes": False})}
    assert moved_answers(OLD, new, {"td": Answer({"yes": True})}) == {"co": Answer({"yes": True})}
    dropped = [found.key for found in differences(OLD, new) if found.kind is ChangeKind.DROPPED]
    assert dropped == ["chon", "ty_le", "td"]


def test_a_row_that_became_a_group_keeps_no_answer() -> None:
    group = Node("co", "1.2", NodeType.GROUP, "Nhóm", Decimal(2))
    new = version_2(group, row("co_1", "1.2.1", "2", YesNo()))
    assert moved_answers(OLD, new, {"co": Answer({"yes": True})}) == {}


def test_exclusions_that_are_gone_are_left_out() -> None:
    new = replace(version_2(), exclusions=(Exclusion("b", "B", ("1.2",)),))
    assert moved_exclusions(new, ("a", "b")) == ("b",)


def test_options_worth_other_points_are_repointed_not_reruled() -> None:
    worth = Choice(steps=(Step("Đủ", points=Decimal("2.5")), Step("Thiếu", points=Decimal("0.5"))))
    other = Choice(steps=(Step("Đạt", points=Decimal(2)), Step("Thiếu", points=Decimal("0.5"))))
    for rule, kind, told in (
        (worth, ChangeKind.REPOINTED, ("2; 0.5", "2.5; 0.5")),
        (other, ChangeKind.RERULED, ("choice", "choice")),
    ):
        new = replace(OLD, nodes=(OLD.nodes[0], row("chon", "1.1", "3", rule), *OLD.nodes[2:]))
        assert [(d.kind, d.key, (d.old, d.new)) for d in differences(OLD, new)] == [(kind, "chon", told)]


def test_settings_and_policies_are_told_without_foreign_words() -> None:
    nodes = (*OLD.nodes[:3], replace(OLD.nodes[3], not_applicable=Policy.FULL), OLD.nodes[4])
    rule = RatioLinear(zero_denominator=ZeroDenominator.EXCLUDE)
    nodes = (*nodes[:3], replace(nodes[3], rule=rule), nodes[4])
    new = replace(
        OLD,
        nodes=nodes,
        final_cap=Decimal("10.5"),
        effective_from=date(2026, 3, 1),
        not_applicable=Policy.ZERO,
        year=2027,
    )
    assert [render(found.message) for found in differences(OLD, new)] == [
        "Đổi năm đánh giá: từ 2026 thành 2027.",
        "Đổi cách tính dòng không áp dụng: từ tính lại thành 0 điểm.",
        "Đổi điểm trần: từ không có thành 10,5.",
        "Đổi ngày có hiệu lực: từ 01/01/2026 thành 01/03/2026.",
        (
            "1.3 Dòng 1.3: cách chấm từ tỷ lệ × điểm tối đa, không áp dụng: tính lại thành "
            "tỷ lệ × điểm tối đa, mẫu số bằng 0: loại ra, không áp dụng: điểm tối đa."
        ),
    ]


def test_a_policy_change_is_a_change_of_rule() -> None:
    new = replace(OLD, nodes=(*OLD.nodes[:3], row("ty_le", "1.3", "4", RatioLinear()), OLD.nodes[4]))
    assert OLD.by_key["ty_le"].not_applicable is Policy.RESCALE
    assert [d.kind for d in differences(OLD, new)] == [ChangeKind.RERULED]
