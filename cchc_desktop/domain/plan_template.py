"""A plan template as its form pack says it: sections, areas, presets, deadlines, citations, routes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from cchc_desktop.domain.unit import Unit, UnitKind


class PlanKind(StrEnum):
    """What kind of plan a template is for. YEARLY is the round's own; the others hang on a round.

    COMPETITIVENESS: năng lực cạnh tranh of a year. FIVE_YEAR: a period with a milestone per year, from which
    the yearly plan takes its year. PART_YEAR: the rest of a year, after a merger. INDICES: raising PAR INDEX,
    PAPI, PCI.
    """

    YEARLY = "yearly"
    COMPETITIVENESS = "competitiveness"
    FIVE_YEAR = "five_year"
    PART_YEAR = "part_year"
    INDICES = "indices"


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
    kind: PlanKind = PlanKind.YEARLY

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
