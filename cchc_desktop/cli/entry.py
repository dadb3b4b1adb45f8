"""What the words after `cchc` mean: no words open the window, packages open in a window of their own, and any
other first word names a command.
"""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from cchc_desktop import __version__
from cchc_desktop.cli import COMMANDS, UNUSABLE, Context, Pictures, guarded, run_command
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text

SAMPLES = ("commune", "department")
PACKAGE_ENDING = ".asice"


class OpenWindow(Protocol):
    """Opens the window on a profile or a sample; with `picture` it is saved there and closed again."""

    def __call__(self, data: Path | None, sample: str | None, picture: Path | None = None) -> int: ...


OpenPackages = Callable[[Path | None, Sequence[Path]], int]
"""Shows packages in a window of their own, which needs no profile."""


def start(
    arguments: Sequence[str],
    open_window: OpenWindow,
    draw_pages: Pictures,
    open_packages: OpenPackages,
) -> int:
    """Run `cchc` with these arguments and return its exit code (0 done, 1 no, 2 unusable)."""
    speak_utf8()
    return guarded(lambda: _start(arguments, open_window, draw_pages, open_packages))


def _start(
    arguments: Sequence[str],
    open_window: OpenWindow,
    draw_pages: Pictures,
    open_packages: OpenPackages,
) -> int:
    rest = list(arguments)
    data = take_option(rest, "--data")
    folder = Path(data).expanduser().absolute() if data else None
    picture = take_option(rest, "--picture") if _opens_window(rest) else None
    shown = Path(picture).expanduser().absolute() if picture else None
    if not rest:
        return open_window(folder, None, shown)
    if all(word.lower().endswith(PACKAGE_ENDING) for word in rest):  # a double click on a package
        return open_packages(folder, [Path(word).absolute() for word in rest])
    first, *others = rest
    if first == "--sample":
        if len(others) != 1 or others[0] not in SAMPLES:
            raise KnownError("cli.bad_sample", samples=", ".join(SAMPLES))
        return open_window(folder, others[0], shown)
    if first == "--version":
        print(f"cchc {__version__}")
        return 0
    if first in ("-h", "--help"):
        print(overview())
        return 0
    if first not in COMMANDS:
        print(text("cli.unknown_command", name=first, overview=overview()), file=sys.stderr)
        return UNUSABLE
    return run_command(first, others, Context(folder, draw_pages))


def _opens_window(words: Sequence[str]) -> bool:
    """No command: commands have options of their own."""
    return not words or words[0].startswith("-")


def take_option(arguments: list[str], name: str) -> str | None:
    """Take `name VALUE` or `name=VALUE` out of the arguments, wherever it stands."""
    for place, argument in enumerate(arguments):
        if argument == name:
            if place + 1 >= len(arguments):
                raise KnownError("cli.option_without_value", name=name)
            value = arguments[place + 1]
            del arguments[place : place + 2]
            return value
        if argument.startswith(f"{name}="):
            del arguments[place]
            return argument.partition("=")[2]
    return None


def overview() -> str:
    lines = [f"  cchc {name:<12} {text(f'cli.{name}.description')}" for name in COMMANDS]
    return text("cli.overview", commands="\n".join(lines))


def speak_utf8() -> None:
    """Vietnamese on any console; a console that can't show a letter gets a mark instead of a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError, OSError):
                stream.reconfigure(encoding="utf-8", errors="replace")
