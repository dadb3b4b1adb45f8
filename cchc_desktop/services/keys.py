"""The unit's signing key: its state, making it, unlocking it, replacing it, showing its certificate."""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.delivery import folder as channel
from cchc_desktop.domain.signing_key import KeyState, KeyStatus
from cchc_desktop.domain.unit import Unit, suggested_code
from cchc_desktop.domain.vietnam_time import VIETNAM, vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.language import format_date, text
from cchc_desktop.store.profile import Profile
from cchc_desktop.trust.key_room import KeyRoom

CERTIFICATE_NAME = "trust.pem"


def key_state(profile: Profile) -> KeyStatus:
    """State, protection and certificate; where something is wrong, `reason` says what to do."""
    return KeyRoom(profile.folder).status()


def create_key(profile: Profile, unit: Unit, passphrase: str | None = None) -> KeyStatus:
    """The unit's first key. Without a passphrase its secret goes into the system's keyring.

    Raises KnownError trust.keyring_absent (then ask for a passphrase), trust.passphrase_short,
    trust.key_exists (a key that works is only replaced on purpose), trust.key_not_written.
    """
    if key_state(profile).state in (KeyState.READY, KeyState.LOCKED):
        raise KnownError("trust.key_exists", unusable_input=False)
    return replace_key(profile, unit, passphrase)


def replace_key(profile: Profile, unit: Unit, passphrase: str | None = None) -> KeyStatus:
    """A new key takes the place of the old one, which may be lost; the receiver has to learn its code."""
    KeyRoom(profile.folder).create(
        unit.name, suggested_code(unit.code or unit.name), passphrase, vietnam_now()
    )
    return key_state(profile)


def unlock(profile: Profile, passphrase: str) -> KeyStatus:
    """Raises KnownError trust.wrong_passphrase, trust.no_key, trust.key_file_damaged."""
    KeyRoom(profile.folder).unlock(passphrase)
    return key_state(profile)


def export_certificate(profile: Profile, to: Path) -> Path:
    """Write the certificate (PEM) for the receiver to pin; `to` is a file, or a folder for `trust.pem`.

    The same certificate may be written again; another file of that name stays as it is.
    """
    pem = KeyRoom(profile.folder).certificate().pem
    path = to / CERTIFICATE_NAME if to.is_dir() else to
    return channel.place_small(path, pem)


def enrolment_text(profile: Profile) -> str:
    """What the unit reads to the office on the phone, so that its key is taken as known there."""
    certificate = KeyRoom(profile.folder).certificate()
    return text(
        "keys.enrolment",
        name=certificate.name,
        unit_code=certificate.unit_code,
        code=certificate.spoken_code,
        fingerprint=certificate.fingerprint,
        valid_from=format_date(certificate.valid_from.astimezone(VIETNAM)),
        valid_to=format_date(certificate.valid_to.astimezone(VIETNAM)),
    )
