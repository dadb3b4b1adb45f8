"""The actions of `cchc forms` that carry packs: key and sign (office); trust, import and remove (unit)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cchc_desktop.cli import ANSWER_IS_NO, DONE, Context
from cchc_desktop.cli.findings import print_findings
from cchc_desktop.cli.passphrase import passphrase_from
from cchc_desktop.cli.secrets_of_keys import made_with_secret
from cchc_desktop.domain.pack import PackKind, PackRef
from cchc_desktop.domain.signing_key import KeyState, Protection
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import form_packs, office_keys, profile, trusted
from cchc_desktop.services.criteria_files import open_pack


def configure(actions: Any) -> None:
    key = actions.add_parser("key", help=text("form_packs.cli_make_key"))
    key.add_argument("folder", type=Path, metavar="THƯ-MỤC", help=text("form_packs.cli_key"))
    key.add_argument("--name", required=True, metavar="TÊN", help=text("form_packs.cli_key_name"))
    key.add_argument("--code", required=True, metavar="MÃ", help=text("form_packs.cli_key_code"))
    signing = actions.add_parser("sign", help=text("form_packs.cli_sign"))
    signing.add_argument("set", metavar="BỘ-BIỂU-MẪU", help=text("form_packs.cli_sign_set"))
    signing.add_argument(
        "-o", "--output", type=Path, required=True, metavar="TỆP.asice", help=text("form_packs.cli_package")
    )
    signing.add_argument(
        "--key", type=Path, required=True, metavar="THƯ-MỤC", help=text("form_packs.cli_key")
    )
    for action in (key, signing):
        action.add_argument(
            "--passphrase-file", type=Path, metavar="TỆP", help=text("form_packs.cli_passphrase")
        )
    trust = actions.add_parser("trust", help=text("form_packs.cli_trust"))
    trust.add_argument("certificate", type=Path, metavar="TỆP.pem", help=text("form_packs.cli_trust_file"))
    trust.add_argument("--code", required=True, metavar="MÃ", help=text("form_packs.cli_trust_code"))
    taking = actions.add_parser("import", help=text("form_packs.cli_import"))
    taking.add_argument("file", type=Path, metavar="TỆP", help=text("form_packs.cli_import_file"))
    removing = actions.add_parser("remove", help=text("form_packs.cli_remove"))
    removing.add_argument("pack", metavar="KHÓA@BẢN", help=text("form_packs.cli_remove_pack"))


def _key(arguments: argparse.Namespace, _context: Context) -> int:
    made, file = made_with_secret(
        lambda secret: office_keys.make(arguments.folder, arguments.name, arguments.code, secret),
        arguments.passphrase_file,
    )
    print(text("form_packs.key_made", name=made.name, file=str(file), code=made.spoken_code))
    return DONE


def _sign(arguments: argparse.Namespace, context: Context) -> int:
    opened = open_pack(arguments.set, context.data)
    pack = opened.pack
    if pack is None:
        print_findings(opened.errors, opened.warnings, sys.stderr)
        return ANSWER_IS_NO
    status = office_keys.status(arguments.key)
    if status.state is KeyState.LOCKED and status.protection is Protection.PASSPHRASE:
        office_keys.unlock(arguments.key, passphrase_from(arguments.passphrase_file))
    file, _written = form_packs.sign(pack, arguments.key, arguments.output.absolute())
    print(text("form_packs.signed", id=pack.id, version=pack.version, name=str(file)))
    return DONE


def _trust(arguments: argparse.Namespace, context: Context) -> int:
    with profile.open_profile(profile.default_folder(context.data)) as opened:
        found = trusted.confirm(opened, arguments.certificate, arguments.code)
    print(text("form_packs.trusted", name=found.name))
    return DONE


def _import(arguments: argparse.Namespace, context: Context) -> int:
    with profile.open_profile(profile.default_folder(context.data)) as opened:
        offer = form_packs.offer(opened, arguments.file)
        for warning in offer.warnings:
            print(f"- {render(warning)}", file=sys.stderr)
        info = form_packs.take(opened, arguments.file)
    print(text("form_packs.imported", id=info.ref.id, version=info.ref.version, title=info.title))
    return DONE


def _remove(arguments: argparse.Namespace, context: Context) -> int:
    id_, _, version = arguments.pack.partition("@")
    if not (version.isascii() and version.isdigit() and len(version) <= 4):
        raise KnownError("form_packs.bad_ref", found=arguments.pack)
    ref = PackRef(id_, int(version))
    with profile.open_profile(profile.default_folder(context.data)) as opened:
        kinds = [one.info.kind for one in form_packs.listed(opened) if one.info and one.info.ref == ref]
        form_packs.remove(opened, kinds[0] if kinds else PackKind.CRITERIA, ref)
    print(text("form_packs.removed", id=ref.id, version=ref.version))
    return DONE


ACTIONS: dict[str, Callable[[argparse.Namespace, Context], int]] = {
    "key": _key,
    "sign": _sign,
    "trust": _trust,
    "import": _import,
    "remove": _remove,
}
