"""What the verifier trusts: PEM files with certificates (pinned signers, CAs) and revocation lists."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cchc_desktop import paths
from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.trust.certificate import Certificate, CertificateUnreadable, read_certificate

LARGEST_FILE = 16 * 1024 * 1024
FOLDER = "trusted"
PUBLISHERS = "publishers"


@dataclass(frozen=True)
class Trusted:
    """`revocation_lists` are DER; whose they are and whether they are fresh is asked when they are used."""

    certificates: tuple[Certificate, ...] = ()
    revocation_lists: tuple[bytes, ...] = ()

    @property
    def authorities(self) -> tuple[Certificate, ...]:
        return tuple(certificate for certificate in self.certificates if certificate.is_ca)

    def pins(self, certificate: Certificate) -> bool:
        return any(known.fingerprint == certificate.fingerprint for known in self.certificates)


def trusted_folder(data: Path) -> Path:
    """Where the certificates lie that this profile's user confirmed."""
    return data / FOLDER


def trusted_files(data: Path) -> tuple[Path, ...]:
    """The certificates and revocation lists that came with the program, then those confirmed here."""
    folders = (paths.resources_folder() / FOLDER, trusted_folder(data))
    return tuple(file for folder in folders for file in sorted(folder.glob("*.pem")))


def publisher_files() -> tuple[Path, ...]:
    """Whose updates of the program count: certificates and revocation lists that came with the program, and
    no others. An office that a user confirmed may sign form packs; that gives it no say over the program.
    """
    return tuple(sorted((paths.resources_folder() / FOLDER / PUBLISHERS).glob("*.pem")))


def load_trusted(files: Iterable[Path]) -> Trusted:
    """Read PEM files. Raises KnownError trust.file_unreadable, trust.file_too_large or trust.file_not_pem."""
    certificates: list[Certificate] = []
    lists: list[bytes] = []
    for file in files:
        for kind, der in _blocks(file):
            if kind == "CERTIFICATE":
                try:
                    certificates.append(read_certificate(der))
                except CertificateUnreadable as error:
                    raise KnownError("trust.file_not_pem", name=file.name, detail=str(error)) from error
            else:
                lists.append(der)
    return Trusted(tuple(certificates), tuple(lists))


def _blocks(file: Path) -> list[tuple[str, bytes]]:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise KnownError("trust.file_too_large", name=file.name, limit=LARGEST_FILE)
        text = file.read_bytes()
    except OSError as error:
        raise KnownError("trust.file_unreadable", name=file.name, detail=str(error)) from error
    try:
        blocks = pem_blocks(text)
    except ValueError as error:
        raise KnownError("trust.file_not_pem", name=file.name, detail=str(error)) from error
    if not blocks:
        raise KnownError("trust.file_not_pem", name=file.name)
    return blocks


def certificate_in(pem: str) -> Certificate:
    """The one certificate in a PEM text from outside. Raises `CertificateUnreadable`."""
    try:
        found = [der for kind, der in pem_blocks(pem.encode("ascii")) if kind == "CERTIFICATE"]
    except ValueError as error:
        raise CertificateUnreadable(str(error)) from error
    if len(found) != 1:
        raise CertificateUnreadable(f"{len(found)} certificates")
    return read_certificate(found[0])


def pem_blocks(content: bytes) -> list[tuple[str, bytes]]:
    """The certificates and revocation lists (DER) in a PEM text. Raises ValueError where it is none."""
    from asn1crypto import pem

    try:
        blocks = [(kind, der) for kind, _headers, der in pem.unarmor(content, multiple=True)]
    except TypeError as error:
        raise ValueError(str(error)) from error
    return [(kind, der) for kind, der in blocks if kind in ("CERTIFICATE", "X509 CRL")]
