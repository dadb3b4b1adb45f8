"""Revocation lists as they come and are kept: whose, how new; an older one never replaces a newer one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cchc_desktop.domain.receipt import ListNews
from cchc_desktop.errors import KnownError
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.trust.authority import list_pem
from cchc_desktop.trust.certificate import Certificate
from cchc_desktop.trust.key_file import write_private
from cchc_desktop.trust.trusted import load_trusted, pem_blocks, trusted_folder

_NAME = "crl-{fingerprint}.pem"


@dataclass(frozen=True)
class RevocationList:
    """A list whose signature holds. `number` is -1 where the CA gives none."""

    authority: Certificate
    number: int
    issued_at: datetime
    until: datetime | None
    der: bytes

    @property
    def age(self) -> tuple[int, datetime]:
        """Orders the lists of one CA."""
        return self.number, self.issued_at


def parsed_list(der: bytes, issuer: Certificate) -> Any | None:
    """The list (of `cryptography`) that this issuer signed; None for another's, a broken or a forged one."""
    from cryptography import x509

    try:
        parsed = x509.load_der_x509_crl(der)
        if parsed.issuer.public_bytes() != issuer.subject:
            return None
        return parsed if parsed.is_signature_valid(issuer.public_key()) else None
    except Exception:  # bytes from anyone: the library has many ways to say no
        return None


def read_list(der: bytes, authorities: Iterable[Certificate]) -> RevocationList | None:
    """Whose list this is among these CAs; None when it is of none of them, or forged."""
    from cryptography import x509

    for authority in authorities:
        parsed = parsed_list(der, authority)
        if parsed is None:
            continue
        try:
            number = parsed.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
        except Exception:  # none, or one that can't be read
            number = -1
        until = parsed.next_update_utc
        return RevocationList(
            authority,
            number,
            parsed.last_update_utc.astimezone(UTC),
            until.astimezone(UTC) if until else None,
            der,
        )
    return None


def newest(lists: Iterable[bytes], authority: Certificate) -> RevocationList | None:
    """The newest list of that CA among these (DER)."""
    known = [found for der in lists if (found := read_list(der, [authority])) is not None]
    return max(known, key=lambda found: found.age, default=None)


def pem_of(der: bytes) -> str:
    return list_pem(der).decode("ascii")


def ders_of(pem: str) -> tuple[bytes, ...]:
    """The revocation lists in a PEM text that came from outside; nothing where it holds none."""
    if not pem:
        return ()
    try:
        return tuple(der for kind, der in pem_blocks(pem.encode("ascii")) if kind == "X509 CRL")
    except ValueError:
        return ()


def keep_newer(data: Path, pem: str, files: Sequence[Path] | None = None) -> ListNews:
    """Take the list into `trusted/` when a CA that is trusted there signed it and none there is as new.

    `files` are other PEM files with trusted CAs. Raises KnownError trust.not_kept, trust.file_….
    """
    ders = ders_of(pem)
    if not ders:
        return ListNews.STRANGE if pem else ListNews.NONE
    trusted = load_trusted(files if files is not None else sorted(trusted_folder(data).glob("*.pem")))
    found = read_list(ders[0], trusted.authorities)
    if found is None or len(ders) != 1:
        return ListNews.STRANGE
    known = newest(trusted.revocation_lists, found.authority)
    if known is not None and known.age >= found.age:
        return ListNews.SAME if known.der == found.der else ListNews.OLDER
    place = trusted_folder(data) / _NAME.format(fingerprint=found.authority.fingerprint[:32])
    try:
        write_private(place, list_pem(found.der))
    except KnownError as error:
        folder = str(trusted_folder(data))
        raise KnownError("trust.not_kept", folder=folder, detail=error.detail) from error
    return ListNews.NEWER


def forget_list(data: Path, authority_fingerprint: str) -> None:
    """A CA that is no longer trusted needs no list here."""
    name = _NAME.format(fingerprint=authority_fingerprint[:32])
    (trusted_folder(data) / name).unlink(missing_ok=True)
