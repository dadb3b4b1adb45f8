"""Offices whose signature counts here: their certificates, taken as known after the spoken code was heard."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cchc_desktop.domain.receipt import ListNews
from cchc_desktop.domain.signing_key import CertificateSummary
from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.store.profile import Profile
from cchc_desktop.trust import confirmed, revocation
from cchc_desktop.trust.trusted import load_trusted, trusted_files


@dataclass(frozen=True)
class Known:
    """Someone who is trusted here. A CA vouches for others, by lists that have to be new.

    `listed_at` and `listed_until` are those of the CA's newest list here; None without one.
    """

    certificate: CertificateSummary
    is_authority: bool
    listed_at: datetime | None = None
    listed_until: datetime | None = None

    def is_list_stale(self, now: datetime) -> bool:
        """Whether a package could be called valid only with a warning, for want of a new list."""
        return self.is_authority and (self.listed_until is None or now > self.listed_until)


@dataclass(frozen=True)
class Forgotten:
    """What was taken off, so that it can be put back."""

    name: str
    pem: str
    revocation_list: str


def certificates(profile: Profile) -> tuple[CertificateSummary, ...]:
    """Those confirmed in this profile, by name. Raises KnownError trust.file_not_pem for a broken file."""
    return tuple(certificate.summary() for certificate in confirmed.kept(profile.folder))


def known(profile: Profile) -> tuple[Known, ...]:
    """The same, with how new the lists of the CAs among them are."""
    lists = load_trusted(trusted_files(profile.folder)).revocation_lists
    found = []
    for certificate in confirmed.kept(profile.folder):
        last = revocation.newest(lists, certificate) if certificate.is_ca else None
        at, until = (last.issued_at, last.until) if last else (None, None)
        found.append(Known(certificate.summary(), certificate.is_ca, at, until))
    return tuple(found)


def look_at(file: Path) -> CertificateSummary:
    """Whose certificate the file holds, before it is trusted. Raises KnownError trust.one_certificate, …"""
    return confirmed.read_one(file).summary()


def confirm(profile: Profile, file: Path, spoken: str) -> CertificateSummary:
    """Trust the certificate, now that `spoken` was heard from the office on a way other than the file's.

    A revocation list in the same file comes along. Raises KnownError trust.code_differs, trust.not_kept,
    trust.one_certificate, trust.file_….
    """
    certificate = confirmed.read_one(file)
    if not confirmed.is_spoken(certificate, spoken):
        raise KnownError("trust.code_differs", unusable_input=False, name=certificate.name)
    confirmed.keep(profile.folder, certificate)
    for der in load_trusted([file]).revocation_lists:
        revocation.keep_newer(profile.folder, revocation.pem_of(der))
    return certificate.summary()


def take_list(profile: Profile, file: Path) -> ListNews:
    """A CA's newer revocation list (PEM). Raises KnownError trust.no_list, trust.file_…, trust.not_kept."""
    lists = load_trusted([file]).revocation_lists
    if not lists:
        raise KnownError("trust.no_list", name=file.name)
    files = trusted_files(profile.folder)
    news = [revocation.keep_newer(profile.folder, revocation.pem_of(der), files) for der in lists]
    order = (ListNews.NEWER, ListNews.SAME, ListNews.OLDER, ListNews.STRANGE)
    return min(news, key=order.index)


def forget(profile: Profile, fingerprint: str) -> Forgotten | None:
    """What this certificate signed is no longer taken; packs that were installed stay."""
    lists = load_trusted(trusted_files(profile.folder)).revocation_lists
    for certificate in confirmed.kept(profile.folder):
        if certificate.fingerprint == fingerprint:
            last = revocation.newest(lists, certificate)
            confirmed.forget(profile.folder, fingerprint)
            revocation.forget_list(profile.folder, fingerprint)
            text = "" if last is None else revocation.pem_of(last.der)
            return Forgotten(certificate.name, certificate.pem.decode("ascii"), text)
    return None


def restore(profile: Profile, forgotten: Forgotten) -> None:
    """Put back what `forget` took off: it was confirmed before. Raises KnownError trust.not_kept."""
    confirmed.keep(profile.folder, confirmed.of_pem(forgotten.pem))
    if forgotten.revocation_list:
        revocation.keep_newer(profile.folder, forgotten.revocation_list)
