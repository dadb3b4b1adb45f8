"""`cchc check [--repair] [--export DIR] [--json]`: is the profile whole; mend it; save what can be read."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from cchc_desktop.cli import ANSWER_IS_NO, DONE, Context
from cchc_desktop.cli.backup_lines import ProgressLine
from cchc_desktop.domain.profile_check import CheckLine, CheckReport
from cchc_desktop.domain.progress import Progress
from cchc_desktop.language import render, text
from cchc_desktop.services import checking, rescue
from cchc_desktop.services import profile as profiles


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--repair", action="store_true", help=text("check.cli_repair"))
    parser.add_argument("--export", type=Path, metavar="THƯ-MỤC", help=text("check.cli_export"))
    parser.add_argument("--second-drive", type=Path, metavar="THƯ-MỤC", help=text("check.cli_second"))
    parser.add_argument("--json", action="store_true", help=text("check.cli_json"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    folder = profiles.default_folder(context.data)
    with ProgressLine() as line:
        progress = Progress(line.show)
        exported: tuple[Path, ...] = ()
        if arguments.export is not None:
            exported = rescue.export(folder, arguments.export, progress)
        work = checking.repair if arguments.repair else checking.check
        report = work(folder, progress, arguments.second_drive)
    if arguments.json:
        print(json.dumps(_json(report, exported), ensure_ascii=False, indent=2))
    else:
        for found in report.lines:
            print(f"{text(f'check.cli_mark_{_mark(found)}')}: {render(found.message)}")
        for path in exported:
            print(text("check.cli_exported", path=str(path)))
        if report.sound:
            print(text("check.cli_good"))
        else:
            print(text("check.cli_left" if arguments.repair else "check.cli_bad"), file=sys.stderr)
    return DONE if report.sound else ANSWER_IS_NO


def _mark(line: CheckLine) -> str:
    return "repaired" if line.repaired else "good" if line.ok else "bad"


def _json(report: CheckReport, exported: tuple[Path, ...]) -> dict[str, object]:
    return {
        "sound": report.sound,
        "checks": [
            {
                "step": line.step.value,
                "state": _mark(line),
                "message": render(line.message),
                "paths": list(line.paths),
            }
            for line in report.lines
        ],
        "exported": [str(path) for path in exported],
    }
