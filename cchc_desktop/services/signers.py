"""Which signer a unit uses: choosing it, looking at files and tokens, and what is known of the chosen one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cchc_desktop.delivery import folder as channel
from cchc_desktop.domain.signer_choice import (
    CERTIFICATE_SETTING,
    CHOICE_SETTING,
    FoundCertificate,
    SignerChoice,
    SignerKind,
    SignWith,
    TokenFacts,
    TokenLibrary,
)
from cchc_desktop.domain.signing_key import KeyState, KeyStatus
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import replace
from cchc_desktop.store import settings
from cchc_desktop.store.change import Change
from cchc_desktop.store.profile import Profile
from cchc_desktop.trust import chosen_signer, token_places
from cchc_desktop.trust.certificate import Certificate
from cchc_desktop.trust.key_room import KeyRoom
from cchc_desktop.trust.signer import Signer
from cchc_desktop.trust.signer_fitness import fault_of

CERTIFICATE_NAME = "trust.pem"


def chosen(profile: Profile) -> SignerChoice:
    """The program's own key until another signer is chosen."""
    return SignerChoice.from_text(profile.read(lambda db: settings.setting(db, CHOICE_SETTING, "")))


def choose(profile: Profile, choice: SignerChoice, certificate: FoundCertificate | None = None) -> None:
    """Remember the choice and, for a file or a token, the certificate. No secret is ever given here."""
    pem = certificate.pem.decode("ascii") if certificate is not None else ""

    def work(change: Change) -> None:
        change.set_setting(CHOICE_SETTING, choice.as_text())
        change.set_setting(CERTIFICATE_SETTING, pem)

    profile.write(work)


def status(profile: Profile, sender: str = "") -> KeyStatus:
    """State, certificate and what is wrong of the chosen signer; a token is not touched for it.

    A certificate of a unit other than `sender` (its code) is no use: the receiver would refuse the package.
    """
    choice, kept = chosen(profile), profile.read(lambda db: settings.setting(db, CERTIFICATE_SETTING, ""))
    found = chosen_signer.status(choice, chosen_signer.kept_certificate(kept), profile.folder)
    certificate = found.certificate
    if choice.kind is SignerKind.SOFTWARE or certificate is None or found.reason is not None:
        return found
    if not sender or certificate.unit_code in ("", sender):
        return found
    reason = message("signers.unit_differs", code=certificate.unit_code, sender=sender)
    return replace(found, state=KeyState.LOST, reason=reason)


def export_certificate(profile: Profile, to: Path) -> Path:
    """Write the signer's certificate (PEM) for the receiver; `to` is a file, or a folder for trust.pem.

    Raises KnownError trust.no_key, signers.nothing_chosen, those of the medium (delivery.…).
    """
    choice, kept = chosen(profile), profile.read(lambda db: settings.setting(db, CERTIFICATE_SETTING, ""))
    if choice.kind is SignerKind.SOFTWARE:
        pem = KeyRoom(profile.folder).certificate().pem
    elif (certificate := chosen_signer.kept_certificate(kept)) is not None:
        pem = certificate.pem
    else:
        raise KnownError("signers.nothing_chosen", unusable_input=False)
    return channel.place_small(to / CERTIFICATE_NAME if to.is_dir() else to, pem)


def libraries() -> tuple[TokenLibrary, ...]:
    """The token libraries that are installed in the places where their makers put them."""
    return token_places.libraries()


def tokens(library: Path) -> tuple[TokenFacts, ...]:
    """The tokens that are plugged in. Raises KnownError signers.library_missing, signers.not_a_library,
    signers.library_crashed, signers.token_hangs."""
    from cchc_desktop.trust import token

    with token.TokenLibrary(library) as loaded:
        return loaded.tokens()


def certificates_of_token(library: Path, found: TokenFacts) -> tuple[FoundCertificate, ...]:
    """Those of people that the token shows without its PIN; some tokens show none."""
    from cchc_desktop.trust import token

    with token.TokenLibrary(library) as loaded:
        return _found(loaded.certificates(found.serial, found.label))


def private_certificates_of_token(library: Path, found: TokenFacts, pin: str) -> tuple[FoundCertificate, ...]:
    """Those whose key lies on the token, for tokens that ask for the PIN first. Raises as signing does."""
    from cchc_desktop.trust import token

    with token.TokenLibrary(library) as loaded:
        return _found(loaded.log_in(found.serial, found.label, pin))


def certificates_of_file(file: Path, password: str) -> tuple[FoundCertificate, ...]:
    """Those of a PKCS#12 file that have a key. Raises KnownError signers.p12_…, signers.no_key."""
    from cchc_desktop.trust.pkcs12_file import read_pkcs12

    return _found(read_pkcs12(file, password).keys)


@contextmanager
def opened(profile: Profile, sign_with: SignWith) -> Iterator[Signer]:
    """The signer itself, for one piece of work. Raises KnownError of rooms signers and trust."""
    with chosen_signer.opened(sign_with, profile.folder) as signer:
        yield signer


def _found(certificates: Iterable[Certificate]) -> tuple[FoundCertificate, ...]:
    """People's own, good ones first, those that end last first among them."""
    now = vietnam_now()
    found = [
        FoundCertificate(one.summary(), one.pem, fault_of(one, now)) for one in certificates if not one.is_ca
    ]
    return tuple(sorted(found, key=lambda one: (one.fault is not None, -one.summary.valid_to.timestamp())))
