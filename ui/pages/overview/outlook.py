"""What a half-scored sheet says: how many points are open, who scores them, and how far they would reach."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from cchc_desktop.domain.criteria import CriteriaSet, ScoredBy
from cchc_desktop.domain.scoring import RowState, ScoreSheet
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Outlook:
    """`index` is a percent as a number (66.9 means 66,9 %), as the sheet has it.

    `final` and `hoped` ("final" if every open row reached its maximum) are points.
    """

    index: Decimal | None
    final: Decimal | None
    adjusted: bool
    class_label: str | None
    self_points: Decimal
    self_max: Decimal
    open_rows: int
    open_points: Decimal
    waiting_points: Decimal
    hoped: Decimal | None
    hoped_class: str | None


def outlook(criteria: CriteriaSet, sheet: ScoreSheet) -> Outlook:
    total = sheet.total
    waiting = sum(
        (
            row.max_points
            for row in sheet.rows.values()
            if row.state is RowState.OPEN and _by_appraiser(criteria, row.code)
        ),
        Decimal(0),
    )
    hoped = _final(criteria, sheet) if total.applicable_max else None
    return Outlook(
        total.index,
        total.final,
        bool(total.bonus or total.penalty),
        None if _nothing_scored(sheet) else total.class_label,
        total.self_points,
        total.self_max,
        total.open_rows,
        total.open_points,
        waiting,
        hoped,
        _class_of(criteria, hoped),
    )


def _nothing_scored(sheet: ScoreSheet) -> bool:
    """Every row is still open: "Yếu" would then be no word on the unit's work."""
    return sheet.total.open_points == sheet.total.applicable_max


def _final(criteria: CriteriaSet, sheet: ScoreSheet) -> Decimal:
    """The workbook's "Final", as if every open row had reached its maximum."""
    total, step = sheet.total, Decimal(1).scaleb(-criteria.decimals)
    index = ((total.points + total.open_points) * 100 / total.applicable_max).quantize(step, ROUND_HALF_UP)
    final = max(Decimal(0), index * criteria.total_max / 100 + total.bonus - total.penalty)
    if criteria.final_cap is not None:
        final = min(final, criteria.final_cap)
    return final.quantize(step, ROUND_HALF_UP)


def _by_appraiser(criteria: CriteriaSet, code: str) -> bool:
    node = criteria.by_code.get(code)
    return node is not None and node.scored_by is ScoredBy.APPRAISER


def _class_of(criteria: CriteriaSet, final: Decimal | None) -> str | None:
    if final is None or not criteria.total_max:
        return None
    percent = final * 100 / criteria.total_max
    reached = [band for band in criteria.classes if percent >= band.floor]
    return max(reached, key=lambda band: band.floor).label if reached else None
