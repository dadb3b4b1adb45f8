"""An office's own keys and CA: making them, taking certificates back, revocation lists, what others trust."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from cchc_desktop.delivery.small_file import replace_small
from cchc_desktop.domain.office import Issued, RevocationIssue, RevocationReason, Way
from cchc_desktop.domain.signing_key import CertificateSummary, KeyState, KeyStatus
from cchc_desktop.domain.unit import suggested_code
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import dataclass, replace
from cchc_desktop.store.office_register import OfficeRegister, exists
from cchc_desktop.trust import confirmed
from cchc_desktop.trust.authority import (
    LIST_LIFETIME,
    authority_certificate,
    issued,
    next_list,
    request_for,
)
from cchc_desktop.trust.key_room import KeyRoom
from cchc_desktop.trust.revocation import keep_newer

AUTHORITY_FOLDER = "ca"
SHORTEST_FINGERPRINT = 8


@dataclass(frozen=True)
class OfficeState:
    """What the office has. `authority_code` are the 24 letters that it reads to its units."""

    authority: CertificateSummary
    authority_key: KeyStatus
    signing_key: KeyStatus
    newest_list: RevocationIssue | None
    certificates: tuple[Issued, ...]


def create(
    folder: Path,
    name: str,
    code: str,
    passphrase: str | None,
    authority_passphrase: str | None,
    now: datetime | None = None,
) -> OfficeState:
    """The CA, the key that signs receipts (issued by the CA), the register and the first revocation list.

    Without a passphrase the system's keyring keeps a secret. What an earlier, broken run left is gone on
    with. Raises KnownError office.exists, trust.keyring_absent, trust.passphrase_short and others of keys.
    """
    at, unit_code = now or vietnam_now(), suggested_code(code or name)
    if exists(folder) and _own(folder):
        raise KnownError("office.exists", unusable_input=False, folder=str(folder))
    room = KeyRoom(folder / AUTHORITY_FOLDER)
    if room.status().state is KeyState.NONE:
        room.create(name, unit_code, authority_passphrase, at, authority_certificate)
    elif room.status().state is KeyState.LOCKED and authority_passphrase is not None:
        room.unlock(authority_passphrase)
    authority = room.authority()
    with OfficeRegister.opened(folder, new=True) as register:
        known = {one.fingerprint for one in register.certificates()}
        if authority.certificate.fingerprint not in known:
            with register.writing():
                register.add_certificate(issued(authority.certificate, Way.AUTHORITY, at))
    confirmed.keep(folder, authority.certificate)
    # A key that signed form packs already goes on: it only gets a certificate of the CA.
    if KeyRoom(folder).status().state is KeyState.LOCKED and passphrase is not None:
        KeyRoom(folder).unlock(passphrase)
    fresh = KeyRoom(folder).status().state is KeyState.NONE
    _own_key(folder, name, unit_code, passphrase, at, fresh=fresh)
    make_list(folder, at)
    return state(folder)


def renew_key(folder: Path, passphrase: str | None, now: datetime | None = None) -> OfficeState:
    """A new signing key for the office, issued by its CA, whose key has to be open. The older stays known.

    Raises KnownError office.none, trust.key_locked (the CA's), and those of `create`.
    """
    authority = KeyRoom(folder / AUTHORITY_FOLDER).certificate()
    _own_key(folder, authority.name, authority.unit_code, passphrase, now or vietnam_now(), fresh=True)
    return state(folder)


def state(folder: Path) -> OfficeState:
    """Raises KnownError office.none, trust.no_key."""
    room = KeyRoom(folder / AUTHORITY_FOLDER)
    with OfficeRegister.opened(folder) as register:
        return OfficeState(
            room.certificate().summary(),
            room.status(),
            KeyRoom(folder).status(),
            register.newest_list(),
            register.certificates(),
        )


def authority_status(folder: Path) -> KeyStatus:
    return KeyRoom(folder / AUTHORITY_FOLDER).status()


def unlock_authority(folder: Path, passphrase: str) -> None:
    """Raises KnownError trust.wrong_passphrase, trust.no_key, trust.key_file_damaged."""
    KeyRoom(folder / AUTHORITY_FOLDER).unlock(passphrase)


def find(folder: Path, wanted: str) -> Issued:
    """The certificate that counts with this fingerprint (8 letters do), 24-letter code, or unit code.

    Raises KnownError office.no_such_certificate, office.several_certificates.
    """
    with OfficeRegister.opened(folder) as register:
        living = [one for one in register.certificates() if not one.is_revoked]
    sought = wanted.strip()
    by_print = sought.lower().replace(":", "")
    found = [
        one
        for one in living
        if (len(by_print) >= SHORTEST_FINGERPRINT and one.fingerprint.startswith(by_print))
        or one.unit_code == sought.upper()
        or confirmed.is_spoken(confirmed.of_pem(one.pem), sought)
    ]
    for ways in ((Way.ISSUED, Way.PINNED), (Way.OWN,), (Way.AUTHORITY,)):
        if units := [one for one in found if one.way in ways]:
            break
    if not units:
        raise KnownError("office.no_such_certificate", unusable_input=False, wanted=wanted)
    if len(units) > 1:
        prints = tuple(one.fingerprint[:16] for one in units)
        raise KnownError("office.several_certificates", unusable_input=False, wanted=wanted, prints=prints)
    return units[0]


def revoke(
    folder: Path,
    wanted: str,
    reason: RevocationReason,
    since: datetime | None = None,
    now: datetime | None = None,
) -> Issued:
    """Take a certificate back from `since` on; the new list stands at once. A pinned one is unpinned.

    The CA's key has to be open for an issued one. Raises KnownError office.revoke_in_future,
    office.revoke_authority, those of `find` and of the key: then nothing has changed.
    """
    at = now or vietnam_now()
    start = since or at
    if start > at:
        raise KnownError("office.revoke_in_future", day=start)
    found = find(folder, wanted)
    if found.way is Way.AUTHORITY:
        raise KnownError("office.revoke_authority", unusable_input=False, name=found.name)
    revoked = replace(found, since=start, reason=reason, at=at)
    made: RevocationIssue | None = None
    with OfficeRegister.opened(folder) as register:
        if found.way is Way.PINNED:
            with register.writing():
                register.add_revocation(revoked)
        else:
            authority = KeyRoom(folder / AUTHORITY_FOLDER).authority()
            with register.writing():
                register.add_revocation(revoked)
                made = next_list(authority, register.newest_list(), register.certificates(), at)
                register.add_list(made)
    if made is None:
        confirmed.forget(folder, found.fingerprint)
    else:
        keep_newer(folder, made.pem)
    return revoked


def make_list(
    folder: Path, now: datetime | None = None, lifetime: timedelta = LIST_LIFETIME
) -> RevocationIssue:
    """A new revocation list, one number up. Raises KnownError trust.key_locked and others of the CA's key."""
    at = now or vietnam_now()
    authority = KeyRoom(folder / AUTHORITY_FOLDER).authority()
    with OfficeRegister.opened(folder) as register, register.writing():
        made = next_list(authority, register.newest_list(), register.certificates(), at, lifetime)
        register.add_list(made)
    keep_newer(folder, made.pem)
    return made


def write_list(folder: Path, to: Path) -> Path:
    """The newest list as PEM; an older file of that name is replaced. Raises KnownError office.no_list."""
    with OfficeRegister.opened(folder) as register:
        last = register.newest_list()
    if last is None:
        raise KnownError("office.no_list", unusable_input=False)
    return replace_small(to.absolute(), last.pem.encode("ascii"))


def export_trust(folder: Path, to: Path) -> Path:
    """One PEM file for `--trust` and for openssl's `-CAfile`: the CA, what is pinned, the newest list."""
    with OfficeRegister.opened(folder) as register:
        counting = [
            one
            for one in register.certificates()
            if one.way in (Way.AUTHORITY, Way.PINNED) and not one.is_revoked
        ]
        last = register.newest_list()
    text = "".join(one.pem for one in counting) + ("" if last is None else last.pem)
    return replace_small(to.absolute(), text.encode("ascii"))


def _own(folder: Path) -> bool:
    with OfficeRegister.opened(folder) as register:
        return any(one.way is Way.OWN for one in register.certificates())


def _own_key(
    folder: Path, name: str, code: str, passphrase: str | None, now: datetime, *, fresh: bool
) -> None:
    """The signing key, new where `fresh`, with a certificate of the CA."""
    authority = KeyRoom(folder / AUTHORITY_FOLDER).authority()
    room = KeyRoom(folder)
    own = room.prepare(name, code, passphrase, now) if fresh else room.certificate()
    certificate = authority.issue(replace(request_for(own), name=name, unit_code=code), now)
    # A run that ends between the two is gone on with: the key then gets a further certificate.
    room.take(certificate)
    with OfficeRegister.opened(folder) as register, register.writing():
        register.add_certificate(issued(certificate, Way.OWN, now))
