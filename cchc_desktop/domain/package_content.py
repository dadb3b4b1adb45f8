"""What a package carries as data: the plan and the self-score as they stood when they were signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import PlanIssue, Target, Task
from cchc_desktop.domain.round import HeadConfirmation
from cchc_desktop.domain.scoring import RowState, Total
from cchc_desktop.domain.unit import Unit


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
