"""`cchc restore list | --from FILE|FOLDER|NUMBER [--preview] | --undo`: what there is, what would change."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from cchc_desktop.cli import DONE, Context
from cchc_desktop.cli.backup_lines import (
    ProgressLine,
    backup_json,
    backup_line,
    preview_json,
    preview_lines,
)
from cchc_desktop.cli.passphrase import passphrase_from
from cchc_desktop.domain.backup import Backup
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.services import profile as profiles
from cchc_desktop.services import restoring


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("list", nargs="?", choices=("list",), help=text("backup.cli_list"))
    parser.add_argument("--from", dest="source", metavar="TỆP|SỐ", help=text("backup.cli_from"))
    parser.add_argument("--undo", action="store_true", help=text("backup.cli_undo"))
    parser.add_argument("--preview", action="store_true", help=text("backup.cli_preview"))
    parser.add_argument("--passphrase-file", type=Path, metavar="TỆP", help=text("backup.cli_passphrase"))
    parser.add_argument("--json", action="store_true", help=text("backup.cli_json"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    folder = profiles.default_folder(context.data)
    if arguments.list or (arguments.source is None and not arguments.undo):
        return _list(folder, arguments.json)
    with ProgressLine() as line:
        progress = Progress(line.show)
        chosen = _chosen(folder, arguments, progress)
        found = restoring.preview(folder, chosen)
        missing: tuple[str, ...] = ()
        if not arguments.preview:
            missing = restoring.restore_backup(folder, chosen, progress)
    if arguments.json:
        printed: dict[str, Any] = {"backup": backup_json(chosen), "restored": not arguments.preview}
        printed |= preview_json(found)
        if not arguments.preview:
            printed["missing_files"] = list(missing)
        print(json.dumps(printed, ensure_ascii=False, indent=2))
        return DONE
    print("\n".join(preview_lines(found)))
    if not arguments.preview:
        print(text("backup.cli_restored", folder=str(folder)))
        print(text("backup.key_advice"), file=sys.stderr)
    return DONE


def _list(folder: Path, as_json: bool) -> int:
    found = restoring.candidates(folder)
    if as_json:
        print(json.dumps({"backups": [backup_json(one) for one in found]}, ensure_ascii=False, indent=2))
    elif not found:
        raise KnownError("backup.none", unusable_input=False, folder=str(folder))
    else:
        print("\n".join(backup_line(one) for one in found))
    return DONE


def _chosen(folder: Path, arguments: argparse.Namespace, progress: Progress) -> Backup:
    if arguments.undo:
        return restoring.undo_candidate(folder)
    if arguments.source.isdigit() and not Path(arguments.source).exists():
        return restoring.number(folder, int(arguments.source))
    source = Path(arguments.source)
    if source.is_dir():
        return restoring.take_folder(folder, source, progress)
    sealed = restoring.needs_passphrase(source)
    passphrase = passphrase_from(arguments.passphrase_file) if sealed else None
    return restoring.take_file(folder, source, passphrase, progress)
