"""The office's small CA: it issues certificates from requests and signs revocation lists, all offline.

P-256 throughout, because OpenSSL, GnuTLS, NSS and GnuPG all check it. The CA signs nothing else, and nothing
below it may be a CA (path length 0).
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from cchc_desktop.domain.office import Issued, RevocationIssue, RevocationReason, Way
from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.trust.algorithms import RSA_BITS
from cchc_desktop.trust.certificate import (
    BACKDATED,
    Certificate,
    CertificateUnreadable,
    plain_name,
    read_certificate,
    subject_name,
    unit_code_of,
)

AUTHORITY_LIFETIME = timedelta(days=10 * 365)
CERTIFICATE_LIFETIME = timedelta(days=2 * 365)
LIST_LIFETIME = timedelta(days=35)
LARGEST_REQUEST = 16 * 1024


@dataclass(frozen=True)
class Request:
    """A certificate request whose own signature holds: who sent it has the private key."""

    name: str
    unit_code: str
    public_key: Any
    public_der: bytes


@dataclass(frozen=True)
class Authority:
    """The CA at work: its private key (of `cryptography`) and its certificate."""

    key: Any
    certificate: Certificate

    def __repr__(self) -> str:
        return f"Authority({self.certificate.fingerprint})"

    def issue(
        self,
        request: Request,
        now: datetime,
        lifetime: timedelta = CERTIFICATE_LIFETIME,
        *,
        name: str = "",
    ) -> Certificate:
        """A signer's certificate for the key of the request; `name` takes the place of the request's.

        It ends with the CA at the latest: a longer one would be worth nothing. Raises KnownError
        trust.authority_expired when the CA itself is at its end.
        """
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes

        start = now.astimezone(UTC).replace(microsecond=0)
        if not self.certificate.valid_from <= start < self.certificate.valid_to:
            raise KnownError(
                "trust.authority_expired", unusable_input=False, valid_to=self.certificate.valid_to
            )
        parent = x509.load_der_x509_certificate(self.certificate.der)
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        made = (
            x509.CertificateBuilder()
            .subject_name(subject_name(name or request.name, request.unit_code))
            .issuer_name(parent.subject)
            .public_key(request.public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(max(start - BACKDATED, self.certificate.valid_from))
            .not_valid_after(min(start + lifetime, self.certificate.valid_to))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_packages=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(request.public_key), critical=False)
            .add_extension(identifier, critical=False)
            .sign(self.key, hashes.SHA256())
        )
        return read_certificate(_der(made))

    def revocation_list(
        self,
        revoked: Iterable[Issued],
        number: int,
        now: datetime,
        lifetime: timedelta = LIST_LIFETIME,
    ) -> bytes:
        """The list (DER) of everything this CA took back; `number` grows with each list (RFC 5280, 5.2.3)."""
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes

        at = now.astimezone(UTC).replace(microsecond=0)
        parent = x509.load_der_x509_certificate(self.certificate.der)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(parent.subject)
            .last_update(at)
            .next_update(at + lifetime)
            .add_extension(x509.CRLNumber(number), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False
            )
        )
        for one in revoked:
            if one.since is None:
                continue
            entry = (
                x509.RevokedCertificateBuilder()
                .serial_number(int(one.serial, 16))
                .revocation_date(one.since.astimezone(UTC).replace(microsecond=0))
            )
            # RFC 5280 asks to leave the reason out where none is known.
            if one.reason is not None and one.reason is not RevocationReason.UNSPECIFIED:
                entry = entry.add_extension(x509.CRLReason(_flag(one.reason)), critical=False)
            builder = builder.add_revoked_certificate(entry.build())
        return _der(builder.sign(self.key, hashes.SHA256()))


def authority_certificate(name: str, code: str, now: datetime) -> tuple[Any, bytes]:
    """A new CA key and its certificate (DER), named apart from the office's signing certificate."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = subject_name(name, code, f"CA {code}")
    start = now.astimezone(UTC).replace(microsecond=0) - BACKDATED
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + AUTHORITY_LIFETIME)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_packages=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return key, _der(certificate)


def certificate_request(key: Any, name: str, code: str) -> bytes:
    """A PKCS#10 request (PEM), signed by the key that it is for."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization

    builder = x509.CertificateSigningRequestBuilder().subject_name(subject_name(name, code))
    pem: bytes = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    return pem


def read_request(pem: bytes) -> Request:
    """Raises KnownError trust.request_unreadable, trust.request_not_proven (someone else's key),
    trust.request_weak, trust.request_without_code.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if len(pem) > LARGEST_REQUEST:
        raise KnownError("trust.request_unreadable", detail="too large")
    try:
        request = x509.load_pem_x509_csr(pem)
        key: Any = request.public_key()
        name = {part.oid: str(part.value) for part in request.subject}
        proven = request.is_signature_valid
    except Exception as error:  # bytes from anyone: the library has many ways to say no
        raise KnownError("trust.request_unreadable", detail=str(error)) from error
    if not proven:
        raise KnownError("trust.request_not_proven", unusable_input=False)
    is_p256 = isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)
    if not is_p256 and not (isinstance(key, rsa.RSAPublicKey) and key.key_size in RSA_BITS):
        raise KnownError("trust.request_weak", unusable_input=False)
    code = unit_code_of(name.get(x509.NameOID.ORGANIZATION_IDENTIFIER, ""))
    spoken = name.get(x509.NameOID.ORGANIZATION_NAME) or name.get(x509.NameOID.COMMON_NAME, "")
    if not code or not spoken:
        raise KnownError("trust.request_without_code", unusable_input=False)
    return Request(plain_name(spoken), code, key, public_der(key))


def request_for(certificate: Certificate) -> Request:
    """As if the holder of this certificate had asked: used by the office for its own signing key."""
    key = certificate.public_key()
    return Request(certificate.name, certificate.unit_code, key, public_der(key))


def public_der(key: Any) -> bytes:
    """The SubjectPublicKeyInfo of a public key (of `cryptography`)."""
    from cryptography.hazmat.primitives import serialization

    der: bytes = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return der


def same_key(one: Certificate, other_public_der: bytes) -> bool:
    return public_der(one.public_key()) == other_public_der


def is_issued_by(certificate: Certificate, authority: Certificate) -> bool:
    """Whether that CA signed this certificate; says nothing about times or revocation."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    if not authority.is_ca:
        return False
    try:
        parent = x509.load_der_x509_certificate(authority.der)
        x509.load_der_x509_certificate(certificate.der).verify_directly_issued_by(parent)
    except (ValueError, TypeError, InvalidSignature, CertificateUnreadable):
        return False
    return True


def next_list(
    authority: Authority,
    last: RevocationIssue | None,
    certificates: Iterable[Issued],
    now: datetime,
    lifetime: timedelta = LIST_LIFETIME,
) -> RevocationIssue:
    """The list that follows `last`, over everything in the register that this CA took back."""
    number = 1 if last is None else last.number + 1
    at = now.astimezone(UTC).replace(microsecond=0)
    own = [one for one in certificates if one.is_revoked and one.way in (Way.ISSUED, Way.OWN)]
    der = authority.revocation_list(own, number, at, lifetime)
    return RevocationIssue(number, at, at + lifetime, list_pem(der).decode("ascii"))


def issued(certificate: Certificate, way: Way, at: datetime, request_id: str = "") -> Issued:
    """The certificate as the office's register keeps it."""
    return Issued(
        fingerprint=certificate.fingerprint,
        way=way,
        name=certificate.name,
        unit_code=certificate.unit_code,
        serial=f"{certificate.serial:x}",
        valid_from=certificate.valid_from,
        valid_to=certificate.valid_to,
        at=at,
        pem=certificate.pem.decode("ascii"),
        request_id=request_id,
    )


def list_pem(der: bytes) -> bytes:
    return _armoured("X509 CRL", der)


def _armoured(kind: str, der: bytes) -> bytes:
    lines = base64.encodebytes(der).replace(b"\n", b"")
    rows = [lines[at : at + 64] for at in range(0, len(lines), 64)]
    head, tail = f"-----BEGIN {kind}-----".encode(), f"-----END {kind}-----".encode()
    return b"\n".join([head, *rows, tail, b""])


def _flag(reason: RevocationReason) -> Any:
    from cryptography import x509

    return x509.ReasonFlags[reason.value]


def _usage(*, signs_packages: bool) -> Any:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=signs_packages,
        content_commitment=signs_packages,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_packages,
        crl_sign=not signs_packages,
        encipher_only=False,
        decipher_only=False,
    )


def _der(made: Any) -> bytes:
    from cryptography.hazmat.primitives import serialization

    der: bytes = made.public_bytes(serialization.Encoding.DER)
    return der
