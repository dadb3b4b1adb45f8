"""`cchc screenshots --out DIR`: pictures of every page, light and dark; without `--data` of a sample unit."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from cchc_desktop.cli import DONE, Context
from cchc_desktop.language import text


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, help=text("screenshots.out"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    if context.data is not None:
        pictures = context.draw_pages(context.data, arguments.out)
    else:
        with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
            data = Path(folder) / "sample"
            _make_sample(data)
            pictures = context.draw_pages(data, arguments.out)
    for picture in pictures:
        print(picture)
    return DONE


def _make_sample(folder: Path) -> None:
    from cchc_desktop.services import samples
    from cchc_desktop.services.profile import create_profile

    sample = samples.load("commune")
    with create_profile(folder, sample.unit, sample.year, sample.criteria, sample.plan_template) as profile:
        samples.fill(profile, sample)
