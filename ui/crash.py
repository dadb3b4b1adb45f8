"""What the user sees when the program itself is at fault: a calm word and a report to save, no traceback.

The window stays, with whatever is typed in it; the edits queue goes on saving. The report holds nothing of
the unit's data (`domain.crash_report`). A full traceback goes to a terminal only: standard error of a program
that is started from a menu ends in the system's log.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QTimer, qVersion

from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.language import render, text
from ui.dialogs import Dialogs
from ui.marks import Mark

AGAIN_AFTER = 2.0
"""Seconds without the same fault until it is worth a word again: one in painting comes with each paint."""
MOST_WORDS = 3
"""How often one place in the code is worth a word, in one run."""


class CrashReport:
    """Installed as `sys.excepthook`. One word at a time: a fault while one is shown goes to the terminal."""

    def __init__(self, dialogs: Dialogs) -> None:
        self._dialogs, self._shown = dialogs, False
        self._seen: dict[tuple[object, ...], tuple[int, float]] = {}

    def install(self) -> None:
        sys.excepthook = self.report
        threading.excepthook = self._in_thread

    def _in_thread(self, fault: threading.ExceptHookArgs) -> None:
        """A thread can't open dialogs; `Work` and `Edits` bring theirs here by themselves."""
        if fault.exc_value is not None:
            tell_terminal(fault.exc_value)

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.exit(130)
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, KnownError):
            tell_terminal(error)
            if not self._worth_a_word(error):
                return
        # Never from here: this may be the middle of a painting, or of a dialog's own closing.
        if QCoreApplication.instance() is not None:
            QTimer.singleShot(0, lambda: self._say(error))
        else:
            self._say(error)

    def _worth_a_word(self, error: BaseException) -> bool:
        key, now = _where(error), time.monotonic()
        said, last = self._seen.get(key, (0, -AGAIN_AFTER))
        worth = said < MOST_WORDS and now - last >= AGAIN_AFTER
        self._seen[key] = (said + worth, now)
        return worth

    def _say(self, error: BaseException) -> None:
        if self._shown:
            return
        self._shown = True
        try:
            if isinstance(error, KnownError):
                words = render(error.message)
                self._dialogs.message(text("window.known"), words, Mark.NO_EVIDENCE, error.detail)
            else:
                self._offer(written(error))
        finally:
            self._shown = False

    def _offer(self, report: str) -> None:
        wanted = self._dialogs.offer(
            text("window.bug"), text("crash.words"), Mark.ERROR, report, text("crash.save")
        )
        if wanted:
            save_report(report, self._dialogs)


def written(error: BaseException) -> str:
    """The report of this fault."""
    from cchc_desktop.services.crash_reports import report

    return report(error, qVersion())


def save_report(report: str, dialogs: Dialogs) -> Path | None:
    """Ask where to and write it; a folder that can't be written to is told, and asked for again."""
    from cchc_desktop.services.crash_reports import file_name, save

    while True:
        path = dialogs.save_file(text("crash.save"), file_name(), ((text("crash.file_kind"), (".txt",)),))
        if path is None:
            return None
        try:
            saved = save(report, path)
        except KnownError as error:
            dialogs.message(text("window.known"), error.message, Mark.NO_EVIDENCE, error.detail)
            continue
        dialogs.message(text("window.bug"), text("crash.saved", path=str(saved)), Mark.DONE)
        return saved


@contextlib.contextmanager
def alive() -> Iterator[None]:
    """A fault of the program within is reported, and what comes after it still happens."""
    try:
        yield
    except KnownError:
        raise
    except Exception as error:
        sys.excepthook(type(error), error, error.__traceback__)


def tell_terminal(error: BaseException) -> None:
    """The traceback for whoever started the program in a terminal; a log gets nothing of the unit's data."""
    stream = sys.stderr
    if stream is not None and stream.isatty():
        stream.write("".join(traceback.format_exception(error)))


def _where(error: BaseException) -> tuple[object, ...]:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = (trace.tb_frame.f_code, trace.tb_lineno) if trace is not None else ()
    return (type(error), *place)
