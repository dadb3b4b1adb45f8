"""What can sign. One implementation now; a token or a PKCS#12 file is a further file beside it."""

from __future__ import annotations

from typing import Any, Protocol

from cchc_desktop.trust.algorithms import SignatureAlgorithm
from cchc_desktop.trust.certificate import Certificate


class Signer(Protocol):
    """Holds a private key or knows who does; the key itself never leaves it."""

    @property
    def certificate(self) -> Certificate: ...

    @property
    def intermediates(self) -> tuple[bytes, ...]:
        """Certificates (DER) between the signer's own and the root, without the root."""

    @property
    def algorithm(self) -> SignatureAlgorithm: ...

    def sign(self, message: bytes) -> bytes:
        """The signature over `message`, hashed with SHA-256 on the way."""


class SoftwareSigner:
    """A P-256 key in memory (an object of `cryptography`)."""

    intermediates: tuple[bytes, ...] = ()
    algorithm = SignatureAlgorithm.ECDSA_P256

    def __init__(self, key: Any, certificate: Certificate) -> None:
        self._key = key
        self.certificate = certificate

    def __repr__(self) -> str:
        return f"SoftwareSigner({self.certificate.fingerprint})"

    def sign(self, message: bytes) -> bytes:
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec

        signature: bytes = self._key.sign(message, ec.ECDSA(hashes.SHA256()))
        return signature
