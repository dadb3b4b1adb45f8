"""Handing in: is it ready, how large is it, and the signed package itself."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from cchc_desktop.delivery import destination
from cchc_desktop.delivery import folder as channel
from cchc_desktop.delivery.destination import Destination
from cchc_desktop.documents.plan import PlanInput
from cchc_desktop.documents.plan_documents import as_issued, pdf_of
from cchc_desktop.documents.selfscore import write_selfscore_pdf
from cchc_desktop.documents.selfscore_lines import SelfScoreInput
from cchc_desktop.documents.selfscore_xlsx import write_selfscore_xlsx
from cchc_desktop.domain.handing_in import HandingIn
from cchc_desktop.domain.lifecycle import DocumentState, Mover, moved
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.package_content import plan_content, selfscore_content
from cchc_desktop.domain.package_head import PackagedFile, PackageHead, PackageKind
from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.readiness import DEFAULT_EMAIL_LIMIT, Readiness
from cchc_desktop.domain.scorer import score
from cchc_desktop.domain.signer_choice import CERTIFICATE_SETTING, CHOICE_SETTING, SignerChoice, SignWith
from cchc_desktop.domain.signing_key import KeyState, KeyStatus
from cchc_desktop.domain.submission import Submission
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.language import text
from cchc_desktop.package.content_codec import write_plan, write_selfscore
from cchc_desktop.package.layout import DOCUMENTS_FOLDER, PLAN_NAME, SELFSCORE_NAME
from cchc_desktop.package.naming import file_name_of
from cchc_desktop.package.verifier import manifest_digest
from cchc_desktop.package.writer import Part, Written, package_size, write_package
from cchc_desktop.store import (
    answers,
    evidence,
    evidence_files,
    journal,
    plans,
    rounds,
    settings,
    submissions,
)
from cchc_desktop.store import plan as stored_plan
from cchc_desktop.store.change import Change
from cchc_desktop.store.database import Connection
from cchc_desktop.store.profile import Profile
from cchc_desktop.trust import chosen_signer

KINDS = (PackageKind.PLAN, PackageKind.SELFSCORE)
CERTIFICATE_NAME = "trust.pem"
EMAIL_LIMIT_SETTING = "email_limit"
# What the drawn documents take, measured on the sample units; the embedded fonts are most of it.
_PLAN_SIZE, _SELFSCORE_SIZE = 130_000, 165_000


def submissions_of(profile: Profile, round_id: str) -> tuple[Submission, ...]:
    """Newest first."""
    return profile.read(lambda db: submissions.of_round(db, round_id))


def look_at(folder: Path) -> Destination:
    """Free space and file system of where the package shall go. Raises KnownError delivery.no_folder."""
    return destination.look_at(folder)


def set_email_limit(profile: Profile, limit: int) -> None:
    """The largest message, in bytes, that the receiver's mail server takes."""
    profile.write(lambda change: change.set_setting(EMAIL_LIMIT_SETTING, str(limit)))


def readiness(profile: Profile, round_id: str, kind: PackageKind | str) -> Readiness:
    """What is missing, how large the package will be, and whether it fits an e-mail. Writes nothing."""
    wanted = _kind(kind)
    state = profile.read(lambda db: _read(db, profile.folder, round_id))
    limit = profile.read(lambda db: settings.setting(db, EMAIL_LIMIT_SETTING, str(DEFAULT_EMAIL_LIMIT)))
    head = state.head(wanted, _new_id(), vietnam_now())
    drawn = _PLAN_SIZE if state.has_plan(wanted) else 0
    drawn += _SELFSCORE_SIZE if wanted is PackageKind.SELFSCORE else 0
    return Readiness(
        kind=wanted,
        size=package_size(head, [*_data(state, wanted), *_evidence(profile, head)]) + drawn,
        email_limit=int(limit),
        evidence_count=len(head.evidence),
        revision=head.revision,
        gaps=state.gaps(wanted) + state.key_gaps(wanted, _signer_status(profile)),
    )


def export(
    profile: Profile,
    round_id: str,
    kind: PackageKind | str,
    folder: Path,
    progress: Progress | None = None,
    *,
    with_certificate: bool = False,
    sign_with: SignWith | None = None,
) -> Submission:
    """Draw the documents, write and sign the package into `folder`, read it back, then note the submission.

    `with_certificate` writes `trust.pem` beside it; `sign_with` is a signer with its secret (by default the
    chosen one, without). Raises KnownError submissions.not_ready, those of the signer (trust.…, signers.…),
    of the medium (delivery.…) and of the evidence store (package.…), and `Cancelled`: then neither
    a package nor a row stays.
    """
    wanted, told, folder = _kind(kind), progress or Progress(), folder.absolute()
    state = profile.read(lambda db: _read(db, profile.folder, round_id))
    if state.round.archived:
        raise KnownError("submissions.archived", unusable_input=False)
    if blockers := state.gaps(wanted).blockers:
        raise KnownError("submissions.not_ready", unusable_input=False, first=blockers[0])
    with (
        chosen_signer.opened(sign_with or SignWith(_signer(profile)), profile.folder) as signer,
        tempfile.TemporaryDirectory(prefix="cchc-") as drawn,
    ):
        key = KeyStatus(KeyState.READY, certificate=signer.certificate.summary())
        if blockers := state.key_gaps(wanted, key).blockers:
            raise KnownError("submissions.not_ready", unusable_input=False, first=blockers[0])
        documents = list(_documents(state, wanted, Path(drawn), told))
        named = tuple(PackagedFile(part.entry, part.title) for part in documents)
        head = state.head(wanted, _new_id(), vietnam_now(), named)
        parts = [*_data(state, wanted), *documents, *_evidence(profile, head)]

        def read_back(part: Path, written: Written) -> bool:
            return manifest_digest(part, told) == written.manifest_sha256

        path, written = channel.place(
            folder,
            file_name_of(head),
            package_size(head, parts),
            lambda file: write_package(file, head, parts, signer, head.created_at, told),
            read_back,
        )
    try:
        if with_certificate:
            channel.place_small(folder / CERTIFICATE_NAME, signer.certificate.pem)
        return _note(profile, state, head, path, written)
    except BaseException:
        channel.remove(path)
        raise


def _signer(profile: Profile) -> SignerChoice:
    return SignerChoice.from_text(profile.read(lambda db: settings.setting(db, CHOICE_SETTING, "")))


def _signer_status(profile: Profile) -> KeyStatus:
    kept = profile.read(lambda db: settings.setting(db, CERTIFICATE_SETTING, ""))
    return chosen_signer.status(_signer(profile), chosen_signer.kept_certificate(kept), profile.folder)


def _new_id() -> str:
    """A UUIDv7: new for every package, and in the order of time."""
    from uuid6 import uuid7

    return str(uuid7())


def _kind(kind: PackageKind | str) -> PackageKind:
    if kind not in KINDS:
        raise BugError(f"no package of kind {kind}")
    return PackageKind(kind)


def _read(db: Connection, data: Path, round_id: str) -> HandingIn:
    round_ = rounds.one(db, round_id)
    record = plans.record(db, round_id)
    template = registry.plan_template(record.template, data)
    criteria = registry.criteria_set(PackRef(round_.criteria_id, round_.criteria_version), data)
    stated = answers.of_round(db, round_id)
    return HandingIn(
        round=round_,
        plan=Plan.of(
            *(round_, template, record, stored_plan.content(db, round_id)),
            registry.routing(data),
        ),
        criteria=criteria,
        sheet=score(criteria, {key: answer.entry for key, answer in stated.items()}, round_.exclusions),
        answers=stated,
        evidence=evidence.of_round(db, round_id),
        submissions=submissions.of_round(db, round_id),
        counter=submissions.next_counter(db),
        journal_head=journal.head(db).hash,
        wording=registry.document_template(
            round_.unit.kind, data, settings.setting(db, settings.DOCUMENT_TEMPLATE)
        ),
    )


def _data(state: HandingIn, kind: PackageKind) -> Iterator[Part]:
    """The content as JSON, for the receiver's program."""
    if state.has_plan(kind):
        yield Part(PLAN_NAME, write_plan(plan_content(state.round, state.plan)))
    if kind is PackageKind.SELFSCORE:
        content = selfscore_content(state.round, state.criteria, state.sheet, state.answers, state.evidence)
        yield Part(SELFSCORE_NAME, write_selfscore(content))


def _documents(state: HandingIn, kind: PackageKind, folder: Path, progress: Progress) -> Iterator[Part]:
    """The same content for people; drawn into `folder`, which has to outlive the writing."""
    year = str(state.round.year)
    if state.has_plan(kind):
        codes = {key: node.code for key, node in state.criteria.by_key.items()}
        written = PlanInput(state.round.unit, state.plan, codes, template=state.wording)
        pdf_of(as_issued)(folder / "plan.pdf", written, progress)
        yield _document(folder / "plan.pdf", text("submissions.plan_pdf", year=year))
    if kind is PackageKind.SELFSCORE:
        source = SelfScoreInput(
            unit=state.round.unit,
            year=state.round.year,
            criteria=state.criteria,
            score=state.sheet,
            answers=state.answers,
            evidence=state.evidence,
            confirmation=state.round.confirmation,
        )
        write_selfscore_pdf(folder / "selfscore.pdf", source, progress)
        yield _document(folder / "selfscore.pdf", text("submissions.selfscore_pdf", year=year))
        write_selfscore_xlsx(folder / "selfscore.xlsx", source, progress)
        yield _document(folder / "selfscore.xlsx", text("submissions.selfscore_xlsx", year=year))


def _document(path: Path, title: str) -> Part:
    return Part(f"{DOCUMENTS_FOLDER}/{path.name}", path, title)


def _evidence(profile: Profile, head: PackageHead) -> Iterator[Part]:
    """The stored files; the writer refuses one whose bytes are no longer what its row says."""
    for item in head.evidence:
        stored = evidence_files.place(profile.evidence_folder, item.sha256)
        yield Part(item.entry, stored, item.name, item.size, item.sha256)


def _note(profile: Profile, state: HandingIn, head: PackageHead, path: Path, written: Written) -> Submission:
    """The row, now that the file is there; the filing before it is superseded in the same transaction."""
    finalised = moved(DocumentState.READY, DocumentState.FINALISED, Mover.PROGRAM)
    submission = Submission(
        id=submissions.new_id(),
        round_id=state.round.id,
        kind=head.kind.value,
        revision=head.revision,
        package_id=head.package_id,
        manifest_sha256=written.manifest_sha256,
        file_name=path.name,
        size=written.size,
        folder=str(path.parent),
        created_at=head.created_at,
        state=moved(finalised, DocumentState.EXPORTED, Mover.PROGRAM),
        counter=head.counter,
    )

    def work(change: Change) -> None:
        if submissions.next_counter(change.db) != head.counter:
            raise KnownError("submissions.meanwhile", unusable_input=False)
        for older in submissions.of_round(change.db, state.round.id):
            if older.kind == submission.kind and older.state is not DocumentState.SUPERSEDED:
                later = moved(older.state, DocumentState.SUPERSEDED, Mover.PROGRAM)
                submissions.set_state(change, older.id, later)
        submissions.add(change, submission)

    profile.write(work)
    return submission
