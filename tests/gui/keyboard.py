"""A real screen (Xvfb) with a real keyboard (xdotool) for a program that runs by itself."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageGrab

SCREEN = "1366x768x24"
QUIET = 0.2
"""Seconds without work after which the program waits for the next key."""
XTEST_KEYBOARD, CORE_KEYBOARD = "5", "3"
"""The X server's own numbers: the device that xdotool's keys come from, and the one that programs see."""
BLINK = 8_000_000
"""Nanoseconds: what a blinking cursor costs."""


class Screen:
    """Its windows, its picture, and the keyboard in front of it. There is no window manager and no mouse."""

    def __init__(self, number: str) -> None:
        self.display = f":{number}"
        self.program = os.getpid()  # until the program is there

    def _xdotool(self, *words: str) -> str:
        answer = subprocess.run(
            ["xdotool", *words],
            env={**os.environ, "DISPLAY": self.display},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return answer.stdout.strip()

    def picture(self) -> Image.Image:
        return ImageGrab.grab(xdisplay=self.display)

    def windows(self) -> list[tuple[str, str]]:
        """(id, title) of what is shown, the newest last."""
        found = self._xdotool("search", "--onlyvisible", "--name", ".").split()
        return [(window, self._xdotool("getwindowname", window)) for window in sorted(found, key=int)]

    def wait_for(self, title: str, seconds: float = 60.0) -> None:
        """Until a window whose title contains these words has the keyboard."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for window, name in reversed(self.windows()):
                if title in name:
                    self._xdotool("windowfocus", "--sync", window)
                    self.settle()
                    return
            time.sleep(0.05)
        raise AssertionError(f"no window {title!r}: {self.windows()}")

    def settle(self, seconds: float = 60.0) -> None:
        """Until the program has nothing to do any more: all its threads sleep, for a while."""
        end = time.monotonic() + seconds
        since, worked = time.monotonic(), self._worked()
        while time.monotonic() - since < QUIET:
            assert time.monotonic() < end, "the program does not come to rest"
            time.sleep(0.01)
            now = self._worked()
            if now is None or worked is None or now - worked > BLINK:
                since, worked = time.monotonic(), now

    def _worked(self) -> int | None:
        """Nanoseconds that the program has worked so far; None while it works or waits for the disk."""
        total = 0
        for thread in Path(f"/proc/{self.program}/task").iterdir():
            try:
                state = (thread / "stat").read_text().rpartition(")")[2].split()[0]
                total += int((thread / "schedstat").read_text().split()[0])
            except (FileNotFoundError, ProcessLookupError):
                return None
            if state not in "SIZ":  # asleep, idle, or ended
                return None
        return total

    def wait_until(self, holds: Callable[[], bool], seconds: float) -> None:
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, "it did not happen in time"
            time.sleep(0.05)

    def keys(self, *names: str) -> None:
        """One after the other: "Tab", "Return", "ctrl+3"."""
        for name in names:
            self._xdotool("key", "--clearmodifiers", name)
            time.sleep(0.02)
        self.settle()

    def type(self, words: str) -> None:
        self._xdotool("type", "--delay", "12", words)
        self.settle()

    def learn(self, letters: str, folder: Path) -> None:
        """Give every letter that the keyboard lacks a key of its own.

        xdotool would else move one key from letter to letter, faster than a busy program looks at the map.
        """
        map_file = folder / "keyboard.xkb"
        subprocess.run(["xkbcomp", "-w0", "-xkb", self.display, str(map_file)], check=True)
        written = map_file.read_text(encoding="latin-1")
        names = re.findall(r"<(I\d+)> = \d+;", written)
        symbols = written.index("xkb_symbols")
        free = [name for name in names if f"<{name}>" not in written[symbols:]]
        wanted = sorted({letter for letter in letters if not letter.isascii()})
        pairs = [wanted[at : at + 2] for at in range(0, len(wanted), 2)]  # bare, and with Shift
        assert len(pairs) <= len(free)
        lines = "".join(
            f"    key <{name}> {{ [ {', '.join(f'U{ord(letter):04X}' for letter in pair)} ] }};\n"
            for name, pair in zip(free, pairs, strict=False)
        )
        first = written.index("\n", symbols) + 1
        map_file.write_text(written[:first] + lines + written[first:], encoding="latin-1")
        for device in (XTEST_KEYBOARD, CORE_KEYBOARD):
            load = ["xkbcomp", "-w0", "-i", device, str(map_file), self.display]
            subprocess.run(load, check=True, capture_output=True)
        self._xdotool("key", "Shift_L")  # the server now takes over the map of the device that was used
        subprocess.run(["xkbcomp", "-w0", "-xkb", self.display, str(map_file)], check=True)
        known = map_file.read_text(encoding="latin-1")
        assert all(f"key <{name}>" in known for name in free[: len(pairs)]), "letters not learnt"


@contextmanager
def screen(folder: Path) -> Iterator[Screen]:
    """An X server of its own on a free display. `-r`: no key is repeated that a busy machine lets go late."""
    read, write = os.pipe()
    with (folder / "xvfb.log").open("wb") as log:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset", "-r"],
            pass_fds=(write,),
            stdout=log,
            stderr=log,
        )
    os.close(write)
    try:
        with os.fdopen(read) as said:
            number = said.readline().strip()
        assert number, (folder / "xvfb.log").read_text()
        yield Screen(number)
    finally:
        server.terminate()
        server.wait(10)
