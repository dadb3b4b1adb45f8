"""Documents that people sign: out to be signed in another program and back, or signed here; then numbered.

A signed file is kept only when it shows what the program printed and nothing else than signatures. `exact`
are those that also begin with the exported bytes; some programs write the whole file anew.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

from cchc_desktop.documents.output import free_name, whole_file
from cchc_desktop.documents.package_documents import documents_of
from cchc_desktop.documents.plan import PlanInput
from cchc_desktop.documents.scratch import scratch_folder
from cchc_desktop.documents.selfscore_lines import SelfScoreInput
from cchc_desktop.documents.signed_pdf import signed_pdf
from cchc_desktop.documents.to_sign import ToSign, letter_to_sign, plan_to_sign, selfscore_to_sign
from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.handing_in import HandingIn
from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.pdf_signature import PdfCheck, SignsIn
from cchc_desktop.domain.plan import Plan
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.scorer import score
from cchc_desktop.domain.signed_document import (
    NumberGiven,
    SignedDocument,
    SignedKind,
    Signing,
    latest,
    numbered,
    signed_by,
    state_when_signed,
)
from cchc_desktop.domain.signer_choice import SignWith
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass, replace
from cchc_desktop.store import answers, evidence, evidence_files, plans, rounds, settings, signed_documents
from cchc_desktop.store import plan as stored_plan
from cchc_desktop.store.change import Change
from cchc_desktop.store.database import Connection
from cchc_desktop.store.profile import DOCUMENTS_FOLDER, Profile
from cchc_desktop.trust import chosen_signer
from cchc_desktop.trust.believed import believed
from cchc_desktop.trust.pades_check import bytes_of, check_pdf
from cchc_desktop.trust.pdf_same import only_signed

_LONGEST_NUMBER = 200


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A signed file that was kept. `warnings` say what could not be proven of it."""

    document: SignedDocument
    check: PdfCheck
    warnings: tuple[Message, ...]


def signings(profile: Profile, round_id: str) -> tuple[Signing, ...]:
    """Of every document of the round that people sign; the plan's only when it has tasks."""
    wanted, rows = profile.read(lambda db: (_all(db, profile.folder, round_id), _rows(db, round_id)))
    return tuple(one.signing(rows) for one in wanted)


def signings_of(state: HandingIn) -> tuple[Signing, ...]:
    """The same of a round that was read to be handed in."""
    whole = documents_of(state, PackageKind.SELFSCORE)
    return tuple(one.signing(state.signed) for one in whole)


def _rows(db: Connection, round_id: str) -> tuple[SignedDocument, ...]:
    return signed_documents.of_round(db, round_id)


def export_to_sign(
    profile: Profile, round_id: str, kind: SignedKind, folder: Path, progress: Progress | None = None
) -> Path:
    """Write the document into `folder` for a signing program; what was written is remembered.

    An older file of that name stays. Raises `KnownError` documents.…, signed.archived.
    """
    told, one = progress or Progress(), _one(profile, round_id, kind)
    target = free_name(folder / one.file_name)
    with whole_file(target) as part:
        one.draw(part, told)
        kept = signed_documents.keep(profile.folder, part)
        new = replace(_new(round_id, one, target.name), sha256=kept.sha256, size=kept.size)
        profile.write(lambda change: _replace(change, new))
    return target


def take_in(profile: Profile, round_id: str, kind: SignedKind, file: Path) -> TakenIn:
    """Check a file that came back from a signing program and keep it in place of the drawn one.

    Raises `KnownError` signed.not_exported, signed.content_changed (since the export: export again),
    signed.refused (no signature, or changed since it was signed), signed.other_document, pades.unreadable.
    """
    one = _one(profile, round_id, kind)
    rows = profile.read(lambda db: _rows(db, round_id))
    exported = latest(rows, kind, one.plan_id, waits=True)
    if exported is None:
        raise KnownError("signed.not_exported", unusable_input=False)
    if not one.is_of(exported):
        raise KnownError("signed.content_changed", unusable_input=False)
    content = bytes_of(file)
    check = _checked(profile, content, file.name)
    exact = sha256(content[: exported.size]).hexdigest() == exported.sha256
    original = signed_documents.file_of(profile.folder, exported).read_bytes()
    if not only_signed(original, content):
        raise KnownError("signed.other_document", name=file.name)
    new = _new(round_id, one, file.name, exact=exact)
    return _take(profile, new, exported.given, content, check)


def sign_here(
    profile: Profile,
    round_id: str,
    kind: SignedKind,
    sign_with: SignWith,
    signs_in: SignsIn = SignsIn.PERSON,
    image: Path | None = None,
    progress: Progress | None = None,
) -> TakenIn:
    """Sign the document with the chosen signer; a second signature comes onto the file that has the first.

    Raises `KnownError` of rooms signers, trust and pades.
    """
    told, one = progress or Progress(), _one(profile, round_id, kind)
    rows = profile.read(lambda db: _rows(db, round_id))
    before = one.signed_copy(rows)
    if before is not None:
        pdf = signed_documents.file_of(profile.folder, before).read_bytes()
        given = before.given
    else:
        with scratch_folder() as folder:
            drawn = folder / one.file_name
            one.draw(drawn, told)
            pdf = drawn.read_bytes()
        given = one.given or NumberGiven()
    with chosen_signer.opened(sign_with, profile.folder) as signer:
        content = signed_pdf(pdf, signer, vietnam_now(), signs_in, one.number, image)
    check = _checked(profile, content, one.file_name)
    new = _new(round_id, one, one.file_name, exact=before is None or before.exact)
    return _take(profile, new, given, content, check)


def give_number(profile: Profile, document_id: str, number: str, issued_on: date) -> Changes:
    """The clerk's number and day for a document that was signed before it had them; the plan gets them too.

    Raises `KnownError` signed.number_missing, signed.number_long, signed.has_number.
    """
    given = NumberGiven(" ".join(number.split()), issued_on)
    if not given.number:
        raise KnownError("signed.number_missing", unusable_input=False)
    if len(given.number) > _LONGEST_NUMBER:
        raise KnownError("signed.number_long", unusable_input=False, limit=_LONGEST_NUMBER)

    def work(change: Change) -> None:
        kept = signed_documents.one(change.db, document_id)
        if kept.state is not DocumentState.SIGNED_NOT_NUMBERED:
            raise KnownError("signed.has_number", unusable_input=False, number=kept.given.number)
        signed_documents.set_number(change, document_id, given, numbered(kept.state))
        _number_plan(change, kept, given)

    return profile.write(work)[0]


def _number_plan(change: Change, kept: SignedDocument, given: NumberGiven) -> None:
    plan_id = kept.plan_id or kept.round_id
    issue = plans.record(change.db, plan_id).issue
    if kept.kind is SignedKind.PLAN:
        issue = replace(issue, number=given.number, issued_on=given.issued_on)
    elif kept.kind is SignedKind.LETTER:
        issue = replace(issue, letter_number=given.number, letter_on=given.issued_on)
    plans.set_issue(change, plan_id, issue)


def drop(profile: Profile, document_id: str) -> Changes:
    """The package carries the drawn document again. Undo brings the signed one back."""
    return profile.write(lambda change: signed_documents.remove(change, document_id))[0]


def signs_drawn(profile: Profile) -> bool:
    """Whether the PDFs that a package draws are signed inside too."""
    return profile.read(settings.signs_documents)


def set_signs_drawn(profile: Profile, wanted: bool) -> None:
    value = settings.YES if wanted else ""
    profile.write(lambda change: change.set_setting(settings.SIGNS_DOCUMENTS, value))


def open_copy(profile: Profile, document_id: str) -> Path:
    """A read-only copy of the kept file for a viewer. Raises `KnownError` evidence.file_missing, …"""
    kept = profile.read(lambda db: signed_documents.one(db, document_id))
    folder = profile.folder / DOCUMENTS_FOLDER
    return evidence_files.copy_for_opening(profile, kept.sha256, kept.name, folder)


def _checked(profile: Profile, content: bytes, name: str) -> PdfCheck:
    check = check_pdf(content, believed(profile.folder), vietnam_now())
    if not check.holds:
        bad = next(one for one in check.reasons if one.leads_to in (Outcome.INVALID, Outcome.UNREADABLE))
        raise KnownError("signed.refused", name=name, why=bad.message)
    return check


def _take(
    profile: Profile, new: SignedDocument, given: NumberGiven, content: bytes, check: PdfCheck
) -> TakenIn:
    """The file first, its row afterwards, in place of the one before it."""
    with scratch_folder() as folder:
        copy = folder / "signed.pdf"
        copy.write_bytes(content)
        kept = signed_documents.keep(profile.folder, copy)
    document = replace(
        new,
        sha256=kept.sha256,
        size=kept.size,
        state=state_when_signed(given),
        given=given,
        signers=signed_by(check),
    )
    profile.write(lambda change: _replace(change, document))
    warnings = [reason.message for reason in check.reasons if reason.leads_to is not Outcome.VALID]
    if not document.exact:
        warnings.append(message("signed.written_anew"))
    return TakenIn(document, check, tuple(warnings))


def _new(round_id: str, one: ToSign, name: str, *, exact: bool = True) -> SignedDocument:
    return one.row(signed_documents.new_id(), round_id, name, vietnam_now(), exact=exact)


def _replace(change: Change, new: SignedDocument) -> None:
    """One export and one signed file of each document; the history knows the earlier ones."""
    for row in _rows(change.db, new.round_id):
        if (row.kind, row.plan_id, row.waits) == (new.kind, new.plan_id, new.waits):
            signed_documents.remove(change, row.id)
    signed_documents.add(change, new)


def _one(profile: Profile, round_id: str, kind: SignedKind) -> ToSign:
    found = profile.read(lambda db: _all(db, profile.folder, round_id))
    for one in found:
        if one.kind is kind:
            return one
    raise KnownError("signed.no_plan", unusable_input=False)


def _all(db: Connection, data: Path, round_id: str) -> tuple[ToSign, ...]:
    """The round's documents as they would be printed now."""
    of_round, record = rounds.one(db, round_id), plans.record(db, round_id)
    criteria = registry.criteria_set(PackRef(of_round.criteria_id, of_round.criteria_version), data)
    template = registry.plan_template(record.template, data)
    written = Plan.of(of_round, template, record, stored_plan.content(db, round_id), registry.routing(data))
    wording = registry.document_template(
        of_round.unit.kind, data, settings.setting(db, settings.DOCUMENT_TEMPLATE)
    )
    codes = {node.key: node.code for node in criteria.nodes}
    plan = PlanInput(of_round.unit, written, codes, template=wording)
    stated = answers.of_round(db, round_id)
    entries = {key: answer.entry for key, answer in stated.items()}
    scored = SelfScoreInput(
        unit=of_round.unit,
        year=of_round.year,
        criteria=criteria,
        score=score(criteria, entries, of_round.exclusions),
        answers=stated,
        evidence=evidence.of_round(db, round_id),
        confirmation=of_round.confirmation,
    )
    of_plan = (plan_to_sign(plan), letter_to_sign(plan)) if written.tasks else ()
    return (*of_plan, selfscore_to_sign(scored))
