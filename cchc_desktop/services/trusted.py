"""Offices whose signature counts here: their certificates, taken as known after the spoken code was heard."""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.domain.signing_key import CertificateSummary
from cchc_desktop.errors import KnownError
from cchc_desktop.store.profile import Profile
from cchc_desktop.trust import confirmed


def certificates(profile: Profile) -> tuple[CertificateSummary, ...]:
    """Those confirmed in this profile, by name. Raises KnownError trust.file_not_pem for a broken file."""
    return tuple(certificate.summary() for certificate in confirmed.kept(profile.folder))


def look_at(file: Path) -> CertificateSummary:
    """Whose certificate the file holds, before it is trusted. Raises KnownError trust.one_certificate, …"""
    return confirmed.read_one(file).summary()


def confirm(profile: Profile, file: Path, spoken: str) -> CertificateSummary:
    """Trust the certificate, now that `spoken` was heard from the office on a way other than the file's.

    Raises KnownError trust.code_differs, trust.not_kept, trust.one_certificate, trust.file_….
    """
    certificate = confirmed.read_one(file)
    if not confirmed.is_spoken(certificate, spoken):
        raise KnownError("trust.code_differs", unusable_input=False, name=certificate.name)
    confirmed.keep(profile.folder, certificate)
    return certificate.summary()


def forget(profile: Profile, fingerprint: str) -> None:
    """What this certificate signed is no longer taken; packs that were installed stay."""
    confirmed.forget(profile.folder, fingerprint)
