"""The office's key for files that only it may read, and the certificates that a unit may encrypt for.

RSA of 3,072 bits, because RSA-OAEP is what openssl opens; apart from the signing key, because a key that
reads has to be kept as long as anybody still writes to it, and may have to be handed to a successor.
"""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cchc_desktop.domain.signing_key import Protection
from cchc_desktop.errors import KnownError
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.trust.authority import Authority, is_issued_by
from cchc_desktop.trust.certificate import BACKDATED, Certificate, subject_name
from cchc_desktop.trust.encryption import Envelope
from cchc_desktop.trust.key_file import KeyFileDamaged, read_key_file, write_private
from cchc_desktop.trust.key_room import KeyRoom
from cchc_desktop.trust.revocation import parsed_list
from cchc_desktop.trust.trusted import Trusted, load_trusted

FOLDER, RECEIVERS_FOLDER = "encryption", "receivers"
BITS = 3072
SMALLEST_BITS, LARGEST_BITS = 2048, 4096
LIFETIME = timedelta(days=3 * 365)
MOST_RECEIVERS = 200
_PINNED, _ISSUED = "pinned-", "issued-"


class DecryptionRoom(KeyRoom):
    """The decryption keys of an office, in `encryption/keys` of its folder; older ones go on reading."""

    def __init__(self, office_folder: Path) -> None:
        super().__init__(office_folder / FOLDER)

    def make(
        self, name: str, code: str, passphrase: str | None, now: datetime, authority: Authority | None
    ) -> Certificate:
        """A new key in use, with a certificate of the CA, or signed by itself where there is none.

        Raises as `KeyRoom.create`, and KnownError trust.authority_expired.
        """

        def made(name: str, code: str, now: datetime) -> tuple[Any, bytes]:
            return _made(name, code, now, authority)

        return self.create(name, code, passphrase, now, made)

    def key_for(self, envelope: Envelope, passphrase: str | None = None) -> tuple[Any, Certificate]:
        """The private key (of `cryptography`) that opens the envelope, whichever of this office's it is.

        Raises KnownError encryption.no_key, encryption.other_receiver, trust.key_locked, trust.key_lost,
        trust.wrong_passphrase.
        """
        files = sorted(self._folder.glob("*.pem"))
        if not files:
            raise KnownError("encryption.no_key", unusable_input=False)
        for file in files:
            with contextlib.suppress(KeyFileDamaged):
                key_file = read_key_file(file)
                certificate = key_file.certificate
                if (certificate.issuer, certificate.serial) == (envelope.issuer, envelope.serial):
                    if passphrase is not None and key_file.protection is Protection.PASSPHRASE:
                        self._unlock(key_file, passphrase)
                    return self._opened(key_file), certificate
        raise KnownError("encryption.other_receiver", unusable_input=False)


def _made(name: str, code: str, now: datetime, authority: Authority | None) -> tuple[Any, bytes]:
    """The key and its certificate (DER): for encrypting keys only, it can't sign anything."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(65537, BITS)
    start, end = now.astimezone(UTC).replace(microsecond=0) - BACKDATED, now + LIFETIME
    subject = subject_name(name, code, f"ENC {code}")
    issuer, signing = subject, key
    if authority is not None:
        whole = authority.certificate
        if not whole.valid_from <= now < whole.valid_to:
            raise KnownError("trust.authority_expired", unusable_input=False, valid_to=whole.valid_to)
        start, end = max(start, whole.valid_from), min(end, whole.valid_to)
        issuer = x509.load_der_x509_certificate(whole.der).subject
        signing = authority.key
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=True,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(identifier, critical=False)
        .sign(signing, hashes.SHA256())
    )
    return key, certificate.public_bytes(serialization.Encoding.DER)


@dataclass(frozen=True)
class Receiver:
    """A certificate that was kept; `pinned` when its code was heard, and no CA has to speak for it."""

    certificate: Certificate
    pinned: bool


def why_not(receiver: Receiver, trusted: Trusted, now: datetime) -> Message | None:
    """What forbids to encrypt for this certificate; None when it may be used.

    It has to be made for it (keyEncipherment, said outright, on an RSA key), valid now, and trusted: taken as
    known by its code, or issued by a CA that is trusted here; and not on a trusted CA's list.
    """
    certificate = receiver.certificate
    if not _may_encipher(certificate):
        return message("encryption.other_purpose", name=certificate.name)
    if not certificate.valid_from <= now <= certificate.valid_to:
        return message(
            "encryption.not_valid_now",
            name=certificate.name,
            valid_from=certificate.valid_from,
            valid_to=certificate.valid_to,
        )
    for authority in trusted.authorities:
        if is_issued_by(certificate, authority) and authority.valid_from <= now <= authority.valid_to:
            return _revoked(certificate, authority, trusted)
    if receiver.pinned:
        return None
    return message("encryption.not_trusted", name=certificate.name)


def _may_encipher(certificate: Certificate) -> bool:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import rsa

    try:
        parsed = x509.load_der_x509_certificate(certificate.der)
        key = parsed.public_key()
        usage = parsed.extensions.get_extension_for_class(x509.KeyUsage).value
    except Exception:  # bytes from anyone: the library has many ways to say no
        return False
    sized = isinstance(key, rsa.RSAPublicKey) and SMALLEST_BITS <= key.key_size <= LARGEST_BITS
    return sized and usage.key_encipherment


def _revoked(certificate: Certificate, authority: Certificate, trusted: Trusted) -> Message | None:
    for der in trusted.revocation_lists:
        found = parsed_list(der, authority)
        if found is not None and found.get_revoked_certificate_by_serial_number(certificate.serial):
            return message("encryption.revoked", name=certificate.name)
    return None


def keep_receiver(data: Path, receiver: Receiver) -> None:
    """From now on this unit can encrypt for the holder. Raises KnownError trust.not_kept."""
    place = _place(data, receiver.certificate.fingerprint, pinned=receiver.pinned)
    try:
        write_private(place, receiver.certificate.pem)
    except KnownError as error:
        raise KnownError("trust.not_kept", folder=str(place.parent), detail=error.detail) from error


def forget_receiver(data: Path, fingerprint: str) -> None:
    for pinned in (True, False):
        _place(data, fingerprint, pinned=pinned).unlink(missing_ok=True)


def kept_receivers(data: Path) -> tuple[Receiver, ...]:
    """All that were kept, usable or not, by name. Raises KnownError trust.file_…."""
    found = {}
    for file in sorted((data / RECEIVERS_FOLDER).glob("*.pem"))[:MOST_RECEIVERS]:
        for certificate in load_trusted([file]).certificates:
            receiver = Receiver(certificate, file.name.startswith(_PINNED))
            # One that came both ways is pinned.
            if receiver.pinned or certificate.fingerprint not in found:
                found[certificate.fingerprint] = receiver
    return tuple(sorted(found.values(), key=lambda receiver: receiver.certificate.name))


def _place(data: Path, fingerprint: str, *, pinned: bool) -> Path:
    return data / RECEIVERS_FOLDER / f"{_PINNED if pinned else _ISSUED}{fingerprint[:32]}.pem"
