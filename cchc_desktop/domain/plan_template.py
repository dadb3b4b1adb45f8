"""A plan template as its form pack says it: sections, areas, presets, deadlines, citations, routes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol, TypeVar

from cchc_desktop.domain.criteria import Rename
from cchc_desktop.domain.suggestion_line import SuggestionLine
from cchc_desktop.domain.text_shapes import is_plain_number
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.quick_dataclass import dataclass, replace


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


class PlanCheck(StrEnum):
    """What the checks of a plan look at; a template may make one an error, a warning, or leave it out."""

    TEXTS = "texts"
    RECIPIENTS = "recipients"
    AREAS = "areas"
    TARGETS = "targets"
    TASKS = "tasks"
    DUPLICATES = "duplicates"
    ISSUE = "issue"
    COST = "cost"
    BODIES = "bodies"
    CITATIONS = "citations"
    PROGRESS = "progress"


class CheckLevel(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


@dataclass(frozen=True)
class CheckSetting:
    """How seriously a template takes one check; without one the check keeps its own severity."""

    check: PlanCheck
    level: CheckLevel
    source: str = ""


PLACEHOLDERS = ("{unit}", "{place}", "{superior}", "{year}", "{last_year}")
"""What texts of a template may hold; `PlanTemplate.for_unit` fills them."""


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
class Milestone:
    """What a plan of several years wants reached in one of them, as written ("85", "Ban hành đề án")."""

    year: int
    text: str


# `unit_kinds` of a part of a template: the kinds of unit that it is for; empty means all of the template's.
# A key may stand twice when no kind of unit gets both.


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
    unit_kinds: tuple[UnitKind, ...] = ()


@dataclass(frozen=True)
class PresetTask:
    """`slogan` names the slogan ("4 tăng, 2 giảm, 2 không") whose part the task serves."""

    key: str
    area: str
    title: str
    product: str
    lead: str
    coworkers: str
    due: str
    criteria: tuple[str, ...] = ()
    source: str = ""
    slogan: str = ""
    milestones: tuple[Milestone, ...] = ()
    unit_kinds: tuple[UnitKind, ...] = ()


@dataclass(frozen=True)
class PresetTarget:
    """`source` says where the preset comes from; `basis` is what a plan prints as the target's ground.

    `level` is whose target the source states (tỉnh, huyện, xã, sở); `exception` where it does not hold.
    `value` is that of `base_year` where the target rises or falls by `increment` each year, up to `limit`;
    all three in the target's own unit. `measure` says how it is measured; `slogan` as in PresetTask.
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
    increment: Decimal | None = None
    base_year: int | None = None
    limit: Decimal | None = None
    measure: str = ""
    slogan: str = ""
    milestones: tuple[Milestone, ...] = ()
    unit_kinds: tuple[UnitKind, ...] = ()

    def value_in(self, year: int) -> str:
        """What is to be reached in that year, as a plan prints it: "≥ 30" and 20 a year from 2021 give "≥ 70"
        for 2023."""
        if self.increment is None or self.base_year is None or year <= self.base_year:
            return self.value
        if (parts := _around_figure(self.value)) is None:
            return self.value
        sign, figure, rest = parts
        reached = Decimal(figure.replace(",", ".")) + self.increment * (year - self.base_year)
        if self.limit is not None:
            reached = min(reached, self.limit) if self.increment > 0 else max(reached, self.limit)
        shown = f"{reached:f}".rstrip("0").rstrip(".") if reached % 1 else str(int(reached))
        return f"{sign}{shown.replace('.', ',')}{rest}"

    def of_year(self, year: int) -> PresetTarget:
        """The same target as it stands in that year."""
        if self.base_year is None or year <= self.base_year:
            return self
        return replace(self, value=self.value_in(year), base_year=year)


def _around_figure(value: str) -> tuple[str, str, str] | None:
    """ "≥ 85,5 %" as "≥ ", "85,5", " %"; None where there is no figure or more than these three."""
    unsigned = value[1:] if value.startswith(("≥", "≤", ">", "<")) else value
    begin = len(value) - len(unsigned.lstrip())
    end = len(value.removesuffix("%").rstrip()) if value.endswith("%") else len(value)
    figure = value[begin:end]
    return (value[:begin], figure, value[end:]) if is_plain_number(figure.replace(",", "."), "") else None


def has_figure(value: str) -> bool:
    """Whether a yearly increment can be added to a target's value."""
    return _around_figure(value) is not None


DEADLINE_SUBJECTS = ("plan", "report-Q1", "report-H1", "report-Q3", "report-year", "selfscore")

# By month. A deadline comes every year, so 29 February is none.
YEARS = (2000, 2100)
SHORTEST_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Deadline:
    """What is due in a year: `month`/`day` of the year itself. `subject` says what it is for.

    `subject`: "plan", "report-Q1", "report-H1", "report-Q3", "report-year", "selfscore". `plan_kind` as in
    Route. `valid_from`/`valid_to` are the days between which the rule holds (None: open).
    """

    key: str
    subject: str
    title: str
    month: int
    day: int
    recipient: str = ""
    source: str = ""
    plan_kind: str = "plan"
    valid_from: date | None = None
    valid_to: date | None = None
    unit_kinds: tuple[UnitKind, ...] = ()

    def in_force(self, day: date) -> bool:
        return _covers(self.valid_from, self.valid_to, day)


@dataclass(frozen=True)
class Citation:
    """A document that a plan may rest on (căn cứ), with the days it is in force (None: open).

    A new plan cites those that are `preset`; the others stand in the library, to choose from. `replaced_by`
    names what came after it.
    """

    text: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    preset: bool = True
    replaced_by: str = ""

    def in_force(self, day: date) -> bool:
        return _covers(self.valid_from, self.valid_to, day)


@dataclass(frozen=True)
class Body:
    """An authority by its name, with the days from and to which it exists (None: open), and its heir."""

    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""
    source: str = ""

    def in_force(self, day: date) -> bool:
        return _covers(self.valid_from, self.valid_to, day)


@dataclass(frozen=True)
class Route:
    """Who a plan goes to, and through which office, from one day to another.

    `plan_kind`: "plan" (the yearly plan), "competitiveness", "five_year", "part_year", "indices". `email` is
    where that office takes packages by mail; calendar packs say it, plan templates don't.
    """

    plan_kind: str
    addressee: str
    via: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    unit_kinds: tuple[UnitKind, ...] = ()
    email: str = ""

    def in_force(self, day: date) -> bool:
        return _covers(self.valid_from, self.valid_to, day)


def _covers(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


class _ForKinds(Protocol):
    @property
    def unit_kinds(self) -> tuple[UnitKind, ...]: ...


P = TypeVar("P", bound=_ForKinds)


def _for_kind(parts: Iterable[P], kind: UnitKind) -> tuple[P, ...]:
    return tuple(part for part in parts if not part.unit_kinds or kind in part.unit_kinds)


class Keyed(_ForKinds, Protocol):
    @property
    def key(self) -> str: ...


def repeated_keys(parts: Iterable[Keyed]) -> Iterator[int]:
    """The places of parts whose key some kind of unit would get a second time."""
    seen: dict[str, set[UnitKind]] = {}
    every = set(UnitKind)
    for index, part in enumerate(parts):
        kinds = set(part.unit_kinds) or every
        taken = seen.setdefault(part.key, set())
        if taken & kinds:
            yield index
        taken |= kinds


_KEPT = 8
"""Units and years of which a template keeps its own form."""


@dataclass(frozen=True)
class PlanTemplate:
    """A plan template as its pack says it. `citations` are the texts of those `grounds` that are preset;
    those of a unit's own template are in force in its year, while its `grounds` stay the whole library.

    Texts may hold the placeholders `{unit}`, `{place}`, `{superior}`, `{year}`, `{last_year}`; `for_unit`
    fills them. `criteria_set` is the id of the set whose row keys the presets name. `renames` lead from the
    keys of earlier versions to those of this one. `suggestions` say what rows of that set ask of the plan.
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
    bodies: tuple[Body, ...] = ()
    checks: tuple[CheckSetting, ...] = ()
    renames: tuple[Rename, ...] = ()
    suggestions: tuple[SuggestionLine, ...] = ()

    def level_of(self, check: PlanCheck) -> CheckLevel | None:
        """How seriously this template takes the check; None where it says nothing."""
        return next((setting.level for setting in self.checks if setting.check is check), None)

    def for_unit(self, unit: Unit, year: int) -> PlanTemplate:
        """The same template for such a unit and year: its own names in the texts, its kind's parts, targets
        that rise by the year. Made once: every look at a plan asks for it."""
        made = self._of_units.get((unit, year))
        if made is None:
            if len(self._of_units) >= _KEPT:  # a unit that is being renamed is another one each time
                self._of_units.clear()
            made = self._of_units[unit, year] = self._made_for(unit, year)
        return made

    @cached_property
    def _of_units(self) -> dict[tuple[Unit, int], PlanTemplate]:
        return {}

    def _made_for(self, unit: Unit, year: int) -> PlanTemplate:
        names = _names(unit, year)

        def own(text: str) -> str:
            for placeholder, name in names.items():
                text = text.replace(placeholder, name)
            return text

        def own_in(part: _Part, *columns: str) -> _Part:
            """The part with its own names; most have none to put in and stay as they are."""
            changed: dict[str, Any] = {
                column: own(text) for column in columns if "{" in (text := getattr(part, column))
            }
            return replace(part, **changed) if changed else part

        grounds = tuple(own_in(ground, "text") for ground in self.grounds)
        days = (date(year, 1, 1), date(year, 12, 31))
        cited = tuple(g.text for g in grounds if g.preset and any(g.in_force(day) for day in days))
        citations = cited if self.grounds else self.citations
        return replace(
            self,
            citations=tuple(own(text) for text in citations),
            grounds=grounds,
            sections=tuple(own_in(section, "text") for section in _for_kind(self.sections, unit.kind)),
            tasks=tuple(own_in(task, "title", "product", "due") for task in _for_kind(self.tasks, unit.kind)),
            targets=tuple(
                own_in(target.of_year(year), "title") for target in _for_kind(self.targets, unit.kind)
            ),
            deadlines=tuple(own_in(line, "recipient") for line in _for_kind(self.deadlines, unit.kind)),
            recipients=tuple(own(text) for text in self.recipients),
            routes=tuple(own_in(route, "addressee") for route in _for_kind(self.routes, unit.kind)),
        )


_Part = TypeVar("_Part", Citation, TemplateSection, PresetTask, PresetTarget, Deadline, Route)


def _names(unit: Unit, year: int) -> Mapping[str, str]:
    return {
        "{unit}": unit.name,
        "{place}": unit.name.removeprefix("UBND ").removeprefix("Ủy ban nhân dân "),
        "{superior}": unit.superior or "UBND tỉnh",
        "{year}": str(year),
        "{last_year}": str(year - 1),
    }
