"""Handing in: is it ready, how large is it, and the signed package itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from cchc_desktop.delivery import registry as registry_of_channels
from cchc_desktop.delivery.encrypted import place_encrypted
from cchc_desktop.delivery.folder import place, place_small, remove
from cchc_desktop.documents.package_documents import drawn, expected_size, signed_gaps
from cchc_desktop.documents.scratch import scratch_folder
from cchc_desktop.domain.delivery import FOLDER, Delivery, DeliveryFile, FileRole
from cchc_desktop.domain.evidence_packs import shared_out
from cchc_desktop.domain.handing_in import HandingIn
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.package_head import MOST_PACKS, PackagedEvidence, PackagedFile, PackageHead
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.readiness import Gaps, Readiness, email_capacity
from cchc_desktop.domain.scorer import score
from cchc_desktop.domain.signer_choice import CERTIFICATE_SETTING, CHOICE_SETTING, SignerChoice, SignWith
from cchc_desktop.domain.signing_key import KeyState, KeyStatus
from cchc_desktop.domain.submission import Submission, filed, first_delivery
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.package.naming import SOME_PACKAGE_ID, file_name_of, new_package_id
from cchc_desktop.package.parts import data_parts, document_part, evidence_parts
from cchc_desktop.package.verifier import manifest_digest
from cchc_desktop.package.writer import Part, Written, package_size, write_package
from cchc_desktop.quick_dataclass import dataclass, field, replace
from cchc_desktop.store import (
    answers,
    deliveries,
    evidence,
    evidence_files,
    filing,
    journal,
    plans,
    rounds,
    settings,
    signed_documents,
    submissions,
)
from cchc_desktop.store import plan as stored_plan
from cchc_desktop.store.database import Connection
from cchc_desktop.store.profile import Profile, outbox_folder
from cchc_desktop.store.unfinished import Beginnings
from cchc_desktop.trust import chosen_signer
from cchc_desktop.trust.signer import Signer

KINDS = (PackageKind.PLAN, PackageKind.SELFSCORE)
CERTIFICATE_NAME = "trust.pem"


def submissions_of(profile: Profile, round_id: str) -> tuple[Submission, ...]:
    """Newest first."""
    return profile.read(lambda db: submissions.of_round(db, round_id))


def set_email_limit(profile: Profile, limit: int) -> None:
    """The largest message, in bytes, that the receiver's mail server takes."""
    profile.write(lambda change: change.set_setting(settings.EMAIL_LIMIT, str(limit)))


def readiness(profile: Profile, round_id: str, kind: PackageKind | str) -> Readiness:
    """What is missing, how large the package will be, and what it takes by e-mail. Writes nothing."""
    state, content = look(profile, round_id, kind)
    return replace(content, gaps=content.gaps + state.key_gaps(content.kind, signer_status(profile)))


def look(profile: Profile, round_id: str, kind: PackageKind | str) -> tuple[HandingIn, Readiness]:
    """The round, and how ready its content is: without the key, so that no keyring is asked."""
    wanted = _kind(kind)
    state = profile.read(lambda db: _read(db, profile.folder, round_id))
    limit = profile.read(settings.email_limit)
    head = state.head(wanted, SOME_PACKAGE_ID, vietnam_now())
    size = package_size(head, [*data_parts(state, wanted), *_evidence(profile, head)])
    size += expected_size(state, wanted)
    capacity = email_capacity(limit)
    packs, large = shared_out(head.evidence, capacity) if size > capacity else ((), ())
    gaps, messages = state.gaps(wanted) + signed_gaps(state, wanted), 1 + len(packs)
    named = (tuple(file.name for file in large),)
    return state, Readiness(wanted, size, limit, len(head.evidence), head.revision, gaps, messages, *named)


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
    told, to = progress or Progress(), folder.absolute()
    made = _Filing(profile, round_id, _kind(kind), FOLDER, str(to), told)
    return made.out(sign_with, to, with_certificate=with_certificate)[0]


def prepare(
    profile: Profile,
    round_id: str,
    kind: PackageKind | str,
    channel: str,
    target: str,
    progress: Progress | None = None,
    *,
    sign_with: SignWith | None = None,
    encrypt_for: str = "",
) -> tuple[Submission, Delivery]:
    """The same into the profile's outbox, from where `outbox.send` takes it out.

    `encrypt_for` is the fingerprint of a receiver's certificate: then what goes out is the encrypted copy.
    What is larger than the channel carries at once becomes a light package and evidence packs. Raises besides
    submissions.evidence_too_large (a single file, with the way out) and submissions.documents_too_large.
    """
    going = (profile, round_id, _kind(kind), channel, target, progress or Progress(), encrypt_for)
    return _Filing(*going).out(sign_with)


@dataclass
class _Filing:
    """One package on its way: its files, then its row, or nothing of both."""

    profile: Profile
    round_id: str
    kind: PackageKind
    channel: str
    target: str
    told: Progress
    encrypt_for: str = ""
    placed: list[Path] = field(default_factory=list)
    files: list[DeliveryFile] = field(default_factory=list)

    def out(
        self, sign_with: SignWith | None, folder: Path | None = None, *, with_certificate: bool = False
    ) -> tuple[Submission, Delivery]:
        profile, kind = self.profile, self.kind
        profile.read(lambda db: journal.require_whole(db, partial(_code, db, profile.folder, self.round_id)))
        state = profile.read(lambda db: _read(db, profile.folder, self.round_id))
        if state.round.archived:
            raise KnownError("submissions.archived", unusable_input=False)
        _refuse(state.gaps(kind))
        with (
            chosen_signer.opened(sign_with or SignWith(_signer(profile)), profile.folder) as signer,
            scratch_folder() as room,
            Beginnings(profile) as begun,
        ):
            _refuse(state.key_gaps(kind, KeyStatus(KeyState.READY, None, signer.certificate.summary())))
            signed_file = partial(signed_documents.file_of, profile.folder)
            drew = drawn(state, kind, room, self.told, signed_file, signer)
            documents = [document_part(one.path, one.title) for one in drew]
            named = tuple(PackagedFile(part.entry, part.title) for part in documents)
            head = state.head(kind, new_package_id(), vietnam_now(), named)
            own = [*data_parts(state, kind), *documents]
            head, packs = self._shared(head, own)
            to = outbox_folder(profile.folder, head.package_id) if folder is None else folder
            try:
                written = self._write(to, head, own, signer, begun)
                for part, files in enumerate(packs, start=1):
                    numbers = (part, len(packs))
                    pack = state.pack_head(head, written.manifest_sha256, new_package_id(), files, *numbers)
                    self._write(to, pack, [], signer, begun)
                if with_certificate:
                    place_small(to / CERTIFICATE_NAME, signer.certificate.pem, begun.note)
                return self._note(head, to, begun, there=folder is not None)
            except BaseException:
                for path in self.placed:
                    remove(path)
                raise

    def _shared(
        self, head: PackageHead, own: list[Part]
    ) -> tuple[PackageHead, tuple[tuple[PackagedEvidence, ...], ...]]:
        """Everything in one package, or its evidence shared out where the channel carries no more."""
        limit = self.profile.read(settings.email_limit)
        capacity = registry_of_channels.channel(self.channel).capacity(limit)
        if capacity is None or package_size(head, [*own, *_evidence(self.profile, head)]) <= capacity:
            return head, ()
        packs, too_large = shared_out(head.evidence, capacity)
        if too_large:
            name, size = too_large[0].name, too_large[0].size
            raise KnownError("submissions.evidence_too_large", unusable_input=False, name=name, size=size)
        light = replace(head, evidence=tuple(replace(file, entry="") for file in head.evidence))
        if (size := package_size(light, own)) > capacity or len(packs) > MOST_PACKS:
            raise KnownError("submissions.documents_too_large", unusable_input=False, size=size)
        return light, packs

    def _write(
        self, folder: Path, head: PackageHead, own: list[Part], signer: Signer, begun: Beginnings
    ) -> Written:
        parts = [*own, *_evidence(self.profile, head)]
        path, written = place(
            folder,
            file_name_of(head),
            package_size(head, parts),
            lambda file: write_package(file, head, parts, signer, head.created_at, self.told),
            lambda part, written: manifest_digest(part, self.told) == written.manifest_sha256,
            begun.note,
        )
        self.placed.append(path)
        role = FileRole.PACKAGE if head.pack_of is None else FileRole.EVIDENCE_PACK
        self.files.append(DeliveryFile(path.name, written.size, written.manifest_sha256, role))
        return written

    def _going_out(self, folder: Path, begun: Beginnings) -> Iterator[DeliveryFile]:
        """Each file, or the encrypted copy of it."""
        for file in self.files:
            if self.encrypt_for:
                data, path = self.profile.folder, folder / file.name
                path, size = place_encrypted(data, path, self.encrypt_for, self.told, begun.note)
                self.placed.append(path)
                file = replace(file, name=path.name, size=size)
            yield file

    def _note(
        self, head: PackageHead, folder: Path, begun: Beginnings, *, there: bool
    ) -> tuple[Submission, Delivery]:
        """The rows, now that the files are there; what was filed before is superseded in that transaction."""
        files, new_id = tuple(self._going_out(folder, begun)), submissions.new_id()
        submission = filed(new_id, self.round_id, head, self.files[0], str(folder), exported=there)
        delivery = first_delivery(deliveries.new_id(), submission, self.channel, self.target, files, there)
        self.profile.write(lambda change: filing.note(change, submission, delivery, begun))
        return submission, delivery


def _refuse(gaps: Gaps) -> None:
    if gaps.blockers:
        raise KnownError("submissions.not_ready", unusable_input=False, first=gaps.blockers[0])


def _signer(profile: Profile) -> SignerChoice:
    return SignerChoice.from_text(profile.read(lambda db: settings.setting(db, CHOICE_SETTING, "")))


def signer_status(profile: Profile) -> KeyStatus:
    kept = profile.read(lambda db: settings.setting(db, CERTIFICATE_SETTING, ""))
    return chosen_signer.status(_signer(profile), chosen_signer.kept_certificate(kept), profile.folder)


def _kind(kind: PackageKind | str) -> PackageKind:
    if kind not in KINDS:
        raise BugError(f"no package of kind {kind}")
    return PackageKind(kind)


def _code(db: Connection, data: Path, round_id: str, row_key: str) -> str:
    set_of = rounds.one(db, round_id)
    criteria = registry.criteria_set(PackRef(set_of.criteria_id, set_of.criteria_version), data)
    return criteria.by_key[row_key].code if row_key in criteria.by_key else row_key


def _read(db: Connection, data: Path, round_id: str) -> HandingIn:
    round_ = rounds.one(db, round_id)
    record = plans.record(db, round_id)
    template = registry.plan_template(record.template, data)
    criteria = registry.criteria_set(PackRef(round_.criteria_id, round_.criteria_version), data)
    stated = answers.of_round(db, round_id)
    return HandingIn(
        round=round_,
        plan=Plan.of(round_, template, record, stored_plan.content(db, round_id), registry.routing(data)),
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
        signed=signed_documents.of_round(db, round_id),
        signs_documents=settings.signs_documents(db),
    )


def _evidence(profile: Profile, head: PackageHead) -> Iterator[Part]:
    folder = profile.evidence_folder
    return evidence_parts(head, lambda digest: evidence_files.place(folder, digest))
