"""The two kinds of failure: what the world did (advice for the user), and what we did (a crash report)."""

from __future__ import annotations

from typing import Any

from cchc_desktop.message import Message


class KnownError(Exception):
    """The world or the input is at fault, not the program; the user gets a sentence that says what to do.

    `code` is a catalogue id ("store.locked"), `args` fill its sentence. `unusable_input` tells the command
    line to end with 2 (the call can't be used), not 1 (the answer is no). `detail` is for "Chi tiết".
    """

    def __init__(self, code: str, *, unusable_input: bool = True, detail: str = "", **args: Any) -> None:
        super().__init__(code)
        self.code = code
        self.message = Message(code, args)
        self.unusable_input = unusable_input
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.code} {dict(self.message.args)} {self.detail}".rstrip()


class Cancelled(Exception):  # noqa: N818 - not an error: the user asked for it
    """The user stopped long work. What was begun is undone by whoever raises it."""


class BugError(Exception):
    """A state that the program must never reach."""
