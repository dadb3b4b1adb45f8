"""A stream sealed with a passphrase: scrypt makes the key, AES-256-GCM seals block by block.

Layout: `MAGIC`, 16 bytes of salt, 7 bytes of nonce prefix, then blocks of up to 1 MiB, each with its 16-byte
tag. A block's nonce is the prefix, its number (4 bytes) and a last byte that says whether it is the last one
(the STREAM construction): blocks can't be left out, swapped, repeated or cut off unseen. The head is bound to
every block. Memory stays at a few blocks, whatever the size.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from typing import Any, Protocol

MAGIC = b"CCHC-SEALED-1\n"
SALT_BYTES, PREFIX_BYTES, TAG_BYTES = 16, 7, 16
BLOCK = 1 << 20
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**17, 8, 1
_SCRYPT_MEMORY = 256 << 20
_MOST_BLOCKS = 1 << 32


class SealBrokenError(Exception):
    """Another passphrase, or the file was changed or cut."""


class Sink(Protocol):
    def write(self, block: bytes, /) -> object: ...


class Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _cipher(passphrase: str, salt: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    typed = unicodedata.normalize("NFC", passphrase).encode()
    key = hashlib.scrypt(
        typed, salt=salt, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P, maxmem=_SCRYPT_MEMORY, dklen=32
    )
    return AESGCM(key)


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


class SealingWriter:
    """`write` as to a file; `finish` seals the last block. What is not finished can't be read again."""

    def __init__(self, file: Sink, passphrase: str) -> None:
        salt, self._prefix = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(PREFIX_BYTES)
        self._file, self._head = file, MAGIC + salt + self._prefix
        self._cipher = _cipher(passphrase, salt)
        self._number, self._rest = 0, bytearray()
        file.write(self._head)

    def write(self, block: bytes) -> int:
        self._rest += block
        while len(self._rest) > BLOCK:  # a whole block waits: it may be the last one
            self._seal(bytes(self._rest[:BLOCK]), last=False)
            del self._rest[:BLOCK]
        return len(block)

    def finish(self) -> None:
        self._seal(bytes(self._rest), last=True)
        self._rest.clear()

    def _seal(self, block: bytes, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last)
        self._file.write(self._cipher.encrypt(nonce, block, self._head))
        self._number += 1


class SealedReader:
    """Reads what `SealingWriter` wrote; only bytes that were proven are given out.

    Raises `SealBrokenError` as soon as a block does not open, and at the end when the last one is missing.
    """

    def __init__(self, file: Source, passphrase: str) -> None:
        self._file = file
        self._head = file.read(len(MAGIC) + SALT_BYTES + PREFIX_BYTES)
        if not is_sealed(self._head) or len(self._head) != len(MAGIC) + SALT_BYTES + PREFIX_BYTES:
            raise SealBrokenError
        salt = self._head[len(MAGIC) : len(MAGIC) + SALT_BYTES]
        self._prefix = self._head[-PREFIX_BYTES:]
        self._cipher = _cipher(passphrase, salt)
        self._number, self._open, self._at = 0, b"", 0
        self._ahead = self._sealed()
        self._over = False

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; empty only at the end."""
        if self._at == len(self._open):
            if self._over:
                return b""
            self._open, self._at = self._next(), 0
        part = self._open[self._at : self._at + size]
        self._at += len(part)
        return part

    def _sealed(self) -> bytes:
        """One sealed block; less only at the file's end."""
        found = bytearray()
        while len(found) < BLOCK + TAG_BYTES and (part := self._file.read(BLOCK + TAG_BYTES - len(found))):
            found += part
        return bytes(found)

    def _next(self) -> bytes:
        from cryptography.exceptions import InvalidTag

        sealed, self._ahead = self._ahead, self._sealed()
        last = not self._ahead
        if self._number >= _MOST_BLOCKS:
            raise SealBrokenError
        try:
            opened: bytes = self._cipher.decrypt(_nonce(self._prefix, self._number, last), sealed, self._head)
        except InvalidTag as error:
            raise SealBrokenError from error
        self._number += 1
        self._over = last
        return opened


def is_sealed(head: bytes) -> bool:
    """Whether a file that begins like this is sealed with a passphrase."""
    return head.startswith(MAGIC)
