"""The program's window on a real X server, opened and closed as by a user, with a picture of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from resources.installer import BuildError, tools
from resources.installer.smoke import Way, check_picture, environment

SIZE = "1366x768x24"
LONGEST = 180.0
"""Seconds until the window has to be there, on a machine that builds something else as well."""
_PICTURE = "import sys; from PIL import ImageGrab; ImageGrab.grab(xdisplay=sys.argv[1]).save(sys.argv[2])"


@contextmanager
def screen() -> Iterator[str]:
    """An X server without a screen; its name (":7"). Programs in a chroot reach it too: it needs no file."""
    tools.need("Xvfb", "xdotool")
    reader, writer = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", SIZE, "-nolisten", "tcp", "-ac"],
        pass_fds=(writer,),
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(writer)
        try:
            with os.fdopen(reader) as said:
                number = said.readline().strip()
            if not number:
                raise BuildError("Xvfb did not start")
            yield f":{number}"
        finally:
            server.terminate()


def look(way: Way, data: Path, picture: Path) -> float:
    """Open the window on the profile in `data`, save a picture of the screen, close it with Ctrl+Q.

    Gives the seconds until the window was there. BuildError when it doesn't come, doesn't end or says a word.
    """
    with screen() as display:
        begin = time.monotonic()
        with subprocess.Popen(
            [*way.command, "--data", way.seen_as(data)],
            env={**environment(way), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as program:
            window = _wait_for_window(way, display, program)
            seconds = time.monotonic() - begin
            _settle(display, picture)
            for words in (("windowfocus", "--sync", window), ("key", "ctrl+q")):
                _xdotool(display, *words)
            try:
                said = program.communicate(timeout=LONGEST)[0].decode("utf-8", "replace")
            except subprocess.TimeoutExpired:
                program.kill()
                raise BuildError(f"{way.name}: the window did not close on Ctrl+Q") from None
    if program.returncode != 0 or said:
        raise BuildError(f"{way.name}: the window ended with {program.returncode} and said:\n{said}")
    check_picture(way, picture)
    return round(seconds, 2)


def _wait_for_window(way: Way, display: str, program: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        if program.poll() is not None:
            said = program.communicate()[0].decode("utf-8", "replace")
            raise BuildError(f"{way.name}: the program ended before its window was there:\n{said}")
        for window in _xdotool(display, "search", "--onlyvisible", "--name", "CCHC").split():
            return window
        time.sleep(0.05)
    program.kill()
    raise BuildError(f"{way.name}: no window came up in {LONGEST:.0f} s")


def _settle(display: str, picture: Path) -> None:
    """Take pictures until two in a row are the same: the page is drawn."""
    before = b""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        subprocess.run([sys.executable, "-c", _PICTURE, display, str(picture)], check=True)
        now = picture.read_bytes()
        if now == before and len(re.findall(b"IDAT", now)) and len(now) > 15_000:
            return
        before = now
        time.sleep(0.3)


def _xdotool(display: str, *words: str) -> str:
    answer = subprocess.run(
        ["xdotool", *words],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return answer.stdout.strip()
