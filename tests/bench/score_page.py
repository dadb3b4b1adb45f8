"""From the process's start to the score page in use, against LibreOffice Calc with the same sheet as .xlsx.

Both come up on the same real screen (Xvfb) and are watched from outside: each is there once its words stand
in the middle of the screen. Of the program the time goes on until the next row was opened by its key, since
only then a page is in use; Calc is let off that. Calc starts without its logo, with a profile of its own that
was made and used before.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageChops

from cchc_desktop.services import documents
from cchc_desktop.services.profile import open_profile, set_setting
from tests.bench import NotHereError, two_years
from tests.gui.keyboard import Screen, screen

MIDDLE = (60, 260, 900, 640)
"""Where the words of a page and the cells of a sheet stand, and no tool bar, rail or side bar."""
DARK, WORDS, PAPER = 110, 800, 180
"""A pixel of a letter is darker than the first (of 255), so many of them are words; paper is lighter, and
most of the middle is paper (an empty screen is black)."""
LONGEST, BLINK = 60.0, 0.02
"""Seconds: until something has to be there, and between two looks, which cost time as well."""


def prepare(folder: Path, times: int = 1) -> None:
    lacking = [name for name in ("soffice", "Xvfb", "xdotool") if shutil.which(name) is None]
    if lacking:
        raise NotHereError(", ".join(lacking))
    two_years.make(folder / "profile", times)
    with open_profile(folder / "profile") as profile:
        documents.write_selfscore_xlsx(profile, two_years.newest_round(profile), folder / "sheet.xlsx")
        set_setting(profile, "window.page", "scoring")
    if times == 1:  # only then it is measured, and with more files on a row its first words stand apart
        reference(folder)  # makes Calc's own profile
    measure(folder)


def measure(folder: Path) -> float:
    with screen(folder) as on:
        environment = {"QT_QPA_PLATFORM": "xcb"}
        call = [sys.executable, "-m", "cchc_desktop", "--data", str(folder / "profile")]
        return _until_words(call, environment, on, folder / "ours.png", then=_next_row)


def reference(folder: Path) -> float:
    with screen(folder) as on:
        own = f"-env:UserInstallation={(folder / 'calc').as_uri()}"
        call = ["soffice", own, "--norestore", "--nologo", "--nofirststartwizard", "--calc"]
        return _until_words([*call, str(folder / "sheet.xlsx")], {}, on, folder / "calc.png")


def _until_words(
    call: list[str],
    environment: dict[str, str],
    on: Screen,
    to: Path,
    then: Callable[[Screen, float], None] | None = None,
) -> float:
    """Seconds until the words are there, and until what is done `then` is to be seen. Keeps the picture."""
    begin = time.perf_counter()
    with subprocess.Popen(
        call,
        env={**os.environ, "DISPLAY": on.display, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # soffice is a script that starts the program
    ) as process:
        try:
            while not _words(picture := on.picture()):
                if time.perf_counter() - begin > LONGEST:
                    raise SystemExit(f"nothing came up: {call[0]}")
                time.sleep(BLINK)
            if then is not None:
                then(on, begin + LONGEST)
            spent = time.perf_counter() - begin
            picture.save(to)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
    return spent


def _words(picture: Image.Image) -> bool:
    shades = picture.crop(MIDDLE).convert("L").histogram()
    return sum(shades[:DARK]) >= WORDS and sum(shades[PAPER:]) > sum(shades) // 2


def _next_row(on: Screen, end: float) -> None:
    """The next row, by its key: it is there when the middle of the screen is another."""
    before = on.picture().crop(MIDDLE)
    # The server takes both in this order: there is no need to wait until the window says that it has focus.
    keys = ["search", "--onlyvisible", "--name", ".", "windowfocus", "key", "alt+Down"]
    subprocess.run(["xdotool", *keys], env={**os.environ, "DISPLAY": on.display}, check=True)
    while ImageChops.difference(before, on.picture().crop(MIDDLE)).getbbox() is None:
        if time.perf_counter() > end:
            raise SystemExit("the score page does not answer")
        time.sleep(BLINK)
