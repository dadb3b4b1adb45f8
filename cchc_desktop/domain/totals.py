"""Sums of scored rows: sections and groups, index, bonus and penalty, final score, class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from cchc_desktop.domain.criteria import CriteriaSet, NodeType, ScoredBy
from cchc_desktop.domain.rounding import exact, half_up, quotient
from cchc_desktop.domain.scoring import RowScore, RowState, SectionScore, Total
from cchc_desktop.quick_dataclass import dataclass

_ZERO = Decimal(0)


def _padded(value: Decimal, decimals: int) -> Decimal:
    """The same value with at least that many decimals, so that sums are written alike."""
    rounded = half_up(value, decimals)
    return rounded if rounded == value else value


@dataclass
class _Sum:
    """Rows that are excluded, or taken out by `rescale`, are in no sum but that of the maximum."""

    points: Decimal = _ZERO
    max_points: Decimal = _ZERO
    applicable_max: Decimal = _ZERO
    open_points: Decimal = _ZERO
    open_rows: int = 0

    def add(self, row: RowScore) -> None:
        maximum, points, state = row.max_points, row.points, row.state
        self.max_points += maximum
        if points is not None:
            self.points += points
            self.applicable_max += maximum
        elif state is RowState.OPEN or state is RowState.ERROR:
            # An answer that can't be right counts as open.
            self.applicable_max += maximum
            self.open_points += maximum
            self.open_rows += 1

    def add_sum(self, other: _Sum) -> None:
        self.points += other.points
        self.max_points += other.max_points
        self.applicable_max += other.applicable_max
        self.open_points += other.open_points
        self.open_rows += other.open_rows


def section_scores(criteria: CriteriaSet, rows: Mapping[str, RowScore]) -> dict[str, SectionScore]:
    """The sums of every section and group, in the set's order."""
    sums = {code: _Sum() for code in criteria.above}
    for node in criteria.rows:
        parent = criteria.parent_of.get(node.code)
        if parent is not None:
            sums[parent].add(rows[node.code])
    # The deepest first, so that each group is whole before it is added to what is above it.
    for code in sorted(sums, key=lambda code: -code.count(".")):
        parent = criteria.above[code]
        if parent is not None:
            sums[parent].add_sum(sums[code])
    decimals = criteria.decimals
    return {
        code: SectionScore(
            code,
            half_up(total.points, decimals),
            _padded(total.max_points, decimals),
            _padded(total.applicable_max, decimals),
            _padded(total.open_points, decimals),
            total.open_rows,
        )
        for code, total in sums.items()
    }


def total_of(criteria: CriteriaSet, rows: Mapping[str, RowScore]) -> Total:
    own, every = _Sum(), _Sum()
    for node in criteria.rows:
        (own if node.scored_by is ScoredBy.SELF else every).add(rows[node.code])
    every.add_sum(own)
    decimals = criteria.decimals
    bonus = _adjusted(criteria, rows, NodeType.BONUS)
    penalty = _adjusted(criteria, rows, NodeType.PENALTY)
    index = final = label = None
    if every.applicable_max > 0:
        index = half_up(quotient(every.points, every.applicable_max) * 100, decimals)
        final = final_score(criteria, index, bonus, penalty)
        label = class_of(criteria, final)
    faulty_adjustment = any(rows[node.code].state is RowState.ERROR for node in criteria.adjustments)
    return Total(
        points=half_up(every.points, decimals),
        max_points=_padded(every.max_points, decimals),
        applicable_max=_padded(every.applicable_max, decimals),
        self_points=half_up(own.points, decimals),
        self_max=_padded(own.applicable_max, decimals),
        index=index,
        bonus=bonus,
        penalty=penalty,
        final=final,
        class_label=label,
        class_provisional=every.open_rows > 0 or faulty_adjustment,
        open_rows=every.open_rows,
        open_points=_padded(every.open_points, decimals),
    )


def final_score(criteria: CriteriaSet, index: Decimal, bonus: Decimal, penalty: Decimal) -> Decimal:
    """Rounded index × total / 100 + bonus − penalty, within 0 and the set's cap, rounded half up."""
    final = exact(index) * exact(criteria.total_max) / 100 + exact(bonus) - exact(penalty)
    final = max(final, Fraction(0))
    if criteria.final_cap is not None:
        final = min(final, exact(criteria.final_cap))
    return half_up(final, criteria.decimals)


def class_of(criteria: CriteriaSet, final: Decimal) -> str | None:
    """The highest class whose floor the final score reaches as a percent of the set's total."""
    percent = quotient(final, criteria.total_max) * 100
    reached = [band for band in criteria.classes if percent >= exact(band.floor)]
    return max(reached, key=lambda band: band.floor).label if reached else None


def _adjusted(criteria: CriteriaSet, rows: Mapping[str, RowScore], kind: NodeType) -> Decimal:
    points: Iterable[Decimal | None] = (
        rows[node.code].points for node in criteria.adjustments if node.type is kind
    )
    return half_up(sum((p for p in points if p is not None), start=_ZERO), criteria.decimals)
