"""The yearly plan: template (from a form pack), and what the unit wrote into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cchc_desktop.domain.unit import UnitKind


class SectionKind(StrEnum):
    TEXT = "text"
    TARGETS = "targets"
    TASKS = "tasks"
    BUDGET = "budget"


@dataclass(frozen=True)
class Area:
    """A content area of the plan (A, B.1 … B.6, C): every plan has to cover each that is `required`."""

    key: str
    code: str
    title: str
    short_title: str
    required: bool = True


@dataclass(frozen=True)
class TemplateSection:
    """A step of the plan. `text` is the standing text that the unit may change; `source` says whence."""

    key: str
    code: str
    title: str
    kind: SectionKind
    text: str = ""
    guidance: str = ""
    source: str = ""


@dataclass(frozen=True)
class PresetTask:
    key: str
    area: str
    title: str
    product: str
    lead: str
    coworkers: str
    due: str
    criteria: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class PresetTarget:
    key: str
    area: str
    title: str
    unit: str
    value: str
    source: str = ""


@dataclass(frozen=True)
class Deadline:
    """What is due in a year: `month`/`day` of the year itself. `subject` says what it is for.

    `subject`: "plan", "report-Q1", "report-H1", "report-Q3", "report-year", "selfscore".
    """

    key: str
    subject: str
    title: str
    month: int
    day: int
    recipient: str = ""
    source: str = ""


@dataclass(frozen=True)
class PlanTemplate:
    id: str
    version: int
    title: str
    unit_kinds: tuple[UnitKind, ...]
    citations: tuple[str, ...]
    sections: tuple[TemplateSection, ...]
    areas: tuple[Area, ...]
    tasks: tuple[PresetTask, ...]
    targets: tuple[PresetTarget, ...]
    deadlines: tuple[Deadline, ...]
    recipients: tuple[str, ...]
    departments: tuple[str, ...]


class TaskState(StrEnum):
    NOT_STARTED = "not_started"
    DOING = "doing"
    DONE = "done"


@dataclass(frozen=True)
class Task:
    """A task (nhiệm vụ). Exactly one lead. `due` is as written: "30/06/2026", "Quý II", "Thường xuyên".

    `cost` is in million đồng, None when not stated (never zero by default).
    `criteria` are permanent row keys.
    """

    id: str
    area: str
    position: int
    title: str
    product: str = ""
    lead: str = ""
    coworkers: str = ""
    due: str = ""
    cost: Decimal | None = None
    cost_source: str = ""
    criteria: tuple[str, ...] = ()
    state: TaskState = TaskState.NOT_STARTED
    done_on: date | None = None
    preset: str = ""


@dataclass(frozen=True)
class Target:
    """A measurable target (chỉ tiêu). Values are as written ("≥ 98", "100")."""

    id: str
    area: str
    position: int
    title: str
    unit: str = ""
    baseline: str = ""
    value: str = ""
    source: str = ""
    preset: str = ""


@dataclass(frozen=True)
class PlanIssue:
    """How the plan was issued: number and date stay empty until the clerk gives them."""

    number: str = ""
    issued_on: date | None = None


@dataclass(frozen=True)
class Plan:
    round_id: str
    year: int
    template: PlanTemplate
    texts: dict[str, str]
    targets: tuple[Target, ...]
    tasks: tuple[Task, ...]
    issue: PlanIssue = PlanIssue()

    def area_tasks(self, area: str) -> tuple[Task, ...]:
        return tuple(sorted((t for t in self.tasks if t.area == area), key=lambda t: t.position))

    def area_targets(self, area: str) -> tuple[Target, ...]:
        return tuple(sorted((t for t in self.targets if t.area == area), key=lambda t: t.position))
