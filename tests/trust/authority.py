"""A small CA for the tests, its certificates and its revocation lists (made by `cryptography` itself)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from cchc_desktop.trust.algorithms import SignatureAlgorithm
from cchc_desktop.trust.certificate import Certificate, read_certificate

DAY = timedelta(days=1)


def name(common: str, code: str = "") -> x509.Name:
    parts = [x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "VN")]
    if code:
        parts.append(x509.NameAttribute(x509.NameOID.ORGANIZATION_IDENTIFIER, f"CC:VN-{code}"))
    return x509.Name([*parts, x509.NameAttribute(x509.NameOID.COMMON_NAME, common)])


class Authority:
    """Signs certificates and revocation lists; `above` makes it an intermediate one."""

    def __init__(
        self, now: datetime, common: str = "Sở Nội vụ (CA mẫu)", above: Authority | None = None
    ) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = name(common)
        issuer, issuer_key = (above.name, above.key) if above else (self.name, self.key)
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(self.name)
            .issuer_name(issuer)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - 1000 * DAY)
            .not_valid_after(now + 3000 * DAY)
            .add_extension(x509.BasicConstraints(True, None), True)
            .add_extension(usage, True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), False)
            .sign(issuer_key, hashes.SHA256())
        )
        self.certificate = read_certificate(certificate.public_bytes(serialization.Encoding.DER))

    def issue(
        self,
        common: str,
        code: str,
        start: datetime,
        end: datetime,
        key: Any = None,
        *,
        ca: bool = False,
        may_sign: bool = True,
    ) -> tuple[Any, Certificate]:
        key = key or ec.generate_private_key(ec.SECP256R1())
        usage = x509.KeyUsage(may_sign, may_sign, not may_sign, False, False, ca, ca, False, False)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name(common, code))
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca, None), True)
            .add_extension(usage, True)
            .sign(self.key, hashes.SHA256())
        )
        return key, read_certificate(certificate.public_bytes(serialization.Encoding.DER))

    def revocations(
        self,
        issued: datetime,
        until: datetime,
        revoked: tuple[tuple[int, datetime, x509.ReasonFlags | None], ...] = (),
        key: Any = None,
    ) -> bytes:
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.name)
        builder = builder.last_update(issued).next_update(until)
        for serial, since, reason in revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since)
            if reason:
                entry = entry.add_extension(x509.CRLReason(reason), False)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(key or self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


class AnySigner:
    """A signer of any allowed algorithm, as tokens and PKCS#12 files will be."""

    def __init__(
        self,
        key: Any,
        certificate: Certificate,
        algorithm: SignatureAlgorithm = SignatureAlgorithm.ECDSA_P256,
        intermediates: tuple[bytes, ...] = (),
    ) -> None:
        self._key = key
        self.certificate = certificate
        self.algorithm = algorithm
        self.intermediates = intermediates

    def sign(self, message: bytes) -> bytes:
        sha256 = hashes.SHA256()
        if self.algorithm is SignatureAlgorithm.ECDSA_P256:
            signature = self._key.sign(message, ec.ECDSA(sha256))
        elif self.algorithm is SignatureAlgorithm.RSA_PKCS1:
            signature = self._key.sign(message, padding.PKCS1v15(), sha256)
        else:
            signature = self._key.sign(message, padding.PSS(padding.MGF1(sha256), 32), sha256)
        assert isinstance(signature, bytes)
        return signature


def rsa_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)
