"""Asking for what opens a signer. The dialog's field goes with the dialog; nobody keeps the answer."""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.domain.signer_choice import PinState, SignerChoice, SignerKind
from cchc_desktop.language import text
from ui.dialogs import Dialogs

_PIN_WORDS = {PinState.FEW_LEFT: "signing.pin_words_few", PinState.LAST_TRY: "signing.pin_words_last"}


def ask_pin(dialogs: Dialogs, name: str, state: PinState, act: str) -> str | None:
    """None when the user steps back."""
    words = text(_PIN_WORDS.get(state, "signing.pin_words"))
    return dialogs.ask_text(text("signing.pin_heading", name=name), words, act, secret=True)


def ask_password(dialogs: Dialogs, file: Path, act: str) -> str | None:
    heading = text("signing.password_heading", name=file.name)
    return dialogs.ask_text(heading, text("signing.password_words"), act, secret=True)


def ask_passphrase(dialogs: Dialogs) -> str | None:
    """Of the program's own key."""
    heading, words = text("signing.passphrase_heading"), text("signing.passphrase_words")
    return dialogs.ask_text(heading, words, text("signing.sign"), secret=True)


def ask_secret(dialogs: Dialogs, choice: SignerChoice) -> str | None:
    """What the chosen file or token needs to sign."""
    act = text("signing.sign")
    if choice.kind is SignerKind.PKCS12:
        return ask_password(dialogs, Path(choice.path), act)
    return ask_pin(dialogs, choice.label or choice.serial, PinState.GOOD, act)
