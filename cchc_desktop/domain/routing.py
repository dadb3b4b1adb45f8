"""Who a plan goes to and until when, by unit kind, plan kind and day; and which bodies have ended.

Calendar packs state it: the program's own for the whole country, a province's over it, a plan template's own
lines over both. Where the upper one says something of the same unit kind, plan kind (or subject) and day, the
lower is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cchc_desktop.domain.dated_rule import Body, Deadline
from cchc_desktop.domain.dated_rule import Route as Route
from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.plan_template import PlanKind, PlanTemplate
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.quick_dataclass import dataclass, replace

PLAN_SUBJECT = "plan"


def kind_word(kind: PlanKind) -> str:
    """How routes and deadlines name a plan's kind: the yearly plan is "plan", the others by their value."""
    return PLAN_SUBJECT if kind is PlanKind.YEARLY else kind.value


KIND_WORDS = tuple(kind_word(kind) for kind in PlanKind)


def _is_of(line: Deadline | Route, unit_kind: UnitKind) -> bool:
    return not line.unit_kinds or unit_kind in line.unit_kinds


def _holds(line: Deadline, unit_kind: UnitKind, year: int) -> bool:
    return _is_of(line, unit_kind) and line.in_force(date(year, line.month, line.day))


@dataclass(frozen=True)
class Routing:
    """A calendar pack, over `base`. `province` is empty for the whole country's.

    `past_marks` are words after a body's name that say that the old body is meant ("cũ", "trước sắp xếp").
    `levels`: names that begin the name of a body of one level; the first of a group is what routes say.
    """

    id: str = ""
    version: int = 0
    title: str = ""
    province: str = ""
    source: str = ""
    deadlines: tuple[Deadline, ...] = ()
    routes: tuple[Route, ...] = ()
    bodies: tuple[Body, ...] = ()
    past_marks: tuple[str, ...] = ()
    levels: tuple[tuple[str, ...], ...] = ()
    base: Routing | None = None

    @property
    def unit_kinds(self) -> tuple[UnitKind, ...]:
        """For every kind of unit: its lines say whose they are."""
        return ()

    @property
    def effective_from(self) -> date | None:
        """From when on any line holds is each line's own to say."""
        return None

    @classmethod
    def of_template(cls, template: PlanTemplate, base: Routing) -> Routing:
        """What a plan template says of its own, over the calendar packs."""
        return cls(
            id=template.id,
            version=template.version,
            deadlines=template.deadlines,
            routes=template.routes,
            bodies=template.bodies,
            base=base,
        )

    def over(self, base: Routing) -> Routing:
        """This one, with `base` (and what that stands on) asked where this says nothing."""
        return replace(self, base=self.base.over(base) if self.base else base)

    def layers(self) -> Iterator[Routing]:
        """From the one that is asked first."""
        layer: Routing | None = self
        while layer is not None:
            yield layer
            layer = layer.base

    def offices(self, unit_kind: UnitKind, plan_kind: PlanKind, day: date) -> tuple[Route, ...]:
        """Where such a plan is sent on that day; nothing when nobody says."""
        word = kind_word(plan_kind)
        for layer in self.layers():
            found = tuple(
                route
                for route in layer.routes
                if route.plan_kind == word and _is_of(route, unit_kind) and route.in_force(day)
            )
            if found:
                return found
        return ()

    def email_of(self, unit_kind: UnitKind, day: date) -> str:
        """Where the office that takes the yearly plan in takes packages by mail; "" when nobody says."""
        for layer in self.layers():
            for route in layer.routes:
                if (
                    route.email
                    and route.plan_kind == PLAN_SUBJECT
                    and _is_of(route, unit_kind)
                    and route.in_force(day)
                ):
                    return route.email
        return ""

    def plan_deadline(self, unit_kind: UnitKind, plan_kind: PlanKind, year: int) -> Deadline | None:
        """Until when such a plan of `year` (its first, for a five-year plan) is issued; None: nobody says."""
        word = kind_word(plan_kind)
        for layer in self.layers():
            for line in layer.deadlines:
                if line.subject == PLAN_SUBJECT and line.plan_kind == word and _holds(line, unit_kind, year):
                    return line
        return None

    def yearly_deadlines(self, unit_kind: UnitKind, year: int) -> tuple[Deadline, ...]:
        """What else is due in the year, each subject as the uppermost layer that knows it says."""
        found: dict[str, Deadline] = {}
        for layer in self.layers():
            own = [
                line
                for line in layer.deadlines
                if line.subject != PLAN_SUBJECT and _holds(line, unit_kind, year)
            ]
            found |= {line.subject: line for line in reversed(own) if line.subject not in found}
        return tuple(sorted(found.values(), key=lambda line: (line.month, line.day, line.key)))

    def ended_bodies(self, day: date) -> tuple[Body, ...]:
        """Bodies that were no more on that day; of one name what the uppermost layer says."""
        found: dict[str, Body] = {}
        for layer in self.layers():
            for body in layer.bodies:
                found.setdefault(folded(body.name), body)
        return tuple(b for b in found.values() if b.valid_to is not None and b.valid_to < day)

    def all_past_marks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mark for layer in self.layers() for mark in layer.past_marks))

    def level_of(self, addressee: str) -> tuple[str, ...]:
        """All names that bodies of the addressee's level begin with."""
        groups = [group for layer in self.layers() for group in layer.levels if addressee in group[:1]]
        return (addressee, *(name for group in groups for name in group))


@dataclass(frozen=True)
class Sending:
    """Where a plan goes on a day, and until when it was to be issued."""

    routes: tuple[Route, ...]
    deadline: Deadline | None
    due: date | None


@dataclass(frozen=True)
class UnitRouting:
    """A routing as it holds for one unit, with the name of the unit's own superior."""

    routing: Routing
    unit: Unit

    def offices(self, plan_kind: PlanKind, day: date) -> tuple[Route, ...]:
        found = self.routing.offices(self.unit.kind, plan_kind, day)
        return tuple(replace(route, addressee=self._addressee(route.addressee)) for route in found)

    def sending(self, plan_kind: PlanKind, year: int, day: date) -> Sending:
        """Of a plan of `year` that is sent on `day`."""
        line = self.routing.plan_deadline(self.unit.kind, plan_kind, year)
        routes = self.offices(plan_kind, day)
        if line is None:
            return Sending(routes, None, None)
        return Sending(routes, self._named(line, plan_kind, year), date(year, line.month, line.day))

    def yearly_deadlines(self, year: int) -> tuple[Deadline, ...]:
        found = self.routing.yearly_deadlines(self.unit.kind, year)
        return tuple(self._named(line, PlanKind.YEARLY, year) for line in found)

    def _addressee(self, general: str) -> str:
        """The unit's own superior, where its name is one of the level that the route names."""
        superior = self.unit.superior.strip()
        if "{superior}" in general:
            return general.replace("{superior}", superior)
        beginning = f"{folded(superior)} "
        same = any(beginning.startswith(f"{folded(name)} ") for name in self.routing.level_of(general))
        return superior if same else general

    def _named(self, line: Deadline, plan_kind: PlanKind, year: int) -> Deadline:
        """With whom the thing goes to; with nobody, where no route says so on that day."""
        recipient = line.recipient.replace("{superior}", self.unit.superior)
        if "{addressee}" in recipient or "{via}" in recipient:
            routes = self.offices(plan_kind, date(year, line.month, line.day))
            recipient = "; ".join(
                recipient.replace("{addressee}", route.addressee).replace("{via}", route.via)
                if route.via
                else route.addressee
                for route in routes
            )
        return replace(line, recipient=recipient.strip())


def office_of(route: Route) -> str:
    """The office that takes the plan in: whom it goes through, else whom it goes to."""
    return route.via or route.addressee
