"""What the user sees when the program itself is at fault: a calm word, the details for support, no traceback.

The window stays, with whatever is typed in it; the edits queue goes on saving.
"""

from __future__ import annotations

import sys
import threading
import traceback
from types import TracebackType

from cchc_desktop import __version__
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.language import render, text
from ui.dialogs import Dialogs
from ui.marks import Mark


class CrashReport:
    """Installed as `sys.excepthook`. One report at a time: a fault while one is shown only goes to stderr."""

    def __init__(self, dialogs: Dialogs) -> None:
        self._dialogs, self._shown = dialogs, False

    def install(self) -> None:
        sys.excepthook = self.report
        threading.excepthook = self._in_thread

    def _in_thread(self, fault: threading.ExceptHookArgs) -> None:
        """A thread can't open dialogs; `Work` and `Edits` bring theirs here by themselves."""
        if fault.exc_value is not None:
            sys.stderr.write("".join(traceback.format_exception(fault.exc_value)))

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.exit(130)
        if isinstance(error, Cancelled):
            return
        if isinstance(error, KnownError):
            self._say(text("window.known"), render(error.message), Mark.NO_EVIDENCE, error.detail)
            return
        written = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(written)
        self._say(text("window.bug"), text("window.bug_words"), Mark.ERROR, f"{__version__}\n{written}")

    def _say(self, heading: str, words: str, mark: Mark, detail: str) -> None:
        if self._shown:
            return
        self._shown = True
        try:
            self._dialogs.message(heading, words, mark, detail)
        finally:
            self._shown = False
