"""One file per command and one line here. A command is imported when it is called."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn, Protocol

from cchc_desktop.cli.vietnamese_argparse import speak_vietnamese
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.language import render, text
from cchc_desktop.quick_dataclass import dataclass

COMMANDS = (
    "demo",
    "forms",
    "score",
    "export",
    "send",
    "outbox",
    "signed",
    "countersign",
    "verify",
    "receipt",
    "office",
    "key",
    "rooms",
    "backup",
    "restore",
    "check",
    "find",
    "screenshots",
    "update",
)

DONE, ANSWER_IS_NO, UNUSABLE = 0, 1, 2


class Pictures(Protocol):
    """Draws every page of the window, light and dark, of the profile in `data`, into `out`."""

    def __call__(self, data: Path, out: Path) -> list[Path]: ...


@dataclass(frozen=True)
class Context:
    """What a command gets besides its arguments: the doors that only `__main__` may open."""

    data: Path | None
    draw_pages: Pictures


class Command(Protocol):
    def configure(self, parser: argparse.ArgumentParser) -> None: ...
    def run(self, arguments: argparse.Namespace, context: Context) -> int: ...


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        print(text("cli.bad_call", detail=message, usage=self.format_usage().strip()), file=sys.stderr)
        raise SystemExit(UNUSABLE)


def run_command(name: str, arguments: Sequence[str], context: Context) -> int:
    """Run one command; known faults become a Vietnamese sentence on standard error and exit 1 or 2."""
    speak_vietnamese()
    module: Command = import_module(f"cchc_desktop.cli.{name}")
    parser = _Parser(prog=f"cchc {name}", description=text(f"cli.{name}.description"))
    module.configure(parser)
    return guarded(lambda: module.run(parser.parse_args(arguments), context))


def guarded(work: Callable[[], int]) -> int:
    try:
        return work()
    except KnownError as error:
        print(render(error.message), file=sys.stderr)
        return UNUSABLE if error.unusable_input else ANSWER_IS_NO
    except Cancelled:
        print(text("cli.cancelled"), file=sys.stderr)
        return ANSWER_IS_NO
    except BrokenPipeError:
        return ANSWER_IS_NO
    except KeyboardInterrupt:
        print(text("cli.cancelled"), file=sys.stderr)
        return ANSWER_IS_NO
    except Exception as error:
        from cchc_desktop.services.crash_reports import report

        print(text("crash.command"), report(error), sep="\n\n", file=sys.stderr)
        return UNUSABLE
