"""The one door to the system's own store of secrets (Secret Service, KWallet, Windows, macOS)."""

from __future__ import annotations

from typing import Any

from cchc_desktop.errors import KnownError

SERVICE = "CCHC Desktop"
# Other backends keep their secrets in plain files, or have nobody who opens them.
_GOOD_BACKENDS = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.Windows",
    "keyring.backends.macOS",
)


class KeyringAbsent(KnownError):  # noqa: N818 - it says what is, as KnownError does
    """This machine has no store of secrets that we would trust; a passphrase does instead."""

    def __init__(self, detail: str = "") -> None:
        super().__init__("trust.keyring_absent", detail=detail)


class KeyringShut(KnownError):  # noqa: N818
    """The store is there but was not opened: the user may open it and try again."""

    def __init__(self, detail: str = "") -> None:
        super().__init__("trust.keyring_shut", detail=detail)


def keep(account: str, secret: str) -> None:
    """Store the secret and read it back. Raises `KeyringAbsent` or `KeyringShut`."""
    backend = _backend()
    _asked(lambda: backend.set_password(SERVICE, account, secret))
    if recall(account) != secret:
        raise KeyringAbsent("the store gave back another secret")


def recall(account: str) -> str | None:
    """The secret; None when the store has none for this account. Raises `KeyringAbsent`, `KeyringShut`."""
    backend = _backend()
    secret: str | None = _asked(lambda: backend.get_password(SERVICE, account))
    return secret


def forget(account: str) -> None:
    """Remove the secret, if it is there. Raises `KeyringAbsent` or `KeyringShut`."""
    from keyring.errors import PasswordDeleteError

    backend = _backend()

    def remove() -> None:
        try:
            backend.delete_password(SERVICE, account)
        except PasswordDeleteError:
            if backend.get_password(SERVICE, account) is not None:
                raise

    _asked(remove)


def _backend() -> Any:
    import keyring
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.get_keyring()
    members = list(chosen.backends) if isinstance(chosen, ChainerBackend) else [chosen]
    for member in members:
        if type(member).__module__.startswith(_GOOD_BACKENDS):
            return member
    raise KeyringAbsent(type(chosen).__module__)


def _asked(question: Any) -> Any:
    from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError

    try:
        return question()
    except KeyringLocked as error:
        raise KeyringShut(str(error)) from error
    except (NoKeyringError, InitError) as error:
        raise KeyringAbsent(str(error)) from error
    except KeyringError as error:
        raise KeyringShut(str(error)) from error
    except OSError as error:
        raise KeyringAbsent(str(error)) from error
