"""The self-score as lines of one table, before it becomes PDF or XLSX: both say the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property

from cchc_desktop.documents.characters import clean, one_line
from cchc_desktop.documents.stated import stated
from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.criteria import CriteriaSet, Node, NodeType, ScoredBy
from cchc_desktop.domain.evidence import Evidence, EvidenceRecord, LinkKind
from cchc_desktop.domain.round import HeadConfirmation
from cchc_desktop.domain.scoring import RowScore, RowState, ScoreSheet
from cchc_desktop.domain.unit import Unit
from cchc_desktop.language import render, text
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True)
class SelfScoreInput:
    """All that the self-score documents say. `answers` by permanent row key.

    `number` and `issued_on` are the report's own, empty until the clerk gives them.
    """

    unit: Unit
    year: int
    criteria: CriteriaSet
    score: ScoreSheet
    answers: Mapping[str, Answer]
    evidence: tuple[Evidence, ...] = ()
    confirmation: HeadConfirmation | None = None
    number: str = ""
    issued_on: date | None = None

    @cached_property
    def rows(self) -> Mapping[str, RowScore]:
        """Scores by permanent key."""
        return {row.key: row for row in self.score.rows.values()}

    @cached_property
    def evidence_of(self) -> Mapping[str, tuple[Evidence, ...]]:
        """The evidence of each row by permanent key, in the order it was added."""
        found: dict[str, list[Evidence]] = {}
        for each in sorted(self.evidence, key=lambda e: (e.added_at, e.id)):
            for link in each.links:
                if link.kind is LinkKind.ROW:
                    found.setdefault(link.key, []).append(each)
        return {key: tuple(each) for key, each in found.items()}


@dataclass(frozen=True)
class ScoreLine:
    """One line of the table. `points` None: not scored (or taken out of the sum), never zero."""

    code: str
    label: str
    type: NodeType
    max_points: Decimal
    points: Decimal | None
    stated: str = ""
    calculation: str = ""
    evidence: str = ""
    explanation: str = ""

    @property
    def is_row(self) -> bool:
        return self.type in (NodeType.ROW, NodeType.BONUS, NodeType.PENALTY)


def evidence_words(name: str, record: EvidenceRecord) -> str:
    """ "05/KH-UBND ngày 05/02/2026 của UBND xã: Kế hoạch … (trang 3)"; the file's name where all is empty."""
    number = one_line(record.number)
    if number and record.issued_on:
        words = text("documents.selfscore.evidence_full", number=number, date=record.issued_on)
    elif record.issued_on:
        words = text("documents.selfscore.evidence_unnumbered", date=record.issued_on)
    else:
        words = number or one_line(name)
    if issuer := one_line(record.issuer):
        words = text("documents.selfscore.evidence_of", head=words, issuer=issuer)
    if abstract := one_line(record.abstract):
        words = text("documents.selfscore.evidence_about", head=words, abstract=abstract)
    if page := one_line(record.page):
        place = "page" if page[0].isdigit() else "place"
        words = text(f"documents.selfscore.evidence_{place}", head=words, page=page)
    return words


def _evidence(attached: tuple[Evidence, ...]) -> str:
    words = [evidence_words(each.name, each.record) for each in attached]
    if len(words) == 1:
        return words[0]
    return "\n".join(f"{number}. {each}" for number, each in enumerate(words, 1))


def _row_line(source: SelfScoreInput, node: Node) -> ScoreLine:
    score = source.rows[node.key]
    answer = source.answers.get(node.key, Answer())
    return ScoreLine(
        code=node.code,
        label=clean(node.label),
        type=node.type,
        max_points=node.max_points,
        points=score.points,
        stated=stated(node, answer.entry),
        calculation=render(score.explanation),
        evidence=_evidence(source.evidence_of.get(node.key, ())),
        explanation=clean(answer.explanation),
    )


def lines(source: SelfScoreInput) -> tuple[ScoreLine, ...]:
    """Every node of the set in sheet order: sections and groups with their sums, rows, adjustments."""
    found: list[ScoreLine] = []
    for node in source.criteria.nodes:
        if node.type in (NodeType.SECTION, NodeType.GROUP):
            section = source.score.sections[node.code]
            found.append(ScoreLine(node.code, clean(node.label), node.type, node.max_points, section.points))
        else:
            found.append(_row_line(source, node))
    return tuple(found)


def is_open(row: RowScore) -> bool:
    """Without points of its own yet: not answered, answered wrongly, or waiting for the appraiser."""
    return row.state in (RowState.OPEN, RowState.ERROR)


def without_evidence(source: SelfScoreInput) -> tuple[Node, ...]:
    """Scored rows (also bonuses that count) that need evidence and have none."""
    return tuple(
        node
        for node in (*source.criteria.rows, *source.criteria.adjustments)
        if source.rows[node.key].state is RowState.SCORED
        and node.scored_by is ScoredBy.SELF
        and not source.evidence_of.get(node.key)
        and _needs_evidence(node, source.rows[node.key])
    )


def _needs_evidence(node: Node, score: RowScore) -> bool:
    if node.is_adjustment:
        return node.type is NodeType.BONUS and bool(score.points)
    return node.evidence_required


def open_rows(source: SelfScoreInput) -> tuple[Node, ...]:
    return tuple(node for node in source.criteria.rows if is_open(source.rows[node.key]))


def waiting_points(source: SelfScoreInput) -> Decimal:
    """What only the appraiser can still give."""
    return sum(
        (node.max_points for node in open_rows(source) if node.scored_by is ScoredBy.APPRAISER), Decimal(0)
    )


def headline(source: SelfScoreInput) -> str:
    """The result in one sentence. While rows are open never a class, only what is scored and what waits."""
    total = source.score.total
    if total.index is None or total.final is None:
        return text("documents.selfscore.headline_none")
    if not total.open_rows and not total.class_provisional:
        known = "final" if total.class_label else "unclassed"
        return text(
            f"documents.selfscore.headline_{known}",
            final=total.final,
            max=source.criteria.total_max,
            label=total.class_label,
        )
    waiting = waiting_points(source)
    own = total.open_points - waiting
    if not waiting:
        return text(
            "documents.selfscore.headline_own_only", points=total.self_points, max=total.self_max, open=own
        )
    return text(
        "documents.selfscore.headline_open",
        points=total.self_points,
        max=total.self_max,
        own=text("documents.selfscore.headline_own", points=own) if own else "",
        waiting=text("documents.selfscore.headline_waiting", points=waiting),
    )
