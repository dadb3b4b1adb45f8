"""A plan: what the unit wrote into its template (`plan_template`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan_template import PlanKind, PlanTemplate, TemplateSection
from cchc_desktop.domain.preset import Milestone as Milestone
from cchc_desktop.domain.round import Round
from cchc_desktop.domain.routing import Routing, Sending, UnitRouting
from cchc_desktop.domain.signing_as import SignsAs
from cchc_desktop.domain.unit import Person
from cchc_desktop.quick_dataclass import dataclass, field

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
    `criteria` are permanent row keys. `percent` is how far the task has got, 0 … 100, None when nobody said.
    `carried_from` is the year whose plan left it unfinished (chuyển tiếp), None for a task of this year.
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
    percent: int | None = None
    milestones: tuple[Milestone, ...] = ()
    carried_from: int | None = None


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
    milestones: tuple[Milestone, ...] = ()


class PlanForm(StrEnum):
    """A plan is issued as a Kế hoạch of its own, or attached to a Quyết định."""

    PLAN = "plan"
    DECISION = "decision"


@dataclass(frozen=True)
class PlanIssue:
    """How the plan was issued: number and date stay empty until the clerk gives them.

    `number` and `issued_on` are those of what the plan was issued by: of the Kế hoạch itself, or of the Quyết
    định that it is attached to. `signer` is empty where the head, or for KT. the deputy, signs. The last two
    are those of the letter (công văn) that carries the plan to the office.
    """

    number: str = ""
    issued_on: date | None = None
    form: PlanForm = PlanForm.PLAN
    signs_as: SignsAs = SignsAs.HEAD
    signer: Person = field(default_factory=Person)
    letter_number: str = ""
    letter_on: date | None = None


@dataclass(frozen=True)
class PlanRecord:
    """One plan of a round, without its content. The round's own yearly plan bears the round's id.

    `first_year` … `last_year` is the period that it covers, the same year twice but for a five-year plan;
    `starts_on` is the first day of a part-year plan.
    """

    id: str
    round_id: str
    kind: PlanKind
    template: PackRef
    first_year: int
    last_year: int
    starts_on: date | None = None
    issue: PlanIssue = PlanIssue()

    @property
    def is_rounds_own(self) -> bool:
        return self.id == self.round_id


@dataclass(frozen=True)
class PlanContent:
    """What the unit wrote: texts by section key, targets and tasks by area and position."""

    texts: Mapping[str, str]
    targets: tuple[Target, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Plan:
    """A plan whole. `template` is already the unit's own (`PlanTemplate.for_unit`).

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
    record: PlanRecord | None = None
    routing: UnitRouting | None = None

    @classmethod
    def of(
        cls,
        round_: Round,
        template: PlanTemplate,
        record: PlanRecord,
        content: PlanContent,
        routing: Routing | None = None,
    ) -> Plan:
        """The plan of `record` on `template` as its pack says it; its dates and offices by `routing`."""
        return cls(
            round_.id,
            round_.year,
            template.for_unit(round_.unit, round_.year),
            dict(content.texts),
            content.targets,
            content.tasks,
            record.issue,
            record,
            UnitRouting(Routing.of_template(template, routing or Routing()), round_.unit),
        )

    @property
    def id(self) -> str:
        """The plan's id; that of the round for the round's own yearly plan."""
        return self.record.id if self.record else self.round_id

    @property
    def kind(self) -> PlanKind:
        return self.record.kind if self.record else PlanKind.YEARLY

    @property
    def first_year(self) -> int:
        return self.record.first_year if self.record else self.year

    @property
    def last_year(self) -> int:
        return self.record.last_year if self.record else self.year

    @property
    def starts_on(self) -> date:
        """The first day of what the plan covers."""
        return (self.record and self.record.starts_on) or date(self.first_year, 1, 1)

    def sending(self, day: date) -> Sending:
        """Which offices the plan goes to when it is sent on that day, and until when it was due."""
        if self.routing is None:
            return Sending((), None, None)
        return self.routing.sending(self.kind, self.first_year, day)

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
