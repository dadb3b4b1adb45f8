"""`cchc`: hands over to the window or to a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main() -> int:
    arguments = sys.argv[1:]
    if os.environ.get(
        "CCHC_FAULTS"
    ):  # a crash outside of Python says where Python was; packed programs' tests ask
        import faulthandler

        faulthandler.enable()
    if arguments == ["--token-process"]:  # what a frozen program starts itself with, see trust.token
        from cchc_desktop.trust.token_process import main as token_process

        return token_process()
    from cchc_desktop.cli.entry import start

    return start(arguments, open_window=_open_window, draw_pages=_draw_pages, open_packages=_open_packages)


def _open_window(data: Path | None, sample: str | None, picture: Path | None = None) -> int:
    if picture is not None:
        from ui.one_picture import open_for_picture

        return open_for_picture(data, sample, picture)
    from ui.app import run

    return run(data, sample)


def _open_packages(data: Path | None, packages: Sequence[Path]) -> int:
    from ui.app import look_at_packages

    return look_at_packages(data, packages)


def _draw_pages(data: Path, out: Path) -> list[Path]:
    from ui.screenshots import draw_pages

    return draw_pages(data, out)


if __name__ == "__main__":
    sys.exit(main())
