"""Search over rows, tasks, targets and evidence of all years, as people type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.plan import PlanRecord
from cchc_desktop.domain.round import Round
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.language import format_date, text
from cchc_desktop.store import plans, rounds, search_texts
from cchc_desktop.store.database import Connection
from cchc_desktop.store.profile import Profile

MOST_OF_A_KIND = 30
"""Hits of one kind in one year that `find` brings; it counts the others."""
_CODES = 3
"""Rows whose codes are said of a piece of evidence."""


class HitKind(StrEnum):
    ROW = "row"
    TASK = "task"
    TARGET = "target"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Hit:
    """`key` is the row's permanent key or the record's id; `code` a row's code or a document's number.

    `title` is what it is called, `detail` what else was searched and may have matched, `round_id` its year's.
    `place` says where it stands ("1.1 Kế hoạch CCHC").
    """

    kind: HitKind
    key: str
    code: str
    title: str
    detail: str
    area: str = ""
    round_id: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class KindHits:
    """What of one kind was found in a year, best first; `total` counts those that were left out too."""

    kind: HitKind
    hits: tuple[Hit, ...]
    total: int


@dataclass(frozen=True, slots=True)
class YearHits:
    """What was found in a round; the kind with the best hit first."""

    round: Round
    kinds: tuple[KindHits, ...]

    @property
    def total(self) -> int:
        return sum(found.total for found in self.kinds)


_Candidate = tuple[HitKind, str, str, str, Sequence[str], str, str]
"""The fields of a hit up to its area, what its detail is made of still apart; and the further plan that it is
of, else ""."""


def find(profile: Profile, text: str, first: str = "", most: int = MOST_OF_A_KIND) -> tuple[YearHits, ...]:
    """What holds each word of `text`, by year (that of the round `first`, then the newest first) and kind.

    At most `most` hits of a kind in a year. Years without a hit are left out.
    """
    words = _folded(text).split()
    if not words:
        return ()

    packs = _Packs(profile.folder)

    def read(db: Connection) -> tuple[YearHits, ...]:
        years = sorted(rounds.all_rounds(db), key=lambda round_: round_.id != first)
        found = (YearHits(round_, _by_kind(db, round_, packs, words, most)) for round_ in years)
        return tuple(year for year in found if year.kinds)

    return profile.read(read)


def _by_kind(
    db: Connection, round_: Round, packs: _Packs, words: list[str], most: int
) -> tuple[KindHits, ...]:
    ranked: list[tuple[int, _Candidate]] = []
    for one in _candidates(db, round_, packs.criteria(round_)):
        _kind, _key, code, title, details, _area, _plan = one
        if (rank := _rank(code, title, details, words)) is not None:
            ranked.append((rank, one))
    ranked.sort(key=lambda entry: entry[0])
    kinds: dict[HitKind, list[_Candidate]] = {}
    for _, one in ranked:
        kinds.setdefault(one[0], []).append(one)
    place = _Places(db, round_, packs)
    return tuple(
        KindHits(kind, tuple(_hit(one, round_, place.of(one)) for one in found[:most]), len(found))
        for kind, found in kinds.items()
    )


def _hit(found: _Candidate, round_: Round, place: str) -> Hit:
    kind, key, code, title, details, area, _plan = found
    return Hit(kind, key, code, title, _joined(*details), area, round_.id, place)


class _Packs:
    """The form packs of all rounds, each looked for once in a search."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._criteria: dict[PackRef, CriteriaSet | None] = {}
        self._areas: dict[PackRef, dict[str, str]] = {}

    def criteria(self, round_: Round) -> CriteriaSet | None:
        """None: the pack is gone, and the rows with it. Plan and evidence stay findable."""
        ref = PackRef(round_.criteria_id, round_.criteria_version)
        if ref not in self._criteria:
            try:
                self._criteria[ref] = registry.criteria_set(ref, self._folder)
            except KnownError:
                self._criteria[ref] = None
        return self._criteria[ref]

    def areas(self, ref: PackRef) -> dict[str, str]:
        """The names of a plan's content areas by their keys; none where the pack is gone."""
        if ref not in self._areas:
            try:
                areas = registry.plan_template(ref, self._folder).areas
            except KnownError:
                areas = ()
            self._areas[ref] = {area.key: f"{area.code} {area.title}" for area in areas}
        return self._areas[ref]


class _Places:
    """Says where a hit stands, "" where the form pack that names the place is gone; reads what it needs."""

    def __init__(self, db: Connection, round_: Round, packs: _Packs) -> None:
        self._db, self._round, self._packs = db, round_, packs
        self._criteria = packs.criteria(round_)

    def of(self, found: _Candidate) -> str:
        kind, key, code, _title, _details, area, plan_id = found
        match kind:
            case HitKind.EVIDENCE:
                return _of_rows(self._codes(key))
            case HitKind.ROW:
                return self._section(code)
        plan = self._plans[plan_id or self._round.id]
        name = self._packs.areas(plan.template).get(area, "")
        return name if plan.is_rounds_own else _joined(_plan_name(plan), name)

    def _section(self, code: str) -> str:
        parent = self._criteria.parent_code(code) if self._criteria else None
        return f"{parent} {self._criteria.by_code[parent].label}" if self._criteria and parent else ""

    def _codes(self, evidence_id: str) -> list[str]:
        nodes = self._criteria.by_key if self._criteria else {}
        return [nodes[key].code for key in self._links.get(evidence_id, ()) if key in nodes]

    @cached_property
    def _plans(self) -> dict[str, PlanRecord]:
        return {plan.id: plan for plan in plans.of_round(self._db, self._round.id)}

    @cached_property
    def _links(self) -> dict[str, list[str]]:
        return search_texts.rows_of_evidence(self._db, self._round.id)


def _plan_name(plan: PlanRecord) -> str:
    return text(f"search.plan_{plan.kind}", year=str(plan.first_year), last=str(plan.last_year))


def _of_rows(codes: list[str]) -> str:
    if not codes:
        return text("search.no_row")
    shown = ", ".join(codes[:_CODES])
    if len(codes) > _CODES:
        return text("search.of_rows_more", rows=shown, more=len(codes) - _CODES)
    return text("search.of_rows", rows=shown)


def _candidates(db: Connection, round_: Round, criteria: CriteriaSet | None) -> Iterator[_Candidate]:
    """What a hit is made of, in its order; most are none, and a hit takes its time to make."""
    of = round_.id
    nodes = (*criteria.rows, *criteria.adjustments) if criteria else ()
    explanations = search_texts.explanations(db, of)
    for node in nodes:
        told = (node.evidence, node.guidance, explanations.get(node.key, ""))
        yield HitKind.ROW, node.key, node.code, node.label, told, "", ""
    for id_, plan_id, area, title, *details in search_texts.tasks(db, of):
        yield HitKind.TASK, id_, "", title, details, area, plan_id or ""
    for id_, plan_id, area, title, *details in search_texts.targets(db, of):
        yield HitKind.TARGET, id_, "", title, details, area, plan_id or ""
    for piece in search_texts.evidence(db, of):
        told = (piece.abstract, piece.issuer, _day(piece.issued_on))
        yield HitKind.EVIDENCE, piece.id, piece.number, piece.name, told, "", ""


@lru_cache(maxsize=1_000)
def _day(stored: str | None) -> str:
    return format_date(date.fromisoformat(stored)) if stored else ""


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _rank(code: str, title: str, details: Sequence[str], words: list[str]) -> int | None:
    """0 the code itself, 1 the beginning of the code, 2 the title, 3 elsewhere; None: a word is missing."""
    everywhere = _folded("\n".join((code, title, *details)))
    for word in words:
        if word not in everywhere:
            return None
    phrase, code = " ".join(words), _folded(code)
    if code and code.startswith(phrase):
        return 0 if code == phrase else 1
    title = _folded(title)
    return 2 if all(word in title for word in words) else 3


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    return folded(text)
