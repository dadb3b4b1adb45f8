"""The signature file: CMS SignedData, detached, CAdES-B-B (ETSI EN 319 122-1), in exactly one form.

`assemble` is the only place that lays out these bytes. The check takes a signature apart, assembles it anew
and compares: what this module would not have written is refused, and with it every encoding trick.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import dataclass, replace
from cchc_desktop.trust.algorithms import IDENTIFIERS, SignatureAlgorithm
from cchc_desktop.trust.certificate import Certificate
from cchc_desktop.trust.der import (
    CONTEXT_0,
    GENERALIZED_TIME,
    NULL,
    OBJECT,
    OCTET_STRING,
    SEQUENCE,
    UTC_TIME,
    integer,
    set_of,
    tlv,
)
from cchc_desktop.trust.signer import Signer

# RFC 5652 (1.2.840.113549.1.7.1, .1.7.2, .1.9.3, .1.9.4, .1.9.5), RFC 5035 (.1.9.16.2.47), RFC 5754.
DATA = tlv(OBJECT, bytes.fromhex("2a864886f70d010701"))
SIGNED_DATA = tlv(OBJECT, bytes.fromhex("2a864886f70d010702"))
CONTENT_TYPE = tlv(OBJECT, bytes.fromhex("2a864886f70d010903"))
MESSAGE_DIGEST = tlv(OBJECT, bytes.fromhex("2a864886f70d010904"))
SIGNING_TIME = tlv(OBJECT, bytes.fromhex("2a864886f70d010905"))
SIGNING_CERTIFICATE_V2 = tlv(OBJECT, bytes.fromhex("2a864886f70d010910022f"))
SHA256 = tlv(SEQUENCE, tlv(OBJECT, bytes.fromhex("608648016503040201")), tlv(NULL))


@dataclass(frozen=True)
class SignatureParts:
    """Everything that differs from one signature to the next."""

    issuer: bytes
    serial: int
    message_digest: bytes
    signed_at: datetime
    certificate_digest: bytes
    algorithm: SignatureAlgorithm
    signature: bytes
    certificates: tuple[bytes, ...]


def sign_detached(signer: Signer, content_sha256: bytes, at: datetime) -> bytes:
    """The DER of the signature over content with that digest; `at` is the claimed signing time.

    Raises KnownError trust.clock when the certificate is not valid at that time: nobody could accept it.
    """
    certificate = signer.certificate
    moment = at.astimezone(UTC).replace(microsecond=0)
    if not certificate.valid_from <= moment <= certificate.valid_to:
        raise KnownError(
            "trust.clock", today=at, valid_from=certificate.valid_from, valid_to=certificate.valid_to
        )
    unsigned = SignatureParts(
        issuer=certificate.issuer,
        serial=certificate.serial,
        message_digest=content_sha256,
        signed_at=moment,
        certificate_digest=hashlib.sha256(certificate.der).digest(),
        algorithm=signer.algorithm,
        signature=b"",
        certificates=(certificate.der, *signer.intermediates),
    )
    return assemble(replace(unsigned, signature=signer.sign(signed_attributes(unsigned))))


def signed_attributes(parts: SignatureParts) -> bytes:
    """What is signed: the four attributes as an explicit SET OF (RFC 5652, 5.4)."""
    certificate_id = tlv(SEQUENCE, tlv(SEQUENCE, tlv(SEQUENCE, tlv(OCTET_STRING, parts.certificate_digest))))
    values = {
        CONTENT_TYPE: DATA,
        SIGNING_TIME: encoded_time(parts.signed_at),
        MESSAGE_DIGEST: tlv(OCTET_STRING, parts.message_digest),
        SIGNING_CERTIFICATE_V2: certificate_id,
    }
    return set_of(*(tlv(SEQUENCE, kind, set_of(value)) for kind, value in values.items()))


def encoded_time(moment: datetime) -> bytes:
    """RFC 5652, 11.3: UTCTime until 2049, GeneralizedTime from then on, to the second, in UTC."""
    if moment.year < 2050:
        return tlv(UTC_TIME, f"{moment:%y%m%d%H%M%S}Z".encode())
    return tlv(GENERALIZED_TIME, f"{moment:%Y%m%d%H%M%S}Z".encode())


def assemble(parts: SignatureParts) -> bytes:
    """The whole file: one signer, SHA-256, these certificates, no content, no unsigned attributes."""
    attributes = signed_attributes(parts)
    signer = tlv(
        SEQUENCE,
        integer(1),
        tlv(SEQUENCE, parts.issuer, integer(parts.serial)),
        SHA256,
        bytes((CONTEXT_0,)) + attributes[1:],
        IDENTIFIERS[parts.algorithm],
        tlv(OCTET_STRING, parts.signature),
    )
    signed = tlv(
        SEQUENCE,
        integer(1),
        set_of(SHA256),
        tlv(SEQUENCE, DATA),
        tlv(CONTEXT_0, *sorted(parts.certificates)),
        set_of(signer),
    )
    return tlv(SEQUENCE, SIGNED_DATA, tlv(CONTEXT_0, signed))


def signer_certificate(parts: SignatureParts, certificates: Sequence[Certificate]) -> Certificate | None:
    """The certificate that the signature names: by issuer and serial number, and by its digest."""
    for certificate in certificates:
        if (certificate.issuer, certificate.serial) == (parts.issuer, parts.serial):
            digest = hashlib.sha256(certificate.der).digest()
            return certificate if digest == parts.certificate_digest else None
    return None
