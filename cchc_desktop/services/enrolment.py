"""A unit enrols with an office: the signed request, the office's answer, and changing its key later."""

from __future__ import annotations

import json
import tempfile
from datetime import datetime
from pathlib import Path

from cchc_desktop.delivery import folder as channel
from cchc_desktop.domain.enrolment import EnrolmentReply, EnrolmentRequest
from cchc_desktop.domain.package_history import TRUSTED
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.receipt import ListNews
from cchc_desktop.domain.signing_key import CertificateSummary, KeyState, KeyStatus
from cchc_desktop.domain.unit import Unit, suggested_code
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.package.enrolment_codec import read_reply, write_request
from cchc_desktop.package.head_codec import MOST_REVISIONS
from cchc_desktop.package.layout import ENROLMENT_NAME, ENROLMENT_REPLY_NAME
from cchc_desktop.package.letter import LARGEST_LETTER, write_letter
from cchc_desktop.package.naming import package_file_name
from cchc_desktop.package.verifier import verified_texts
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.store import settings
from cchc_desktop.store.profile import Profile
from cchc_desktop.trust import confirmed
from cchc_desktop.trust.authority import is_issued_by, public_der, same_key
from cchc_desktop.trust.certificate import Certificate
from cchc_desktop.trust.key_room import KeyRoom
from cchc_desktop.trust.revocation import ders_of, keep_newer
from cchc_desktop.trust.trusted import Trusted, load_trusted, trusted_files

REQUESTED_SETTING = "enrolment_requested"


@dataclass(frozen=True)
class Requested:
    """A request that was written. `code` is what the unit reads out; empty for a rotation."""

    file_name: str
    at: datetime
    code: str
    rotation: bool


@dataclass(frozen=True)
class Enrolment:
    """How far the unit is. `issuer` names the office behind the certificate, "" for the unit's own one.

    `waiting` is the last request as long as no answer came; `next_key` the key that it is for, when that is
    not yet the one in use. `earlier` are certificates that were in use before.
    """

    key: KeyStatus
    issuer: str
    waiting: Requested | None
    next_key: CertificateSummary | None
    earlier: tuple[CertificateSummary, ...]


@dataclass(frozen=True)
class Answer:
    """What an answer holds, before it counts. `known`: its office was confirmed here before.

    Else the user has to type `authority.spoken_code` as he heard it from the office. `pinned`: the office
    took the unit's own certificate as known and issued none.
    """

    office_name: str
    authority: CertificateSummary
    certificate: CertificateSummary
    known: bool
    pinned: bool


@dataclass(frozen=True)
class _Opened:
    reply: EnrolmentReply
    authority: Certificate
    certificate: Certificate
    known: bool
    pinned: bool


def enrolment(profile: Profile) -> Enrolment:
    room = KeyRoom(profile.folder)
    key = room.status()
    issuer = ""
    earlier: tuple[CertificateSummary, ...] = ()
    if key.certificate is not None:
        own = room.certificate()
        trusted = load_trusted(trusted_files(profile.folder))
        issuer = next((one.name for one in trusted.authorities if is_issued_by(own, one)), "")
        earlier = tuple(one.summary() for one in room.certificates() if one.fingerprint != own.fingerprint)
    waiting = _read_requested(profile)
    upcoming = room.next_certificate()
    following = None if upcoming is None else upcoming.summary()
    if following is not None:
        earlier = tuple(one for one in earlier if one.fingerprint != following.fingerprint)
    return Enrolment(key, issuer, waiting, following, earlier)


def write_enrolment(
    profile: Profile, unit: Unit, to: Path, now: datetime | None = None
) -> tuple[Path, Requested]:
    """The request for the key in use, signed with it, as a file in the folder `to` (or as the file `to`).

    Raises KnownError enrolment.key_of_other_unit, those of the key (trust.…) and of the medium (delivery.…).
    """
    KeyRoom(profile.folder).forget_next()
    return _write(profile, unit, to, now or vietnam_now(), rotation=False)


def rotate(
    profile: Profile, unit: Unit, to: Path, passphrase: str | None = None, now: datetime | None = None
) -> tuple[Path, Requested]:
    """Make the key that shall follow, and write its request, signed with the key in use until then.

    The key in use stays so until the answer is taken in. Raises as `write_enrolment`, and those of making a
    key (trust.keyring_absent, trust.passphrase_short).
    """
    room, at = KeyRoom(profile.folder), now or vietnam_now()
    _signer_of(room, unit)
    room.prepare(unit.name, suggested_code(unit.code or unit.name), passphrase, at)
    try:
        return _write(profile, unit, to, at, rotation=True)
    except BaseException:
        room.forget_next()  # nobody was asked, so nothing is waited for
        raise


def give_up_rotation(profile: Profile) -> None:
    """No longer wait for the answer; the key in use stays."""
    KeyRoom(profile.folder).forget_next()
    profile.write(lambda change: change.set_setting(REQUESTED_SETTING, ""))


def look_at_answer(profile: Profile, file: Path, now: datetime | None = None) -> Answer:
    """What the file says, verified as far as it can be before its office is confirmed.

    Raises KnownError enrolment.refused (all reasons), enrolment.not_an_answer, enrolment.answer_broken,
    trust.certificate_of_other_key.
    """
    opened = _opened(profile, file, now or vietnam_now())
    return Answer(
        opened.reply.office_name,
        opened.authority.summary(),
        opened.certificate.summary(),
        opened.known,
        opened.pinned,
    )


def take_answer(
    profile: Profile, file: Path, heard: str = "", now: datetime | None = None
) -> tuple[Enrolment, ListNews]:
    """From now on the CA is trusted here and the unit signs with the certificate that it issued.

    `heard` is the CA's code as the office read it out; needed the first time. Raises KnownError
    trust.code_differs, enrolment.code_needed, and those of `look_at_answer`: then nothing has changed.
    """
    opened = _opened(profile, file, now or vietnam_now())
    name = opened.authority.name
    if heard and not confirmed.is_spoken(opened.authority, heard):
        raise KnownError("trust.code_differs", unusable_input=False, name=name)
    if not heard and not opened.known:
        raise KnownError("enrolment.code_needed", unusable_input=False, name=name)
    confirmed.keep(profile.folder, opened.authority)
    news = keep_newer(profile.folder, opened.reply.revocation_list)
    if not opened.pinned:
        KeyRoom(profile.folder).take(opened.certificate)
    profile.write(lambda change: change.set_setting(REQUESTED_SETTING, ""))
    return enrolment(profile), news


def _signer_of(room: KeyRoom, unit: Unit) -> CertificateSummary:
    code = suggested_code(unit.code or unit.name)
    own = room.certificate().summary()
    if own.unit_code != code:
        raise KnownError("enrolment.key_of_other_unit", unusable_input=False, key=own.unit_code, unit=code)
    return own


def _write(
    profile: Profile, unit: Unit, to: Path, now: datetime, *, rotation: bool
) -> tuple[Path, Requested]:
    room = KeyRoom(profile.folder)
    own = _signer_of(room, unit)
    request = EnrolmentRequest(
        unit_code=own.unit_code,
        unit_name=" ".join(unit.name.split()),
        csr=room.request(unit.name, own.unit_code).decode("ascii"),
        code=own.spoken_code,
    )
    path, revision = _free_name(to.absolute(), own.unit_code, str(now.year))
    letter = write_letter(
        PackageKind.ENROLMENT,
        ENROLMENT_NAME,
        write_request(request),
        room.signer(),
        now,
        period=str(now.year),
        revision=revision,
    )
    placed = channel.place_small(path, letter.content)
    requested = Requested(placed.name, now, "" if rotation else own.spoken_code, rotation)
    kept = json.dumps([requested.file_name, now.isoformat(), requested.code, rotation], ensure_ascii=False)
    profile.write(lambda change: change.set_setting(REQUESTED_SETTING, kept))
    return placed, requested


def _free_name(to: Path, code: str, period: str) -> tuple[Path, int]:
    """A request of the same year takes the next number; an older file stays as it is."""
    if not to.is_dir():
        return to, 0
    for revision in range(MOST_REVISIONS):
        path = to / package_file_name(code, PackageKind.ENROLMENT, period, revision)
        if not path.exists():
            return path, revision
    return path, revision


def _read_requested(profile: Profile) -> Requested | None:
    kept = profile.read(lambda db: settings.setting(db, REQUESTED_SETTING))
    try:
        file_name, at, code, rotation = json.loads(kept)
        return Requested(str(file_name), datetime.fromisoformat(at), str(code), bool(rotation))
    except (ValueError, TypeError):
        return None


def _opened(profile: Profile, file: Path, now: datetime) -> _Opened:
    """The answer, signed by an office that its own CA vouches for; whether that CA counts is asked later."""
    try:
        if file.stat().st_size > LARGEST_LETTER:
            raise KnownError("enrolment.not_an_answer", name=file.name)
    except OSError as error:
        raise KnownError("package.missing", name=file.name) from error
    trusted = load_trusted(trusted_files(profile.folder))
    with tempfile.TemporaryDirectory(prefix="cchc-") as private:
        copy = Path(private) / "answer"
        try:
            copy.write_bytes(file.read_bytes())
        except OSError as error:
            raise KnownError("package.unreadable", name=file.name, detail=str(error)) from error
        found, texts = verified_texts(copy, trusted, now)
        if found.outcome is not Outcome.UNREADABLE and ENROLMENT_REPLY_NAME not in texts:
            raise KnownError("enrolment.not_an_answer", name=file.name)
        if ENROLMENT_REPLY_NAME in texts and found.outcome in (*TRUSTED, Outcome.UNKNOWN_SIGNER):
            reply = read_reply(texts[ENROLMENT_REPLY_NAME])
            authority = confirmed.of_pem(reply.authority)
            lists = (*trusted.revocation_lists, *ders_of(reply.revocation_list))
            with_it = Trusted((*trusted.certificates, authority), lists)
            found, _texts = verified_texts(copy, with_it, now)
    if found.outcome not in TRUSTED:
        reasons = tuple(reason.message for reason in found.reasons if reason.leads_to is found.outcome)
        unusable = found.outcome is Outcome.UNREADABLE
        raise KnownError("enrolment.refused", unusable_input=unusable, name=file.name, reasons=reasons)
    if not found.is_from_office:
        raise KnownError("enrolment.answer_broken", unusable_input=False, name=file.name)
    return _checked(profile, file.name, reply, authority, trusted)


def _checked(
    profile: Profile, name: str, reply: EnrolmentReply, authority: Certificate, trusted: Trusted
) -> _Opened:
    """The certificate is for a key of this profile, of this unit, and that CA's; or the one in use itself."""
    certificate = confirmed.of_pem(reply.certificate)
    room = KeyRoom(profile.folder)
    own, upcoming = room.certificate(), room.next_certificate()
    pinned = certificate.der == own.der and not is_issued_by(certificate, authority)
    sound = authority.is_ca and certificate.unit_code == own.unit_code and not certificate.is_ca
    if not sound or not (pinned or is_issued_by(certificate, authority)):
        raise KnownError("enrolment.answer_broken", unusable_input=False, name=name)
    key = public_der(certificate.public_key())
    if not any(same_key(one, key) for one in (own, upcoming) if one is not None):
        raise KnownError("trust.certificate_of_other_key", unusable_input=False, name=certificate.name)
    return _Opened(reply, authority, certificate, trusted.pins(authority), pinned)


def is_ready(found: Enrolment) -> bool:
    """Whether the unit signs with a certificate that an office issued."""
    return found.key.state is KeyState.READY and bool(found.issuer)
