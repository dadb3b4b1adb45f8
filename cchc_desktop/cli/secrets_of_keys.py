"""Making and opening keys from a terminal: keyring first, else a passphrase from a file or typed twice."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from cchc_desktop.cli.passphrase import passphrase_from
from cchc_desktop.domain.signing_key import KeyState, KeyStatus, Protection
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text

T = TypeVar("T")


def made_with_secret(make: Callable[[str | None], T], file: Path | None, question: str = "") -> T:
    """Run `make` with None for the keyring, or with a passphrase where there is a file or no keyring.

    Raises KnownError submissions.cli_no_keyring where nobody can be asked, keys.cli_differs.
    """
    if file is not None:
        return make(passphrase_from(file))
    try:
        return make(None)
    except KnownError as error:
        if error.code != "trust.keyring_absent":
            raise
        if not sys.stdin.isatty():
            raise KnownError("submissions.cli_no_keyring", detail=error.detail) from error
    return make(new_passphrase(question))


def new_passphrase(question: str = "") -> str:
    """Typed twice, because nobody sees what he types."""
    first = passphrase_from(None, question or text("keys.cli_new_passphrase"))
    if passphrase_from(None, text("keys.cli_again")) != first:
        raise KnownError("keys.cli_differs")
    return first


def opened(status: KeyStatus, unlock: Callable[[str], object], file: Path | None, question: str = "") -> None:
    """Unlock a key that a passphrase locks; every other state is left to the work itself."""
    if status.state is KeyState.LOCKED and status.protection is Protection.PASSPHRASE:
        unlock(passphrase_from(file, question))
