"""Whether a package can go out, and what the receiver will miss in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.criteria import CriteriaSet, Node, ScoredBy
from cchc_desktop.domain.evidence import MEGABYTE, Evidence, LinkKind
from cchc_desktop.domain.marks import Mark, mark_of
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.plan_checks import Finding
from cchc_desktop.domain.scoring import ScoreSheet
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass

DEFAULT_EMAIL_LIMIT = 20 * MEGABYTE
MOST_NAMED = 12


LEAST_EMAIL_LIMIT = MEGABYTE
LETTER_ROOM = 10_000
"""What a message takes besides its attachment."""


def email_size(size: int) -> int:
    """What a message with such a file weighs: base64 in lines of 76 letters, and the letter itself."""
    return size * 137 // 100 + LETTER_ROOM


def email_capacity(limit: int) -> int:
    """The largest file that a message of `limit` bytes carries."""
    return max(0, limit - LETTER_ROOM) * 100 // 137


@dataclass(frozen=True, slots=True)
class Gaps:
    """`blockers` have to be mended first; `missing` the office will ask for; `warnings` are worth a look."""

    blockers: tuple[Message, ...] = ()
    missing: tuple[Message, ...] = ()
    warnings: tuple[Message, ...] = ()

    def __add__(self, other: Gaps) -> Gaps:
        return Gaps(
            self.blockers + other.blockers, self.missing + other.missing, self.warnings + other.warnings
        )


@dataclass(frozen=True, slots=True)
class Readiness:
    """`size` is about right: the documents are drawn only when the package is written.

    `messages` is how many e-mails it takes: one with the whole package, or a light one and one for each
    evidence pack. `too_large` names the evidence that fits in none.
    """

    kind: PackageKind
    size: int
    email_limit: int
    evidence_count: int
    revision: int
    gaps: Gaps
    messages: int = 1
    too_large: tuple[str, ...] = ()

    @property
    def email_size(self) -> int:
        return email_size(self.size)

    @property
    def fits_email(self) -> bool:
        return self.email_size <= self.email_limit

    @property
    def ready(self) -> bool:
        return not self.gaps.blockers

    @property
    def missing(self) -> tuple[Message, ...]:
        return self.gaps.blockers + self.gaps.missing

    @property
    def warnings(self) -> tuple[Message, ...]:
        return self.gaps.warnings


def plan_gaps(plan: Plan, findings: Iterable[Finding]) -> Gaps:
    """An empty plan can't be handed in; a plan with findings can, and the office sees them too."""
    if not plan.tasks:
        return Gaps(blockers=(message("submissions.plan_empty"),))
    return Gaps(missing=tuple(finding.message for finding in findings))


def selfscore_gaps(
    criteria: CriteriaSet,
    sheet: ScoreSheet,
    answers: Mapping[str, Answer],
    evidence: Iterable[Evidence],
    *,
    confirmed: bool,
) -> Gaps:
    """Figures that can't be right block; open rows, missing evidence and the head's word are said."""
    counts: dict[str, int] = {}
    personal = 0
    for item in evidence:
        personal += item.record.personal_data
        for link in item.links:
            if link.kind is LinkKind.ROW:
                counts[link.key] = counts.get(link.key, 0) + 1
    marked: dict[Mark, list[Node]] = {}
    for node in (*criteria.rows, *criteria.adjustments):
        answer = answers.get(node.key, Answer())
        mark = mark_of(node, sheet.rows[node.code], answer, counts.get(node.key, 0))
        if not (mark is Mark.OPEN and (node.is_adjustment or node.scored_by is ScoredBy.APPRAISER)):
            marked.setdefault(mark, []).append(node)
    if not any(answer.entry is not None for answer in answers.values()):
        return Gaps(blockers=(message("submissions.score_empty"),))
    missing = [
        *_rows("submissions.open_rows", marked.get(Mark.OPEN, [])),
        *_rows("submissions.rows_without_evidence", marked.get(Mark.NO_EVIDENCE, [])),
    ]
    if not confirmed:
        missing.append(message("submissions.not_confirmed"))
    warnings = [message("submissions.personal_data", count=personal)] if personal else []
    blockers = _rows("submissions.rows_in_error", marked.get(Mark.ERROR, []))
    return Gaps(tuple(blockers), tuple(missing), tuple(warnings))


def _rows(code: str, nodes: list[Node]) -> list[Message]:
    """One sentence for all rows of one kind: how many, which, and what they are worth at most."""
    if not nodes:
        return []
    points = sum((node.max_points for node in nodes), Decimal(0))
    names = tuple(node.code for node in nodes[:MOST_NAMED])
    if len(nodes) == len(names):
        return [message(code, count=len(nodes), rows=names, points=points)]
    rest = len(nodes) - len(names)
    return [message(f"{code}_more", count=len(nodes), rows=names, points=points, rest=rest)]
