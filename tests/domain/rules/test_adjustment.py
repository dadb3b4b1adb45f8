from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.criteria import Node, NodeType
from cchc_desktop.domain.rules.adjustment import Adjustment
from cchc_desktop.domain.scorer import score_by_code
from cchc_desktop.domain.scoring import ScoreSheet
from cchc_desktop.language import render
from tests.domain.one_row import COUNTS, set_of
from tests.domain.sentence import half_up, recomputed


def sheet(kind: NodeType, each: Decimal, cap: Decimal, entry: Any) -> ScoreSheet:
    node = Node("b", "9.1", kind, "Thưởng", cap, Adjustment(per_unit=each, figure="sáng kiến"))
    return score_by_code(set_of(node), {"9.1": entry})


@given(COUNTS, st.decimals("0.01", 3, places=3), st.decimals("0.5", 5, places=2))
def test_each_occurrence_up_to_the_cap(count: int, each: Decimal, cap: Decimal) -> None:
    row = sheet(NodeType.BONUS, each, cap, {"count": count}).rows["9.1"]
    assert row.points == half_up(min(count * Fraction(each), Fraction(cap)))
    assert recomputed(render(row.explanation)) == row.points


def test_without_an_answer_it_is_zero_and_never_open() -> None:
    for entry in (None, {}, {"count": None}):
        found = sheet(NodeType.PENALTY, Decimal(1), Decimal(2), entry)
        row = found.rows["9.1"]
        assert (row.state.value, str(row.points)) == ("scored", "0.00")
        assert (found.total.open_rows, str(found.total.penalty)) == (0, "0.00")


def test_a_wrong_count_counts_nothing_and_leaves_the_class_provisional() -> None:
    found = sheet(NodeType.BONUS, Decimal(1), Decimal(2), {"count": "hai"})
    assert [(error.code, error.field) for error in found.errors] == [("9.1", "count")]
    assert (found.rows["9.1"].state.value, found.rows["9.1"].points) == ("error", None)
    assert (str(found.total.bonus), found.total.class_provisional) == ("0.00", True)
