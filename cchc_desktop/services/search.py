"""Search over rows, tasks, targets and evidence of all years, as people type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.round import Round
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.language import format_date, text
from cchc_desktop.store import rounds, search_texts
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


def find(profile: Profile, text: str, first: str = "", most: int = MOST_OF_A_KIND) -> tuple[YearHits, ...]:
    """What holds each word of `text`, by year (that of the round `first`, then the newest first) and kind.

    At most `most` hits of a kind in a year. Years without a hit are left out.
    """
    words = _folded(text).split()
    if not words:
        return ()

    def read(db: Connection) -> tuple[YearHits, ...]:
        years = sorted(rounds.all_rounds(db), key=lambda round_: round_.id != first)
        found = (YearHits(round_, _by_kind(db, round_, profile.folder, words, most)) for round_ in years)
        return tuple(year for year in found if year.kinds)

    return profile.read(read)


def _by_kind(
    db: Connection, round_: Round, folder: Path, words: list[str], most: int
) -> tuple[KindHits, ...]:
    ranked = sorted(_ranked(db, round_, folder, words), key=lambda entry: entry[0])
    kinds: dict[HitKind, list[Hit]] = {}
    for _, hit in ranked:
        kinds.setdefault(hit.kind, []).append(hit)
    place = _places(db, round_, folder)
    return tuple(
        KindHits(kind, tuple(replace(hit, place=place(hit)) for hit in hits[:most]), len(hits))
        for kind, hits in kinds.items()
    )


def _places(db: Connection, round_: Round, folder: Path) -> Callable[[Hit], str]:
    """Says where a hit stands. A form pack that is gone leaves the place empty, and the hit findable."""
    try:
        criteria = registry.criteria_set(PackRef(round_.criteria_id, round_.criteria_version), folder)
    except KnownError:
        criteria = None
    try:
        template = registry.plan_template(
            PackRef(round_.plan_template_id, round_.plan_template_version), folder
        )
        areas = {area.key: f"{area.code} {area.title}" for area in template.areas}
    except KnownError:
        areas = {}
    links: dict[str, list[str]] = {}

    def place(hit: Hit) -> str:
        if hit.kind is HitKind.EVIDENCE:
            if not links:
                links.update(search_texts.rows_of_evidence(db, round_.id))
            return _of_rows(
                [criteria.by_key[key].code for key in links.get(hit.key, ()) if key in criteria.by_key]
                if criteria
                else []
            )
        if hit.kind is HitKind.ROW:
            parent = criteria.parent_code(hit.code) if criteria else None
            return f"{parent} {criteria.by_code[parent].label}" if criteria and parent else ""
        return areas.get(hit.area, "")

    return place


def _of_rows(codes: list[str]) -> str:
    if not codes:
        return text("search.no_row")
    shown = ", ".join(codes[:_CODES])
    if len(codes) > _CODES:
        return text("search.of_rows_more", rows=shown, more=len(codes) - _CODES)
    return text("search.of_rows", rows=shown)


def _ranked(db: Connection, round_: Round, folder: Path, words: list[str]) -> Iterator[tuple[int, Hit]]:
    for kind, key, code, title, detail, area in _candidates(db, round_, folder):
        if (rank := _rank(code, title, detail, words)) is not None:
            yield rank, Hit(kind, key, code, title, detail, area, round_.id)


def _candidates(
    db: Connection, round_: Round, folder: Path
) -> Iterator[tuple[HitKind, str, str, str, str, str]]:
    """What a hit is made of, in its order; most are none, and a hit takes its time to make."""
    of = round_.id
    try:
        criteria = registry.criteria_set(PackRef(round_.criteria_id, round_.criteria_version), folder)
        nodes = (*criteria.rows, *criteria.adjustments)
    except KnownError:
        nodes = ()
    explanations = search_texts.explanations(db, of)
    for node in nodes:
        detail = _joined(node.evidence, node.guidance, explanations.get(node.key, ""))
        yield HitKind.ROW, node.key, node.code, node.label, detail, ""
    for task in search_texts.tasks(db, of):
        detail = _joined(task.product, task.lead, task.coworkers, task.due)
        yield HitKind.TASK, task.id, "", task.title, detail, task.area
    for target in search_texts.targets(db, of):
        detail = _joined(target.value, target.unit, target.source)
        yield HitKind.TARGET, target.id, "", target.title, detail, target.area
    for piece in search_texts.evidence(db, of):
        issued = format_date(date.fromisoformat(piece.issued_on)) if piece.issued_on else ""
        detail = _joined(piece.abstract, piece.issuer, issued)
        yield HitKind.EVIDENCE, piece.id, piece.number, piece.name, detail, ""


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _rank(code: str, title: str, detail: str, words: list[str]) -> int | None:
    """0 the code itself, 1 the beginning of the code, 2 the title, 3 elsewhere; None: a word is missing."""
    everywhere = _folded(f"{code}\n{title}\n{detail}")
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
