"""Packages that only the receiving office can read: encrypting for it, and opening them there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from cchc_desktop.delivery import folder as channel
from cchc_desktop.delivery.encrypted import Hashing, digest_of, place_encrypted
from cchc_desktop.delivery.small_file import replace_small
from cchc_desktop.domain.office import Way
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.signing_key import CertificateSummary, KeyStatus
from cchc_desktop.domain.unit import suggested_code
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.store.office_register import OfficeRegister
from cchc_desktop.store.office_register import exists as register_exists
from cchc_desktop.store.profile import Profile
from cchc_desktop.trust import confirmed, encryption
from cchc_desktop.trust.authority import issued
from cchc_desktop.trust.encryption_key import (
    DecryptionRoom,
    Receiver,
    forget_receiver,
    keep_receiver,
    kept_receivers,
    why_not,
)
from cchc_desktop.trust.key_room import KeyRoom
from cchc_desktop.trust.trusted import Trusted, load_trusted, trusted_files

ENDING = encryption.ENDING
_AUTHORITY_FOLDER = "ca"


# At the unit


def receivers(profile: Profile) -> tuple[CertificateSummary, ...]:
    """For whom this unit can encrypt now: certificates that are kept, fit, in time and trusted."""
    trusted, now = _trusted(profile), vietnam_now()
    return tuple(
        receiver.certificate.summary()
        for receiver in kept_receivers(profile.folder)
        if why_not(receiver, trusted, now) is None
    )


def needs_code(profile: Profile, file: Path) -> CertificateSummary | None:
    """Whose code has to be heard before this certificate can be used; None when a trusted CA speaks for it.

    Raises KnownError encryption.other_purpose, encryption.not_valid_now, encryption.revoked, trust.file_….
    """
    certificate = confirmed.read_one(file)
    reason = why_not(Receiver(certificate, pinned=False), _trusted(profile), vietnam_now())
    if reason is None:
        return None
    if reason.id != "encryption.not_trusted":
        raise KnownError(reason.id, unusable_input=False, **reason.args)
    return certificate.summary()


def add_receiver(profile: Profile, file: Path, spoken: str = "") -> CertificateSummary:
    """Keep the certificate of an office. One that no trusted CA issued needs the code that was heard.

    Raises KnownError trust.code_differs, encryption.not_trusted and those of `needs_code`.
    """
    certificate = confirmed.read_one(file)
    unknown = needs_code(profile, file)
    if unknown is not None:
        if not spoken:
            raise KnownError("encryption.not_trusted", unusable_input=False, name=certificate.name)
        if not confirmed.is_spoken(certificate, spoken):
            raise KnownError("trust.code_differs", unusable_input=False, name=certificate.name)
    keep_receiver(profile.folder, Receiver(certificate, pinned=unknown is not None))
    return certificate.summary()


def remove_receiver(profile: Profile, fingerprint: str) -> None:
    forget_receiver(profile.folder, fingerprint)


def encrypt(
    profile: Profile,
    package: Path,
    fingerprint: str,
    progress: Progress | None = None,
    begins: Callable[[Path], None] = lambda _path: None,
) -> Path:
    """Write `X.asice.p7m` beside the signed package, for the holder of that certificate; its path.

    Raises KnownError encryption.no_receiver, encryption.revoked and the like, and those of the medium.
    """
    return place_encrypted(profile.folder, package, fingerprint, progress or Progress(), begins)[0]


# At the office


def make_key(folder: Path, name: str, code: str, passphrase: str | None) -> tuple[CertificateSummary, bytes]:
    """A new key for reading; its certificate (PEM) is what units need. The office's CA, if there is one and
    its key is open, issues it; without one it is signed by itself, and units hear its code.

    Raises KnownError trust.key_locked (the CA's), trust.keyring_absent, trust.passphrase_short.
    """
    now, unit_code = vietnam_now(), suggested_code(code or name)
    if not register_exists(folder):
        made = DecryptionRoom(folder).make(name, unit_code, passphrase, now, None)
        return made.summary(), made.pem
    authority = KeyRoom(folder / _AUTHORITY_FOLDER).authority()
    made = DecryptionRoom(folder).make(
        authority.certificate.name, authority.certificate.unit_code, passphrase, now, authority
    )
    with OfficeRegister.opened(folder) as register, register.writing():
        register.add_certificate(issued(made, Way.OWN, now))
    return made.summary(), made.pem


def write_certificate(folder: Path, to: Path) -> Path:
    """The certificate in use as PEM, for the units. Raises KnownError trust.no_key."""
    return replace_small(to.absolute(), DecryptionRoom(folder).certificate().pem)


def key_status(folder: Path) -> KeyStatus:
    """Of the office's key for reading."""
    return DecryptionRoom(folder).status()


def decrypt(
    folder: Path,
    file: Path,
    to: Path,
    passphrase: str | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write the package that is inside into the folder `to`; it takes its name once every byte is authentic.

    Raises KnownError encryption.unreadable, encryption.other_receiver, encryption.changed_on_the_way,
    encryption.no_key, encryption.file_unreadable, those of the key and of the medium.
    """
    try:
        with file.open("rb") as source:
            size = file.stat().st_size
            envelope = encryption.read_envelope(source, size)
            key, _certificate = DecryptionRoom(folder).key_for(envelope, passphrase)
            path, _digest = channel.place(
                to.absolute(),
                _inner_name(file.name),
                envelope.size,
                lambda sink: _decrypted(source, envelope, sink, key, progress),
                lambda part, digest: digest_of(part) == digest,
            )
    except OSError as error:
        raise KnownError("encryption.file_unreadable", name=file.name, detail=str(error)) from error
    return path


def is_encrypted(file: Path) -> bool:
    """Whether this is an encrypted package, which the office has to open first."""
    return encryption.is_encrypted(file)


def _decrypted(
    source: BinaryIO, envelope: encryption.Envelope, sink: BinaryIO, key: object, progress: Progress | None
) -> bytes:
    hashing = Hashing(sink)
    encryption.decrypt(source, envelope, hashing, key, progress)
    return hashing.digest()


def _inner_name(name: str) -> str:
    """Of the file on the disk, never from inside the encrypted one."""
    return name.removesuffix(ENDING) if name.endswith(ENDING) and name != ENDING else f"{name}.asice"


def _trusted(profile: Profile) -> Trusted:
    return load_trusted(trusted_files(profile.folder))
