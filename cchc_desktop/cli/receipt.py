"""`cchc receipt GÓI… --to DIR`: an office takes packages in and signs a receipt for each of them.

`cchc receipt --take BIÊN-NHẬN…` is the other end: a unit reads the receipts that came back.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from cchc_desktop.cli import ANSWER_IS_NO, DONE, UNUSABLE, Context
from cchc_desktop.cli.secrets_of_keys import opened
from cchc_desktop.domain.package_head import filing
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import office, profile, receipts


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("packages", type=Path, nargs="+", metavar="GÓI", help=text("receipts.cli_packages"))
    ends = parser.add_mutually_exclusive_group(required=True)
    ends.add_argument("--to", type=Path, metavar="THƯ-MỤC", help=text("receipts.cli_to"))
    ends.add_argument("--take", action="store_true", help=text("receipts.cli_take"))
    parser.add_argument("--office", type=Path, metavar="THƯ-MỤC", help=text("office.cli_office"))
    parser.add_argument("--passphrase-file", type=Path, metavar="TỆP", help=text("office.cli_passphrase"))
    parser.add_argument("--json", action="store_true", help=text("receipts.cli_json"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    found = _taken(arguments, context) if arguments.take else _receipted(arguments, context)
    if arguments.json:
        print(json.dumps({"packages": [one for one, _code in found]}, ensure_ascii=False, indent=1))
    return max(code for _one, code in found)


def _receipted(arguments: argparse.Namespace, context: Context) -> list[tuple[dict[str, Any], int]]:
    """Each package by itself: one that is refused does not stop the others."""
    folder = office.office_folder(context.data, arguments.office)
    if not office.exists(folder):
        raise KnownError("office.none", folder=str(folder))
    if not arguments.to.is_dir():
        raise KnownError("delivery.no_folder", folder=str(arguments.to))
    opened(office.key_status(folder), lambda typed: office.unlock(folder, typed), arguments.passphrase_file)
    found: list[tuple[dict[str, Any], int]] = []
    for package in arguments.packages:
        try:
            checked, row, receipt = office.take_in(folder, package, arguments.to)
        except KnownError as error:
            found.append(_refused(package, error))
            continue
        warnings = [
            reason.message for reason in checked.reasons if reason.leads_to is Outcome.VALID_WITH_WARNINGS
        ]
        found.append(
            (
                {
                    "file": str(package),
                    "package_id": row.package_id,
                    "manifest_sha256": row.manifest_sha256,
                    "sender": row.sender_id,
                    "received_at": row.received_at.astimezone(VIETNAM).isoformat(timespec="seconds"),
                    "outcome": row.outcome.value,
                    "receipt": str(receipt),
                },
                DONE,
            )
        )
        if not arguments.json:
            at = row.received_at.astimezone(VIETNAM)
            said = {"name": row.sender_name, "filing": filing(row.revision), "period": row.period}
            print(text("receipts.cli_received", time=at, day=at, file=str(receipt), **said))
        for warning in warnings:
            print(f"- {render(warning)}", file=sys.stderr)
    return found


def _taken(arguments: argparse.Namespace, context: Context) -> list[tuple[dict[str, Any], int]]:
    found: list[tuple[dict[str, Any], int]] = []
    with profile.open_profile(profile.default_folder(context.data)) as unit:
        for file in arguments.packages:
            try:
                _changes, taken = receipts.take(unit, file)
            except KnownError as error:
                found.append(_refused(file, error))
                continue
            content = {
                "file": str(file),
                "effect": taken.effect.value,
                "package_id": taken.receipt.package_id,
                "receiver": taken.receipt.receiver_id,
                "revocations": taken.revocations.value,
            }
            found.append((content, DONE))
            if not arguments.json:
                at = taken.receipt.received_at.astimezone(VIETNAM)
                said = {"name": taken.receipt.file_name, "office": taken.receipt.receiver_name}
                print(text(f"receipts.effect_{taken.effect.value}", time=at, day=at, **said))
            if not arguments.json and taken.revocations.value in ("older", "strange"):
                print(f"- {text(f'receipts.list_{taken.revocations.value}')}", file=sys.stderr)
    return found


def _refused(file: Path, error: KnownError) -> tuple[dict[str, Any], int]:
    print(render(error.message), file=sys.stderr)
    code = UNUSABLE if error.unusable_input else ANSWER_IS_NO
    return {"file": str(file), "refused": error.code, "message": render(error.message)}, code
