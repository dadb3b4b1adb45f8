"""The token by which a unit hands in at an office's server: only ever in the system's store of secrets."""

from __future__ import annotations

import re

from cchc_desktop.errors import KnownError
from cchc_desktop.trust import keyring_secret

# RFC 6750, 2.1, and what offices give out besides; Windows keeps at most 2,560 bytes in UTF-16.
_TOKEN = re.compile(r"[\x21-\x7e]{1,1200}")


def checked(typed: str) -> str:
    """The token without blanks around it. Raises KnownError upload.bad_token."""
    token = typed.strip()
    if not _TOKEN.fullmatch(token):
        raise KnownError("upload.bad_token")
    return token


def keep(address: str, token: str) -> None:
    """Raises `KeyringAbsent`, `KeyringShut`."""
    keyring_secret.keep(_account(address), token)


def recall(address: str) -> str | None:
    """None when none was kept, or where there is no store of secrets that is open."""
    try:
        return keyring_secret.recall(_account(address))
    except (keyring_secret.KeyringAbsent, keyring_secret.KeyringShut):
        return None


def forget(address: str) -> None:
    """Nothing to do where there is no store of secrets."""
    try:
        keyring_secret.forget(_account(address))
    except (keyring_secret.KeyringAbsent, keyring_secret.KeyringShut):
        return


def _account(address: str) -> str:
    return f"upload-token:{address}"
