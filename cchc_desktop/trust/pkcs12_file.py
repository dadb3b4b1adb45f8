"""A PKCS#12 file (.p12, .pfx) as a signer: its keys, its certificates, and what is wrong with it in words.

`cryptography` gives one key of a file; files of people whose certificate was renewed hold several, so the key
bags are opened one by one.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
import warnings
from pathlib import Path
from typing import Any

from cchc_desktop.domain.signer_choice import SignerChoice
from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.trust.certificate import Certificate, read_certificate
from cchc_desktop.trust.signer import KeySigner
from cchc_desktop.trust.signer_fitness import algorithm_for, chain_of, chosen_one

LARGEST_FILE = 1024 * 1024
MOST_ROUNDS = 10_000_000
"""Of the key derivation. Above it a file only wants to keep us busy."""


@dataclass(frozen=True)
class Pkcs12Content:
    """`keys` (of `cryptography`) by the certificate that belongs to each."""

    keys: dict[Certificate, Any]
    others: tuple[Certificate, ...]


def pkcs12_signer(choice: SignerChoice, password: str) -> KeySigner:
    """Raises KnownError signers.p12_…, signers.no_key, signers.certificate_…: each says what to do."""
    content = read_pkcs12(Path(choice.path), password)
    certificate = chosen_one(tuple(content.keys), choice.certificate)
    algorithm = algorithm_for(certificate, pss=choice.pss)
    chain = chain_of(certificate, content.others)
    return KeySigner(content.keys[certificate], certificate, algorithm, chain)


def read_pkcs12(path: Path, password: str) -> Pkcs12Content:
    """Everything in the file. Raises KnownError signers.p12_missing, signers.p12_unreadable,
    signers.p12_wrong_password, signers.p12_old_encryption, signers.no_key."""
    content = _bytes_of(path)
    pfx = _parsed(content, path)
    last: Exception | None = None
    # Typed with a Vietnamese keyboard a letter may come in two spellings; the file was made with either.
    spellings = dict.fromkeys((password, *(unicodedata.normalize(form, password) for form in ("NFC", "NFD"))))
    for spelling in spellings:
        try:
            return _opened(content, pfx, spelling)
        except _CannotRead as error:
            last = error
            if _mac_holds(pfx, spelling):
                raise _fault("signers.p12_old_encryption", path, error) from error
    raise _fault("signers.p12_wrong_password", path, last) from last


class _CannotRead(Exception):  # noqa: N818 - a wrong password, or a cipher that this machine lacks
    pass


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _fault("signers.p12_unreadable", path)
        return path.read_bytes()
    except OSError as error:
        raise _fault("signers.p12_missing", path, error) from error


def _parsed(content: bytes, path: Path) -> Any:
    from asn1crypto import pkcs12

    try:
        pfx = pkcs12.Pfx.load(content, strict=True)
        rounds = [int(pfx["mac_data"]["iterations"].native)] if pfx["mac_data"].native else []
        for bag in _key_bags(pfx):
            algorithm = bag["encryption_algorithm"]
            if algorithm["algorithm"].native == "pbes2" or "pkcs12" in algorithm["algorithm"].native:
                rounds.append(int(algorithm.kdf_iterations))
    except Exception as error:  # the parser raises what it likes on bytes of strangers
        raise _fault("signers.p12_unreadable", path, error) from error
    if max(rounds, default=0) > MOST_ROUNDS:
        raise _fault("signers.p12_unreadable", path)
    return pfx


def _key_bags(pfx: Any) -> list[Any]:
    from asn1crypto import pkcs12

    return [
        bag["bag_value"]
        for part in pfx.authenticated_safe
        if part["content_type"].native == "data"
        for bag in pkcs12.SafeContents.load(bytes(part["content"]))
        if bag["bag_id"].native == "pkcs8_shrouded_key_bag"
    ]


def _opened(content: bytes, pfx: Any, password: str) -> Pkcs12Content:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import Encoding, load_der_private_key, pkcs12

    secret = password.encode()
    try:
        with warnings.catch_warnings():
            # NSS and old Windows write BER; it is read all the same.
            warnings.simplefilter("ignore", UserWarning)
            found = pkcs12.load_pkcs12(content, secret)
            # Without a password the bags can't be opened one by one; then there is the one key of the file.
            bags = _key_bags(pfx) if secret else []
            keys = [load_der_private_key(bag.untag().dump(force=True), secret) for bag in bags]
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _CannotRead(str(error)) from error
    if found.key is not None and not any(_same_key(found.key, key) for key in keys):
        keys.append(found.key)  # it lies in an encrypted part, or in clear
    ders = [
        one.certificate.public_bytes(Encoding.DER) for one in (found.cert, *found.additional_certs) if one
    ]
    certificates = [read_certificate(der) for der in ders]
    pairs = {
        certificate: key
        for certificate in certificates
        for key in keys
        if key.public_key() == certificate.public_key()
    }
    if not pairs:
        raise KnownError("signers.no_key", unusable_input=False)
    return Pkcs12Content(pairs, tuple(one for one in certificates if one not in pairs))


def _same_key(one: Any, other: Any) -> bool:
    return bool(one.public_key() == other.public_key())


def _mac_holds(pfx: Any, password: str) -> bool:
    """Whether this is the file's password (RFC 7292, 4 and appendix B): then only the cipher is to blame."""
    mac = pfx["mac_data"]
    if not mac.native:
        return False
    name = mac["mac"]["digest_algorithm"]["algorithm"].native
    if name not in ("sha1", "sha224", "sha256", "sha384", "sha512"):
        return False
    length = hashlib.new(name).digest_size
    salt, rounds = bytes(mac["mac_salt"]), int(mac["iterations"].native)
    key = _derived(name, password, salt, rounds, length)
    signed = bytes(pfx["auth_safe"]["content"])
    return hmac.compare_digest(hmac.digest(key, signed, name), bytes(mac["mac"]["digest"]))


def _derived(name: str, password: str, salt: bytes, rounds: int, length: int) -> bytes:
    """RFC 7292, B.2 with ID 3, for as many bytes as one digest has."""
    block = hashlib.new(name).block_size
    typed = password.encode("utf-16-be") + b"\0\0"
    value = b"\3" * block + _filled(salt, block) + _filled(typed, block)
    for _round in range(rounds):
        value = hashlib.new(name, value).digest()
    return value[:length]


def _filled(part: bytes, block: int) -> bytes:
    """The bytes over and over, up to whole blocks."""
    wanted = -(-len(part) // block) * block
    return (part * (wanted // max(len(part), 1) + 1))[:wanted]


def _fault(code: str, path: Path, error: Exception | None = None) -> KnownError:
    return KnownError(code, unusable_input=False, name=path.name, detail=str(error or ""))
