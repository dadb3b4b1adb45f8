"""Sign over a package that is there: a copy with one more manifest and signature, over everything before.

The new manifest lists the data, every earlier manifest and every earlier signature, so the order of the
signatures is part of what is signed: an earlier one can be neither swapped nor taken away.
"""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.verification import Outcome, SignerFinding, Verification
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.errors import KnownError
from cchc_desktop.package import zip_form as form
from cchc_desktop.package.archive import Archive, SourceUnreadable
from cchc_desktop.package.directory import Entry
from cchc_desktop.package.layout import (
    LARGEST_PACKAGE,
    MIMETYPE_NAME,
    MOST_ENTRIES,
    MOST_SIGNATURES,
    manifest_name,
    signature_name,
)
from cchc_desktop.package.manifest import FileDigest, write_manifest
from cchc_desktop.package.reader import Contents
from cchc_desktop.package.verifier import verified_contents
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.trust.cades import sign_detached
from cchc_desktop.trust.certificate import Certificate
from cchc_desktop.trust.signature_check import LARGEST_SIGNATURE
from cchc_desktop.trust.signer import Signer
from cchc_desktop.trust.trusted import Trusted

_REFUSED = (Outcome.INVALID, Outcome.UNREADABLE)


@dataclass(frozen=True)
class Countersignable:
    """A package that was read and found intact, as it was in that reading."""

    path: Path
    found: Verification
    contents: Contents

    @property
    def number(self) -> int:
        """Of the signature that will be added, from 2."""
        return self.contents.directory.signatures + 1

    @property
    def size(self) -> int:
        """Bytes of the countersigned copy, at most."""
        names = [entry.name for entry in self._covered]
        manifest = write_manifest(
            signature_name(self.number), [FileDigest(name, bytes(32)) for name in names]
        )
        added = [
            (manifest_name(self.number), len(manifest)),
            (signature_name(self.number), LARGEST_SIGNATURE),
        ]
        there = [(entry.name, entry.size) for entry in self.contents.directory.entries]
        return form.packed_size([*there, *added])

    @property
    def _covered(self) -> list[Entry]:
        return [entry for entry in self.contents.directory.entries if entry.name != MIMETYPE_NAME]

    def manifest(self) -> bytes:
        """The new manifest: every entry but `mimetype`, each with the digest that was checked."""
        digests = self.contents.digests
        covered = [FileDigest(entry.name, digests[entry.name]) for entry in self._covered]
        return write_manifest(signature_name(self.number), covered)


@dataclass(frozen=True, slots=True)
class Countersigned:
    """`signatures` is how many there are now."""

    size: int
    signatures: int


def countersignable(
    path: Path, trusted: Trusted, now: datetime, progress: Progress | None = None
) -> Countersignable:
    """Read a package that shall be signed over; an unknown signer is no hindrance, a changed byte is.

    Raises KnownError signers.countersign_not_intact (with the reason), signers.countersign_full,
    signers.countersign_too_large, and those of a file that can't be opened.
    """
    read = verified_contents(path, trusted, now, progress)
    contents, found = read.contents, read.found
    if contents is None or found.outcome in _REFUSED:
        reason = next(one.message for one in found.reasons if one.leads_to in _REFUSED)
        raise KnownError("signers.countersign_not_intact", unusable_input=False, reason=reason)
    there = Countersignable(path, found, contents)
    if there.number > MOST_SIGNATURES or len(contents.directory.entries) + 2 > MOST_ENTRIES:
        raise KnownError("signers.countersign_full", unusable_input=False, count=there.number - 1)
    if there.size > LARGEST_PACKAGE:
        raise KnownError("signers.countersign_too_large", unusable_input=False, most=LARGEST_PACKAGE)
    return there


def check_signer(found: Verification, certificate: Certificate, now: datetime) -> None:
    """Whether this certificate may sign over that package now.

    Raises KnownError signers.countersign_twice, signers.countersign_other_unit, signers.countersign_clock.
    """
    if any(signer.fingerprint == certificate.fingerprint for signer in found.signers):
        raise KnownError("signers.countersign_twice", unusable_input=False, name=certificate.name)
    if certificate.unit_code not in ("", found.sender):
        raise KnownError(
            "signers.countersign_other_unit",
            unusable_input=False,
            unit=certificate.unit_code,
            sender=found.sender,
        )
    last = max(signer.signed_at for signer in found.signers)
    if now < last:
        local = last.astimezone(VIETNAM)
        raise KnownError("signers.countersign_clock", unusable_input=False, time=local, day=local)


def countersign(
    there: Countersignable,
    to: BinaryIO,
    signer: Signer,
    signed_at: datetime,
    progress: Progress | None = None,
) -> Countersigned:
    """Copy the package into the empty file `to`, and sign over it.

    Every byte is hashed again on its way: what is signed is what was checked. Raises what `check_signer`
    raises, KnownError signers.countersign_changed, those of the signer, and `Cancelled`.
    """
    check_signer(there.found, signer.certificate, signed_at)
    entries = there.contents.directory.entries
    archive = Archive(to, progress or Progress(), sum(entry.size for entry in entries))
    with _opened(there.path) as source:
        for entry in entries:
            _copy(source, entry, archive, there.contents.digests[entry.name])
    digest = archive.add_bytes(manifest_name(there.number), there.manifest())
    archive.add_bytes(signature_name(there.number), sign_detached(signer, digest, signed_at))
    return Countersigned(archive.close(), there.number)


def is_countersigned(path: Path, there: Countersignable, now: datetime, progress: Progress | None) -> bool:
    """Read the copy back: intact, the same package, the earlier signatures first and one more."""
    read = verified_contents(path, Trusted(), now, progress)
    contents, found = read.contents, read.found
    if contents is None or found.outcome in _REFUSED:
        return False
    before = there.contents.digests
    same = all(contents.digests.get(name) == digest for name, digest in before.items())
    return (
        same and len(found.signers) == there.number and _known(found.signers) >= _known(there.found.signers)
    )


def _known(signers: tuple[SignerFinding, ...]) -> set[str]:
    return {signer.fingerprint for signer in signers}


def _opened(path: Path) -> io.RawIOBase:
    try:
        return path.open("rb", buffering=0)
    except OSError as error:
        raise _changed(error) from error


def _copy(source: io.RawIOBase, entry: Entry, archive: Archive, checked: bytes) -> None:
    try:
        digest, size = archive.add(entry.name, _Piece(source, entry))
    except SourceUnreadable as error:
        raise _changed(error) from error
    if (digest, size) != (checked, entry.size):
        raise _changed()


class _Piece(io.RawIOBase):
    """One entry's content, read from the open package."""

    def __init__(self, source: io.RawIOBase, entry: Entry) -> None:
        super().__init__()
        self._source, self._left = source, entry.size
        source.seek(entry.start)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int | None:  # type: ignore[override]
        count = self._source.readinto(buffer[: self._left]) if self._left else 0
        self._left -= count or 0
        return count


def _changed(error: Exception | None = None) -> KnownError:
    return KnownError("signers.countersign_changed", unusable_input=False, detail=str(error or ""))
