"""An X.509 certificate as this program sees it, and the self-signed one of a unit's software key."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

from cchc_desktop.domain.signing_key import CertificateSummary
from cchc_desktop.quick_dataclass import dataclass

# ETSI EN 319 412-1, 5.1.4: a national scheme of two letters, ":", the country, "-", the identifier.
UNIT_CODE_PREFIX = "CC:VN-"
LONGEST_NAME = 64
_HANGING = ' ,;:.–-("“‘'
"""What a name that was cut at a word does not end with."""
LONGEST_SHOWN = 200
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
LIFETIME = timedelta(days=5 * 365)
# A PC's clock is set back by a few minutes now and then; a key made before that must still sign.
BACKDATED = timedelta(hours=1)


class CertificateUnreadable(Exception):  # noqa: N818 - the caller says what it means for its own work
    """These bytes are no X.509 certificate that can be used."""


@dataclass(frozen=True)
class Certificate:
    """Read once from DER; names are kept as DER because that is how they are compared."""

    der: bytes
    name: str
    unit_code: str
    subject: bytes
    issuer: bytes
    serial: int
    valid_from: datetime
    valid_to: datetime
    is_ca: bool
    may_sign: bool

    @cached_property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.der).hexdigest()

    @cached_property
    def spoken_code(self) -> str:
        return spoken_code(self.der)

    @property
    def pem(self) -> bytes:
        lines = base64.encodebytes(self.der).replace(b"\n", b"")
        rows = [lines[at : at + 64] for at in range(0, len(lines), 64)]
        return b"\n".join([b"-----BEGIN CERTIFICATE-----", *rows, b"-----END CERTIFICATE-----", b""])

    def public_key(self) -> Any:
        """The key as an object of `cryptography`. Raises `CertificateUnreadable` for unknown kinds."""
        from cryptography import x509

        try:
            return x509.load_der_x509_certificate(self.der).public_key()
        except Exception as error:  # bytes from anyone: the library has many ways to say no
            raise CertificateUnreadable(str(error)) from error

    def summary(self) -> CertificateSummary:
        return CertificateSummary(
            self.name, self.unit_code, self.fingerprint, self.spoken_code, self.valid_from, self.valid_to
        )


def spoken_code(der: bytes) -> str:
    """24 letters that two people can read to each other: base32 of 15 bytes of SHA-256, in six groups."""
    code = base64.b32encode(hashlib.sha256(der).digest()[:15]).decode()
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


@lru_cache(maxsize=64)  # a folder of packages brings the same few certificates again and again
def read_certificate(der: bytes) -> Certificate:
    """Raises `CertificateUnreadable`. Nothing is said about whether it can be trusted."""
    from asn1crypto import x509

    try:
        parsed = x509.Certificate.load(der, strict=True)
        validity = parsed["tbs_certificate"]["validity"]
        names = {part["type"].native: str(part["value"].native) for part in _parts(parsed.subject)}
        usage = parsed.key_usage_value
        constraints = parsed.basic_constraints_value
        identifier = names.get("organization_identifier", "")
        unit_code = unit_code_of(identifier)
        first, second = ("organization_name", "common_name")[:: 1 if unit_code else -1]
        if parsed.serial_number <= 0:
            raise ValueError("RFC 5280, 4.1.2.2: a serial number is positive")
        return Certificate(
            der=der,
            name=plain_name(names.get(first) or names.get(second) or parsed.subject.human_friendly),
            unit_code=unit_code,
            subject=parsed.subject.dump(),
            issuer=parsed.issuer.dump(),
            serial=parsed.serial_number,
            valid_from=within_calendar(validity["not_before"].native),
            valid_to=within_calendar(validity["not_after"].native),
            is_ca=bool(constraints is not None and constraints["ca"].native),
            may_sign=usage is None or bool({"digital_signature", "non_repudiation"} & usage.native),
        )
    except Exception as error:  # bytes from anyone: the library has many ways to say no
        raise CertificateUnreadable(str(error)) from error


def plain_name(name: str) -> str:
    """A name as it can be shown and read out: one line, without letters that hide or turn others around."""
    kept = (c if c.isprintable() else " " for c in name[:LONGEST_SHOWN])
    return " ".join("".join(kept).split()) or "?"


def within_calendar(moment: datetime) -> datetime:
    """In UTC, and a day off the end of the calendar ("never expires"), so that any zone can show it."""
    return min(max(moment.astimezone(UTC), EARLIEST), LATEST)


def _parts(name: Any) -> list[Any]:
    return [part for relative in name.chosen for part in relative]


def self_signed(name: str, unit_code: str, now: datetime) -> tuple[Any, bytes]:
    """A new P-256 key (of `cryptography`) and its certificate (DER) for the unit with that name and code.

    No CA: with it nobody can issue certificates for others. Key usage digitalSignature + nonRepudiation is
    what OpenSSL, GnuTLS and NSS ask of a CMS signer.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = subject_name(name, unit_code)
    start = now.astimezone(UTC).replace(microsecond=0) - BACKDATED
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + LIFETIME)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(identifier, critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    return key, certificate.public_bytes(serialization.Encoding.DER)


def subject_name(name: str, unit_code: str, common: str = "") -> Any:
    """The name (of `cryptography`) of a unit, an office or, with `common`, an office's CA."""
    from cryptography import x509

    common = _shortened(common or name, lambda n: len(n.encode()))
    return x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_IDENTIFIER, UNIT_CODE_PREFIX + unit_code),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, _shortened(name, str.__len__)),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, common),
        ]
    )


def unit_code_of(identifier: str) -> str:
    """The unit's code in an organization identifier of our scheme; "" for another's.

    Letters outside ASCII come escaped: such a code equals no unit's, and can be shown.
    """
    if not identifier.startswith(UNIT_CODE_PREFIX):
        return ""
    return ascii(identifier.removeprefix(UNIT_CODE_PREFIX)[:LONGEST_SHOWN])[1:-1]


def _shortened(name: str, length: Callable[[str], int]) -> str:
    """X.520 gives a name 64 letters (and `cryptography` a common name 64 bytes); a longer one ends at a word.

    The signed head has the whole name.
    """
    plain = " ".join(name.split()) or "?"
    words = plain.split(" ")
    if length(plain) <= LONGEST_NAME:
        return plain
    while len(words) > 1 and length(" ".join(words)) > LONGEST_NAME:
        words.pop()
    short = " ".join(words).rstrip(_HANGING) or plain
    while length(short) > LONGEST_NAME:
        short = short[:-1]
    return short
