"""Sums of scored rows: sections and groups, index, bonus and penalty, final score, class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from cchc_desktop.domain.criteria import CriteriaSet, NodeType, ScoredBy
from cchc_desktop.domain.rounding import half_up
from cchc_desktop.domain.scoring import RowScore, RowState, SectionScore, Total

_ZERO = Decimal(0)


def _padded(value: Decimal, decimals: int) -> Decimal:
    """The same value with at least that many decimals, so that sums are written alike."""
    rounded = half_up(value, decimals)
    return rounded if rounded == value else value


def counts(row: RowScore) -> bool:
    """Whether the row is in the applicable maximum: not excluded, not taken out by `rescale`."""
    if row.state is RowState.EXCLUDED:
        return False
    return not (row.state is RowState.NOT_APPLICABLE and row.points is None)


def is_open(row: RowScore) -> bool:
    """An answer that can't be right counts as open."""
    return row.state in (RowState.OPEN, RowState.ERROR)


@dataclass
class _Sum:
    points: Decimal = _ZERO
    max_points: Decimal = _ZERO
    applicable_max: Decimal = _ZERO
    open_points: Decimal = _ZERO
    open_rows: int = 0
    codes: list[str] = field(default_factory=list)

    def add(self, row: RowScore) -> None:
        self.max_points += row.max_points
        if counts(row):
            self.applicable_max += row.max_points
        if row.points is not None:
            self.points += row.points
        if is_open(row):
            self.open_rows += 1
            self.open_points += row.max_points


def section_scores(criteria: CriteriaSet, rows: Mapping[str, RowScore]) -> dict[str, SectionScore]:
    """The sums of every section and group, in the set's order."""
    sums = {node.code: _Sum() for node in criteria.nodes if node.type in (NodeType.SECTION, NodeType.GROUP)}
    for node in criteria.rows:
        parent = criteria.parent_code(node.code)
        while parent is not None:
            sums[parent].add(rows[node.code])
            parent = criteria.parent_code(parent)
    return {
        code: SectionScore(
            code,
            half_up(total.points, criteria.decimals),
            _padded(total.max_points, criteria.decimals),
            _padded(total.applicable_max, criteria.decimals),
            _padded(total.open_points, criteria.decimals),
            total.open_rows,
        )
        for code, total in sums.items()
    }


def total_of(criteria: CriteriaSet, rows: Mapping[str, RowScore]) -> Total:
    every, own = _Sum(), _Sum()
    for node in criteria.rows:
        row = rows[node.code]
        every.add(row)
        if node.scored_by is ScoredBy.SELF:
            own.add(row)
    decimals = criteria.decimals
    bonus = _adjusted(criteria, rows, NodeType.BONUS)
    penalty = _adjusted(criteria, rows, NodeType.PENALTY)
    index = final = label = None
    if every.applicable_max > 0:
        index = half_up(Fraction(every.points) / Fraction(every.applicable_max) * 100, decimals)
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
    final = Fraction(index) * Fraction(criteria.total_max) / 100 + Fraction(bonus) - Fraction(penalty)
    final = max(final, Fraction(0))
    if criteria.final_cap is not None:
        final = min(final, Fraction(criteria.final_cap))
    return half_up(final, criteria.decimals)


def class_of(criteria: CriteriaSet, final: Decimal) -> str | None:
    """The highest class whose floor the final score reaches as a percent of the set's total."""
    percent = Fraction(final) / Fraction(criteria.total_max) * 100
    reached = [band for band in criteria.classes if percent >= Fraction(band.floor)]
    return max(reached, key=lambda band: band.floor).label if reached else None


def _adjusted(criteria: CriteriaSet, rows: Mapping[str, RowScore], kind: NodeType) -> Decimal:
    points: Iterable[Decimal | None] = (
        rows[node.code].points for node in criteria.adjustments if node.type is kind
    )
    return half_up(sum((p for p in points if p is not None), start=_ZERO), criteria.decimals)
