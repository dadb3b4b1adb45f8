"""The strict check of one signature file, without a word on trust: is it ours in form, and does it hold?"""

from __future__ import annotations

from datetime import UTC, datetime

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.trust.algorithms import algorithm_of, signature_holds
from cchc_desktop.trust.cades import (
    CONTENT_TYPE,
    MESSAGE_DIGEST,
    SHA256,
    SIGNED_DATA,
    SIGNING_CERTIFICATE_V2,
    SIGNING_TIME,
    SignatureParts,
    assemble,
    signed_attributes,
    signer_certificate,
)
from cchc_desktop.trust.certificate import (
    EARLIEST,
    LATEST,
    Certificate,
    CertificateUnreadable,
    read_certificate,
)
from cchc_desktop.trust.der import CONTEXT_0, INTEGER, OCTET_STRING, SEQUENCE, SET, UTC_TIME, body, pieces

LARGEST_SIGNATURE = 64 * 1024
MOST_CERTIFICATES = 8
_ATTRIBUTES = {CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME, SIGNING_CERTIFICATE_V2}


class SignatureRefused(Exception):  # noqa: N818 - an answer, not a failure
    """`code` is a catalogue id; the outcome is `UNREADABLE` for a wrong form, else `INVALID`."""

    def __init__(self, code: str, outcome: Outcome, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.outcome = outcome
        self.detail = detail


@dataclass(frozen=True)
class CheckedSignature:
    """A signature that holds. Whether the signer can be trusted is asked elsewhere."""

    signer: Certificate
    intermediates: tuple[Certificate, ...]
    signed_at: datetime


def check_signature(file: bytes, content_sha256: bytes) -> CheckedSignature:
    """Check the bytes of a `.p7s` over content with that digest. Raises `SignatureRefused`."""
    parts = take_apart(file)
    try:
        certificates = tuple(read_certificate(der) for der in parts.certificates)
    except CertificateUnreadable as error:
        raise _form("trust.signature_certificate", error) from error
    if not any((c.issuer, c.serial) == (parts.issuer, parts.serial) for c in certificates):
        raise _form("trust.signature_certificate")
    if parts.message_digest != content_sha256:
        raise SignatureRefused("trust.signature_moved", Outcome.INVALID)
    signer = signer_certificate(parts, certificates)
    if signer is None:
        raise SignatureRefused("trust.signature_other_certificate", Outcome.INVALID)
    if not signer.may_sign:
        raise SignatureRefused("trust.certificate_usage", Outcome.INVALID)
    try:
        holds = signature_holds(
            parts.algorithm, signer.public_key(), parts.signature, signed_attributes(parts)
        )
    except CertificateUnreadable as error:
        raise _form("trust.signature_certificate", error) from error
    if holds is None:
        raise _form("trust.signature_algorithm")
    if not holds:
        raise SignatureRefused("trust.signature_wrong", Outcome.INVALID)
    return CheckedSignature(signer, _intermediates(signer, certificates), parts.signed_at)


def _intermediates(signer: Certificate, certificates: tuple[Certificate, ...]) -> tuple[Certificate, ...]:
    """Who issued the signer, and who issued that one. Nothing else may be carried along: nobody signs what
    stands in this set, so that anybody could add to it.
    """
    left = list(certificates)
    left.remove(signer)
    found: list[Certificate] = []
    below = signer
    while left:
        above = next((c for c in left if c.subject == below.issuer and c.subject != c.issuer), None)
        if above is None:
            raise _form("trust.signature_certificate")
        left.remove(above)
        found.append(above)
        below = above
    return tuple(found)


def take_apart(file: bytes) -> SignatureParts:
    """The parts of a signature file that has exactly the profile's form; else `SignatureRefused`."""
    if len(file) > LARGEST_SIGNATURE:
        raise _form("trust.signature_too_large")
    try:
        parts = _parts(file)
        again = assemble(parts)
    except (ValueError, OverflowError, IndexError) as error:
        raise _form("trust.signature_not_cms", error) from error
    if again != file:
        raise _form("trust.signature_encoding")
    return parts


def _parts(file: bytes) -> SignatureParts:
    """Where each part should stand; what stands elsewhere shows when the whole is assembled anew."""
    kind, content = pieces(file, SEQUENCE)[:2]
    if kind != SIGNED_DATA:
        raise ValueError("no SignedData")
    signed = pieces(body(content, CONTEXT_0), SEQUENCE)
    if len(signed) != 5:
        raise ValueError("not the five parts of SignedData")
    certificates = tuple(pieces(signed[3], CONTEXT_0))
    if not 1 <= len(certificates) <= MOST_CERTIFICATES:
        raise _form("trust.signature_certificate")
    signers = pieces(signed[4], SET)
    if len(signers) != 1:
        raise _form("trust.signature_signers")
    signer = pieces(signers[0], SEQUENCE)
    if len(signer) != 6:
        raise _form("trust.signature_attributes")
    _version, named, digest_algorithm, attribute_set, signature_algorithm, signature = signer
    attributes = _attributes(attribute_set)
    algorithm = algorithm_of(signature_algorithm)
    if algorithm is None or digest_algorithm != SHA256:
        raise _form("trust.signature_algorithm")
    issuer, serial = pieces(named, SEQUENCE)[:2]
    identifier = pieces(
        pieces(pieces(attributes[SIGNING_CERTIFICATE_V2], SEQUENCE)[0], SEQUENCE)[0], SEQUENCE
    )
    return SignatureParts(
        issuer=issuer,
        serial=int.from_bytes(body(serial, INTEGER), "big", signed=True),
        message_digest=body(attributes[MESSAGE_DIGEST], OCTET_STRING),
        signed_at=_time(attributes[SIGNING_TIME]),
        certificate_digest=body(identifier[0], OCTET_STRING),
        algorithm=algorithm,
        signature=body(signature, OCTET_STRING),
        certificates=certificates,
    )


def _attributes(attribute_set: bytes) -> dict[bytes, bytes]:
    """The four signed attributes, each once and each with one value."""
    found: dict[bytes, bytes] = {}
    attributes = pieces(attribute_set, CONTEXT_0)
    for attribute in attributes:
        kind, values = pieces(attribute, SEQUENCE)[:2]
        value = pieces(values, SET)
        if len(value) != 1:
            raise _form("trust.signature_attributes")
        found[kind] = value[0]
    if found.keys() != _ATTRIBUTES or len(attributes) != len(_ATTRIBUTES):
        raise _form("trust.signature_attributes")
    return found


def _time(value: bytes) -> datetime:
    """The one spelling that we write; another ("without seconds") fails here or when assembled anew."""
    form = "%y%m%d%H%M%SZ" if value[0] == UTC_TIME else "%Y%m%d%H%M%SZ"
    moment = datetime.strptime(value[2:].decode("ascii"), form).replace(tzinfo=UTC)
    if not EARLIEST < moment < LATEST:
        raise ValueError("outside of any calendar")
    return moment


def _form(code: str, cause: Exception | None = None) -> SignatureRefused:
    return SignatureRefused(code, Outcome.UNREADABLE, str(cause or ""))
