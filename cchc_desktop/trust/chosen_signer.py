"""From a choice and a secret to something that signs: the one place that knows every kind of signer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cchc_desktop.domain.signer_choice import SignerChoice, SignerKind, SignWith
from cchc_desktop.domain.signing_key import KeyState, KeyStatus
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.message import message
from cchc_desktop.trust.certificate import Certificate, CertificateUnreadable, read_certificate
from cchc_desktop.trust.key_room import KeyRoom
from cchc_desktop.trust.signer import Signer
from cchc_desktop.trust.signer_fitness import fault_of


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


def status(choice: SignerChoice, kept: Certificate | None, folder: Path) -> KeyStatus:
    """What is known of the chosen signer without its secret and without touching a token.

    `kept` is the certificate that was chosen. `LOST` with a reason: another one has to be chosen.
    """
    if choice.kind is SignerKind.SOFTWARE:
        return KeyRoom(folder).status()
    if kept is None:
        return KeyStatus(KeyState.NONE, reason=message("signers.nothing_chosen"))
    reason = fault_of(kept, vietnam_now())
    if reason is None and not Path(choice.path).is_file():
        missing = "library_missing" if choice.kind is SignerKind.TOKEN else "p12_missing"
        reason = message(f"signers.{missing}", path=choice.path, name=Path(choice.path).name)
    state = KeyState.READY if reason is None else KeyState.LOST
    return KeyStatus(state, certificate=kept.summary(), reason=reason)


def kept_certificate(pem: str) -> Certificate | None:
    """The certificate in a setting; None when there is none, or it was spoiled."""
    from asn1crypto import pem as armour

    try:
        _kind, _headers, der = armour.unarmor(pem.encode("ascii", "replace"))
        return read_certificate(der)
    except (ValueError, TypeError, CertificateUnreadable):
        return None
