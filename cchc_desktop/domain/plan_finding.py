"""What a check of a plan finds, how serious it is, and where."""

from __future__ import annotations

from enum import StrEnum

from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.plan_template import SectionKind
from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import dataclass


class Severity(StrEnum):
    """An ERROR has to be mended before the plan is issued; a WARNING may cost points."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where to jump to. `section` is a section's key (or "citations", "recipients", "issue").

    `line` is the number printed before the task or target in its area (from 1; 0: no line). `plan_id` names
    a plan beside the round's own; empty where the place is in the plan that is meant anyway.
    """

    section: str
    area: str = ""
    task_id: str = ""
    target_id: str = ""
    column: str = ""
    line: int = 0
    plan_id: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    severity: Severity
    place: Place
    message: Message


def section_key(plan: Plan, kind: SectionKind) -> str:
    """The key of the template's section of that kind; empty when it has none."""
    return next((section.key for section in plan.template.sections if section.kind is kind), "")
