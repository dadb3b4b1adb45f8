"""`cchc verify PACKAGE [--trust FILE]… [--json]`: unchanged or not, and signed by whom."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from cchc_desktop.cli import ANSWER_IS_NO, DONE, UNUSABLE, Context
from cchc_desktop.domain.verification import Outcome, Verification
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.language import render, text
from cchc_desktop.services.verification import as_json, verify

_EXIT = {
    Outcome.VALID: DONE,
    Outcome.VALID_WITH_WARNINGS: DONE,
    Outcome.UNKNOWN_SIGNER: ANSWER_IS_NO,
    Outcome.INVALID: ANSWER_IS_NO,
    Outcome.UNREADABLE: UNUSABLE,
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("package", type=Path, metavar="GÓI", help=text("verification.cli_package"))
    parser.add_argument(
        "--trust",
        type=Path,
        metavar="TỆP",
        action="append",
        default=[],
        help=text("verification.cli_trust"),
    )
    parser.add_argument("--json", action="store_true", help=text("verification.cli_json"))


def run(arguments: argparse.Namespace, _context: Context) -> int:
    found = verify(arguments.package, arguments.trust)
    if arguments.json:
        print(json.dumps(as_json(found), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(found)))
    return _EXIT[found.outcome]


def _lines(found: Verification) -> list[str]:
    lines = [text(f"verification.{found.outcome.value}"), ""]
    lines += [f"- {render(reason.message)}" for reason in found.reasons]
    if found.package_id:
        lines += ["", text("verification.head", sender=found.sender_name, code=found.sender)]
        lines.append(
            text(
                "verification.identity",
                kind=text(f"verification.kind_{found.kind}"),
                period=found.period,
                revision=f"L{found.revision or 0:02d}",
            )
        )
        lines.append(text("verification.manifest", digest=found.manifest_sha256))
    for signer in found.signers:
        at = signer.signed_at.astimezone(VIETNAM)
        lines.append(text("verification.signer", name=signer.name, time=at, day=at, code=signer.spoken_code))
    if found.files:
        lines += ["", text("verification.files", count=len(found.files))]
    for file in found.files:
        mark = text("verification.file_ok" if file.ok else "verification.file_bad")
        lines.append(text("verification.file", mark=mark, title=file.title, name=file.name, size=file.size))
    return lines
