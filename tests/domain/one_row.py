"""A criteria set of one row, for looking at one rule at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from cchc_desktop.domain.criteria import CriteriaSet, Node, NodeType
from cchc_desktop.domain.rules.rule import Rule, Step
from cchc_desktop.domain.scorer import score_by_code
from cchc_desktop.domain.scoring import RowScore
from cchc_desktop.domain.unit import UnitKind


def set_of(*nodes: Node, **settings: Any) -> CriteriaSet:
    rows = [node for node in nodes if node.type is NodeType.ROW]
    values: dict[str, Any] = {
        "id": "thu",
        "version": 1,
        "title": "Bộ thử",
        "year": 2026,
        "unit_kinds": (UnitKind.COMMUNE,),
        "effective_from": date(2026, 1, 1),
        "total_max": sum((row.max_points for row in rows), start=Decimal(0)) or Decimal(1),
    }
    return CriteriaSet(**{**values, **settings}, nodes=nodes)


def row(code: str, max_points: str | int | Decimal, rule: Rule | None, **more: Any) -> Node:
    key = f"k{code.replace('.', '_')}"
    return Node(key, code, NodeType.ROW, f"Dòng {code}", Decimal(max_points), rule, **more)


def scored(rule: Rule, max_points: str | int | Decimal, entry: Any, **more: Any) -> RowScore:
    """The row's score with that entry."""
    criteria = set_of(row("1.1", max_points, rule, **more))
    return score_by_code(criteria, {"1.1": entry}).rows["1.1"]


def points(rule: Rule, max_points: str | int | Decimal, entry: Any, **more: Any) -> str | None:
    """The row's points as text; None when it is not scored."""
    found = scored(rule, max_points, entry, **more)
    return None if found.points is None else str(found.points)


def faults(rule: Rule, entry: Any, max_points: int = 2) -> list[tuple[str, str]]:
    """(field, what is wrong) of an answer that can't be right; such a row has no points."""
    found = scored(rule, max_points, entry)
    assert found.state.value == "error" and found.points is None
    return [(error.field, error.message.id.removeprefix("scoring.")) for error in found.errors]


def steps(*pairs: tuple[str, str]) -> tuple[Step, ...]:
    return tuple(Step(label, points=Decimal(worth)) for label, worth in pairs)


def bands(*pairs: tuple[str, str]) -> tuple[Step, ...]:
    """("0.9", "2") from 90 %, (">0.9", "2") above 90 %."""
    return tuple(
        Step(floor=Decimal(bound.removeprefix(">")), above=bound.startswith(">"), points=Decimal(worth))
        for bound, worth in pairs
    )


MAXIMA = st.decimals("0.1", "30", places=2).map(lambda value: value.normalize())
COUNTS = st.integers(0, 10**6)


@st.composite
def ratios(draw: st.DrawFn, *, over: bool = False) -> tuple[int, int]:
    """(numerator, denominator) with a denominator above 0."""
    denominator = draw(st.integers(1, 10**5))
    return draw(st.integers(0, 3 * denominator if over else denominator)), denominator


def entry_of(pair: tuple[int, int]) -> dict[str, int]:
    return {"numerator": pair[0], "denominator": pair[1]}


def labels(found: Iterable[Step]) -> list[str]:
    return [step.label for step in found]
