"""Options that say who signs: our own key, a PKCS#12 file or a token. Secrets come by file or prompt."""

from __future__ import annotations

import argparse
from pathlib import Path

from cchc_desktop.cli.passphrase import passphrase_from
from cchc_desktop.domain.signer_choice import SignerChoice, SignerKind, SignWith
from cchc_desktop.language import text

_QUESTIONS = {
    SignerKind.SOFTWARE: "submissions.cli_ask_passphrase",
    SignerKind.PKCS12: "signers.cli_ask_password",
    SignerKind.TOKEN: "signers.cli_ask_pin",
}


def add_signer_options(parser: argparse.ArgumentParser) -> None:
    """Without `--p12` and `--token` it is the program's own key."""
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--p12", type=Path, metavar="TỆP", help=text("signers.cli_p12"))
    kinds.add_argument("--token", type=Path, metavar="THƯ-VIỆN", help=text("signers.cli_token"))
    parser.add_argument("--token-label", default="", metavar="TÊN", help=text("signers.cli_token_label"))
    parser.add_argument("--token-serial", default="", metavar="SỐ", help=text("signers.cli_token_serial"))
    parser.add_argument(
        "--signer-certificate", default="", metavar="DẤU", help=text("signers.cli_signer_certificate")
    )
    parser.add_argument("--pss", action="store_true", help=text("signers.cli_pss"))


def choice_from(arguments: argparse.Namespace) -> SignerChoice:
    """What the options say."""
    if arguments.p12 is None and arguments.token is None:
        return SignerChoice()
    kind = SignerKind.PKCS12 if arguments.token is None else SignerKind.TOKEN
    return SignerChoice(
        kind,
        str(arguments.p12 or arguments.token),
        arguments.token_serial,
        arguments.token_label,
        arguments.signer_certificate.replace(":", "").lower(),
        arguments.pss,
    )


def with_secret(choice: SignerChoice, file: Path | None) -> SignWith:
    """Asks for the password or the PIN. Raises KnownError submissions.cli_locked (nobody to ask)."""
    return SignWith(choice, passphrase_from(file, text(_QUESTIONS[choice.kind])))
