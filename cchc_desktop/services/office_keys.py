"""The office's signing key, in a folder of its own: no profile is needed to sign form packs."""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.delivery import folder as channel
from cchc_desktop.domain.signing_key import CertificateSummary, KeyState, KeyStatus
from cchc_desktop.domain.unit import suggested_code
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.trust.key_room import KeyRoom


def make(folder: Path, name: str, code: str, passphrase: str | None) -> tuple[CertificateSummary, Path]:
    """A new key in `folder/keys`, and its certificate beside it for the units to take as known.

    Without a passphrase the system's keyring keeps the secret. Raises KnownError trust.key_exists,
    trust.keyring_absent, trust.passphrase_short, trust.key_not_written.
    """
    room = KeyRoom(folder)
    if room.status().state is not KeyState.NONE:
        raise KnownError("trust.key_exists", unusable_input=False)
    unit_code = suggested_code(code or name)
    certificate = room.create(name, unit_code, passphrase, vietnam_now())
    return certificate.summary(), channel.place_small(folder / f"{unit_code}.pem", certificate.pem)


def status(folder: Path) -> KeyStatus:
    return KeyRoom(folder).status()


def unlock(folder: Path, passphrase: str) -> None:
    """Raises KnownError trust.wrong_passphrase, trust.no_key, trust.key_file_damaged."""
    KeyRoom(folder).unlock(passphrase)
