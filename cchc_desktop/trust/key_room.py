"""The keys of one profile: make, unlock, use, replace. A lost key leaves everything else as it was.

`keys/` holds one file per certificate; `current` names the one in use, `next` a key that was made for a
rotation and waits for the office's answer. Files that were replaced stay: their certificates explain older
packages. What was unlocked stays so until the program ends.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from cchc_desktop.domain.signing_key import SHORTEST_PASSPHRASE, KeyState, KeyStatus, Protection
from cchc_desktop.errors import KnownError
from cchc_desktop.message import Message, message
from cchc_desktop.trust import keyring_secret
from cchc_desktop.trust.authority import Authority, certificate_request, public_der, same_key
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
_CURRENT, _NEXT = "current", "next"
_unlocked: dict[str, Any] = {}
Make = Callable[[str, str, datetime], tuple[Any, bytes]]


class KeyRoom:
    """The keys in `<profile>/keys`. Cheap to make; nothing is read before it is asked for."""

    def __init__(self, profile_folder: Path) -> None:
        self._folder = profile_folder / KEYS_FOLDER

    def status(self) -> KeyStatus:
        """Never raises for what may be wrong with a key: that is what the status is for."""
        try:
            key_file = self._named(_CURRENT)
        except KeyFileDamaged:
            return KeyStatus(KeyState.LOST, reason=message("trust.key_file_damaged"))
        if key_file is None:
            return KeyStatus(KeyState.NONE)
        state, reason = self._state(key_file)
        return KeyStatus(state, key_file.protection, key_file.certificate.summary(), reason)

    def create(
        self,
        unit_name: str,
        unit_code: str,
        passphrase: str | None,
        now: datetime,
        make: Make = self_signed,
    ) -> Certificate:
        """Make a key and put it into use; an older one is kept but no longer used.

        `make` gives the key and its certificate: a unit's own, or an office's CA. Without a passphrase its
        secret goes into the keyring: `KeyringAbsent` when there is none.
        Raises KnownError trust.passphrase_short, trust.key_not_written.
        """
        key_file = self._made(unit_name, unit_code, passphrase, now, make)
        self._point(_CURRENT, key_file)
        self.forget_next()
        return key_file.certificate

    def prepare(self, unit_name: str, unit_code: str, passphrase: str | None, now: datetime) -> Certificate:
        """Make the key that shall follow; the one in use stays so until `take` brings the new certificate.

        Raises as `create` does. A key that was prepared before is no longer waited for.
        """
        key_file = self._made(unit_name, unit_code, passphrase, now, self_signed)
        self._point(_NEXT, key_file)
        return key_file.certificate

    def next_certificate(self) -> Certificate | None:
        """Of the key that waits for the office's answer; None when none does."""
        try:
            key_file = self._named(_NEXT)
        except KeyFileDamaged:
            return None
        return None if key_file is None else key_file.certificate

    def forget_next(self) -> None:
        """No longer wait for an answer; the file stays, as all do."""
        with contextlib.suppress(OSError):
            (self._folder / _NEXT).unlink(missing_ok=True)

    def request(self, unit_name: str, unit_code: str) -> bytes:
        """A request (PEM) for the key that waits, else for the one in use, which must be unlocked."""
        waiting = self._known(_NEXT)
        return certificate_request(self._opened(waiting or self._needed()), unit_name, unit_code)

    def take(self, certificate: Certificate) -> None:
        """From now on sign with this certificate. It has to be for a key of this room that is in use or next.

        Nothing has to be unlocked. Raises KnownError trust.certificate_of_other_key, trust.key_not_written.
        """
        wanted = public_der(certificate.public_key())
        for key_file in (self._known(_NEXT), self._known(_CURRENT)):
            if key_file is not None and same_key(key_file.certificate, wanted):
                if key_file.certificate.der != certificate.der:
                    key_file = key_file.with_certificate(certificate)
                    write_key_file(self._folder / key_file.file_name, key_file)
                self._point(_CURRENT, key_file)
                self.forget_next()
                return
        raise KnownError("trust.certificate_of_other_key", unusable_input=False, name=certificate.name)

    def unlock(self, passphrase: str) -> None:
        """Raises KnownError trust.no_key, trust.wrong_passphrase or trust.key_file_damaged."""
        key_file = self._needed()
        if key_file.protection is not Protection.PASSPHRASE:
            self.signer()
            return
        self._unlock(key_file, passphrase)

    def _unlock(self, key_file: KeyFile, passphrase: str) -> None:
        try:
            key = key_file.open_with(secret_from_passphrase(passphrase, key_file.salt))
        except WrongSecret as error:
            raise KnownError("trust.wrong_passphrase", unusable_input=False) from error
        _unlocked[key_file.key_id] = key

    def lock(self) -> None:
        """Forget the unlocked key of this profile; the next signature asks again."""
        key_file = self._needed()
        _unlocked.pop(key_file.key_id, None)

    def signer(self) -> Signer:
        """Raises KnownError trust.no_key, trust.key_locked, trust.key_lost…: each says what to do."""
        key_file = self._needed()
        return SoftwareSigner(self._opened(key_file), key_file.certificate)

    def office_signer(self, now: datetime) -> Signer:
        """As `signer`; raises KnownError office.key_ended when its certificate is at its end."""
        found = self.signer()
        if now > found.certificate.valid_to:
            raise KnownError("office.key_ended", unusable_input=False, valid_to=found.certificate.valid_to)
        return found

    def authority(self) -> Authority:
        """The CA whose key lies in this room. Raises as `signer`, and KnownError trust.no_authority."""
        key_file = self._needed()
        if not key_file.certificate.is_ca:
            raise KnownError("trust.no_authority", unusable_input=False)
        return Authority(self._opened(key_file), key_file.certificate)

    def certificate(self) -> Certificate:
        """The certificate in use, read without unlocking anything. Raises KnownError trust.no_key."""
        return self._needed().certificate

    def certificates(self) -> tuple[Certificate, ...]:
        """All that ever were in use or were made here, as far as they can be read; the oldest first."""
        found = []
        for file in sorted(self._folder.glob("*.pem")):
            with contextlib.suppress(KeyFileDamaged):
                found.append(read_key_file(file).certificate)
        return tuple(sorted(found, key=lambda certificate: certificate.valid_from))

    def _made(
        self, unit_name: str, unit_code: str, passphrase: str | None, now: datetime, make: Make
    ) -> KeyFile:
        protection, salt = Protection.KEYRING, b""
        if passphrase is None:
            secret = new_secret()
        else:
            if len(passphrase) < SHORTEST_PASSPHRASE:
                raise KnownError("trust.passphrase_short", shortest=SHORTEST_PASSPHRASE)
            protection, salt = Protection.PASSPHRASE, secrets.token_bytes(SALT_BYTES)
            secret = secret_from_passphrase(passphrase, salt)
        key, der = make(unit_name, unit_code, now)
        key_file = sealed(key, read_certificate(der), protection, secret, salt)
        if protection is Protection.KEYRING:
            keyring_secret.keep(key_file.account, secret)
        write_key_file(self._folder / key_file.file_name, key_file)
        _unlocked[key_file.key_id] = key
        return key_file

    def _point(self, pointer: str, key_file: KeyFile) -> None:
        write_private(self._folder / pointer, f"{key_file.file_name}\n".encode())

    def _opened(self, key_file: KeyFile) -> Any:
        """The private key (of `cryptography`). Raises KnownError trust.key_locked, trust.key_lost…"""
        if key_file.key_id not in _unlocked:
            if key_file.protection is Protection.PASSPHRASE:
                raise KnownError("trust.key_locked", unusable_input=False)
            secret = keyring_secret.recall(key_file.account)
            if secret is None:
                raise KnownError("trust.key_lost", unusable_input=False)
            try:
                _unlocked[key_file.key_id] = key_file.open_with(secret)
            except WrongSecret as error:
                raise KnownError("trust.key_lost", unusable_input=False) from error
        return _unlocked[key_file.key_id]

    def _state(self, key_file: KeyFile) -> tuple[KeyState, Message | None]:
        if key_file.key_id in _unlocked:
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
        key_file = self._known(_CURRENT)
        if key_file is None:
            raise KnownError("trust.no_key", unusable_input=False)
        return key_file

    def _known(self, pointer: str) -> KeyFile | None:
        try:
            return self._named(pointer)
        except KeyFileDamaged as error:
            raise KnownError("trust.key_file_damaged", unusable_input=False, detail=str(error)) from error

    def _named(self, pointer: str) -> KeyFile | None:
        """What a pointer names; None when no such key was ever made. Raises `KeyFileDamaged`."""
        try:
            name = (self._folder / pointer).read_text("ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise KeyFileDamaged(str(error)) from error
        if Path(name).name != name or not name.endswith(".pem"):
            raise KeyFileDamaged(name)
        return read_key_file(self._folder / name)
