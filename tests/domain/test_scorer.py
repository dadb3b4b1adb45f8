"""Order for one row, policies, sums, index, bonus and penalty, classes: figures worked out by hand."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from cchc_desktop.domain.answers import REPEATED
from cchc_desktop.domain.criteria import ClassBand, CriteriaSet, Exclusion, Node, NodeType, Policy, ScoredBy
from cchc_desktop.domain.rules.adjustment import Adjustment
from cchc_desktop.domain.rules.deduction_count import DeductionCount
from cchc_desktop.domain.rules.formula import FormulaRule
from cchc_desktop.domain.rules.ratio_linear import RatioLinear
from cchc_desktop.domain.rules.ratio_threshold import RatioThreshold
from cchc_desktop.domain.rules.rule import Rule, Step, ZeroDenominator
from cchc_desktop.domain.rules.survey import Survey
from cchc_desktop.domain.rules.yes_no import YesNo
from cchc_desktop.domain.scorer import score, score_by_code
from cchc_desktop.domain.scoring import RowScore, ScoreSheet, Total
from cchc_desktop.language import render
from tests.domain.one_row import row, scored, set_of

YES, NO = {"yes": True}, {"yes": False}
NOTHING = {"numerator": 0, "denominator": 0}


def section(code: str, max_points: str) -> Node:
    return Node(f"s{code.replace('.', '_')}", code, NodeType.SECTION, f"Lĩnh vực {code}", Decimal(max_points))


def shown(total: Total) -> tuple[str, str, str | None, str | None]:
    return (
        str(total.points),
        str(total.applicable_max),
        None if total.index is None else str(total.index),
        None if total.final is None else str(total.final),
    )


def found(row_score: RowScore) -> tuple[str, str | None]:
    return row_score.state.value, None if row_score.points is None else str(row_score.points)


@pytest.mark.parametrize(
    ("policy", "of_set", "state", "total"),
    [
        (Policy.RESCALE, Policy.RESCALE, ("not_applicable", None), ("6.00", "6.00", "100.00", "10.00")),
        (Policy.FULL, Policy.RESCALE, ("not_applicable", "4.00"), ("10.00", "10.00", "100.00", "10.00")),
        (Policy.ZERO, Policy.RESCALE, ("not_applicable", "0.00"), ("6.00", "10.00", "60.00", "6.00")),
        (Policy.YES, Policy.RESCALE, ("not_applicable", None), ("6.00", "6.00", "100.00", "10.00")),
        (Policy.YES, Policy.ZERO, ("not_applicable", "0.00"), ("6.00", "10.00", "60.00", "6.00")),
        (Policy.YES, Policy.FULL, ("not_applicable", "4.00"), ("10.00", "10.00", "100.00", "10.00")),
    ],
)
def test_not_applicable_by_its_policy(
    policy: Policy, of_set: Policy, state: tuple[str, str | None], total: tuple[str, ...]
) -> None:
    criteria = set_of(
        row("1.1", 4, YesNo(), not_applicable=policy), row("1.2", 6, YesNo()), not_applicable=of_set
    )
    # The figures beside "not applicable" are neither used nor checked.
    sheet = score_by_code(criteria, {"1.1": {"not_applicable": True, "yes": "gì đó"}, "1.2": YES})
    assert found(sheet.rows["1.1"]) == state
    assert sheet.errors == ()
    assert shown(sheet.total) == total


def test_not_applicable_where_the_row_says_no_is_an_error_and_the_row_counts_as_open() -> None:
    sheet = score_by_code(set_of(row("1.1", 4, YesNo())), {"1.1": {"not_applicable": True}})
    assert [(e.code, e.field) for e in sheet.errors] == [("1.1", "not_applicable")]
    assert found(sheet.rows["1.1"]) == ("error", None)
    assert (sheet.total.open_rows, str(sheet.total.open_points)) == (1, "4.00")
    assert found(scored(YesNo(), 4, {"not_applicable": False, "yes": True})) == ("scored", "4.00")
    assert scored(YesNo(), 4, {"not_applicable": "x", "yes": True}).errors[0].field == "not_applicable"


@pytest.mark.parametrize(
    ("policy", "state"),
    [
        (ZeroDenominator.EXCLUDE, ("not_applicable", None)),
        (ZeroDenominator.FULL, ("not_applicable", "1.50")),
        (ZeroDenominator.ZERO, ("not_applicable", "0.00")),
        (None, ("open", None)),
    ],
)
def test_zero_of_zero(policy: ZeroDenominator | None, state: tuple[str, str | None]) -> None:
    rule = RatioLinear(zero_denominator=policy)
    assert found(scored(rule, "1.5", NOTHING)) == state
    half = scored(rule, "1.5", {"denominator": 0})
    assert half.state.value == "open"
    wrong = scored(rule, "1.5", {"numerator": 1, "denominator": 0})
    assert found(wrong) == ("error", None)


def test_an_excluded_row_leaves_both_sums_and_its_answer_is_not_checked() -> None:
    criteria = set_of(
        section("1", "10"),
        row("1.1", 4, YesNo()),
        row("1.10", 1, YesNo()),
        row("1.2", 5, YesNo()),
        total_max=Decimal(10),
        exclusions=(Exclusion("a", "Nhóm A", ("1.1",)), Exclusion("b", "Nhóm B", ("1",))),
    )
    sheet = score_by_code(criteria, {"1.1": {"yes": "sai"}, "1.10": YES, "1.2": NO}, ["a"])
    assert found(sheet.rows["1.1"]) == ("excluded", None)
    assert found(sheet.rows["1.10"]) == ("scored", "1.00")  # 1.10 is not below 1.1
    assert sheet.errors == ()
    # 1 of 6 points
    assert shown(sheet.total) == ("1.00", "6.00", "16.67", "1.67")
    assert (str(sheet.sections["1"].max_points), str(sheet.sections["1"].applicable_max)) == ("10.00", "6.00")
    everything = score_by_code(criteria, {}, ["b"])
    assert {r.state.value for r in everything.rows.values()} == {"excluded"}
    assert shown(everything.total) == ("0.00", "0.00", None, None)
    assert (everything.total.class_label, everything.total.open_rows) == (None, 0)


def test_an_unknown_exclusion_is_an_error_with_its_id() -> None:
    sheet = score_by_code(set_of(row("1.1", 4, YesNo())), {}, ["lạ"])
    assert [(e.code, e.field) for e in sheet.errors] == [("lạ", "exclusions")]


def test_open_is_never_zero() -> None:
    sheet = score_by_code(set_of(row("1.1", 4, YesNo()), row("1.2", 6, YesNo())), {"1.2": NO})
    assert found(sheet.rows["1.1"]) == ("open", None)
    assert found(sheet.rows["1.2"]) == ("scored", "0.00")
    total = sheet.total
    assert (total.open_rows, str(total.open_points), total.class_provisional) == (1, "4.00", True)


def test_what_the_appraiser_scores_stands_apart() -> None:
    criteria = set_of(
        row("1.1", 88, YesNo()),
        row("8.1", 12, Survey(), scored_by=ScoredBy.APPRAISER),
        total_max=Decimal(100),
    )
    before = score_by_code(criteria, {"1.1": YES}).total
    assert (str(before.self_points), str(before.self_max), str(before.applicable_max)) == (
        "88.00",
        "88.00",
        "100.00",
    )
    assert (before.open_rows, str(before.open_points)) == (1, "12.00")
    after = score_by_code(criteria, {"1.1": YES, "8.1": {"percent": 50}}).total
    assert (str(after.self_points), str(after.points), after.open_rows) == ("88.00", "94.00", 0)


def bonus(code: str, each: str, cap: str, kind: NodeType = NodeType.BONUS) -> Node:
    return Node(f"b{code[-1]}", code, kind, "Thưởng", Decimal(cap), Adjustment(per_unit=Decimal(each)))


CLASSES = (ClassBand("Yếu", Decimal(0)), ClassBand("Tốt", Decimal(80)), ClassBand("Xuất sắc", Decimal(90)))


def rounding_set(**more: Any) -> CriteriaSet:
    return set_of(
        row("1.1", 3, RatioLinear()),
        bonus("9.1", "1", "2"),
        bonus("9.2", "0.25", "1", NodeType.PENALTY),
        classes=CLASSES,
        **more,
    )


def final_of(criteria: CriteriaSet, numerator: int, bonuses: int, penalties: int) -> Total:
    answers = {
        "1.1": {"numerator": numerator, "denominator": 1000},
        "9.1": {"count": bonuses},
        "9.2": {"count": penalties},
    }
    return score_by_code(criteria, answers).total


def test_final_is_rounded_index_of_the_total_plus_bonus_less_penalty() -> None:
    # 2.001 → 2.00; 2.00/3 × 100 = 66.67; × 3/100 = 2.0001 + 1 − 0.5 = 2.5001
    total = final_of(rounding_set(), 667, 1, 2)
    assert (str(total.points), str(total.index), str(total.final)) == ("2.00", "66.67", "2.50")
    assert (str(total.bonus), str(total.penalty), total.class_label) == ("1.00", "0.50", "Tốt")


def test_final_stays_between_zero_and_the_cap() -> None:
    assert str(final_of(rounding_set(), 0, 0, 9).final) == "0.00"
    assert str(final_of(rounding_set(), 1000, 2, 0).final) == "5.00"
    assert str(final_of(rounding_set(final_cap=Decimal(3)), 1000, 2, 0).final) == "3.00"


def test_the_class_goes_by_the_rounded_final() -> None:
    criteria = set_of(row("1.1", 100, RatioLinear()), classes=CLASSES)

    def label(numerator: int) -> str | None:
        answer = {"1.1": {"numerator": numerator, "denominator": 100_000}}
        return score_by_code(criteria, answer).total.class_label

    # 89.995 is rounded to 90.00 before the class is looked up; 89.994 to 89.99
    assert (label(89_995), label(89_994), label(79_994)) == ("Xuất sắc", "Tốt", "Yếu")


@pytest.mark.parametrize(
    ("decimals", "expected"), [(0, ("1", "33")), (1, ("1.0", "33.3")), (3, ("1.000", "33.333"))]
)
def test_decimals_of_the_set(decimals: int, expected: tuple[str, str]) -> None:
    total = score_by_code(
        set_of(row("1.1", 3, RatioLinear()), decimals=decimals), {"1.1": {"numerator": 1, "denominator": 3}}
    ).total
    assert (str(total.points), str(total.index)) == expected


def test_sums_add_rounded_rows() -> None:
    """Three times 0.335 is 1.005, but three rounded rows of 0.34 are 1.02."""
    rows = [row(f"1.{n}", 1, RatioLinear()) for n in (1, 2, 3)]
    answer = {"numerator": 335, "denominator": 1000}
    sheet = score_by_code(set_of(section("1", "3"), *rows), {f"1.{n}": answer for n in (1, 2, 3)})
    assert str(sheet.total.points) == "1.02" == str(sheet.sections["1"].points)


def test_unknown_repeated_and_misplaced_entries() -> None:
    criteria = set_of(section("1", "4"), row("1.1", 4, YesNo()))
    sheet = score_by_code(criteria, {"1": YES, "7.7": YES, "1.1": REPEATED})
    assert sorted((e.code, e.message.id) for e in sheet.errors) == [
        ("1", "scoring.not_a_row"),
        ("1.1", "scoring.given_twice"),
        ("7.7", "scoring.unknown_code"),
    ]
    assert found(sheet.rows["1.1"]) == ("error", None)
    assert score_by_code(criteria, {"1.1": [1]}).errors[0].message.id == "scoring.not_an_entry"
    near = score_by_code(set_of(row("3.3.11", 4, YesNo())), {"3.3.1": YES}).errors[0]
    assert "3.3.11" in render(near.message)


def test_by_permanent_key_and_by_code_give_the_same() -> None:
    criteria = set_of(row("1.1", 4, YesNo()), row("1.2", 2, DeductionCount(per_unit=Decimal(1))))
    by_key = score(criteria, {"k1_1": YES, "k1_2": {"count": "1"}})
    assert by_key == score_by_code(criteria, {"1.1": YES, "1.2": {"count": 1}})
    assert score(criteria, {"k9": YES}).errors[0].code == "k9"
    assert score(criteria, {"k1_1": None}).rows["1.1"].state.value == "open"


def test_order_of_criteria_rows_does_not_matter() -> None:
    sheet = _big_sheet(shuffle=False)
    shuffled = _big_sheet(shuffle=True)
    assert shuffled.total == sheet.total
    assert dict(shuffled.rows) == dict(sheet.rows)
    assert dict(shuffled.sections) == dict(sheet.sections)


def big_set(rows: int = 120) -> tuple[CriteriaSet, dict[str, Any]]:
    """`rows` rows of three kinds in groups of ten, with an answer for each."""
    nodes: list[Node] = []
    answers: dict[str, Any] = {}
    kinds = (
        (RatioLinear(), {"numerator": 37, "denominator": 41}),
        (DeductionCount(per_unit=Decimal("0.25")), {"count": 2}),
        (YesNo(), YES),
    )
    for group in range(rows // 10):
        nodes.append(section(str(group + 1), "20"))
        for place in range(10):
            rule, answer = kinds[place % 3]
            code = f"{group + 1}.{place + 1}"
            nodes.append(row(code, 2, rule))
            answers[code] = answer
    return set_of(*nodes), answers


def _big_sheet(shuffle: bool) -> ScoreSheet:
    criteria, answers = big_set()
    if shuffle:
        nodes = list(criteria.nodes)
        random.Random(7).shuffle(nodes)
        criteria = replace(criteria, nodes=tuple(nodes))
    return score_by_code(criteria, answers)


BIG, TINY = "9" * 28, "0." + "0" * 26 + "1"


@pytest.mark.parametrize(
    ("rule", "entry", "expected"),
    [
        (DeductionCount(per_unit=Decimal("0.25")), {"count": BIG}, "0.00"),
        (RatioLinear(allow_over=True), {"numerator": BIG, "denominator": TINY}, "1.50"),
        (RatioLinear(), {"numerator": TINY, "denominator": BIG}, "0.00"),
        (RatioThreshold(floor=Decimal("0.66667")), {"numerator": 2, "denominator": 3}, "0.00"),
        (Survey(), {"percent": TINY}, "0.00"),
        (FormulaRule(formula="x*x*x", steps=(Step("x"),)), {"variables": {"x": BIG}}, "1.50"),
        (FormulaRule(formula="0 - round(x*x, 2)", steps=(Step("x"),)), {"variables": {"x": BIG}}, "0.00"),
    ],
)
def test_the_longest_figures_are_scored_and_told(rule: Rule, entry: dict[str, Any], expected: str) -> None:
    found_row = scored(rule, "1.5", entry)
    assert str(found_row.points) == expected
    sentence = render(found_row.explanation)
    assert 20 < len(sentence) < 400
    if isinstance(rule, RatioThreshold):
        assert "66,667%" in sentence
