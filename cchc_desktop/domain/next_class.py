"""What-if: which open or lost rows would bring the unit to the next class, the largest gain first.

Each gain is what the final score would rise by if that one row came to its best, all others staying as they
are; "enough" is counted anew with all of them together, because the index is rounded once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from decimal import Decimal

from cchc_desktop.domain.criteria import ClassBand, CriteriaSet, Node, ScoredBy
from cchc_desktop.domain.rounding import exact, half_up, quotient
from cchc_desktop.domain.rules.rule import Step
from cchc_desktop.domain.scoring import RowScore, RowState, ScoreSheet
from cchc_desktop.domain.totals import total_of
from cchc_desktop.quick_dataclass import dataclass, replace

_BY_STEPS = ("choice", "ratio_bands")


@dataclass(frozen=True, slots=True)
class Gain:
    """A row that could bring points. `points` is None while it is open; `gain` is of the final score."""

    key: str
    code: str
    label: str
    points: Decimal | None
    best: Decimal
    gain: Decimal
    waiting: bool
    """Only the appraiser can fill it in."""

    @property
    def is_open(self) -> bool:
        return self.points is None


@dataclass(frozen=True, slots=True)
class NextClass:
    """`missing` points bring the final score to `label`. The first `enough` gains reach it together; None
    when all of them do not. `gains` are sorted by points to gain, then in the set's order. `own_enough` is
    the same for the rows that do not wait for the appraiser."""

    label: str
    now: str | None
    final: Decimal
    needed: Decimal
    missing: Decimal
    gains: tuple[Gain, ...]
    enough: int | None
    own_enough: int | None


@dataclass(frozen=True, slots=True)
class NextStep:
    """The class above the present one, and how many points are missing to the `needed` ones."""

    label: str
    needed: Decimal
    missing: Decimal


def next_step(criteria: CriteriaSet, sheet: ScoreSheet) -> NextStep | None:
    """None at the top, without classes, or where nothing is applicable."""
    final = sheet.total.final
    if final is None or (band := _above(criteria, final)) is None:
        return None
    needed = _points_for(criteria, band)
    return NextStep(band.label, needed, needed - final)


def next_class(criteria: CriteriaSet, sheet: ScoreSheet) -> NextClass | None:
    """What leads to the next class. It tries out each row, so ask `next_step` where the step is enough."""
    final, step = sheet.total.final, next_step(criteria, sheet)
    if final is None or step is None:
        return None
    needed = step.needed
    gains = sorted(_gains(criteria, sheet, final), key=lambda gain: -gain.gain)
    return NextClass(
        label=step.label,
        now=sheet.total.class_label,
        final=final,
        needed=needed,
        missing=step.missing,
        gains=tuple(gains),
        enough=_enough(criteria, sheet, gains, needed),
        own_enough=_enough(criteria, sheet, [gain for gain in gains if not gain.waiting], needed),
    )


def _above(criteria: CriteriaSet, final: Decimal) -> ClassBand | None:
    percent = quotient(final, criteria.total_max) * 100
    higher = [band for band in criteria.classes if exact(band.floor) > percent]
    return min(higher, key=lambda band: band.floor, default=None)


def _points_for(criteria: CriteriaSet, band: ClassBand) -> Decimal:
    """The lowest final score, in the set's decimals, that reaches the class."""
    wanted = exact(band.floor) * exact(criteria.total_max) / 100
    rounded = half_up(wanted, criteria.decimals)
    return rounded if exact(rounded) >= wanted else rounded + Decimal(1).scaleb(-criteria.decimals)


def best_points(node: Node, decimals: int) -> Decimal:
    """What the row can give at most: its maximum, or less where none of its steps reaches it."""
    rule = node.rule
    steps: tuple[Step, ...] = getattr(rule, "steps", ())
    best = node.max_points
    if rule is not None and rule.kind in _BY_STEPS:
        best = min(best, max((step.points or Decimal(0) for step in steps), default=best))
    elif rule is not None and rule.kind == "sum_of_items":
        each: Decimal = getattr(rule, "per_unit", None) or Decimal(0)
        total = sum((each if step.points is None else step.points for step in steps), start=Decimal(0))
        best = min(best, total)
    return min(half_up(best, decimals), node.max_points)


def _gains(criteria: CriteriaSet, sheet: ScoreSheet, final: Decimal) -> Iterable[Gain]:
    for node in criteria.rows:
        row = sheet.rows[node.code]
        best = best_points(node, criteria.decimals)
        if not _can_rise(row, best):
            continue
        reached = _final(criteria, sheet, [(node.code, best)])
        if reached > final:
            waiting = node.scored_by is ScoredBy.APPRAISER
            points = row.points if row.state is RowState.SCORED else None
            yield Gain(node.key, node.code, node.label, points, best, reached - final, waiting)


def _can_rise(row: RowScore, best: Decimal) -> bool:
    if row.state in (RowState.OPEN, RowState.ERROR):
        return best > 0
    return row.state is RowState.SCORED and row.points is not None and row.points < best


def _final(criteria: CriteriaSet, sheet: ScoreSheet, raised: Iterable[tuple[str, Decimal]]) -> Decimal:
    rows = dict(sheet.rows)
    for code, points in raised:
        rows[code] = replace(rows[code], state=RowState.SCORED, points=points)
    return total_of(criteria, rows).final or Decimal(0)


def _enough(criteria: CriteriaSet, sheet: ScoreSheet, gains: list[Gain], needed: Decimal) -> int | None:
    """Each further row only adds points, so the smallest count is found by halving."""
    raised = [(gain.code, gain.best) for gain in gains]
    if _final(criteria, sheet, raised) < needed:
        return None
    counts = range(1, len(raised) + 1)
    found = bisect_left(counts, True, key=lambda count: _final(criteria, sheet, raised[:count]) >= needed)
    return counts[found]
