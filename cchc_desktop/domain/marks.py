"""The state of a row as the window marks it: what holds first in the order of urgency."""

from __future__ import annotations

from enum import StrEnum

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.criteria import Node, ScoredBy
from cchc_desktop.domain.scoring import RowScore, RowState


class Mark(StrEnum):
    DONE = "done"
    OPEN = "open"
    NO_EVIDENCE = "no_evidence"
    LOST = "lost"
    ERROR = "error"
    NOT_APPLICABLE = "not_applicable"
    WAITING = "waiting"


def mark_of(node: Node, row: RowScore, answer: Answer, evidence: int) -> Mark:
    """Error > evidence missing > open > points lost > done. An explanation stands in for missing evidence."""
    if row.state is RowState.ERROR:
        return Mark.ERROR
    if row.state in (RowState.NOT_APPLICABLE, RowState.EXCLUDED):
        return Mark.NOT_APPLICABLE
    if row.state is RowState.OPEN:
        return Mark.WAITING if node.scored_by is ScoredBy.APPRAISER else Mark.OPEN
    points = row.points or 0
    if node.evidence_required and points > 0 and evidence == 0 and not answer.explanation.strip():
        return Mark.NO_EVIDENCE
    if node.is_adjustment:
        return Mark.DONE
    return Mark.LOST if points < row.max_points else Mark.DONE
