"""A unit takes an office's receipt in: its submission is delivered, and the CA's newest list comes along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from cchc_desktop.delivery import folder as channel
from cchc_desktop.documents.scratch import scratch_folder
from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.delivery import FileRole
from cchc_desktop.domain.lifecycle import DocumentState, Mover, moved
from cchc_desktop.domain.package_history import TRUSTED
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.receipt import ListNews, Receipt, ReceiptEffect
from cchc_desktop.domain.submission import Submission
from cchc_desktop.domain.verification import Outcome, Verification
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.message import Message
from cchc_desktop.package.layout import EXTENSION, RECEIPT_NAME
from cchc_desktop.package.letter import LARGEST_LETTER
from cchc_desktop.package.receipt_codec import read_receipt
from cchc_desktop.package.verifier import verified_texts
from cchc_desktop.quick_dataclass import dataclass, replace
from cchc_desktop.store import deliveries, submissions
from cchc_desktop.store.change import Change
from cchc_desktop.store.database import Connection
from cchc_desktop.store.profile import Profile, make_private_folder
from cchc_desktop.trust.revocation import ders_of, keep_newer
from cchc_desktop.trust.trusted import Trusted, load_trusted, trusted_files

RECEIPTS_FOLDER = "receipts"


@dataclass(frozen=True)
class Taken:
    """What a receipt did. `submission` as it stands now; None for a pack's receipt.

    `revocations` says what the list in it was worth; `warnings` are those of its verification.
    """

    effect: ReceiptEffect
    receipt: Receipt
    receipt_id: str
    submission: Submission | None
    revocations: ListNews
    file: Path
    warnings: tuple[Message, ...] = ()


def take(
    profile: Profile, file: Path, delivery_id: str = "", now: datetime | None = None
) -> tuple[Changes, Taken]:
    """Check the receipt, keep it, and move what it proves. `delivery_id` says which way the package went.

    Raises KnownError receipts.refused (forged, changed, of an unknown or revoked signer: all reasons),
    receipts.other_kind, receipts.not_from_office, receipts.other_receiver, receipts.not_accepted,
    receipts.not_ours, receipts.other_content; then nothing has changed.
    """
    at = now or vietnam_now()
    content = _read(file)
    found, receipt = _verified(profile, content, file.name, at)
    submission = _submission(profile, receipt)
    kept = keep(profile, found.package_id, content)
    news = keep_newer(profile.folder, receipt.revocation_list, trusted_files(profile.folder))
    changes, effect = Changes(), ReceiptEffect.PART
    if submission is not None:
        changes, effect = profile.write(
            lambda change: _deliver(change, receipt.package_id, found.package_id, at, delivery_id)
        )
        submission = profile.read(lambda db: submissions.of_package(db, receipt.package_id))
    warnings = tuple(
        reason.message for reason in found.reasons if reason.leads_to is Outcome.VALID_WITH_WARNINGS
    )
    return changes, Taken(effect, receipt, found.package_id, submission, news, kept, warnings)


def kept_file(profile: Profile, receipt_id: str) -> Path | None:
    """The receipt as it came, for showing to others; None when it is not here."""
    path = profile.folder / RECEIPTS_FOLDER / f"{receipt_id}{EXTENSION}"
    return path if path.is_file() else None


def keep(profile: Profile, receipt_id: str, content: bytes) -> Path:
    """The file is there before any row speaks of it."""
    folder = profile.folder / RECEIPTS_FOLDER
    make_private_folder(folder)
    return channel.place_small(folder / f"{receipt_id}{EXTENSION}", content)


def _read(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise KnownError("package.missing", name=file.name)
        with file.open("rb") as opened:
            content = opened.read(LARGEST_LETTER + 1)
    except OSError as error:
        raise KnownError("package.unreadable", name=file.name, detail=str(error)) from error
    if len(content) > LARGEST_LETTER:
        raise KnownError("receipts.other_kind", name=file.name)
    return content


def _verified(profile: Profile, content: bytes, name: str, now: datetime) -> tuple[Verification, Receipt]:
    """The receipt, when a known office signed it. The list that it carries is asked too: it may revoke."""
    trusted = load_trusted(trusted_files(profile.folder))
    with scratch_folder() as private:
        # What is checked is what is kept, whatever becomes of the file on the stick meanwhile.
        copy = private / "receipt"
        copy.write_bytes(content)
        found, texts = _trusted(copy, trusted, name, now)
        receipt = read_receipt(texts[RECEIPT_NAME])
        if lists := ders_of(receipt.revocation_list):
            more = replace(trusted, revocation_lists=(*trusted.revocation_lists, *lists))
            found = _trusted(copy, more, name, now)[0]
    if not found.is_from_office:
        raise KnownError("receipts.not_from_office", unusable_input=False, name=found.signers[0].name)
    if not receipt.receiver_id == found.sender == found.signers[0].unit_code:
        raise KnownError("receipts.other_receiver", unusable_input=False, name=name)
    if receipt.outcome not in TRUSTED:
        raise KnownError("receipts.not_accepted", unusable_input=False, name=receipt.file_name)
    return found, receipt


def _trusted(
    copy: Path, trusted: Trusted, name: str, now: datetime
) -> tuple[Verification, Mapping[str, bytes]]:
    found, texts = verified_texts(copy, trusted, now)
    if found.outcome not in TRUSTED:
        reasons = tuple(reason.message for reason in found.reasons if reason.leads_to is found.outcome)
        unusable = found.outcome is Outcome.UNREADABLE
        raise KnownError("receipts.refused", unusable_input=unusable, name=name, reasons=reasons)
    if found.kind != PackageKind.RECEIPT.value:
        raise KnownError("receipts.other_kind", name=name)
    return found, texts


def _submission(profile: Profile, receipt: Receipt) -> Submission | None:
    """Ours by package id and by content; None for one of our evidence packs."""
    found = profile.read(lambda db: submissions.of_package(db, receipt.package_id))
    if found is None:
        if profile.read(lambda db: _is_pack(db, receipt.manifest_sha256)):
            return None
        raise KnownError("receipts.not_ours", unusable_input=False, name=receipt.file_name)
    if found.manifest_sha256 != receipt.manifest_sha256:
        raise KnownError("receipts.other_content", unusable_input=False, name=receipt.file_name)
    return found


def _is_pack(db: Connection, manifest_sha256: str) -> bool:
    rounds = [str(row[0]) for row in db.execute("SELECT id FROM rounds")]
    return any(
        file.role is FileRole.EVIDENCE_PACK and file.sha256 == manifest_sha256
        for round_id in rounds
        for delivery in deliveries.of_round(db, round_id)
        for file in delivery.files
    )


def _deliver(
    change: Change, package_id: str, receipt_id: str, at: datetime, delivery_id: str
) -> ReceiptEffect:
    """The delivery's row and the submission's, in one transaction."""
    before = submissions.of_package(change.db, package_id)
    assert before is not None
    deliveries.receive(change, package_id, receipt_id, at, delivery_id)
    after = submissions.one(change.db, before.id)
    if after.state is DocumentState.SUPERSEDED:
        return ReceiptEffect.SUPERSEDED
    if before.state is DocumentState.DELIVERED:
        return ReceiptEffect.AGAIN
    # A filing that was written before deliveries were kept has a state of its own only.
    for later, mover in _way(after.state):
        after = replace(after, state=moved(after.state, later, mover))
        submissions.set_state(change, after.id, after.state)
    return ReceiptEffect.DELIVERED


def _way(state: DocumentState) -> Sequence[tuple[DocumentState, Mover]]:
    """How it is still delivered: what failed has gone out after all."""
    arrived = (DocumentState.DELIVERED, Mover.RECEIVER)
    if state in (DocumentState.FAILED, DocumentState.FINALISED):
        return (DocumentState.EXPORTED, Mover.PROGRAM), arrived
    return (arrived,) if state is DocumentState.EXPORTED else ()
