"""`cchc office encryption-key` and `cchc office decrypt`: the office's key for encrypted packages."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from cchc_desktop.cli import DONE
from cchc_desktop.cli.passphrase import passphrase_from
from cchc_desktop.cli.secrets_of_keys import made_with_secret, opened
from cchc_desktop.domain.signing_key import CertificateSummary, KeyState, Protection
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.services import encryption, office, office_certificates


def configure(add: Callable[..., argparse.ArgumentParser]) -> None:
    """`add(name, help=…)` makes the parser of one action of `cchc office`."""
    key = add("encryption-key", help=text("encryption.cli_key"))
    opening = add("decrypt", help=text("encryption.cli_decrypt"))
    for action in (key, opening):
        action.add_argument("--office", type=Path, metavar="THƯ-MỤC", help=text("office.cli_office"))
        action.add_argument("--passphrase-file", type=Path, metavar="TỆP", help=text("office.cli_passphrase"))
        action.add_argument("--json", action="store_true", help=text("office.cli_json"))
    key.add_argument("--name", default="", metavar="TÊN", help=text("encryption.cli_name"))
    key.add_argument("--code", default="", metavar="MÃ", help=text("encryption.cli_code"))
    key.add_argument("--ca-passphrase-file", type=Path, metavar="TỆP", help=text("office.cli_ca_passphrase"))
    key.add_argument(
        "--to", type=Path, required=True, metavar="TỆP", help=text("encryption.cli_certificate_to")
    )
    opening.add_argument("files", type=Path, nargs="+", metavar="GÓI", help=text("encryption.cli_files"))
    opening.add_argument(
        "--to", type=Path, required=True, metavar="THƯ-MỤC", help=text("encryption.cli_decrypted_to")
    )


def make_key(arguments: argparse.Namespace, folder: Path) -> int:
    """A new key for reading; the certificate goes into a file for the units."""
    if office.exists(folder):
        opened(
            office_certificates.authority_status(folder),
            lambda typed: office_certificates.unlock_authority(folder, typed),
            arguments.ca_passphrase_file or arguments.passphrase_file,
            text("office.cli_ask_ca"),
        )
    elif not arguments.name:
        raise KnownError("encryption.name_needed")

    def make(secret: str | None) -> tuple[CertificateSummary, bytes]:
        return encryption.make_key(folder, arguments.name, arguments.code, secret)

    made, _pem = made_with_secret(make, arguments.passphrase_file, text("office.cli_ask_new"))
    file = encryption.write_certificate(folder, arguments.to)
    if arguments.json:
        said = {"fingerprint": made.fingerprint, "code": made.spoken_code, "file": str(file)}
        print(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        print(text("encryption.cli_key_made", name=made.name, code=made.spoken_code, file=str(file)))
    return DONE


def decrypt(arguments: argparse.Namespace, folder: Path) -> int:
    """Each file by itself; the first one that can't be opened ends it."""
    status = encryption.key_status(folder)
    secret = None
    if status.protection is Protection.PASSPHRASE and status.state is KeyState.LOCKED:
        secret = passphrase_from(arguments.passphrase_file)
    made = [encryption.decrypt(folder, file, arguments.to, secret) for file in arguments.files]
    if arguments.json:
        print(json.dumps({"files": [str(file) for file in made]}, ensure_ascii=False, indent=1))
    else:
        print("\n".join(str(file) for file in made))
    return DONE


ACTIONS: dict[str, Callable[[argparse.Namespace, Path], int]] = {
    "encryption-key": make_key,
    "decrypt": decrypt,
}
