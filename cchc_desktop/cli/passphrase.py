"""A passphrase from a file or the terminal; never from the arguments, which every user can read."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from cchc_desktop.errors import KnownError
from cchc_desktop.language import text

_LONGEST = 1024


def passphrase_from(file: Path | None, question: str = "") -> str:
    """What the file holds, or what is typed after `question`.

    Raises KnownError submissions.cli_locked (nobody to ask), submissions.passphrase_file.
    """
    if file is None:
        if not sys.stdin.isatty():
            raise KnownError("submissions.cli_locked")
        return getpass.getpass(question or text("submissions.cli_ask_passphrase"))
    try:
        with file.open(encoding="utf-8") as opened:
            return opened.read(_LONGEST).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError("submissions.passphrase_file", name=file.name, detail=str(error)) from error
