"""What can sign: the program's own key here; files and tokens in `pkcs12_file` and `token`."""

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


class KeySigner:
    """A key in memory (of `cryptography`), of any of the allowed kinds."""

    def __init__(
        self,
        key: Any,
        certificate: Certificate,
        algorithm: SignatureAlgorithm,
        intermediates: tuple[bytes, ...] = (),
    ) -> None:
        self._key = key
        self.certificate = certificate
        self.algorithm = algorithm
        self.intermediates = intermediates

    def __repr__(self) -> str:
        return f"KeySigner({self.certificate.fingerprint})"

    def sign(self, message: bytes) -> bytes:
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, padding

        sha256 = hashes.SHA256()
        if self.algorithm is SignatureAlgorithm.ECDSA_P256:
            return bytes(self._key.sign(message, ec.ECDSA(sha256)))
        if self.algorithm is SignatureAlgorithm.RSA_PSS:
            return bytes(self._key.sign(message, padding.PSS(padding.MGF1(sha256), 32), sha256))
        return bytes(self._key.sign(message, padding.PKCS1v15(), sha256))
