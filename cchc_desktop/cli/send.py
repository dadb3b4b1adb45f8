"""`cchc send --what … --year Y --channel folder|email|upload [--to …]`: make a package and send it that way.

What it came to stands in the outbox (`cchc outbox`). By mail it writes drafts, which the user's own mail
program sends; `--open` opens them.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TextIO

from cchc_desktop.cli import DONE, Context
from cchc_desktop.cli.export import PACKAGES, round_of_year, signer_for
from cchc_desktop.cli.passphrase import passphrase_from
from cchc_desktop.cli.signer_options import add_signer_options
from cchc_desktop.domain.delivery import EMAIL, FOLDER, UPLOAD, Delivery, DeliveryState
from cchc_desktop.domain.evidence import MEGABYTE
from cchc_desktop.domain.readiness import LEAST_EMAIL_LIMIT
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import encryption, outbox, receipts, submissions, uploads
from cchc_desktop.services import profile as profiles
from cchc_desktop.services.profile import Profile

_RECEIPT_SECONDS = 30.0


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--what", choices=PACKAGES, required=True, help=text("outbox.cli_what"))
    parser.add_argument("--year", type=int, required=True, metavar="NĂM", help=text("submissions.cli_year"))
    parser.add_argument("--channel", choices=outbox.CHANNELS, required=True, help=text("outbox.cli_channel"))
    parser.add_argument("--to", default="", metavar="NƠI", help=text("outbox.cli_to"))
    parser.add_argument("--limit", type=int, metavar="SỐ-MB", help=text("outbox.cli_limit"))
    parser.add_argument("--open", action="store_true", help=text("outbox.cli_open"))
    parser.add_argument("--token-file", type=Path, metavar="TỆP", help=text("outbox.cli_token_file"))
    parser.add_argument("--server-ca", type=Path, metavar="TỆP", help=text("outbox.cli_server_ca"))
    parser.add_argument("--encrypt-for", type=Path, metavar="TỆP", help=text("encryption.cli_encrypt_for"))
    parser.add_argument("--encrypt-code", default="", metavar="MÃ", help=text("encryption.cli_encrypt_code"))
    parser.add_argument("--certificate", action="store_true", help=text("submissions.cli_certificate"))
    add_signer_options(parser)
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="TỆP", help=text("submissions.cli_passphrase")
    )


def run(arguments: argparse.Namespace, context: Context) -> int:
    with profiles.open_profile(profiles.default_folder(context.data)) as profile:
        round_ = round_of_year(profile, arguments.year)
        if arguments.limit is not None:
            limit = arguments.limit * MEGABYTE
            if limit < LEAST_EMAIL_LIMIT:
                raise KnownError("outbox.cli_least_limit", least=LEAST_EMAIL_LIMIT)
            submissions.set_email_limit(profile, limit)
        target = _target(profile, round_.id, arguments)
        encrypt_for = _receiver(profile, arguments)
        sign_with = signer_for(profile, round_, arguments)
        what, channel = arguments.what, arguments.channel
        if channel == FOLDER and not encrypt_for:
            made = submissions.export(
                *(profile, round_.id, what, Path(target)),
                with_certificate=arguments.certificate,
                sign_with=sign_with,
            )
            _say(outbox.newest_of(profile, made.id), Path(made.folder) / made.file_name)
            return DONE
        _made, queued = submissions.prepare(
            *(profile, round_.id, what, channel, target), sign_with=sign_with, encrypt_for=encrypt_for
        )
        take_out(profile, queued, open_drafts=arguments.open)
    return DONE


def take_out(
    profile: Profile, queued: Delivery, *, open_drafts: bool = False, files_to: TextIO | None = None
) -> None:
    """Send what waits, and say what it came to; the files that were made by their paths."""
    sent = outbox.send(profile, queued.id)
    delivery = sent.delivery
    if delivery.channel == EMAIL and open_drafts:
        opened = [_opened(draft) for draft in sent.made]
        if all(opened):
            outbox.handed_over(profile, delivery.id)
    if delivery.channel == UPLOAD and delivery.state is DeliveryState.WAITING:
        file = uploads.fetch_receipt(profile, delivery.id, wait=_RECEIPT_SECONDS)
        if file is not None:
            try:
                receipts.take(profile, file, delivery.id)
            finally:
                shutil.rmtree(file.parent, ignore_errors=True)
    _say(outbox.delivery(profile, delivery.id), *sent.made, files_to=files_to)


def _say(delivery: Delivery, *files: Path, files_to: TextIO | None = None) -> None:
    for file in files:
        print(file, file=files_to or sys.stdout)
    print(f"{delivery.id[:8]}: {text(f'outbox_page.state_{delivery.state.value}')}", file=sys.stderr)
    if delivery.reason is not None:
        print(render(delivery.reason), file=sys.stderr)


def _target(profile: Profile, round_id: str, arguments: argparse.Namespace) -> str:
    """The folder, the address or the server; the last two are kept for the next time."""
    given = arguments.to.strip()
    if arguments.channel == FOLDER:
        if not given:
            raise KnownError("outbox.cli_no_folder")
        return str(Path(given).absolute())
    if arguments.channel == EMAIL:
        if given:
            outbox.set_email_address(profile, given)
        return given or outbox.email_address(profile, round_id)
    if given:
        uploads.set_address(profile, given)
    if arguments.server_ca is not None:
        uploads.set_authority(profile, arguments.server_ca)
    if arguments.token_file is not None:
        uploads.use_token(profile, _token(arguments.token_file), remember=False)
    elif uploads.office(profile).address and not uploads.office(profile).has_token and sys.stdin.isatty():
        uploads.use_token(profile, passphrase_from(None, text("outbox.cli_ask_token")), remember=False)
    return uploads.be_ready(profile)


def _receiver(profile: Profile, arguments: argparse.Namespace) -> str:
    """The fingerprint of the certificate to encrypt for, taken in if it may be; "" to send as it is."""
    if arguments.encrypt_for is None:
        return ""
    return encryption.add_receiver(profile, arguments.encrypt_for, arguments.encrypt_code).fingerprint


def _token(file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError("submissions.passphrase_file", name=file.name, detail=str(error)) from error


def _opened(draft: Path) -> bool:
    """By the program that the system has for mail."""
    import os

    if os.name == "nt":
        os.startfile(draft)  # type: ignore[attr-defined]  # noqa: S606
        return True
    opener = shutil.which("xdg-open")
    if opener is None:
        return False
    return subprocess.run([opener, str(draft)], check=False).returncode == 0
