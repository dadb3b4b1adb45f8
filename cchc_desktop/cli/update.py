"""`cchc update PACK [--check] [--json]` takes an update of the program, `cchc update --back` goes back."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from cchc_desktop.cli import ANSWER_IS_NO, DONE, UNUSABLE, Context
from cchc_desktop.cli.backup_lines import ProgressLine
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import updates
from cchc_desktop.services.updates import Offer, ProgramState, UpdateRefused


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pack", type=Path, nargs="?", metavar="TỆP", help=text("update.cli_pack"))
    parser.add_argument("--check", action="store_true", help=text("update.cli_check"))
    parser.add_argument("--back", action="store_true", help=text("update.cli_back"))
    parser.add_argument("--json", action="store_true", help=text("update.cli_json"))


def run(arguments: argparse.Namespace, _context: Context) -> int:
    """Without a pack: which version is used, and which one `--back` leads to."""
    if arguments.back and (arguments.pack is not None or arguments.check):
        raise KnownError("update.cli_both")
    if arguments.back:
        version = updates.back()
        _say(arguments, {"version": version}, text("update.cli_went_back", version=version))
        return DONE
    if arguments.pack is None:
        if arguments.check:
            raise KnownError("update.cli_what")
        state = updates.state()
        _say(arguments, _state_json(state), _state_line(state))
        return DONE
    with ProgressLine() as line:
        progress = Progress(line.show)
        try:
            look = updates.inspect if arguments.check else updates.apply
            offer = look(arguments.pack, progress)
        except UpdateRefused as refused:
            offer = refused.offer
        taken = offer.can_be_taken and not arguments.check
    if arguments.json:
        print(json.dumps(_offer_json(offer, taken=taken), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_offer_lines(offer)))
        if taken and offer.update is not None:
            now, before = offer.update.version, offer.update.from_version
            print(text("update.cli_done", version=now, before=before))
        elif offer.can_be_taken:
            print(text("update.cli_can"))
    for refusal in offer.refusals:
        print(f"- {render(refusal)}", file=sys.stderr)
    if offer.can_be_taken:
        return DONE
    return UNUSABLE if offer.verification.outcome is Outcome.UNREADABLE else ANSWER_IS_NO


def _say(arguments: argparse.Namespace, found: dict[str, Any], words: str) -> None:
    print(json.dumps(found, ensure_ascii=False, indent=2) if arguments.json else words)


def _state_line(state: ProgramState) -> str:
    line = text(
        "update.cli_state_before" if state.before else "update.cli_state",
        current=state.current,
        before=state.before,
    )
    return line if state.fixed is None else f"{line}\n{render(state.fixed)}"


def _state_json(state: ProgramState) -> dict[str, Any]:
    return {
        "running": state.running,
        "current": state.current,
        "before": state.before or None,
        "folder": str(state.folder) if state.folder else None,
        "fixed": render(state.fixed) if state.fixed else None,
    }


def _offer_lines(offer: Offer) -> list[str]:
    lines = []
    if (update := offer.update) is not None:
        lines.append(
            text(
                "update.cli_brings",
                version=update.version,
                from_version=update.from_version,
                target=render(offer.system),
                count=len(update.files),
                size=offer.size,
            )
        )
        if (signer := offer.signer) is not None:
            lines.append(text("update.cli_signed", name=signer.name, at=signer.signed_at))
        if update.notes:
            lines += [text("update.cli_notes"), *(f"  {line}" for line in update.notes.splitlines())]
    return [*lines, *(f"- {render(warning)}" for warning in offer.warnings)]


def _offer_json(offer: Offer, *, taken: bool) -> dict[str, Any]:
    update, signer = offer.update, offer.signer
    return {
        "version": update.version if update else None,
        "from_version": update.from_version if update else None,
        "target": update.target if update else None,
        "notes": update.notes if update else None,
        "files": len(update.written) if update else None,
        "removed": len(update.files) - len(update.written) if update else None,
        "size": offer.size,
        "signature": offer.verification.outcome.value,
        "signer": {"name": signer.name, "fingerprint": signer.fingerprint} if signer else None,
        "refusals": [{"code": one.id, "message": render(one)} for one in offer.refusals],
        "warnings": [{"code": one.id, "message": render(one)} for one in offer.warnings],
        "taken": taken,
    }
