"""`cchc verify PATH… [--trust FILE]… [--json]`: unchanged or not, and signed by whom; of folders a table."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cchc_desktop.cli import ANSWER_IS_NO, DONE, UNUSABLE, Context
from cchc_desktop.cli.package_lines import folder_lines, package_lines
from cchc_desktop.domain.package_history import KnownPackage
from cchc_desktop.domain.package_look import FolderLook
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.message import Message
from cchc_desktop.services import office, verification

_EXIT = {
    Outcome.VALID: DONE,
    Outcome.VALID_WITH_WARNINGS: DONE,
    Outcome.UNKNOWN_SIGNER: ANSWER_IS_NO,
    Outcome.INVALID: ANSWER_IS_NO,
    Outcome.UNREADABLE: UNUSABLE,
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "packages", type=Path, nargs="+", metavar="GÓI", help=text("verification.cli_package")
    )
    parser.add_argument(
        "--trust",
        type=Path,
        metavar="TỆP",
        action="append",
        default=[],
        help=text("verification.cli_trust"),
    )
    parser.add_argument("--office", type=Path, metavar="THƯ-MỤC", help=text("office.cli_office"))
    parser.add_argument("--json", action="store_true", help=text("verification.cli_json"))
    parser.add_argument("--csv", type=Path, metavar="TỆP", help=text("verification.cli_csv"))
    parser.add_argument("--xlsx", type=Path, metavar="TỆP", help=text("verification.cli_xlsx"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    paths: list[Path] = arguments.packages
    with tempfile.TemporaryDirectory(prefix="cchc-") as scratch:
        trust, known = _of_data(context.data, arguments.office, Path(scratch))
        trust = [*trust, *arguments.trust]
        if len(paths) == 1 and not paths[0].is_dir():
            look = verification.look_into(paths[0], trust, known=known, data=context.data)
            looks, words = FolderLook((look,)), package_lines(look)
            printed = verification.as_json(look.verification)
        else:
            with _Line() as line:
                progress = Progress(line.show)
                looks = verification.look_over(paths, trust, progress, known, context.data)
            words, printed = folder_lines(looks), verification.folder_json(looks)
    print(json.dumps(printed, ensure_ascii=False, indent=2) if arguments.json else "\n".join(words))
    _write_tables(looks, [arguments.csv, arguments.xlsx])
    return max(_EXIT[one.outcome] for one in looks.packages)


def _of_data(
    data: Path | None, chosen: Path | None, scratch: Path
) -> tuple[Sequence[Path], Sequence[KnownPackage]]:
    """With `--data` or `--office`: whom that profile and that office trust, and what the office took in."""
    if data is None and chosen is None:
        return (), ()
    trust = () if data is None else verification.trust_here(data, scratch)
    folder = office.office_folder(data, chosen)
    if not office.exists(folder):
        if chosen is not None:
            raise KnownError("office.none", folder=str(folder))
        return trust, ()
    return (*trust, *office.trust_files(folder)), office.known_packages(folder)


def _write_tables(looks: FolderLook, files: Sequence[Path | None]) -> None:
    for file in files:
        if file is not None:
            written = verification.write_table(looks, file)
            print(text("verification.cli_written", path=str(written)), file=sys.stderr)


class _Line:
    """One line of progress on a terminal, gone when the work is over; nothing in a pipe."""

    def __init__(self) -> None:
        self._on, self._width = sys.stderr.isatty(), 0

    def show(self, step: Message, done: int, total: int) -> None:
        if self._on:
            percent = done * 100 // total if total else 0
            self._put(text("verification.cli_progress", step=render(step), percent=percent)[:78])

    def _put(self, words: str) -> None:
        print("\r" + words.ljust(self._width), end="", file=sys.stderr, flush=True)
        self._width = len(words)

    def __enter__(self) -> _Line:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._width:
            self._put("")
            print("\r", end="", file=sys.stderr, flush=True)
