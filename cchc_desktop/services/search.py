"""Search over a round's rows, tasks, targets and evidence; accents, đ and case do not matter."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from cchc_desktop.domain.evidence import Evidence
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plain_text import folded
from cchc_desktop.domain.plan import Target, Task
from cchc_desktop.domain.round import Round
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.language import format_date
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.store import answers, evidence, plan, rounds
from cchc_desktop.store.database import Connection
from cchc_desktop.store.profile import Profile

MOST_HITS = 100


class HitKind(StrEnum):
    ROW = "row"
    TASK = "task"
    TARGET = "target"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Hit:
    """`key` is the row's permanent key or the record's id; `code` a row's code or a document's number.

    `title` is what it is called, `detail` what else was searched and may have matched.
    """

    kind: HitKind
    key: str
    code: str
    title: str
    detail: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    tasks: tuple[Task, ...]
    targets: tuple[Target, ...]
    evidence: tuple[Evidence, ...]
    explanations: dict[str, str]
    round: Round


def find(profile: Profile, round_id: str, text: str) -> tuple[Hit, ...]:
    """Everything that holds each word of `text`, best first, at most `MOST_HITS`; () for no word at all."""
    words = _folded(text).split()
    if not words:
        return ()

    def read(db: Connection) -> _Found:
        stated = answers.of_round(db, round_id)
        return _Found(
            plan.tasks(db, round_id),
            plan.targets(db, round_id),
            evidence.of_round(db, round_id),
            {key: answer.explanation for key, answer in stated.items()},
            rounds.one(db, round_id),
        )

    ranked: list[tuple[int, int, Hit]] = []
    for place, hit in enumerate(_candidates(profile.read(read), profile.folder)):
        if (rank := _rank(hit, words)) is not None:
            ranked.append((rank, place, hit))
    ranked.sort(key=lambda entry: entry[:2])
    return tuple(hit for _rank_, _place, hit in ranked[:MOST_HITS])


def _candidates(found: _Found, folder: Path) -> Iterator[Hit]:
    ref = PackRef(found.round.criteria_id, found.round.criteria_version)
    try:
        criteria = registry.criteria_set(ref, folder)
        nodes = (*criteria.rows, *criteria.adjustments)
    except KnownError:
        nodes = ()
    for node in nodes:
        detail = _joined(node.evidence, node.guidance, found.explanations.get(node.key, ""))
        yield Hit(HitKind.ROW, node.key, node.code, node.label, detail)
    for task in found.tasks:
        detail = _joined(task.product, task.lead, task.coworkers, task.due)
        yield Hit(HitKind.TASK, task.id, "", task.title, detail, task.area)
    for target in found.targets:
        detail = _joined(target.value, target.unit, target.source)
        yield Hit(HitKind.TARGET, target.id, "", target.title, detail, target.area)
    for piece in found.evidence:
        record = piece.record
        issued = format_date(record.issued_on) if record.issued_on else ""
        detail = _joined(record.abstract, record.issuer, issued)
        yield Hit(HitKind.EVIDENCE, piece.id, record.number, piece.name, detail)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _rank(hit: Hit, words: list[str]) -> int | None:
    """0 the code itself, 1 the beginning of the code, 2 the title, 3 elsewhere; None: a word is missing."""
    code, title = _folded(hit.code), _folded(hit.title)
    phrase = " ".join(words)
    if code and code == phrase:
        return 0
    if code and code.startswith(phrase):
        return 1
    if all(word in title for word in words):
        return 2
    everywhere = f"{code} {title} {_folded(hit.detail)}"
    return 3 if all(word in everywhere for word in words) else None


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    return folded(text)
