"""`cchc key …`: a unit's signing key: what it is, asking an office to enrol it, the answer, changing it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from cchc_desktop.cli import DONE, Context
from cchc_desktop.cli.secrets_of_keys import made_with_secret, opened
from cchc_desktop.domain.unit import Unit
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.services import enrolment, keys, profile, rounds
from cchc_desktop.services.profile import Profile


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="VIỆC")
    names = ("show", "request", "answer", "rotate")
    made = {name: actions.add_parser(name, help=text(f"keys.cli_{name}")) for name in names}
    for name, action in made.items():
        action.add_argument("--json", action="store_true", help=text("keys.cli_json"))
        if name in ("request", "rotate"):
            action.add_argument("--to", type=Path, required=True, metavar="THƯ-MỤC", help=text("keys.cli_to"))
            action.add_argument(
                "--passphrase-file", type=Path, metavar="TỆP", help=text("submissions.cli_passphrase")
            )
    made["answer"].add_argument("file", type=Path, metavar="TỆP", help=text("keys.cli_answer_file"))
    made["answer"].add_argument("--code", default="", metavar="MÃ", help=text("keys.cli_heard"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    with profile.open_profile(profile.default_folder(context.data)) as unit:
        match arguments.action:
            case "show":
                return _show(arguments, unit)
            case "answer":
                return _answer(arguments, unit)
        return _asked(arguments, unit)


def _show(arguments: argparse.Namespace, unit: Profile) -> int:
    found = enrolment.enrolment(unit)
    certificate = found.key.certificate
    if arguments.json:
        content: dict[str, Any] = {"state": found.key.state.value, "issuer": found.issuer or None}
        if certificate is not None:
            content |= {
                "name": certificate.name,
                "unit_code": certificate.unit_code,
                "fingerprint": certificate.fingerprint,
                "code": certificate.spoken_code,
                "valid_to": certificate.valid_to.astimezone(VIETNAM).isoformat(timespec="seconds"),
            }
        print(json.dumps(content, ensure_ascii=False, indent=1))
    elif certificate is None:
        raise KnownError("trust.no_key", unusable_input=False)
    else:
        print(keys.enrolment_text(unit))
        if found.issuer:
            print(text("keys.cli_issued_by", name=found.issuer))
    return DONE


def _unit(unit: Profile) -> Unit:
    living = [one for one in rounds.rounds(unit) if not one.archived]
    return living[0].unit


def _asked(arguments: argparse.Namespace, unit: Profile) -> int:
    """A first request makes the key where there is none yet."""
    file, who = arguments.passphrase_file, _unit(unit)
    if keys.key_state(unit).certificate is None:
        made_with_secret(lambda secret: keys.create_key(unit, who, secret), file)
    opened(keys.key_state(unit), lambda typed: keys.unlock(unit, typed), file)
    if arguments.action == "rotate":
        path, asked = made_with_secret(lambda secret: enrolment.rotate(unit, who, arguments.to, secret), file)
    else:
        path, asked = enrolment.write_enrolment(unit, who, arguments.to)
    if arguments.json:
        print(json.dumps({"file": str(path), "code": asked.code or None}, ensure_ascii=False, indent=1))
    else:
        said = "keys.cli_rotating" if asked.rotation else "keys.cli_requested"
        print(text(said, file=str(path), code=asked.code))
    return DONE


def _answer(arguments: argparse.Namespace, unit: Profile) -> int:
    found, _news = enrolment.take_answer(unit, arguments.file, arguments.code)
    certificate = found.key.certificate
    assert certificate is not None
    if arguments.json:
        content = {"issuer": found.issuer or None, "fingerprint": certificate.fingerprint}
        print(json.dumps(content, ensure_ascii=False, indent=1))
    else:
        said = "keys.cli_answered" if found.issuer else "keys.cli_answered_pinned"
        print(text(said, name=found.issuer, valid_to=certificate.valid_to.astimezone(VIETNAM)))
    return DONE
