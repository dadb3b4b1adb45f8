"""The CMS of a PDF signature, which other programs wrote: less strict than a package's, strict all the same.

One signer, SHA-2, keys as long as in packages. What the signature itself does not cover has to be as RFC 5652
writes it, so that no letter of the file can be changed unseen.
"""

from __future__ import annotations

from datetime import UTC
from typing import Any

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.trust.algorithms import RSA_BITS
from cchc_desktop.trust.cades import DATA, SIGNED_DATA
from cchc_desktop.trust.certificate import Certificate, CertificateUnreadable, read_certificate
from cchc_desktop.trust.der import CONTEXT_0, NULL, OBJECT, SEQUENCE, SET, body, integer, pieces, tlv
from cchc_desktop.trust.signature_check import MOST_CERTIFICATES, CheckedSignature, SignatureRefused

# RFC 5754, 2: SHA-256, SHA-384 and SHA-512, their parameters absent or NULL.
_OIDS = [tlv(OBJECT, bytes.fromhex(f"60864801650304020{number}")) for number in (1, 2, 3)]
_DIGESTS = frozenset(tlv(SEQUENCE, oid, *rest) for oid in _OIDS for rest in ((), (tlv(NULL),)))
_VERSIONS = frozenset({integer(1), integer(3)})
_SMALLEST_CURVE = 256


def checked_cms(found: Any) -> tuple[CheckedSignature, bool]:
    """Signer and time of pyHanko's embedded signature, and whether the signed digest is the file's.

    Raises `SignatureRefused`, and ValueError for what can't be read.
    """
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    others = found.other_embedded_certs
    if len(found.signed_data["signer_infos"]) != 1 or len(others) > 2 * MOST_CERTIFICATES:
        raise SignatureRefused("pades.signature_kind", Outcome.INVALID)
    if found.signer_info["signed_attrs"].native is None:
        raise SignatureRefused("pades.signature_kind", Outcome.INVALID)
    try:
        signer = read_certificate(found.signer_cert.dump())
        intermediates = tuple(read_certificate(other.dump()) for other in others)
        _check_form(bytes(found.pkcs7_content), signer)
        _check_key(signer)
    except CertificateUnreadable as error:
        raise SignatureRefused("pades.no_signature_data", Outcome.INVALID, str(error)) from error
    if not signer.may_sign:
        raise SignatureRefused("trust.certificate_usage", Outcome.INVALID)
    unchanged, holds = validate_sig_integrity(
        found.signer_info, found.signer_cert, "data", found.compute_digest()
    )
    if not holds:
        raise SignatureRefused("pades.signature_wrong", Outcome.INVALID)
    at = found.self_reported_timestamp
    if at is None:
        raise SignatureRefused("pades.no_time", Outcome.INVALID)
    moment = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return CheckedSignature(signer, intermediates, moment), unchanged


def der_length(content: bytes) -> int:
    """Length of the first DER value with its head."""
    first = content[1]
    if first < 0x80:
        return 2 + first
    count = first & 0x7F
    return 2 + count + int.from_bytes(content[2 : 2 + count], "big")


def _check_form(content: bytes, signer: Certificate) -> None:
    """The frame around what is signed."""
    kind, tagged = pieces(content[: der_length(content)], SEQUENCE)
    version, digests, encapsulated, *_more, signers = pieces(body(tagged, CONTEXT_0), SEQUENCE)
    signer_version, named, digest, *_rest = pieces(pieces(signers, SET)[0], SEQUENCE)
    good = (
        kind == SIGNED_DATA
        and {version, signer_version} <= _VERSIONS
        and encapsulated == tlv(SEQUENCE, DATA)
        and {digest, *pieces(digests, SET)} <= _DIGESTS
    )
    if named[0] == SEQUENCE:
        good = good and named == tlv(SEQUENCE, signer.issuer, integer(signer.serial))
    if not good:
        raise SignatureRefused("pades.signature_kind", Outcome.INVALID)


def _check_key(signer: Certificate) -> None:
    """As long as in packages; state certificates also use the larger curves."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    key = signer.public_key()
    good = isinstance(key, ec.EllipticCurvePublicKey) and key.curve.key_size >= _SMALLEST_CURVE
    if not good and not (isinstance(key, rsa.RSAPublicKey) and key.key_size in RSA_BITS):
        raise SignatureRefused("trust.signature_algorithm", Outcome.INVALID)
