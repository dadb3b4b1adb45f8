"""What-if, against figures worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from cchc_desktop.domain.criteria import ClassBand, CriteriaSet, Node, NodeType, Policy, ScoredBy
from cchc_desktop.domain.next_class import best_points, next_class
from cchc_desktop.domain.rules.choice import Choice
from cchc_desktop.domain.rules.ratio_linear import RatioLinear
from cchc_desktop.domain.rules.rule import Step
from cchc_desktop.domain.rules.sum_of_items import SumOfItems
from cchc_desktop.domain.rules.yes_no import YesNo
from cchc_desktop.domain.scorer import score
from cchc_desktop.domain.unit import UnitKind

CHOICE = Choice(steps=(Step("Đủ", points=Decimal(2)), Step("Thiếu", points=Decimal("0.5"))))


def row(key: str, code: str, maximum: str, rule: object, **more: object) -> Node:
    return Node(key, code, NodeType.ROW, f"Dòng {code}", Decimal(maximum), rule, **more)  # type: ignore[arg-type]


SET = CriteriaSet(
    id="thu",
    version=1,
    title="Thử",
    year=2026,
    unit_kinds=(UnitKind.COMMUNE,),
    effective_from=date(2026, 1, 1),
    total_max=Decimal(10),
    nodes=(
        Node("muc", "1", NodeType.SECTION, "Mục", Decimal(10)),
        row("chon", "1.1", "3", CHOICE),
        row("co", "1.2", "2", YesNo()),
        row("ty_le", "1.3", "4", RatioLinear(), not_applicable=Policy.RESCALE),
        row("td", "1.4", "1", YesNo(), scored_by=ScoredBy.APPRAISER),
    ),
    classes=(ClassBand("Tốt", Decimal(80)), ClassBand("Khá", Decimal(65)), ClassBand("Yếu", Decimal(0))),
)


def test_open_and_lost_rows_by_their_gain() -> None:
    # 0.5 + 2 + (2/4 × 4 = 2) = 4.5 of 10; "Khá" needs 6.5, so 2.00 are missing.
    answers = {"chon": {"option": "Thiếu"}, "co": {"yes": True}, "ty_le": {"numerator": 2, "denominator": 4}}
    found = next_class(SET, score(SET, answers))
    assert found is not None
    assert (found.label, found.now) == ("Khá", "Yếu")
    assert (found.final, found.needed, found.missing) == (Decimal("4.50"), Decimal("6.50"), Decimal("2.00"))
    assert [(gain.code, gain.points, gain.best, gain.gain, gain.waiting) for gain in found.gains] == [
        ("1.3", Decimal("2.00"), Decimal("4.00"), Decimal("2.00"), False),
        (
            "1.1",
            Decimal("0.50"),
            Decimal("2.00"),
            Decimal("1.50"),
            False,
        ),  # its best option is worth 2, not the row's 3
        ("1.4", None, Decimal("1.00"), Decimal("1.00"), True),
    ]
    assert (found.enough, found.own_enough) == (1, 1)


def test_a_row_that_does_not_apply_raises_what_the_others_weigh() -> None:
    # Without 1.3 the applicable maximum is 6: 0.5 + 0 = 0.5 → 8.33. One point is worth 100/6 → 1.67.
    answers = {"chon": {"option": 2}, "co": {"yes": False}, "ty_le": {"not_applicable": True}}
    found = next_class(SET, score(SET, answers))
    assert found is not None
    assert found.final == Decimal("0.83")
    gains = {gain.code: gain.gain for gain in found.gains}
    # 2.5/6 = 41.67 → 4.17 − 0.83; 2/6 = 33.33 → 3.33 − 0.83; 1.5/6 = 25.00 → 2.50 − 0.83.
    assert gains == {"1.2": Decimal("3.34"), "1.1": Decimal("2.50"), "1.4": Decimal("1.67")}
    # All together 5/6 = 83.33 → 8.33; with two of them 4/6 = 66.67 → 6.67 reaches "Khá" (6.5).
    assert (found.enough, found.own_enough) == (2, 2)


def test_out_of_reach_is_said() -> None:
    low = replace(SET, classes=(ClassBand("Xuất sắc", Decimal("99.995")), ClassBand("Tốt", Decimal(80))))
    answers = {"chon": {"option": 1}, "co": {"yes": True}, "ty_le": {"numerator": 4, "denominator": 4}}
    found = next_class(low, score(low, answers))
    assert found is not None
    # 8 of 10 is "Tốt" already; 9 is the best that 1.1 allows. 9.9995 is rounded up to what can be reached.
    assert (found.now, found.label, found.needed, found.enough) == ("Tốt", "Xuất sắc", Decimal("10.00"), None)
    # 1.1 was answered with its best option, so only the appraiser can add to 8; 8.5 needs that.
    near = replace(SET, classes=(ClassBand("Xuất sắc", Decimal(85)), ClassBand("Tốt", Decimal(80))))
    reached = next_class(near, score(near, answers))
    assert reached is not None and (reached.enough, reached.own_enough) == (1, None)
    assert [gain.code for gain in found.gains] == ["1.4"]


def test_nothing_to_say_at_the_top_without_classes_or_without_rows() -> None:
    top = replace(SET, classes=(ClassBand("Yếu", Decimal(0)),))
    assert next_class(top, score(top, {})) is None
    assert next_class(replace(SET, classes=()), score(SET, {})) is None
    none = replace(SET, nodes=(SET.nodes[0], SET.nodes[3]))
    assert next_class(none, score(none, {"ty_le": {"not_applicable": True}})) is None


def test_best_points_of_items() -> None:
    items = SumOfItems(steps=(Step("a", points=Decimal("0.5")), Step("b")), per_unit=Decimal("0.25"))
    assert best_points(row("x", "1.1", "3", items), 2) == Decimal("0.75")
    assert best_points(row("x", "1.1", "0.6", items), 2) == Decimal("0.6")
