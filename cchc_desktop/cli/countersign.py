"""`cchc countersign GÓI --to DIR [--key-folder DIR | --p12 FILE | --token LIBRARY]`: sign over a package."""

from __future__ import annotations

import argparse
from pathlib import Path

from cchc_desktop.cli import DONE, Context
from cchc_desktop.cli.signer_options import add_signer_options, choice_from, with_secret
from cchc_desktop.domain.signer_choice import SignerChoice, SignerKind, SignWith
from cchc_desktop.domain.signing_key import KeyState, Protection
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.language import text
from cchc_desktop.services import countersigning, office_keys
from cchc_desktop.services import profile as profiles


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("package", type=Path, metavar="GÓI", help=text("signers.cli_package"))
    parser.add_argument("--to", type=Path, required=True, metavar="THƯ-MỤC", help=text("signers.cli_to"))
    parser.add_argument("--key-folder", type=Path, metavar="THƯ-MỤC", help=text("signers.cli_key_folder"))
    add_signer_options(parser)
    parser.add_argument("--passphrase-file", type=Path, metavar="TỆP", help=text("signers.cli_passphrase"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    found = countersigning.look_at(arguments.package)
    for number, signer in enumerate(found.signers, start=1):
        at = signer.signed_at.astimezone(VIETNAM)
        print(text("signers.cli_signed", number=number, name=signer.name, time=at, day=at))
    keys = arguments.key_folder or profiles.default_folder(context.data)
    choice = choice_from(arguments)
    made = countersigning.countersign(
        arguments.package, arguments.to, _sign_with(choice, keys, arguments.passphrase_file), keys
    )
    print(made.path)
    return DONE


def _sign_with(choice: SignerChoice, keys: Path, file: Path | None) -> SignWith:
    """The program's own key asks only when a passphrase locks it."""
    if choice.kind is SignerKind.SOFTWARE:
        status = office_keys.status(keys)
        if status.state is not KeyState.LOCKED or status.protection is not Protection.PASSPHRASE:
            return SignWith(choice)
    return with_secret(choice, file)
