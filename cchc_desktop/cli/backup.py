"""`cchc backup [--to FILE] [--encrypt] [--json]`: a backup now, or the whole profile as one file."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from cchc_desktop.cli import ANSWER_IS_NO, DONE, Context
from cchc_desktop.cli.backup_lines import ProgressLine, backup_json, backup_line, new_passphrase
from cchc_desktop.domain.progress import Progress
from cchc_desktop.language import render, text
from cchc_desktop.services import backups
from cchc_desktop.services import profile as profiles


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="TỆP", help=text("backup.cli_to"))
    parser.add_argument("--encrypt", action="store_true", help=text("backup.cli_encrypt"))
    parser.add_argument("--passphrase-file", type=Path, metavar="TỆP", help=text("backup.cli_passphrase"))
    parser.add_argument("--second-drive", metavar="THƯ-MỤC", help=text("backup.cli_second_drive"))
    parser.add_argument("--json", action="store_true", help=text("backup.cli_json"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    folder = profiles.default_folder(context.data)
    with profiles.open_profile(folder) as profile, ProgressLine() as line:
        progress = Progress(line.show)
        if arguments.second_drive is not None:
            chosen = arguments.second_drive
            backups.set_second_drive(profile, Path(chosen).absolute() if chosen else None)
        if arguments.to is not None:
            passphrase = new_passphrase(arguments.passphrase_file, arguments.encrypt)
            written = backups.carry(profile, arguments.to, passphrase, progress)
            if arguments.json:
                print(json.dumps({"file": str(written), "size": written.stat().st_size}))
            else:
                print(text("backup.cli_carried", path=str(written), size=written.stat().st_size))
                print(text("backup.key_advice"), file=sys.stderr)
            return DONE
        done = backups.back_up(profile, progress=progress)
    if arguments.json:
        found = backup_json(done.backup)
        found["second"] = backup_json(done.second) if done.second else None
        found["second_fault"] = render(done.second_fault) if done.second_fault else None
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print(backup_line(done.backup))
        if done.second is not None:
            print(backup_line(done.second))
    if done.second_fault is not None:
        print(render(done.second_fault), file=sys.stderr)
    if absent := done.backup.content.absent:
        print(text("backup.cli_absent", n=len(absent), paths=absent[:5]), file=sys.stderr)
    return ANSWER_IS_NO if done.second_fault or absent else DONE
