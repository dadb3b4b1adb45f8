"""Attacks by and around signers: other keys, other units, other clocks, certificates that no longer count.

Each is a package whose bytes are whole; who signed it, when, and what the receiver knows decide.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache

from cryptography.x509 import ReasonFlags

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.trust.cades import SignatureParts, assemble, sign_detached, signed_attributes
from cchc_desktop.trust.signer import Signer
from cchc_desktop.trust.trusted import Trusted
from tests.hostile.forge import Forged, countersigned, data_files, forge
from tests.package.samples import NOW, signer_of
from tests.trust.authority import DAY, AnySigner, Authority

YEAR = timedelta(days=365)
PINNED = Trusted((signer_of().certificate,))


@dataclass(frozen=True)
class Signed:
    """`build` is the attack, `twin` the same without it; the receiver trusts `trusted` at `now`."""

    codes: tuple[str, ...]
    outcome: Outcome
    build: Callable[[], Forged]
    twin: Callable[[], Forged] = forge
    trusted: Callable[[], Trusted] = lambda: PINNED
    twin_trusted: Callable[[], Trusted] | None = None
    now: datetime = NOW
    twin_now: datetime = field(default=NOW)


@cache
def authority() -> Authority:
    return Authority(NOW)


@cache
def unit(start: timedelta = -YEAR, end: timedelta = YEAR, code: str = "XA-EA-KAO") -> AnySigner:
    """A unit with a certificate of the authority, from and to (counted from now)."""
    key, certificate = authority().issue("UBND xã Ea Kao", code, NOW + start, NOW + end)
    return AnySigner(key, certificate)


Revoked = tuple[int, datetime, ReasonFlags | None]


def trusting(revoked: Revoked | None = None) -> Trusted:
    """The authority and its fresh list, which takes back nothing or this one."""
    gone = () if revoked is None else (revoked,)
    fresh = authority().revocations(NOW - timedelta(hours=1), NOW + DAY, gone)
    return Trusted((authority().certificate,), (fresh,))


def signed_by(signer: Signer, at: datetime = NOW) -> Callable[[], Forged]:
    """The good package with this signer's signature, whatever its certificate says of that time."""

    def sign(digest: bytes) -> bytes:
        certificate = signer.certificate
        parts = SignatureParts(
            issuer=certificate.issuer,
            serial=certificate.serial,
            message_digest=digest,
            signed_at=at,
            certificate_digest=hashlib.sha256(certificate.der).digest(),
            algorithm=signer.algorithm,
            signature=b"",
            certificates=(certificate.der, *signer.intermediates),
        )
        return assemble(replace(parts, signature=signer.sign(signed_attributes(parts))))

    def build() -> Forged:
        forged = forge()
        forged.entries[-1].content = sign(hashlib.sha256(forged.entries[-2].content).digest())
        return forged

    return build


def moved() -> Forged:
    other = forge().entries[-1].content
    return forge(signature=lambda _own: other)


def mended_but_for_the_signature() -> Forged:
    """The attacker mends files, sums and manifest, but has no key: the old signature stays."""
    old = forge().entries[-1].content
    files = [(name, b"%PDF forged" if name == "evidence/0001.pdf" else c) for name, c in data_files()]
    return forge(files, signature=lambda _new: old)


def exchanged_below() -> Forged:
    """Another valid signature of the same sender over the same manifest: the second signer never saw it."""
    forged = countersigned()
    digest = hashlib.sha256(forged.entries[-4].content).digest()
    forged.entries[-3].content = sign_detached(signer_of(), digest, NOW)
    return forged


def order_turned() -> Forged:
    """The two pairs exchanged, as if the second had signed first."""
    forged = countersigned()
    for one, other in ((-4, -2), (-3, -1)):
        first, second = forged.entries[one], forged.entries[other]
        first.content, second.content = second.content, first.content
    return forged


def first_stripped() -> Forged:
    """Only the later signature is left, under the name of the first."""
    forged = countersigned()
    forged.entries[-4].content, forged.entries[-3].content = (e.content for e in forged.entries[-2:])
    del forged.entries[-2:]
    return forged


def _stranger() -> Signer:
    return signer_of("UBND xã Ea Kao giả", "XA-EA-KAO")


def _impostor() -> AnySigner:
    """A certificate from somebody's own authority that bears the real one's name."""
    key, certificate = Authority(NOW).issue("UBND xã Ea Kao", "XA-EA-KAO", NOW - YEAR, NOW + YEAR)
    return AnySigner(key, certificate)


def _unfit() -> AnySigner:
    key, certificate = authority().issue(
        "UBND xã Ea Kao", "XA-EA-KAO", NOW - YEAR, NOW + YEAR, may_sign=False
    )
    return AnySigner(key, certificate)


def _other_unit() -> Signer:
    return signer_of("UBND xã Hòa Phú", "XA-HOA-PHU")


def _revoked(since: timedelta, why: ReasonFlags | None = None) -> Callable[[], Trusted]:
    return lambda: trusting((unit().certificate.serial, NOW + since, why))


INVALID, UNKNOWN, WARNED = Outcome.INVALID, Outcome.UNKNOWN_SIGNER, Outcome.VALID_WITH_WARNINGS
_BY_UNIT = signed_by(unit())
SIGNERS: dict[str, Signed] = {
    "signature of an unknown key": Signed(
        ("trust.unknown_signer",),
        UNKNOWN,
        signed_by(_stranger()),
        signed_by(_stranger()),
        twin_trusted=lambda: Trusted((_stranger().certificate,)),
    ),
    "authority of the same name": Signed(
        ("trust.unknown_signer",), UNKNOWN, signed_by(_impostor()), _BY_UNIT, trusting
    ),
    "signature moved from another package": Signed(("trust.signature_moved",), INVALID, moved),
    "changes mended but for the signature": Signed(
        ("trust.signature_moved",), INVALID, mended_but_for_the_signature
    ),
    "sender and certificate of different units": Signed(
        ("package.sender_other",),
        INVALID,
        signed_by(_other_unit()),
        trusted=lambda: Trusted((_other_unit().certificate, signer_of().certificate)),
    ),
    "issued to another unit": Signed(
        ("package.sender_other",), INVALID, signed_by(unit(code="XA-HOA-PHU")), _BY_UNIT, trusting
    ),
    "certificate not for signing": Signed(
        ("trust.certificate_usage",), INVALID, signed_by(_unfit()), _BY_UNIT, trusting
    ),
    "revoked before signing": Signed(
        ("trust.revoked",), INVALID, _BY_UNIT, _BY_UNIT, _revoked(-DAY), trusting
    ),
    "revoked later, the key was stolen": Signed(
        ("trust.revoked",),
        INVALID,
        signed_by(unit(), NOW - 9 * DAY),
        signed_by(unit(), NOW - 9 * DAY),
        _revoked(-DAY, ReasonFlags.key_compromise),
        trusting,
    ),
    "revoked after signing": Signed(
        ("trust.revoked_since",),
        WARNED,
        signed_by(unit(), NOW - 9 * DAY),
        signed_by(unit(), NOW - 9 * DAY),
        _revoked(-DAY, ReasonFlags.cessation_of_operation),
        trusting,
    ),
    "revocation not known": Signed(
        ("trust.revocation_unknown",),
        WARNED,
        _BY_UNIT,
        _BY_UNIT,
        lambda: Trusted((authority().certificate,)),
        trusting,
    ),
    "expired before signing": Signed(
        ("trust.not_valid_then",), INVALID, signed_by(unit(end=-DAY)), _BY_UNIT, trusting
    ),
    "expired since signing": Signed(
        ("trust.expired_since",), WARNED, signed_by(unit(end=-DAY), NOW - 9 * DAY), _BY_UNIT, trusting
    ),
    "signed before the certificate began": Signed(
        ("trust.not_valid_then",), INVALID, signed_by(unit(start=-DAY), NOW - 9 * DAY), _BY_UNIT, trusting
    ),
    "signer's clock 11 minutes ahead": Signed(
        ("trust.signed_in_future",),
        INVALID,
        signed_by(unit(), NOW + timedelta(minutes=11)),
        signed_by(unit(), NOW + timedelta(minutes=9)),
        trusting,
    ),
    "signer's clock a year ahead": Signed(
        ("trust.signed_in_future",), INVALID, signed_by(unit(end=2 * YEAR), NOW + YEAR), _BY_UNIT, trusting
    ),
    "signer's clock a year behind": Signed(
        ("trust.not_valid_then",), INVALID, signed_by(unit(), NOW - YEAR - DAY), _BY_UNIT, trusting
    ),
    "receiver's clock a year behind": Signed(
        ("trust.signed_in_future",), INVALID, _BY_UNIT, _BY_UNIT, trusting, now=NOW - YEAR
    ),
    "receiver's clock a year ahead": Signed(
        ("trust.revocation_old",), WARNED, signed_by(unit(end=3 * YEAR)), _BY_UNIT, trusting, now=NOW + YEAR
    ),
    "first signature exchanged below the second": Signed(
        ("package.file_changed",), INVALID, exchanged_below, countersigned
    ),
    "second signature without the first": Signed(
        ("package.file_added", "package.file_added"),
        INVALID,
        lambda: countersigned(covers=lambda digests: digests[:-2]),
        countersigned,
    ),
    "signatures in the other order": Signed(
        ("package.manifest_form",), Outcome.UNREADABLE, order_turned, countersigned
    ),
    "first signature stripped": Signed(
        ("package.manifest_form",), Outcome.UNREADABLE, first_stripped, countersigned
    ),
}
