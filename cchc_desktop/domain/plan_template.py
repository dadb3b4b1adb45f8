"""A plan template as its form pack says it, and the form that it takes for one unit and year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol, TypeVar

from cchc_desktop.domain.criteria import Rename
from cchc_desktop.domain.dated_rule import Body, Citation, Deadline, Route
from cchc_desktop.domain.preset import PresetTarget, PresetTask
from cchc_desktop.domain.suggestion_line import SuggestionLine
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


YEARS = (2000, 2100)
"""What a year in a template may be."""
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
