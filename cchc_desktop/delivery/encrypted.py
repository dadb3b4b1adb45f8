"""The encrypted copy of a package, beside it: written, read back and named as every file that goes out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from cchc_desktop.delivery.folder import place
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.trust import encryption
from cchc_desktop.trust.certificate import Certificate
from cchc_desktop.trust.encryption_key import kept_receivers, why_not
from cchc_desktop.trust.trusted import load_trusted, trusted_files


def place_encrypted(
    data: Path,
    package: Path,
    fingerprint: str,
    progress: Progress,
    begins: Callable[[Path], None] = lambda _path: None,
) -> tuple[Path, int]:
    """Write `X.asice.p7m` beside the signed package, for the holder of that certificate; path and size.

    `data` is the profile's folder, which knows the certificate. Raises KnownError encryption.no_receiver,
    encryption.revoked and the like, and those of the medium.
    """
    receiver = receiver_of(data, fingerprint)
    content = package.stat().st_size
    size = encryption.encrypted_size(content, receiver)

    def write(sink: BinaryIO) -> bytes:
        with package.open("rb") as source:
            hashing = Hashing(sink)
            encryption.encrypt(source, content, hashing, receiver, progress)
            return hashing.digest()

    path, _digest = place(
        *(package.parent, package.name + encryption.ENDING, size),
        *(write, lambda part, digest: digest_of(part) == digest, begins),
    )
    return path, size


def receiver_of(data: Path, fingerprint: str) -> Certificate:
    """The certificate, if it may be used now. Raises KnownError encryption.…"""
    for receiver in kept_receivers(data):
        if receiver.certificate.fingerprint == fingerprint:
            reason = why_not(receiver, load_trusted(trusted_files(data)), vietnam_now())
            if reason is not None:
                raise KnownError(reason.id, unusable_input=False, **reason.args)
            return receiver.certificate
    raise KnownError("encryption.no_receiver", unusable_input=False)


class Hashing:
    """Passes on what is written, and knows its digest."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink, self._hash = sink, hashlib.sha256()

    def write(self, block: bytes | memoryview) -> int:
        self._hash.update(block)
        return self._sink.write(block)

    def digest(self) -> bytes:
        return self._hash.digest()


def digest_of(path: Path) -> bytes:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()
