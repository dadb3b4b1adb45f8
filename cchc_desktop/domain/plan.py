"""The yearly plan: template (from a form pack), and what the unit wrote into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cchc_desktop.domain.round import Round
from cchc_desktop.domain.unit import Unit, UnitKind


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
    """`source` says where the preset comes from; `basis` is what a plan prints as the target's ground.

    `level` is whose target the source states (tỉnh, huyện, xã, sở); `exception` where it does not hold.
    """

    key: str
    area: str
    title: str
    unit: str
    value: str
    source: str = ""
    level: str = ""
    exception: str = ""
    basis: str = ""


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
class Citation:
    """A document that a plan may rest on (căn cứ), with the days it is in force (None: open)."""

    text: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""

    def in_force(self, day: date) -> bool:
        return _covers(self.valid_from, self.valid_to, day)


@dataclass(frozen=True)
class Route:
    """Who a plan goes to, and through which office, from one day to another. `plan_kind`: "plan", …"""

    plan_kind: str
    addressee: str
    via: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""

    def in_force(self, day: date) -> bool:
        return _covers(self.valid_from, self.valid_to, day)


def _covers(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


@dataclass(frozen=True)
class PlanTemplate:
    """A plan template as its pack says it. `citations` are the texts of `grounds`.

    Texts may hold the placeholders `{unit}`, `{place}`, `{superior}`, `{year}`, `{last_year}`; `for_unit`
    fills them. `criteria_set` is the id of the set whose row keys the presets name.
    """

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
    grounds: tuple[Citation, ...] = ()
    routes: tuple[Route, ...] = ()
    criteria_set: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    source: str = ""

    def for_unit(self, unit: Unit, year: int) -> PlanTemplate:
        """The same template with the unit's own names and the year in its texts."""
        names = _names(unit, year)

        def own(text: str) -> str:
            for placeholder, name in names.items():
                text = text.replace(placeholder, name)
            return text

        grounds = tuple(
            replace(ground, text=own(ground.text))
            for ground in self.grounds
            if ground.in_force(date(year, 1, 1)) or ground.in_force(date(year, 12, 31))
        )
        citations = tuple(ground.text for ground in grounds) if self.grounds else self.citations
        return replace(
            self,
            citations=tuple(own(text) for text in citations),
            grounds=grounds,
            sections=tuple(replace(section, text=own(section.text)) for section in self.sections),
            tasks=tuple(
                replace(task, title=own(task.title), product=own(task.product), due=own(task.due))
                for task in self.tasks
            ),
            targets=tuple(replace(target, title=own(target.title)) for target in self.targets),
            deadlines=tuple(replace(line, recipient=own(line.recipient)) for line in self.deadlines),
            recipients=tuple(own(text) for text in self.recipients),
            routes=tuple(replace(route, addressee=own(route.addressee)) for route in self.routes),
        )


def _names(unit: Unit, year: int) -> Mapping[str, str]:
    return {
        "{unit}": unit.name,
        "{place}": unit.name.removeprefix("UBND ").removeprefix("Ủy ban nhân dân "),
        "{superior}": unit.superior or "UBND tỉnh",
        "{year}": str(year),
        "{last_year}": str(year - 1),
    }


# Texts of a plan that are no section of its template; the unit may change them all the same.
CITATIONS_TEXT = "citations"
RECIPIENTS_TEXT = "recipients"


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
    """The unit's plan. `template` is already the unit's own (`PlanTemplate.for_unit`).

    `texts` hold what the unit wrote, by section key (and CITATIONS_TEXT, RECIPIENTS_TEXT: one per line);
    what it did not write reads as the template's standing text (`text_of`, `citations`, `recipients`).
    """

    round_id: str
    year: int
    template: PlanTemplate
    texts: dict[str, str]
    targets: tuple[Target, ...]
    tasks: tuple[Task, ...]
    issue: PlanIssue = PlanIssue()

    @classmethod
    def of(
        cls,
        round_: Round,
        template: PlanTemplate,
        *,
        texts: Mapping[str, str],
        targets: tuple[Target, ...],
        tasks: tuple[Task, ...],
        issue: PlanIssue,
    ) -> Plan:
        """The round's plan on `template` as its pack says it."""
        own = template.for_unit(round_.unit, round_.year)
        return cls(round_.id, round_.year, own, dict(texts), targets, tasks, issue)

    def area_tasks(self, area: str) -> tuple[Task, ...]:
        return tuple(sorted((t for t in self.tasks if t.area == area), key=lambda t: t.position))

    def area_targets(self, area: str) -> tuple[Target, ...]:
        return tuple(sorted((t for t in self.targets if t.area == area), key=lambda t: t.position))

    def text_of(self, section: TemplateSection) -> str:
        return self.texts.get(section.key, section.text)

    @property
    def citations(self) -> tuple[str, ...]:
        return _lines(self.texts.get(CITATIONS_TEXT), self.template.citations)

    @property
    def recipients(self) -> tuple[str, ...]:
        return _lines(self.texts.get(RECIPIENTS_TEXT), self.template.recipients)


def _lines(written: str | None, standing: tuple[str, ...]) -> tuple[str, ...]:
    if written is None:
        return standing
    return tuple(line.strip() for line in written.splitlines() if line.strip())
