"""The keys of one profile: make, unlock, use, replace. A lost key leaves everything else as it was.

`keys/` holds one file per key and `current`, which names the one in use. Keys that were replaced stay: their
certificates explain older packages. What was unlocked stays so until the program ends.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from cchc_desktop.domain.signing_key import SHORTEST_PASSPHRASE, KeyState, KeyStatus, Protection
from cchc_desktop.errors import KnownError
from cchc_desktop.message import Message, message
from cchc_desktop.trust import keyring_secret
from cchc_desktop.trust.certificate import Certificate, read_certificate, self_signed
from cchc_desktop.trust.key_file import (
    KeyFile,
    KeyFileDamaged,
    WrongSecret,
    new_secret,
    read_key_file,
    sealed,
    secret_from_passphrase,
    write_key_file,
    write_private,
)
from cchc_desktop.trust.signer import Signer, SoftwareSigner

KEYS_FOLDER = "keys"
SALT_BYTES = 16
_CURRENT = "current"
_unlocked: dict[str, Any] = {}


class KeyRoom:
    """The keys in `<profile>/keys`. Cheap to make; nothing is read before it is asked for."""

    def __init__(self, profile_folder: Path) -> None:
        self._folder = profile_folder / KEYS_FOLDER

    def status(self) -> KeyStatus:
        """Never raises for what may be wrong with a key: that is what the status is for."""
        try:
            key_file = self._current()
        except KeyFileDamaged:
            return KeyStatus(KeyState.LOST, reason=message("trust.key_file_damaged"))
        if key_file is None:
            return KeyStatus(KeyState.NONE)
        state, reason = self._state(key_file)
        return KeyStatus(state, key_file.protection, key_file.certificate.summary(), reason)

    def create(self, unit_name: str, unit_code: str, passphrase: str | None, now: datetime) -> Certificate:
        """Make a key and put it into use; an older one is kept but no longer used.

        Without a passphrase its secret goes into the keyring: `KeyringAbsent` when there is none.
        Raises KnownError trust.passphrase_short, trust.key_not_written.
        """
        protection, salt = Protection.KEYRING, b""
        if passphrase is None:
            secret = new_secret()
        else:
            if len(passphrase) < SHORTEST_PASSPHRASE:
                raise KnownError("trust.passphrase_short", shortest=SHORTEST_PASSPHRASE)
            protection, salt = Protection.PASSPHRASE, secrets.token_bytes(SALT_BYTES)
            secret = secret_from_passphrase(passphrase, salt)
        key, der = self_signed(unit_name, unit_code, now)
        key_file = sealed(key, read_certificate(der), protection, secret, salt)
        if protection is Protection.KEYRING:
            keyring_secret.keep(key_file.account, secret)
        name = f"{key_file.certificate.fingerprint[:16]}.pem"
        write_key_file(self._folder / name, key_file)
        write_private(self._folder / _CURRENT, f"{name}\n".encode())
        _unlocked[key_file.certificate.fingerprint] = key
        return key_file.certificate

    def unlock(self, passphrase: str) -> None:
        """Raises KnownError trust.no_key, trust.wrong_passphrase or trust.key_file_damaged."""
        key_file = self._needed()
        if key_file.protection is not Protection.PASSPHRASE:
            self.signer()
            return
        try:
            key = key_file.open_with(secret_from_passphrase(passphrase, key_file.salt))
        except WrongSecret as error:
            raise KnownError("trust.wrong_passphrase", unusable_input=False) from error
        _unlocked[key_file.certificate.fingerprint] = key

    def lock(self) -> None:
        """Forget the unlocked key of this profile; the next signature asks again."""
        key_file = self._needed()
        _unlocked.pop(key_file.certificate.fingerprint, None)

    def signer(self) -> Signer:
        """Raises KnownError trust.no_key, trust.key_locked, trust.key_lost…: each says what to do."""
        key_file = self._needed()
        certificate = key_file.certificate
        if certificate.fingerprint not in _unlocked:
            if key_file.protection is Protection.PASSPHRASE:
                raise KnownError("trust.key_locked", unusable_input=False)
            secret = keyring_secret.recall(key_file.account)
            if secret is None:
                raise KnownError("trust.key_lost", unusable_input=False)
            try:
                _unlocked[certificate.fingerprint] = key_file.open_with(secret)
            except WrongSecret as error:
                raise KnownError("trust.key_lost", unusable_input=False) from error
        return SoftwareSigner(_unlocked[certificate.fingerprint], certificate)

    def certificate(self) -> Certificate:
        """The certificate in use, read without unlocking anything. Raises KnownError trust.no_key."""
        return self._needed().certificate

    def _state(self, key_file: KeyFile) -> tuple[KeyState, Message | None]:
        if key_file.certificate.fingerprint in _unlocked:
            return KeyState.READY, None
        if key_file.protection is Protection.PASSPHRASE:
            return KeyState.LOCKED, message("trust.key_locked")
        try:
            self.signer()
        except keyring_secret.KeyringShut as error:
            return KeyState.LOCKED, error.message
        except keyring_secret.KeyringAbsent:
            return KeyState.LOST, message("trust.key_lost_with_keyring")
        except KnownError as error:
            return KeyState.LOST, error.message
        return KeyState.READY, None

    def _needed(self) -> KeyFile:
        try:
            key_file = self._current()
        except KeyFileDamaged as error:
            raise KnownError("trust.key_file_damaged", unusable_input=False, detail=str(error)) from error
        if key_file is None:
            raise KnownError("trust.no_key", unusable_input=False)
        return key_file

    def _current(self) -> KeyFile | None:
        """None when no key was ever made. Raises `KeyFileDamaged`."""
        pointer = self._folder / _CURRENT
        try:
            name = pointer.read_text("ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise KeyFileDamaged(str(error)) from error
        if Path(name).name != name or not name.endswith(".pem"):
            raise KeyFileDamaged(name)
        return read_key_file(self._folder / name)
