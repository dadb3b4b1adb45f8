"""Old profiles of units that merged: their rounds with answers, plan and evidence come along, archived."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.evidence import Evidence, LinkKind
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import PlanContent, PlanRecord
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.round import Round
from cchc_desktop.errors import KnownError
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass, replace
from cchc_desktop.store import answers, evidence, evidence_files, plan, plans, rounds
from cchc_desktop.store.change import Change
from cchc_desktop.store.codec import new_id
from cchc_desktop.store.database import Connection
from cchc_desktop.store.profile import old_profile


@dataclass(frozen=True, slots=True)
class OldRound:
    """All that a round holds, read from another profile."""

    round: Round
    origin: str
    answers: dict[str, Answer]
    plans: tuple[tuple[PlanRecord, PlanContent], ...]
    evidence: tuple[Evidence, ...]


def _read(db: Connection, origin: Path) -> Iterator[OldRound]:
    for old in reversed(rounds.all_rounds(db)):
        yield OldRound(
            old,
            str(origin),
            answers.of_round(db, old.id),
            tuple((record, plan.content(db, record.id)) for record in plans.of_round(db, old.id)),
            evidence.of_round(db, old.id),
        )


def gathered(folders: Sequence[Path], into: Path, progress: Progress | None = None) -> tuple[OldRound, ...]:
    """Read the rounds of old profiles and keep their evidence files in `into`, before any row names them.

    The old folders are only read. Raises `KnownError` store.* about an old folder, evidence.file_missing,
    evidence.file_changed.
    """
    seen: dict[Path, None] = dict.fromkeys(folder.resolve() for folder in folders)
    found: list[OldRound] = []
    for folder in seen:
        with old_profile(folder) as (db, files):
            old_rounds = tuple(_read(db, folder))
            pieces = [piece for old in old_rounds for piece in old.evidence]
            for done, piece in enumerate(pieces):
                if progress is not None:
                    progress.at(message("evidence.copying", name=piece.name), done, len(pieces))
                source = evidence_files.checked(files, piece.sha256, piece.name)
                evidence_files.keep_in(into, source, piece.size, Progress())
            found.extend(old_rounds)
    return tuple(found)


def insert(change: Change, old_rounds: Sequence[OldRound]) -> None:
    """Write them under new ids (two old units may share none), every round archived at its end."""
    for old in old_rounds:
        _insert_round(change, old)


def _insert_round(change: Change, old: OldRound) -> None:
    round_id = new_id()
    task_ids = {task.id: new_id() for _record, content in old.plans for task in content.tasks}
    copy = replace(old.round, id=round_id, archived=True)
    rounds.insert(change, copy, issue=old.plans[0][0].issue, origin=old.origin)
    for row_key, answer in old.answers.items():
        answers.insert(change, round_id, row_key, answer)
    for record, content in old.plans:
        plan_id = round_id if record.is_rounds_own else new_id()
        if not record.is_rounds_own:
            plans.insert(change, replace(record, id=plan_id, round_id=round_id))
        plan.insert_content(change, plan_id, content, task_ids)
    for piece in old.evidence:
        links = tuple(
            replace(link, key=task_ids[link.key]) if link.kind is LinkKind.TASK else link
            for link in piece.links
            if link.kind is not LinkKind.TASK or link.key in task_ids
        )
        evidence.add(change, replace(piece, id=new_id(), round_id=round_id, links=links))


def packs_of(old_rounds: Sequence[OldRound]) -> dict[Path, frozenset[PackRef]]:
    """What the rounds of each old folder were made with."""
    found: dict[Path, set[PackRef]] = {}
    for old in old_rounds:
        made = old.round
        refs = found.setdefault(Path(old.origin), set())
        refs.add(PackRef(made.criteria_id, made.criteria_version))
        refs.update(record.template for record, _content in old.plans)
    return {folder: frozenset(refs) for folder, refs in found.items()}


def refuse_own_folder(folders: Sequence[Path], own: Path) -> None:
    """A profile is no old profile of itself."""
    if any(folder.resolve() == own.resolve() for folder in folders):
        raise KnownError("rounds.own_folder", folder=str(own))
