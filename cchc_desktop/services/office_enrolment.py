"""An office takes units in: it hears their spoken code, then issues a certificate or pins the unit's own."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from cchc_desktop.delivery import folder as channel
from cchc_desktop.domain.enrolment import EnrolmentReply, EnrolmentRequest
from cchc_desktop.domain.office import Issued, Way
from cchc_desktop.domain.package_history import TRUSTED
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.signing_key import CertificateSummary
from cchc_desktop.domain.verification import Outcome, Verification
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.package.enrolment_codec import read_request, write_reply
from cchc_desktop.package.layout import (
    ENROLMENT_NAME,
    ENROLMENT_REPLY_NAME,
    manifest_name,
    signature_name,
)
from cchc_desktop.package.letter import LARGEST_LETTER, write_letter
from cchc_desktop.package.naming import answer_file_name
from cchc_desktop.package.verifier import verified_texts
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.store.office_register import OfficeRegister
from cchc_desktop.trust import authority as ca
from cchc_desktop.trust import confirmed
from cchc_desktop.trust.authority import Request, issued, next_list
from cchc_desktop.trust.certificate import Certificate
from cchc_desktop.trust.key_room import KeyRoom
from cchc_desktop.trust.revocation import keep_newer
from cchc_desktop.trust.signature_check import check_signature
from cchc_desktop.trust.signer import Signer
from cchc_desktop.trust.trusted import load_trusted, trusted_files

AUTHORITY_FOLDER = "ca"


@dataclass(frozen=True)
class Asked:
    """Who asks, before anything is decided.

    `signer` signed the request; its spoken code is what the unit reads out. `rotation`: the request is for a
    further key, and a key that counts here vouches for it, so nothing has to be heard. `earlier` are
    certificates of this unit that count now: when its key was lost, they are to be revoked.
    """

    unit_code: str
    unit_name: str
    signer: CertificateSummary
    verification: Verification
    rotation: bool
    must_hear: bool
    earlier: tuple[Issued, ...]


@dataclass(frozen=True)
class _Opened:
    found: Verification
    request: EnrolmentRequest
    asked: Request
    signer: Certificate


def look_at(folder: Path, file: Path, now: datetime | None = None) -> Asked:
    """Check the request without deciding anything. Raises KnownError office.… as `enrol` does."""
    return _asked(folder, _opened(folder, file, now or vietnam_now()))


def enrol(folder: Path, file: Path, heard: str, to: Path, now: datetime | None = None) -> tuple[Issued, Path]:
    """Issue a certificate for the unit's key and write the signed answer into the folder `to`.

    `heard` is the code as somebody heard it from the unit. The same request again gets the same certificate.
    Raises KnownError trust.code_differs, office.code_needed, office.not_a_request, office.request_refused,
    office.request_of_other_unit, office.own_code, office.revoked_key, and those of the CA's and the
    office's keys and of the medium.
    """
    at = now or vietnam_now()
    opened = _opened(folder, file, at)
    _check_heard(_asked(folder, opened), opened.signer, heard)
    authority, signer = KeyRoom(folder / AUTHORITY_FOLDER).authority(), KeyRoom(folder).office_signer(at)
    with OfficeRegister.opened(folder) as register, register.writing():
        known = [one for one in register.certificates() if one.request_id == opened.found.package_id]
        if known:
            row = known[0]
        else:
            certificate = authority.issue(opened.asked, at, name=opened.request.unit_name)
            row = issued(certificate, Way.ISSUED, at, opened.found.package_id)
            register.add_certificate(row)
        last = register.newest_list()
        if last is None or last.is_due(at):
            register.add_list(next_list(authority, last, register.certificates(), at))
    return row, _answer(folder, opened, row, signer, to, at)


def pin(folder: Path, file: Path, heard: str, to: Path, now: datetime | None = None) -> tuple[Issued, Path]:
    """Take the unit's own certificate as known instead of issuing one; otherwise as `enrol`."""
    at = now or vietnam_now()
    opened = _opened(folder, file, at)
    _check_heard(_asked(folder, opened), opened.signer, heard)
    signer = KeyRoom(folder).office_signer(at)
    row = _pinned(folder, opened.signer, at, opened.found.package_id)
    return row, _answer(folder, opened, row, signer, to, at)


def pin_certificate(folder: Path, file: Path, heard: str, now: datetime | None = None) -> Issued:
    """The same for a bare certificate (PEM), without an answer."""
    certificate = confirmed.read_one(file)
    if not confirmed.is_spoken(certificate, heard):
        raise KnownError("trust.code_differs", unusable_input=False, name=certificate.name)
    if certificate.is_ca:
        raise KnownError("office.pin_authority", unusable_input=False, name=certificate.name)
    return _pinned(folder, certificate, now or vietnam_now(), "")


def _pinned(folder: Path, certificate: Certificate, at: datetime, request_id: str) -> Issued:
    """The file first, its row afterwards; pinned twice is pinned once."""
    with OfficeRegister.opened(folder) as register, register.writing():
        known = [one for one in register.certificates() if one.fingerprint == certificate.fingerprint]
        if known and known[0].is_revoked:
            raise KnownError("office.revoked_key", unusable_input=False, name=certificate.name)
        row = known[0] if known else issued(certificate, Way.PINNED, at, request_id)
        confirmed.keep(folder, certificate)
        if not known:
            register.add_certificate(row)
    return row


def _opened(folder: Path, file: Path, now: datetime) -> _Opened:
    """The request in the file: unchanged, signed, and of the unit that it names."""
    if file.is_file() and file.stat().st_size > LARGEST_LETTER:
        raise KnownError("office.not_a_request", name=file.name)
    trusted = load_trusted(trusted_files(folder))
    found, texts = verified_texts(file, trusted, now)
    if found.outcome not in (*TRUSTED, Outcome.UNKNOWN_SIGNER):
        reasons = tuple(reason.message for reason in found.reasons if reason.leads_to is found.outcome)
        unusable = found.outcome is Outcome.UNREADABLE
        raise KnownError("office.request_refused", unusable_input=unusable, name=file.name, reasons=reasons)
    if found.kind != PackageKind.ENROLMENT.value or ENROLMENT_NAME not in texts:
        raise KnownError("office.not_a_request", name=file.name)
    request = read_request(texts[ENROLMENT_NAME])
    asked = ca.read_request(request.csr.encode("utf-8"))
    digest = hashlib.sha256(texts[manifest_name(1)]).digest()
    signer = check_signature(texts[signature_name(1)], digest).signer
    if not found.sender == request.unit_code == asked.unit_code == signer.unit_code:
        raise KnownError("office.request_of_other_unit", unusable_input=False, name=file.name)
    return _Opened(found, request, asked, signer)


def _asked(folder: Path, opened: _Opened) -> Asked:
    """Raises KnownError office.own_code, office.revoked_key, office.rotation_untrusted."""
    own = KeyRoom(folder / AUTHORITY_FOLDER).certificate()
    if opened.signer.unit_code == own.unit_code:
        raise KnownError("office.own_code", unusable_input=False, unit=own.unit_code)
    with OfficeRegister.opened(folder) as register:
        certificates = register.certificates()
    revoked = [confirmed.of_pem(one.pem) for one in certificates if one.is_revoked]
    keys = (opened.asked.public_der, ca.public_der(opened.signer.public_key()))
    if any(ca.same_key(one, key) for one in revoked for key in keys):
        raise KnownError("office.revoked_key", unusable_input=False, name=opened.signer.name)
    known = opened.found.outcome in TRUSTED
    rotation = not ca.same_key(opened.signer, opened.asked.public_der)
    if rotation and not known:
        raise KnownError("office.rotation_untrusted", unusable_input=False, name=opened.signer.name)
    earlier = tuple(
        one for one in certificates if one.unit_code == opened.signer.unit_code and not one.is_revoked
    )
    return Asked(
        unit_code=opened.request.unit_code,
        unit_name=opened.request.unit_name,
        signer=opened.signer.summary(),
        verification=opened.found,
        rotation=rotation,
        must_hear=not known,
        earlier=earlier,
    )


def _check_heard(asked: Asked, signer: Certificate, heard: str) -> None:
    """A code that was typed has to be right, even where none is needed."""
    if heard and not confirmed.is_spoken(signer, heard):
        raise KnownError("trust.code_differs", unusable_input=False, name=signer.name)
    if asked.must_hear and not heard:
        raise KnownError("office.code_needed", unusable_input=False, name=signer.name)


def _answer(folder: Path, opened: _Opened, row: Issued, signer: Signer, to: Path, now: datetime) -> Path:
    found = opened.found
    with OfficeRegister.opened(folder) as register:
        last, counter = register.newest_list(), register.next_counter()
    if last is not None:
        keep_newer(folder, last.pem)
    reply = EnrolmentReply(
        request_id=found.package_id,
        request_sha256=found.manifest_sha256,
        office_id=signer.certificate.unit_code,
        office_name=signer.certificate.name,
        certificate=row.pem,
        authority=KeyRoom(folder / AUTHORITY_FOLDER).certificate().pem.decode("ascii"),
        revocation_list="" if last is None else last.pem,
    )
    letter = write_letter(
        PackageKind.ENROLMENT,
        ENROLMENT_REPLY_NAME,
        write_reply(reply),
        signer,
        now,
        period=found.period,
        recipient=found.sender,
        counter=counter,
    )
    revision = found.revision or 0
    name = answer_file_name(
        found.sender, PackageKind.ENROLMENT, found.period, revision, PackageKind.ENROLMENT
    )
    return _placed(to.absolute(), name, letter.content, letter.package_id)


def _placed(to: Path, name: str, content: bytes, package_id: str) -> Path:
    """An answer that was written before stays; the next one gets its id's end too."""
    try:
        return channel.place_small(to / name, content)
    except KnownError as error:
        if error.code != "delivery.exists":
            raise
    stem, dot, extension = name.partition(".")
    return channel.place_small(to / f"{stem}_{package_id[-8:]}{dot}{extension}", content)
