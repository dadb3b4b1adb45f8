"""From a choice and a secret to something that signs: the one place that knows every kind of signer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cchc_desktop.domain.signer_choice import SignerKind, SignWith
from cchc_desktop.trust.key_room import KeyRoom
from cchc_desktop.trust.signer import Signer


@contextmanager
def opened(sign_with: SignWith, folder: Path) -> Iterator[Signer]:
    """Open the chosen signer for one piece of work; `folder` holds `keys/` of the program's own key.

    A token's session ends with it. Raises KnownError of room signers, and of room trust for the own key.
    """
    choice, secret = sign_with.choice, sign_with.secret
    if choice.kind is SignerKind.TOKEN:
        from cchc_desktop.trust.token import token_signer

        with token_signer(choice, secret) as signer:
            yield signer
    elif choice.kind is SignerKind.PKCS12:
        from cchc_desktop.trust.pkcs12_file import pkcs12_signer

        yield pkcs12_signer(choice, secret)
    else:
        room = KeyRoom(folder)
        if secret:
            room.unlock(secret)
        yield room.signer()
