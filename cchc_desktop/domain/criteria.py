"""A criteria set as the office published it: a tree of nodes, each row with its rule.

Immutable by id + version. Semantics: the workbook contract (forms/README.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from cchc_desktop.domain.rules import Rule
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.quick_dataclass import dataclass


class NodeType(StrEnum):
    SECTION = "section"
    GROUP = "group"
    ROW = "row"
    BONUS = "bonus"
    PENALTY = "penalty"


class Policy(StrEnum):
    """What "not applicable" does to a row: `NO` forbids it; the others are its effect."""

    NO = "no"
    YES = "yes"
    RESCALE = "rescale"
    FULL = "full"
    ZERO = "zero"


class ScoredBy(StrEnum):
    SELF = "self"
    APPRAISER = "appraiser"


@dataclass(frozen=True)
class Node:
    """One line of the set. `key` is permanent over versions, `code` is what is printed."""

    key: str
    code: str
    type: NodeType
    label: str
    max_points: Decimal
    rule: Rule | None = None
    not_applicable: Policy = Policy.NO
    scored_by: ScoredBy = ScoredBy.SELF
    evidence: str = ""
    evidence_required: bool = False
    guidance: str = ""
    legal_basis: str = ""
    source: str = ""

    @property
    def is_adjustment(self) -> bool:
        return self.type in (NodeType.BONUS, NodeType.PENALTY)


@dataclass(frozen=True)
class ClassBand:
    """A class reaches from `floor`, a percent of the set's total (90 means 90 %)."""

    label: str
    floor: Decimal


@dataclass(frozen=True)
class Exclusion:
    """A group of rows that certain units are not assessed on; a code takes its subtree along."""

    id: str
    label: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Rename:
    old: str
    new: str
    since: int


@dataclass(frozen=True)
class TestLine:
    """One line of the office's own sample answers: a given figure or an expected result."""

    case: str
    code: str
    field: str
    value: str

    __test__ = False


@dataclass(frozen=True)
class CriteriaSet:
    id: str
    version: int
    title: str
    year: int
    unit_kinds: tuple[UnitKind, ...]
    effective_from: date
    total_max: Decimal
    nodes: tuple[Node, ...]
    effective_to: date | None = None
    issuer: str = ""
    decision_number: str = ""
    decision_date: date | None = None
    decimals: int = 2
    not_applicable: Policy = Policy.RESCALE
    final_cap: Decimal | None = None
    classes: tuple[ClassBand, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    renames: tuple[Rename, ...] = ()
    tests: tuple[TestLine, ...] = ()

    @cached_property
    def by_code(self) -> Mapping[str, Node]:
        return {node.code: node for node in self.nodes}

    @cached_property
    def by_key(self) -> Mapping[str, Node]:
        return {node.key: node for node in self.nodes}

    @cached_property
    def rows(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.type is NodeType.ROW)

    @cached_property
    def adjustments(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.is_adjustment)

    @cached_property
    def sections(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.type is NodeType.SECTION)

    def parent_code(self, code: str) -> str | None:
        """The nearest section or group above, by the dotted code; None at the top."""
        while "." in code:
            code = code.rpartition(".")[0]
            parent = self.by_code.get(code)
            if parent is not None and parent.type in (NodeType.SECTION, NodeType.GROUP):
                return code
        return None

    @cached_property
    def marks(self) -> Mapping[str, tuple[tuple[Fraction, Decimal], ...]]:
        """Each scored node's thresholds for the ruler under its points, by code."""
        return {node.code: node.rule.marks(node.max_points) for node in self.nodes if node.rule is not None}

    @cached_property
    def parent_of(self) -> Mapping[str, str | None]:
        """Each row's nearest section or group."""
        return {row.code: self.parent_code(row.code) for row in self.rows}

    @cached_property
    def above(self) -> Mapping[str, str | None]:
        """Each section's and group's own parent, in the set's order."""
        return {
            node.code: self.parent_code(node.code)
            for node in self.nodes
            if node.type in (NodeType.SECTION, NodeType.GROUP)
        }

    def rows_below(self, code: str) -> Iterator[Node]:
        """The rows of a subtree (a row's own code gives the row)."""
        for row in self.rows:
            if row.code == code or row.code.startswith(f"{code}."):
                yield row
