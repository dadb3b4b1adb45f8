"""`cchc screenshots --out DIR`: pictures of every page, light and dark; without `--data` of a sample unit."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from cchc_desktop.cli import DONE, Context
from cchc_desktop.language import text


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, metavar="THƯ-MỤC", required=True, help=text("screenshots.out"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    if context.data is not None:
        pictures = context.draw_pages(context.data, arguments.out)
    else:
        from cchc_desktop.services import samples

        with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
            data = Path(folder) / "sample"
            samples.make_profile(data, "commune")
            pictures = context.draw_pages(data, arguments.out)
    for picture in pictures:
        print(picture)
    return DONE
