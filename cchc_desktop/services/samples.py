"""Sample units: reading one, making its evidence files, and filling a profile with it."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from cchc_desktop import paths
from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.evidence import DEFAULT_SIZE_LIMIT, Evidence, EvidenceLink, LinkKind
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.sample import Sample, SampleEvidence
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import sample_codec
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import replace
from cchc_desktop.store import answers, evidence_files, plans, rounds
from cchc_desktop.store import evidence as evidence_store
from cchc_desktop.store import plan as plan_store
from cchc_desktop.store import profile as store_profile
from cchc_desktop.store.change import Change
from cchc_desktop.store.codec import new_id
from cchc_desktop.store.profile import Profile

KINDS = ("commune", "department")


def load(kind: str) -> Sample:
    """The sample unit of that kind. Raises `KnownError` demo.unknown_sample, demo.sample_missing."""
    if kind not in KINDS:
        raise KnownError("demo.unknown_sample", kind=kind, kinds=KINDS)
    try:
        content = (paths.forms_folder() / "samples" / f"{kind}.json").read_bytes()
    except OSError as error:
        raise KnownError("demo.sample_missing", kind=kind, detail=str(error)) from error
    return sample_codec.decode(content)


def make_profile(folder: Path, kind: str, progress: Progress | None = None) -> None:
    """Make the sample's profile in `folder`, whole or not at all; a profile that is there already stays.

    It is filled beside and renamed. Raises `Cancelled`, and the store's `KnownError`s.
    """
    if store_profile.exists(folder):
        return
    sample = load(kind)
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)

    def first(change: Change) -> None:
        rounds.add(change, sample.unit, sample.year, sample.criteria, sample.plan_template)

    try:
        with store_profile.create_profile(part, first)[0] as profile:
            fill(profile, sample, progress or Progress())
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def make_evidence_file(sample: Sample, piece: SampleEvidence, folder: Path) -> Path:
    """Make the file of one piece in `folder`, under its own name."""
    from cchc_desktop.documents import sample_evidence as made

    if piece.record.issued_on is None:
        raise KnownError("demo.sample_undated", name=piece.name)
    path = folder / piece.name
    shown = made.SampleEvidence(
        kind=made.SampleKind(piece.kind.value),
        number=piece.record.number,
        issued_on=piece.record.issued_on,
        issuer=piece.record.issuer,
        place=sample.unit.place,
        title=piece.title,
        abstract=_without_type(piece),
        lines=() if piece.table else piece.lines,
        superior=piece.superior,
        signer_title=piece.signer_title,
        signer=piece.signer,
        table=piece.table,
    )
    return made.write_sample(path, shown)


def links_of(piece: SampleEvidence, task_ids: dict[str, str]) -> tuple[EvidenceLink, ...]:
    """The piece's links with the profile's own task ids (`task_ids`: the sample's id → the profile's)."""
    return tuple(
        replace(link, key=task_ids[link.key]) if link.kind is LinkKind.TASK else link for link in piece.links
    )


def fill(profile: Profile, sample: Sample, progress: Progress | None = None) -> Changes:
    """Write the whole sample into the profile's newest round: plan, answers, evidence with its files.

    Three changes in the history, the last of which is returned. Raises `Cancelled`, and what writing raises.
    """
    shown = progress or Progress()
    round_id = profile.read(rounds.all_rounds)[0].id
    total = len(sample.evidence) + 2
    shown.at(message("demo.step_plan"), 0, total)
    task_ids = profile.write(lambda change: _write_plan(change, round_id, sample))[1]
    shown.at(message("demo.step_answers"), 1, total)
    profile.write(lambda change: _write_answers(change, round_id, sample))
    kept: list[Evidence] = []
    with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
        for number, piece in enumerate(sample.evidence, start=2):
            shown.at(message("demo.step_evidence"), number, total)
            path = make_evidence_file(sample, piece, Path(folder))
            file = evidence_files.keep(profile, path, DEFAULT_SIZE_LIMIT, Progress())
            record = Evidence(
                *(new_id(), round_id, piece.name, file.size, file.sha256, piece.record),
                added_at=datetime.now(VIETNAM),
                links=links_of(piece, task_ids),
            )
            kept.append(record)
    shown.at(message("demo.step_evidence"), total, total)

    def add_all(change: Change) -> None:
        for record in kept:
            evidence_store.add(change, record)

    return profile.write(add_all)[0]


def _write_plan(change: Change, round_id: str, sample: Sample) -> dict[str, str]:
    """Give the new id of each task of the sample."""
    for section, words in sample.texts.items():
        plan_store.set_text(change, round_id, section, words)
    for target in sample.targets:
        plan_store.insert_target(change, round_id, replace(target, id=new_id()))
    task_ids = {}
    for task in sample.tasks:
        task_ids[task.id] = new_id()
        plan_store.insert_task(change, round_id, replace(task, id=task_ids[task.id]))
    plans.set_issue(change, round_id, sample.issue)
    return task_ids


def _write_answers(change: Change, round_id: str, sample: Sample) -> None:
    for key, answer in sample.answers.items():
        answers.insert(change, round_id, key, answer)


def _without_type(piece: SampleEvidence) -> str:
    """The abstract as it stands under the type of document, which it need not repeat."""
    rest = piece.record.abstract.removeprefix(piece.title).strip()
    return f"{rest[:1].upper()}{rest[1:]}" or piece.record.abstract
