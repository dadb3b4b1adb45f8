"""One key in one PEM file: a few plain lines, the encrypted PKCS#8 key, the certificate.

`openssl pkey -in FILE` and `openssl x509 -in FILE` read it as it is. The PKCS#8 encryption (PBKDF2 with 2,048
rounds) only suits a secret of full strength: 32 random bytes from the keyring, or 32 bytes of scrypt.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import re
import secrets
import unicodedata
from pathlib import Path
from typing import Any

from cchc_desktop.domain.signing_key import Protection
from cchc_desktop.durable_names import sync_folder
from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import dataclass, replace
from cchc_desktop.trust.certificate import Certificate, CertificateUnreadable, read_certificate

SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**17, 8, 1
SECRET_BYTES = 32
_SCRYPT_MEMORY = 256 * 1024 * 1024
_FORM = "CCHC-Key: 1"
_SCRYPT_LINE = f"n={SCRYPT_N} r={SCRYPT_R} p={SCRYPT_P}"
_LARGEST = 64 * 1024
_FINGERPRINT = re.compile(r"([0-9a-f]{64})?")


class KeyFileDamaged(Exception):  # noqa: N818 - the caller turns it into the state "lost"
    """The key file is not what this program wrote."""


@dataclass(frozen=True)
class KeyFile:
    """`encrypted` is the PEM of the PKCS#8 key; `salt` is empty unless a passphrase protects it.

    `first` is the fingerprint of the certificate that the key was made with, where this one is another.
    """

    protection: Protection
    certificate: Certificate
    encrypted: bytes
    salt: bytes = b""
    first: str = ""

    @property
    def key_id(self) -> str:
        """The same for one key, whatever certificates it gets in its life."""
        return self.first or self.certificate.fingerprint

    @property
    def account(self) -> str:
        """The name of the secret in the keyring."""
        return f"signing-key:{self.key_id}"

    @property
    def file_name(self) -> str:
        return f"{self.certificate.fingerprint[:16]}.pem"

    def with_certificate(self, certificate: Certificate) -> KeyFile:
        """The same key with the certificate that an office issued for it; nothing has to be unlocked."""
        return replace(self, certificate=certificate, first=self.key_id)

    def open_with(self, secret: str) -> Any:
        """The private key (of `cryptography`). Raises `WrongSecret` when this is not its secret."""
        from cryptography.hazmat.primitives import serialization

        try:
            key: Any = serialization.load_pem_private_key(self.encrypted, secret.encode())
        except (ValueError, TypeError) as error:
            raise WrongSecret from error
        if key.public_key() != self.certificate.public_key():
            raise WrongSecret
        return key


class WrongSecret(Exception):  # noqa: N818 - an answer, not a failure
    """The secret does not open the key."""


def new_secret() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def secret_from_passphrase(passphrase: str, salt: bytes) -> str:
    """Slow on purpose (about 0.6 s, 128 MB): a guess costs as much."""
    typed = unicodedata.normalize("NFC", passphrase).encode()
    derived = hashlib.scrypt(
        typed, salt=salt, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P, maxmem=_SCRYPT_MEMORY, dklen=SECRET_BYTES
    )
    return base64.urlsafe_b64encode(derived).decode()


def sealed(key: Any, certificate: Certificate, protection: Protection, secret: str, salt: bytes) -> KeyFile:
    from cryptography.hazmat.primitives import serialization

    encrypted = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(secret.encode()),
    )
    return KeyFile(protection, certificate, encrypted, salt)


def write_key_file(path: Path, key_file: KeyFile) -> None:
    """Beside, fsync, rename; readable by its owner only from the first byte on."""
    lines = [_FORM, f"Secret: {key_file.protection.value}"]
    if key_file.salt:
        lines += [f"Scrypt: {_SCRYPT_LINE}", f"Salt: {key_file.salt.hex()}"]
    if key_file.first:
        lines.append(f"First-Certificate: {key_file.first}")
    text = "\n".join([*lines, "", ""]).encode()
    write_private(path, text + key_file.encrypted + key_file.certificate.pem)


def write_private(path: Path, content: bytes) -> None:
    """Replace a small file of the keys folder so that either the old or the new one is there, whole."""
    beside = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise KnownError("trust.key_not_written", folder=str(path.parent), detail=str(error)) from error


def read_key_file(path: Path) -> KeyFile:
    """Raises `KeyFileDamaged` for everything that `write_key_file` does not write."""
    try:
        if path.stat().st_size > _LARGEST:
            raise KeyFileDamaged(f"{path.name} is too large")
        text = path.read_bytes()
    except OSError as error:
        raise KeyFileDamaged(str(error)) from error
    head, found, blocks = text.partition(b"\n\n")
    encrypted, end, certificate = blocks.partition(b"-----END ENCRYPTED PRIVATE KEY-----\n")
    if not found or not end:
        raise KeyFileDamaged(path.name)
    try:
        form, *lines = head.decode("ascii").split("\n")
        fields = dict(line.split(": ", 1) for line in lines)
        protection = Protection(fields["Secret"])
        salt = bytes.fromhex(fields.get("Salt", ""))
        first = fields.get("First-Certificate", "")
        body = b"".join(certificate.split(b"\n")[1:-2])
        parsed = read_certificate(base64.b64decode(body, validate=True))
    except (ValueError, KeyError, CertificateUnreadable) as error:
        raise KeyFileDamaged(str(error)) from error
    asked = Protection.PASSPHRASE if salt and fields.get("Scrypt") == _SCRYPT_LINE else Protection.KEYRING
    if form != _FORM or protection is not asked or not _FINGERPRINT.fullmatch(first):
        raise KeyFileDamaged(path.name)
    return KeyFile(protection, parsed, encrypted + end, salt, first)
