"""The signature algorithms that packages may use, each as the exact bytes of its AlgorithmIdentifier.

ECDSA on P-256 and RSA of 2048 to 4096 bits (PKCS#1 v1.5 or PSS), all with SHA-256. Ed25519 is left out:
OpenSSL 3.0 and NSS can't verify it in a CMS.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

RSA_BITS = range(2048, 4097)


class SignatureAlgorithm(StrEnum):
    ECDSA_P256 = "ecdsa-p256"
    RSA_PKCS1 = "rsa-pkcs1"
    RSA_PSS = "rsa-pss"


# RFC 5758 3.2 (no parameters), RFC 4055 5 (NULL) and RFC 4055 3.1 (SHA-256, MGF1 with SHA-256, salt 32).
IDENTIFIERS: dict[SignatureAlgorithm, bytes] = {
    SignatureAlgorithm.ECDSA_P256: bytes.fromhex("300a06082a8648ce3d040302"),
    SignatureAlgorithm.RSA_PKCS1: bytes.fromhex("300d06092a864886f70d01010b0500"),
    SignatureAlgorithm.RSA_PSS: bytes.fromhex(
        "304106092a864886f70d01010a3034a00f300d06096086480165030402010500"
        "a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120"
    ),
}


def algorithm_of(identifier: bytes) -> SignatureAlgorithm | None:
    """The algorithm with exactly this AlgorithmIdentifier; None for every other one."""
    return next((name for name, der in IDENTIFIERS.items() if der == identifier), None)


def signature_holds(
    algorithm: SignatureAlgorithm, public_key: Any, signature: bytes, signed: bytes
) -> bool | None:
    """Whether `public_key` (of `cryptography`) signed these bytes; None when the key is not of that kind."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    sha256 = hashes.SHA256()
    try:
        if algorithm is SignatureAlgorithm.ECDSA_P256:
            if not isinstance(public_key, ec.EllipticCurvePublicKey):
                return None
            if not isinstance(public_key.curve, ec.SECP256R1):
                return None
            public_key.verify(signature, signed, ec.ECDSA(sha256))
            return True
        if not isinstance(public_key, rsa.RSAPublicKey) or public_key.key_size not in RSA_BITS:
            return None
        scheme = (
            padding.PKCS1v15()
            if algorithm is SignatureAlgorithm.RSA_PKCS1
            else padding.PSS(padding.MGF1(sha256), salt_length=32)
        )
        public_key.verify(signature, signed, scheme, sha256)
    except InvalidSignature:
        return False
    return True
