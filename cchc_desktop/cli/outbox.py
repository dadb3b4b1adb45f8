"""`cchc outbox [--year Y] [--json]`: each delivery and its state; and what can be done about one of them.

A delivery is named by the beginning of its id. `--sent`, `--call-off`, `--failed` say what only the user
knows; `--retry` and `--another` send again.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from cchc_desktop.cli import DONE, Context
from cchc_desktop.cli.send import take_out
from cchc_desktop.domain.delivery import FOLDER, Delivery, DeliveryState, steps_of
from cchc_desktop.domain.lifecycle import Mover
from cchc_desktop.domain.package_head import filing
from cchc_desktop.errors import KnownError
from cchc_desktop.language import format_date, format_size, format_time, render, text
from cchc_desktop.services import outbox, rounds, submissions
from cchc_desktop.services import profile as profiles
from cchc_desktop.services.profile import Profile


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, metavar="NĂM", help=text("outbox.cli_only_year"))
    parser.add_argument("--json", action="store_true", help=text("outbox.cli_json"))
    acts = parser.add_mutually_exclusive_group()
    for act in ("sent", "call-off", "failed", "retry", "another"):
        acts.add_argument(f"--{act}", metavar="MÃ", help=text(f"outbox.cli_{act.replace('-', '_')}"))
    parser.add_argument("--drives", action="store_true", help=text("outbox.cli_drives"))
    parser.add_argument("--reason", default="", metavar="LÝ-DO", help=text("outbox.cli_reason"))
    parser.add_argument("--channel", choices=outbox.CHANNELS, help=text("outbox.cli_channel"))
    parser.add_argument("--to", default="", metavar="NƠI", help=text("outbox.cli_to"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    if arguments.drives:
        _show_drives(as_json=arguments.json)
        return DONE
    with profiles.open_profile(profiles.default_folder(context.data)) as profile:
        _act(profile, arguments)
        _show(profile, arguments)
    return DONE


def _act(profile: Profile, arguments: argparse.Namespace) -> None:
    if arguments.sent:
        found = _found(profile, arguments.sent, DeliveryState.DELIVERED_BY_WORD)
        outbox.confirm(profile, found.id)
    elif arguments.call_off:
        outbox.call_off(profile, _found(profile, arguments.call_off, DeliveryState.FAILED).id)
    elif arguments.failed:
        if not arguments.reason.strip():
            raise KnownError("outbox.cli_no_reason")
        outbox.fail(profile, _found(profile, arguments.failed, DeliveryState.FAILED).id, arguments.reason)
    elif arguments.retry:
        found = _found(profile, arguments.retry)
        if found.state is not DeliveryState.QUEUED:
            found = _found(profile, arguments.retry, DeliveryState.QUEUED)
            outbox.retry(profile, found.id)
        take_out(profile, found, files_to=sys.stderr)
    elif arguments.another:
        if arguments.channel is None or not arguments.to:
            raise KnownError("outbox.cli_where")
        found = _found(profile, arguments.another)
        to = str(Path(arguments.to).absolute()) if arguments.channel == FOLDER else arguments.to
        _changes, queued = outbox.queue(profile, found.submission_id, arguments.channel, to)
        take_out(profile, queued, files_to=sys.stderr)


def _found(profile: Profile, begins: str, wanted: DeliveryState | None = None) -> Delivery:
    """The one delivery whose id begins so, when it may go to the state that is wanted."""
    every = [one for round_ in rounds.rounds(profile) for one in outbox.deliveries_of(profile, round_.id)]
    found = [one for one in every if one.id.startswith(begins.lower())]
    if len(found) != 1:
        raise KnownError("outbox.cli_which", begins=begins, count=len(found))
    if wanted is not None and wanted not in steps_of(found[0].state, Mover.OFFICIAL):
        state = text(f"outbox_page.state_{found[0].state.value}")
        raise KnownError("outbox.cli_not_now", unusable_input=False, begins=begins, state=state)
    return found[0]


def _show(profile: Profile, arguments: argparse.Namespace) -> None:
    rows = []
    for round_ in rounds.rounds(profile):
        if arguments.year not in (None, round_.year):
            continue
        made = {one.id: one for one in submissions.submissions_of(profile, round_.id)}
        rows += [
            (round_.year, made[one.submission_id], one) for one in outbox.deliveries_of(profile, round_.id)
        ]
    if arguments.json:
        shown = [{"year": year, "kind": s.kind, "revision": s.revision, **_json(d)} for year, s, d in rows]
        print(json.dumps({"deliveries": shown}, ensure_ascii=False, indent=1))
        return
    if not rows:
        print(text("outbox.cli_none"))
    for year, submission, delivery in rows:
        at = delivery.changed_at
        print(
            text(
                "outbox.cli_line",
                id=delivery.id[:8],
                year=str(year),
                kind=text(f"submit_page.kind_{submission.kind}"),
                filing=filing(submission.revision),
                at=f"{format_date(at)} {format_time(at)}",
                channel=text(f"outbox_page.channel_{delivery.channel}"),
                target=delivery.target,
                state=text(f"outbox_page.state_{delivery.state.value}"),
            )
        )
        if delivery.reason is not None:
            print(f"          {render(delivery.reason)}")


def _json(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": delivery.id,
        "channel": delivery.channel,
        "target": delivery.target,
        "state": delivery.state.value,
        "reason": None if delivery.reason is None else render(delivery.reason),
        "receipt": delivery.receipt or None,
        "created_at": delivery.created_at.isoformat(),
        "changed_at": delivery.changed_at.isoformat(),
        "files": [
            {
                "name": file.name,
                "size": file.size,
                "manifest_sha256": file.sha256 or None,
                "role": file.role.value,
            }
            for file in delivery.files
        ],
    }


def _show_drives(*, as_json: bool) -> None:
    drives = outbox.drives()
    if as_json:
        shown = [
            {
                "folder": str(drive.folder),
                "label": drive.label,
                "free": drive.free,
                "total": drive.total,
                "file_system": drive.file_system,
                "removable": drive.removable,
                "read_only": drive.read_only,
            }
            for drive in drives
        ]
        print(json.dumps({"drives": shown}, ensure_ascii=False, indent=1))
        return
    for drive in drives:
        word = "cli_drive_stick" if drive.removable else "cli_drive_disk"
        facts = {"free": format_size(drive.free), "total": format_size(drive.total)}
        kind = drive.file_system or text("submit_page.unknown_file_system")
        print(text(f"outbox.{word}", folder=str(drive.folder), label=drive.label, kind=kind, **facts))
