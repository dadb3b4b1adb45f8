"""A file for one receiver's eyes: CMS AuthEnvelopedData (RFC 5083), AES-256-GCM, RSA-OAEP with SHA-256.

    openssl cms -decrypt -inform DER -in X.asice.p7m -inkey office.key -recip office.pem -out X.asice

The package inside is signed already; this only hides it on its way. All lengths are definite: they are known
before the first byte, so files of any size are written and read as a stream. `_opening` is the only place
that lays out what stands before the content; reading takes it apart, lays it out anew and compares.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.trust.cades import DATA
from cchc_desktop.trust.certificate import Certificate
from cchc_desktop.trust.der import (
    CONTEXT_0,
    INTEGER,
    OBJECT,
    OCTET_STRING,
    SEQUENCE,
    SET,
    integer,
    pieces,
    set_of,
    tlv,
)

ENDING = ".p7m"
KEY_BYTES, NONCE_BYTES, MAC_BYTES = 32, 12, 16
LARGEST_CONTENT = 2**36 - 32
"""What one GCM nonce may cover (NIST SP 800-38D, 5.2.1.1)."""
_BLOCK = 1024 * 1024
_LONGEST_OPENING = 16 * 1024

# RFC 5083 (1.2.840.113549.1.9.16.1.23), NIST (2.16.840.1.101.3.4.1.46 AES-256-GCM, .2.1 SHA-256),
# RFC 8017 A.2.1 (1.2.840.113549.1.1.7 RSAES-OAEP, .1.8 MGF1).
_AUTH_ENVELOPED = tlv(OBJECT, bytes.fromhex("2a864886f70d0109100117"))
_AES_256_GCM = tlv(OBJECT, bytes.fromhex("60864801650304012e"))
# Without the NULL that signatures have there: the form of OpenSSL, whose files can so be read as well.
_SHA256 = tlv(SEQUENCE, tlv(OBJECT, bytes.fromhex("608648016503040201")))
_OAEP = tlv(
    SEQUENCE,
    tlv(OBJECT, bytes.fromhex("2a864886f70d010107")),
    tlv(
        SEQUENCE,
        tlv(CONTEXT_0, _SHA256),
        tlv(CONTEXT_0 + 1, tlv(SEQUENCE, tlv(OBJECT, bytes.fromhex("2a864886f70d010108")), _SHA256)),
    ),
)
_IMPLICIT_0 = 0x80


class Sink(Protocol):
    """Where bytes go, one after the other."""

    def write(self, block: bytes | memoryview, /) -> int: ...


@dataclass(frozen=True)
class Envelope:
    """Everything that differs from one encrypted file to the next, but its content.

    `issuer` (DER) and `serial` name the receiver's certificate; `size` is the content's.
    """

    issuer: bytes
    serial: int
    encrypted_key: bytes
    nonce: bytes
    size: int


def encrypted_size(size: int, receiver: Certificate) -> int:
    """Bytes of the encrypted file for a content of `size` bytes."""
    key_bytes = (receiver.public_key().key_size + 7) // 8
    empty = Envelope(receiver.issuer, receiver.serial, bytes(key_bytes), bytes(NONCE_BYTES), size)
    return len(_opening(empty)) + size + 2 + MAC_BYTES


def encrypt(
    source: BinaryIO, size: int, sink: Sink, receiver: Certificate, progress: Progress | None = None
) -> int:
    """Write `size` bytes of `source` for the holder of this certificate; the bytes written.

    Whether the certificate may be used is asked before (`encryption_key.why_not`). Memory is bounded. Raises
    KnownError encryption.too_large, encryption.changed (the source gave another number of bytes).
    """
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    if size > LARGEST_CONTENT:
        raise KnownError("encryption.too_large", limit=LARGEST_CONTENT)
    told = progress or Progress()
    key, nonce = os.urandom(KEY_BYTES), os.urandom(NONCE_BYTES)
    wrapped = receiver.public_key().encrypt(key, _padding())
    encryptor = Cipher(algorithms.AES(key), modes.GCM(nonce)).encryptor()
    opening = _opening(Envelope(receiver.issuer, receiver.serial, wrapped, nonce, size))
    sink.write(opening)
    buffer, done = bytearray(_BLOCK), 0
    while block := source.read(min(_BLOCK, size - done)):
        told.at(message("encryption.encrypting"), done, size)
        made = encryptor.update_into(block, buffer)
        sink.write(memoryview(buffer)[:made])
        done += len(block)
    if done != size or source.read(1):
        raise KnownError("encryption.changed")
    encryptor.finalize()
    told.at(message("encryption.encrypting"), size, size)
    sink.write(tlv(OCTET_STRING, encryptor.tag))
    return len(opening) + size + 2 + MAC_BYTES


def read_envelope(source: BinaryIO, size: int) -> Envelope:
    """For whom the file (of `size` bytes) is, read from its beginning.

    Raises KnownError encryption.unreadable.
    """
    start = source.read(_LONGEST_OPENING)
    try:
        envelope = _taken_apart(start)
        opening = _opening(envelope)
    except (ValueError, IndexError, OverflowError) as error:
        raise KnownError("encryption.unreadable", detail=str(error)) from error
    if start[: len(opening)] != opening or len(opening) + envelope.size + 2 + MAC_BYTES != size:
        raise KnownError("encryption.unreadable", detail="another form")
    return envelope


def decrypt(
    source: BinaryIO, envelope: Envelope, sink: Sink, key: Any, progress: Progress | None = None
) -> int:
    """Write the content into `sink` with the receiver's private key; its number of bytes.

    When this returns, every byte is authentic; before, `sink` holds bytes that nobody may use: the caller
    gives it a name only then. Raises KnownError encryption.changed_on_the_way, encryption.unreadable.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    told = progress or Progress()
    try:
        content_key = key.decrypt(envelope.encrypted_key, _padding())
    except ValueError as error:
        raise KnownError("encryption.changed_on_the_way", unusable_input=False) from error
    if len(content_key) != KEY_BYTES:
        raise KnownError("encryption.changed_on_the_way", unusable_input=False)
    decryptor = Cipher(algorithms.AES(content_key), modes.GCM(envelope.nonce)).decryptor()
    source.seek(len(_opening(envelope)))
    buffer, done = bytearray(_BLOCK), 0
    while done < envelope.size:
        block = source.read(min(_BLOCK, envelope.size - done))
        if not block:
            raise KnownError("encryption.unreadable")
        told.at(message("encryption.decrypting"), done, envelope.size)
        made = decryptor.update_into(block, buffer)
        sink.write(memoryview(buffer)[:made])
        done += len(block)
    mac = source.read(2 + MAC_BYTES + 1)
    if len(mac) != 2 + MAC_BYTES or mac[:2] != bytes((OCTET_STRING, MAC_BYTES)):
        raise KnownError("encryption.unreadable")
    try:
        decryptor.finalize_with_tag(mac[2:])
    except InvalidTag as error:
        raise KnownError("encryption.changed_on_the_way", unusable_input=False) from error
    told.at(message("encryption.decrypting"), envelope.size, envelope.size)
    return done


def is_encrypted(file: Path) -> bool:
    """Whether the file begins as an encrypted package does; says nothing about the rest."""
    try:
        with file.open("rb") as stream:
            start = stream.read(64)
    except OSError:
        return False
    return start[:1] == bytes((SEQUENCE,)) and _AUTH_ENVELOPED in start[:24]


def _padding() -> Any:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    return padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


def _opening(envelope: Envelope) -> bytes:
    """Everything before the first byte of the content: one form, for this envelope."""
    receiver = tlv(
        SEQUENCE,
        integer(0),
        tlv(SEQUENCE, envelope.issuer, integer(envelope.serial)),
        _OAEP,
        tlv(OCTET_STRING, envelope.encrypted_key),
    )
    parameters = tlv(SEQUENCE, tlv(OCTET_STRING, envelope.nonce), integer(MAC_BYTES))
    algorithm = tlv(SEQUENCE, _AES_256_GCM, parameters)
    content = _head(_IMPLICIT_0, envelope.size)
    inner = _head(SEQUENCE, len(DATA) + len(algorithm) + len(content) + envelope.size) + DATA + algorithm
    before = integer(0) + set_of(receiver) + inner + content
    mac = 2 + MAC_BYTES
    enveloped = _head(SEQUENCE, len(before) + envelope.size + mac)
    explicit = _head(CONTEXT_0, len(enveloped) + len(before) + envelope.size + mac)
    whole = len(_AUTH_ENVELOPED) + len(explicit) + len(enveloped) + len(before) + envelope.size + mac
    return _head(SEQUENCE, whole) + _AUTH_ENVELOPED + explicit + enveloped + before


def _head(tag: int, length: int) -> bytes:
    """Tag and shortest length of a value whose body follows as a stream."""
    if length < 0x80:
        return bytes((tag, length))
    digits = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(digits))) + digits


def _taken_apart(start: bytes) -> Envelope:
    """What the opening says; whether it says so in the one form is compared afterwards."""
    at = _enter(start, 0, SEQUENCE)[0]
    at = _skip(start, at, OBJECT)
    at = _enter(start, at, CONTEXT_0)[0]
    at = _enter(start, at, SEQUENCE)[0]
    at = _skip(start, at, INTEGER)
    end = _skip(start, at, SET)
    (receiver,) = pieces(start[at:end], SET)
    _version, who, _algorithm, encrypted_key = pieces(receiver, SEQUENCE)
    issuer, serial = pieces(who, SEQUENCE)
    at = _enter(start, end, SEQUENCE)[0]
    at = _skip(start, at, OBJECT)
    end = _skip(start, at, SEQUENCE)
    _name, parameters = pieces(start[at:end], SEQUENCE)
    nonce, _mac_length = pieces(parameters, SEQUENCE)
    _content, size = _enter(start, end, _IMPLICIT_0)
    return Envelope(
        issuer,
        int.from_bytes(_body(serial, INTEGER), "big", signed=True),
        _body(encrypted_key, OCTET_STRING),
        _body(nonce, OCTET_STRING),
        size,
    )


def _enter(data: bytes, at: int, tag: int) -> tuple[int, int]:
    """Where the body of the value begins, and how long it says it is; it may reach beyond `data`."""
    if data[at] != tag:
        raise ValueError(f"tag {data[at]:#x} for {tag:#x}")
    length, body = data[at + 1], at + 2
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 6:
            raise ValueError("bad length")
        length = int.from_bytes(data[body : body + count], "big")
        body += count
    return body, length


def _skip(data: bytes, at: int, tag: int) -> int:
    """Where the value ends, which has to lie within `data`."""
    body, length = _enter(data, at, tag)
    if body + length > len(data):
        raise ValueError("cut off")
    return body + length


def _body(value: bytes, tag: int) -> bytes:
    start, length = _enter(value, 0, tag)
    if start + length != len(value):
        raise ValueError("bad length")
    return value[start:]
