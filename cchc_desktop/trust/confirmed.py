"""Certificates that a user took as known after hearing their code: one PEM file each in `trusted/`."""

from __future__ import annotations

import contextlib
from pathlib import Path

from cchc_desktop.errors import KnownError
from cchc_desktop.trust.certificate import Certificate, CertificateUnreadable
from cchc_desktop.trust.key_file import write_private
from cchc_desktop.trust.trusted import certificate_in, load_trusted, trusted_folder

# Base32 has no 0, 1 and 8; who writes down what he hears may write them for the letters that look alike.
_LOOKS_LIKE = str.maketrans({"0": "O", "1": "I", "8": "B"})


def read_one(file: Path) -> Certificate:
    """The one certificate in a PEM file. Raises KnownError trust.one_certificate, trust.file_…."""
    found = load_trusted([file]).certificates
    if len(found) != 1:
        raise KnownError("trust.one_certificate", name=file.name, count=len(found))
    return found[0]


def of_pem(pem: str) -> Certificate:
    """A certificate out of a register or a letter. Raises KnownError trust.one_certificate."""
    try:
        return certificate_in(pem)
    except CertificateUnreadable as error:
        raise KnownError("trust.one_certificate", name="PEM", count=0, detail=str(error)) from error


def is_spoken(certificate: Certificate, typed: str) -> bool:
    """Whether somebody heard this certificate's code; blanks, hyphens and capitals do not matter."""
    return _letters(typed) == _letters(certificate.spoken_code)


def _letters(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum()).translate(_LOOKS_LIKE)


def keep(data: Path, certificate: Certificate) -> None:
    """From now on this certificate is trusted here. Raises KnownError trust.not_kept."""
    try:
        write_private(_place(data, certificate.fingerprint), certificate.pem)
    except KnownError as error:
        folder = str(trusted_folder(data))
        raise KnownError("trust.not_kept", folder=folder, detail=error.detail) from error


def forget(data: Path, fingerprint: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        _place(data, fingerprint).unlink()


def kept(data: Path) -> tuple[Certificate, ...]:
    """In the order of their names."""
    found = load_trusted(sorted(trusted_folder(data).glob("*.pem"))).certificates
    return tuple(sorted(found, key=lambda certificate: certificate.name))


def _place(data: Path, fingerprint: str) -> Path:
    return trusted_folder(data) / f"{fingerprint[:32]}.pem"
