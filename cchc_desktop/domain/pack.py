"""Which form pack: a pack is immutable by id + version."""

from __future__ import annotations

from enum import StrEnum

from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, order=True)
class PackRef:
    id: str
    version: int

    def __str__(self) -> str:
        return f"{self.id}@{self.version}"


class PackKind(StrEnum):
    CRITERIA = "criteria"
    PLAN = "plan"
    CALENDAR = "calendar"
    DOCUMENT = "documents"
    """Wording and layout of printed documents."""


@dataclass(frozen=True, slots=True)
class PackInfo:
    """An installed pack as lists show it. `year` is None where a pack is not bound to one.

    `plan_kind` is what kind of plan a plan template is for; None for a criteria set.
    """

    ref: PackRef
    kind: PackKind
    title: str
    unit_kinds: tuple[UnitKind, ...]
    year: int | None = None
    plan_kind: PlanKind | None = None
