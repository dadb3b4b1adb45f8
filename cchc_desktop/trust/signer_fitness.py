"""Whether a certificate can sign packages today, and how: the same questions for files and for tokens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cchc_desktop.domain.vietnam_time import VIETNAM, vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.message import Message, message
from cchc_desktop.trust.algorithms import RSA_BITS, SignatureAlgorithm
from cchc_desktop.trust.certificate import Certificate, CertificateUnreadable

_MOST_INTERMEDIATES = 4


def fault_of(certificate: Certificate, now: datetime) -> Message | None:
    """Why nobody could accept a signature of this certificate now; None when there is nothing to say."""
    if certificate.is_ca:
        return message("signers.certificate_of_authority", name=certificate.name)
    if not certificate.may_sign:
        return message("signers.certificate_not_for_signing", name=certificate.name)
    if now > certificate.valid_to:
        return message("signers.certificate_expired", name=certificate.name, day=_local(certificate.valid_to))
    if now < certificate.valid_from:
        day = _local(certificate.valid_from)
        return message("signers.certificate_not_yet", name=certificate.name, day=day, today=_local(now))
    if _kind(certificate) is None:
        return message("signers.key_kind", name=certificate.name)
    return None


def chosen_one(certificates: tuple[Certificate, ...], fingerprint: str) -> Certificate:
    """The certificate to sign with: the one that was chosen, or the only one that can.

    Raises KnownError signers.no_key, signers.chosen_missing, signers.several_certificates, and for the one
    certificate what is wrong with it.
    """
    now = vietnam_now()
    if not certificates:
        raise KnownError("signers.no_key", unusable_input=False)
    if fingerprint:
        found = [one for one in certificates if one.fingerprint == fingerprint]
        if not found:
            raise KnownError("signers.chosen_missing", unusable_input=False)
    else:
        found = [one for one in certificates if fault_of(one, now) is None] or list(certificates[:1])
        if len(found) > 1:
            names = tuple(one.name for one in found)
            raise KnownError("signers.several_certificates", unusable_input=False, names=names)
    if (fault := fault_of(found[0], now)) is not None:
        raise KnownError(fault.id, unusable_input=False, **fault.args)
    return found[0]


def algorithm_for(certificate: Certificate, *, pss: bool) -> SignatureAlgorithm:
    """P-256 has one way to sign; an RSA key has two. Raises KnownError signers.key_kind."""
    kind = _kind(certificate)
    if kind is None:
        raise KnownError("signers.key_kind", unusable_input=False, name=certificate.name)
    if kind is SignatureAlgorithm.RSA_PKCS1 and pss:
        return SignatureAlgorithm.RSA_PSS
    return kind


def chain_of(certificate: Certificate, others: Iterable[Certificate]) -> tuple[bytes, ...]:
    """The certificates (DER) from the signer's issuer up to below the root, as far as they are there."""
    by_subject = {other.subject: other for other in others if other.is_ca}
    chain: list[bytes] = []
    issuer = certificate.issuer
    while (above := by_subject.pop(issuer, None)) is not None and len(chain) < _MOST_INTERMEDIATES:
        if above.subject == above.issuer:
            break
        chain.append(above.der)
        issuer = above.issuer
    return tuple(chain)


def _kind(certificate: Certificate) -> SignatureAlgorithm | None:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    try:
        key: Any = certificate.public_key()
    except CertificateUnreadable:
        return None
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return SignatureAlgorithm.ECDSA_P256
    if isinstance(key, rsa.RSAPublicKey) and key.key_size in RSA_BITS:
        return SignatureAlgorithm.RSA_PKCS1
    return None


def _local(moment: datetime) -> datetime:
    return moment.astimezone(VIETNAM)
