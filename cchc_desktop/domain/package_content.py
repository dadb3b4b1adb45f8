"""What a package carries as data: the plan and the self-score as they stood when they were signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.evidence import Evidence, EvidenceLink, EvidenceRecord
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import Plan, PlanIssue, Target, Task
from cchc_desktop.domain.round import HeadConfirmation, Round
from cchc_desktop.domain.scoring import RowState, ScoreSheet, Total
from cchc_desktop.domain.unit import Unit
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class PackagedRow:
    """The points that the unit's program computed, so that the receiver's can be held beside them."""

    key: str
    code: str
    state: RowState
    points: Decimal | None
    max_points: Decimal


@dataclass(frozen=True, slots=True)
class PackagedRecord:
    """What is known of an evidence file whose bytes the head lists under the same id."""

    id: str
    record: EvidenceRecord
    links: tuple[EvidenceLink, ...] = ()


@dataclass(frozen=True)
class SelfScoreContent:
    year: int
    unit: Unit
    criteria: PackRef
    exclusions: tuple[str, ...]
    answers: Mapping[str, Answer]
    rows: tuple[PackagedRow, ...]
    total: Total
    confirmation: HeadConfirmation | None
    evidence: tuple[PackagedRecord, ...]


@dataclass(frozen=True)
class PlanContent:
    year: int
    unit: Unit
    template: PackRef
    issue: PlanIssue
    texts: Mapping[str, str]
    targets: tuple[Target, ...]
    tasks: tuple[Task, ...]


def plan_content(round_: Round, plan: Plan) -> PlanContent:
    return PlanContent(
        year=round_.year,
        unit=round_.unit,
        template=PackRef(round_.plan_template_id, round_.plan_template_version),
        issue=plan.issue,
        texts=dict(plan.texts),
        targets=plan.targets,
        tasks=plan.tasks,
    )


def selfscore_content(
    round_: Round,
    criteria: CriteriaSet,
    sheet: ScoreSheet,
    answers: Mapping[str, Answer],
    evidence: Iterable[Evidence],
) -> SelfScoreContent:
    return SelfScoreContent(
        year=round_.year,
        unit=round_.unit,
        criteria=PackRef(round_.criteria_id, round_.criteria_version),
        exclusions=round_.exclusions,
        answers=dict(answers),
        rows=tuple(
            PackagedRow(row.key, row.code, row.state, row.points, row.max_points)
            for node in (*criteria.rows, *criteria.adjustments)
            for row in [sheet.rows[node.code]]
        ),
        total=sheet.total,
        confirmation=round_.confirmation,
        evidence=tuple(PackagedRecord(item.id, item.record, item.links) for item in evidence),
    )
