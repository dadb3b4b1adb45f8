"""Evidence: looking at a file before it is taken, keeping it, its record, its links, opening a copy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.evidence import DEFAULT_SIZE_LIMIT, Evidence, EvidenceLink, EvidenceRecord
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.errors import KnownError
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.store import evidence as store
from cchc_desktop.store import evidence_files, settings
from cchc_desktop.store.change import Change
from cchc_desktop.store.codec import new_id
from cchc_desktop.store.evidence import EvidenceByRow as EvidenceByRow
from cchc_desktop.store.profile import Profile

_LIMIT_SETTING = "evidence.size_limit"
# A page's links are worth a word where the file is a stranger's, not where it is one's own.
_OWN = frozenset({"active_content.pdf_link"})


@dataclass(frozen=True, slots=True)
class EvidenceInspection:
    """`name` as it would be kept. With `problems` it can't be added; `warnings` are for the user to weigh."""

    name: str
    size: int
    problems: tuple[Message, ...]
    warnings: tuple[Message, ...]


def size_limit(profile: Profile) -> int:
    """In bytes."""
    stored = profile.read(lambda db: settings.setting(db, _LIMIT_SETTING))
    return int(stored) if stored.isdecimal() else DEFAULT_SIZE_LIMIT


def set_size_limit(profile: Profile, limit: int) -> None:
    """In bytes, at least 1. Raises `KnownError` "evidence.bad_limit"."""
    if limit < 1:
        raise KnownError("evidence.bad_limit")
    profile.write(lambda change: change.set_setting(_LIMIT_SETTING, str(limit)))


def inspect(
    path: Path, profile: Profile, abstract: str = "", progress: Progress | None = None
) -> EvidenceInspection:
    """Look at a file before adding it; never raises for what the file is (only `Cancelled`).

    What it holds besides text and pictures (macros, scripts, links to other files) the receiver's program
    will point out: it is said here first, as a warning.
    """
    from cchc_desktop.intake.active_content import look_inside
    from cchc_desktop.intake.evidence import inspect as look_at

    found = look_at(path, size_limit(profile), abstract)
    warnings = list(found.warnings)
    if not found.problems:
        inside = (one.id for one in look_inside(path, found.name, progress) if one.id not in _OWN)
        if what := tuple(message(code.replace(".", ".short_", 1)) for code in inside):
            warnings.append(message("evidence.inside", what=what))
    return EvidenceInspection(found.name, found.size, found.problems, tuple(warnings))


def add(
    profile: Profile,
    round_id: str,
    path: Path,
    record: EvidenceRecord,
    links: Iterable[EvidenceLink] = (),
    progress: Progress | None = None,
) -> tuple[Changes, Evidence]:
    """Keep a file and its record; the file is on the disk before the record is.

    Raises `KnownError` with the first of the inspection's problems, store.disk_full and the like, and
    `Cancelled`; nothing is kept then.
    """
    from cchc_desktop.intake.evidence import inspect as look_at  # with the first file: pages only list them

    limit = size_limit(profile)
    found = look_at(path, limit)
    if found.problems:
        first = found.problems[0]
        raise KnownError(first.id, **dict(first.args))
    kept = evidence_files.keep(profile, path, limit, progress or Progress())
    new = Evidence(
        *(new_id(), round_id, found.name, kept.size, kept.sha256, record),
        added_at=datetime.now(VIETNAM),
        links=tuple(dict.fromkeys(links)),
    )

    def work(change: Change) -> Evidence:
        store.add(change, new)
        return store.one(change.db, new.id)

    return profile.write(work)


def all_evidence(profile: Profile, round_id: str) -> tuple[Evidence, ...]:
    """In the order in which it was added."""
    return profile.read(lambda db: store.of_round(db, round_id))


def evidence_by_row(profile: Profile, round_id: str) -> EvidenceByRow:
    """What hangs on each row of the scoring, by its permanent key."""
    return profile.read(lambda db: store.by_row(db, round_id))


def evidence_of(profile: Profile, round_id: str, link: EvidenceLink) -> tuple[Evidence, ...]:
    """What hangs on one row or task."""
    return tuple(piece for piece in all_evidence(profile, round_id) if link in piece.links)


def update_record(profile: Profile, evidence_id: str, record: EvidenceRecord) -> Changes:
    return profile.write(lambda change: store.update_record(change, evidence_id, record))[0]


def link(profile: Profile, evidence_id: str, links: Iterable[EvidenceLink]) -> Changes:
    """Hang evidence on more rows or tasks; one file may prove several."""
    wanted = tuple(links)

    def work(change: Change) -> None:
        store.link(change, store.one(change.db, evidence_id).round_id, evidence_id, wanted)

    return profile.write(work)[0]


def unlink(profile: Profile, evidence_id: str, links: Iterable[EvidenceLink]) -> Changes:
    """Take evidence off rows or tasks; it stays in the round."""
    unwanted = tuple(links)
    return profile.write(lambda change: store.unlink(change, evidence_id, unwanted))[0]


def remove(profile: Profile, evidence_ids: Iterable[str]) -> Changes:
    """Take evidence out of the round, links included. The files stay in the store for undo and history."""
    ids = tuple(evidence_ids)

    def work(change: Change) -> None:
        for evidence_id in ids:
            store.remove(change, evidence_id)

    return profile.write(work)[0]


def open_copy(profile: Profile, evidence_id: str) -> Path:
    """A read-only temporary copy, for opening in another program; gone when the profile closes.

    Raises `KnownError` evidence.file_missing or evidence.file_changed.
    """
    piece = profile.read(lambda db: store.one(db, evidence_id))
    return evidence_files.copy_for_opening(profile, piece.sha256, piece.name)
