"""An office's own wording and layout of the documents of a plan, as a form pack.

What it does not say is as the program prints it by itself. `PARTS` and `WORDINGS` are all that can be said:
a new document, part or wording is a line here and its words in the catalogue (`documents.<key>`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from cchc_desktop.domain.document_layout import Layout, layout_faults
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass, field
from cchc_desktop.quick_pattern import pattern


class PlanDocument(StrEnum):
    """What is printed of a plan."""

    PLAN = "plan"
    DECISION = "decision"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document, in the order in which it stands by itself. `always`: never left out."""

    name: str
    always: bool = False


PARTS: Mapping[PlanDocument, tuple[Part, ...]] = {
    PlanDocument.PLAN: (
        Part("letterhead", always=True),
        Part("title", always=True),
        Part("grounds"),
        Part("opening"),
        Part("sections", always=True),
        Part("closing", always=True),
        Part("tasks"),
    ),
    PlanDocument.DECISION: (
        Part("letterhead", always=True),
        Part("title", always=True),
        Part("authority"),
        Part("grounds"),
        Part("order"),
        Part("articles", always=True),
        Part("closing", always=True),
        Part("plan", always=True),
        Part("tasks"),
    ),
    PlanDocument.LETTER: (
        Part("letterhead", always=True),
        Part("addressees", always=True),
        Part("body", always=True),
        Part("closing", always=True),
    ),
}
# These follow the body or begin a document: no template moves them.
_FIRST, _LAST = "letterhead", ("closing", "plan", "tasks")

_COMMON = frozenset({"unit", "superior", "place", "year", "period", "subject"})
_NUMBERED = _COMMON | {"number", "date"}


def _with(*names: str) -> frozenset[str]:
    return _COMMON | frozenset(names)


# Key of a wording → the placeholders that it may hold.
WORDINGS: Mapping[str, frozenset[str]] = {
    "plan.kind": _COMMON,
    "plan.abstract": _COMMON,
    "plan.opening": _COMMON,
    "plan.targets_intro": _COMMON,
    "plan.area": _with("area", "count", "leads"),
    "plan.tasks_annex": _with("count", "annex"),
    "plan.budget_known": _with("count", "cost", "sources"),
    "plan.budget_unknown": _with("count"),
    "plan.annex_title": _COMMON,
    "plan.annex_reference": _NUMBERED,
    "plan.target": _COMMON,
    "plan.unit": _COMMON,
    "plan.baseline": _COMMON,
    "plan.goal": _with("goal_year"),
    "plan.goal_by": _with("goal_year"),
    "plan.source": _COMMON,
    "plan.task": _COMMON,
    "plan.product": _COMMON,
    "plan.lead": _COMMON,
    "plan.coworkers": _COMMON,
    "plan.due": _COMMON,
    "plan.milestone": _with("milestone_year"),
    "plan.cost": _COMMON,
    "plan.note": _COMMON,
    "decision.kind": _COMMON,
    "decision.abstract": _COMMON,
    "decision.authority": _with("authority"),
    "decision.request": _COMMON,
    "decision.order": _COMMON,
    "decision.articles": _COMMON,
    "decision.recipient": _COMMON,
    "decision.plan_reference": _NUMBERED,
    "decision.annex_reference": _NUMBERED,
    "letter.subject": _COMMON,
    "letter.drafter": _COMMON,
    "letter.through": _with("addressee", "via"),
    "letter.body": _NUMBERED | {"document", "tasks", "targets"},
    "letter.recipients": _COMMON,
}
# Without these words a document would lack something that the decree asks for.
NEEDED = frozenset(
    {
        *("plan.kind", "plan.abstract", "decision.kind", "decision.abstract", "decision.articles"),
        *("letter.subject", "letter.body", "plan.annex_title", "plan.annex_reference"),
    }
)
PLACEHOLDER = pattern(r"\{([^{}]*)\}")
LONGEST_WORDING = 4_000


def fill(words: str, values: Mapping[str, str]) -> str:
    """The wording with its placeholders filled; what is no placeholder stays as it stands."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), words)


@dataclass(frozen=True)
class DocumentTemplate:
    """A form pack, immutable by id and version. What `wordings` and `parts` leave out is the program's."""

    id: str = ""
    version: int = 0
    title: str = ""
    unit_kinds: tuple[UnitKind, ...] = ()
    layout: Layout = field(default_factory=Layout)
    wordings: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[PlanDocument, tuple[str, ...]] = field(default_factory=dict)
    source: str = ""

    @property
    def effective_from(self) -> date | None:
        """A template holds from the day it is installed."""
        return None

    def parts_of(self, document: PlanDocument) -> tuple[str, ...]:
        own = self.parts.get(document)
        return tuple(part.name for part in PARTS[document]) if own is None else own


def template_faults(template: DocumentTemplate) -> tuple[Message, ...]:
    """All that is wrong with a template, each with its place and what is allowed there."""
    found = [*layout_faults(template.layout)]
    for key, words in template.wordings.items():
        found += wording_faults(key, words)
    for document, names in template.parts.items():
        found += parts_faults(document, names)
    return tuple(found)


def wording_faults(key: str, words: str) -> list[Message]:
    """What is wrong with the office's own words for that key."""
    known = WORDINGS.get(key)
    if known is None:
        return [message("document_template.unknown_wording", key=key)]
    if key in NEEDED and not words.strip():
        return [message("document_template.empty_wording", key=key)]
    if len(words) > LONGEST_WORDING:
        return [message("document_template.long_wording", key=key, length=len(words), limit=LONGEST_WORDING)]
    unknown = [name for name in PLACEHOLDER.findall(words) if name not in known]
    if unknown or "{" in (rest := PLACEHOLDER.sub("", words)) or "}" in rest:
        return [
            message(
                "document_template.unknown_placeholder",
                key=key,
                found="{" + unknown[0] + "}" if unknown else "{ }",
                known=tuple("{" + name + "}" for name in sorted(known)),
            )
        ]
    return []


def parts_faults(document: PlanDocument, names: tuple[str, ...]) -> list[Message]:
    """What is wrong with the parts of a document in that order."""
    place = message(f"document_template.document_{document}")
    parts = {part.name: part for part in PARTS[document]}
    known = tuple(parts)
    found = [
        message("document_template.unknown_part", document=place, part=name, known=known)
        for name in names
        if name not in parts
    ]
    found += [
        message("document_template.part_twice", document=place, part=name)
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    found += [
        message("document_template.part_missing", document=place, part=part.name)
        for part in parts.values()
        if part.always and part.name not in names
    ]
    if not found and not _in_order(names, known):
        found.append(message("document_template.part_order", document=place, first=_FIRST, last=_LAST))
    return found


def _in_order(names: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """The head comes first; the signature, the attached plan and the annex come last, in their own order."""
    last = [name for name in known if name in _LAST and name in names]
    return names[:1] == (_FIRST,) and list(names[len(names) - len(last) :]) == last
