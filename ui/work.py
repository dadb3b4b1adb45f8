"""Work beside the window: `Work` runs jobs with progress and a stop; `Edits` saves edits one after the other.

Results always return to the window's thread (queued signals), so callbacks may touch widgets.
"""

from __future__ import annotations

import sys
import threading
import weakref
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.message import Message


def _nothing(_progress: Progress) -> None:
    """What is left of work that is done."""


class Job(QObject):
    """One piece of work. `ended` comes last, whatever happened."""

    progressed = Signal(object, object, object)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()
    _outcome = Signal(object, object)

    def __init__(self, run: Callable[[Progress], Any]) -> None:
        super().__init__()
        self._run = run
        self.progress = Progress(self._report)
        self.running, self.quiet = True, False
        self._outcome.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name="work", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask it to stop; it does at its next step."""
        self.progress.stop()

    def wait(self, seconds: float) -> bool:
        """Block until the work itself is over (not its callbacks). False when it takes longer."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _report(self, step: Message, done: int, total: int) -> None:
        self.progressed.emit(step, done, total)

    def _work(self) -> None:
        try:
            result: Any = self._run(self.progress)
        except BaseException as error:
            self._outcome.emit(None, error)
        else:
            self._outcome.emit(result, None)

    def settle(self) -> None:
        """Deliver an outcome that still waits in the window's event queue."""
        QCoreApplication.sendPostedEvents(self)

    def _finish(self, result: object, error: BaseException | None) -> None:
        # Its thread lets go first: a dialog that only the work still knew must end on the window's thread.
        self._thread.join()
        # Qt keeps a job longer than its work; a PIN that the work was given must not stay with it.
        self._run = _nothing
        self.running = False
        try:
            if error is None:
                self.done.emit(result)
            elif isinstance(error, Cancelled):
                self.cancelled.emit()
            elif isinstance(error, KnownError):
                self.failed.emit(error)
            else:
                sys.excepthook(type(error), error, error.__traceback__)
        finally:
            self.ended.emit()


class Work(QObject):
    """Starts jobs and knows which still run."""

    def __init__(self) -> None:
        super().__init__()
        self._jobs: set[Job] = set()
        self.ended = False
        """The window closes: nothing is begun any more."""

    def start(
        self,
        run: Callable[[Progress], Any],
        done: Callable[[Any], object] | None = None,
        failed: Callable[[KnownError], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        *,
        quiet: bool = False,
    ) -> Job:
        """Run `run(progress)` on a thread of its own. Callbacks run on the window's thread.

        `quiet` work only reads: nobody is asked about it when the window closes. Once it has, no work begins.
        """
        job = Job(run)
        if self.ended:
            job.running = False
            return job
        if done is not None:
            job.done.connect(done)
        if failed is not None:
            job.failed.connect(failed)
        if cancelled is not None:
            job.cancelled.connect(cancelled)
        job.quiet = quiet
        self._jobs.add(job)
        # Qt keeps what is connected as long as the job: a job in there would keep itself for ever.
        over = weakref.ref(job)
        job.ended.connect(lambda: self._forget(over()))
        job.start()
        return job

    def _forget(self, job: Job | None) -> None:
        if job is not None:
            self._jobs.discard(job)

    @property
    def busy(self) -> bool:
        """Work whose loss the user would mind is under way."""
        return any(not job.quiet for job in self._jobs)

    @property
    def running(self) -> bool:
        """Anything at all is under way, quiet work too."""
        return bool(self._jobs)

    def reading(self) -> set[Job]:
        """The quiet work that is under way."""
        return {job for job in self._jobs if job.quiet}

    def stop_all(self, seconds: float = 5.0) -> bool:
        """Stop everything and wait for it. False when something would not stop in time."""
        self.ended = True
        for job in self._jobs:
            job.stop()
        ended = [job.wait(seconds) for job in self._jobs]
        return all(ended)


class _Edit:
    def __init__(
        self,
        write: Callable[[], Any],
        done: Callable[[Any], object] | None,
        failed: Callable[[KnownError], object] | None,
    ) -> None:
        self.write, self.done, self.failed = write, done, failed


ENVIRONMENT = frozenset(
    {
        *("store.disk_full", "store.read_only", "store.input_output", "store.locked", "store.busy"),
        *("store.folder_gone",),
    }
)
"""Faults of the machine, not of the edit: the edit is kept and tried again, in order."""


class Edits(QObject):
    """Saves edits in the order in which they were made, off the window's thread.

    A fault of the machine (full disk) keeps the edit at the head of the queue: later edits wait behind it,
    and `retry` or the next edit tries again. Any other known fault belongs to that edit alone.
    """

    saving = Signal()
    saved = Signal(object)  # datetime
    failed = Signal(object)  # KnownError; stays until `saved`
    changed = Signal(object)  # Changes
    _told = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[_Edit] = []
        self._outcomes: deque[tuple[_Edit, Any, BaseException | None]] = deque()
        self._ready = threading.Condition()
        self._stuck = self._closing = False
        self._untold = 0
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="edits", daemon=True)
        self._thread.start()

    def save(
        self,
        write: Callable[[], Any],
        done: Callable[[Any], object] | None = None,
        failed: Callable[[KnownError], object] | None = None,
    ) -> None:
        """Queue `write()`: it returns Changes, or a tuple that begins with Changes."""
        self._untold += 1
        with self._ready:
            self._waiting.append(_Edit(write, done, failed))
            self._stuck = False
            self._ready.notify_all()
        self.saving.emit()

    def retry(self) -> None:
        with self._ready:
            if not self._waiting:
                return
            self._stuck = False
            self._ready.notify_all()
        self.saving.emit()

    @property
    def pending(self) -> int:
        """Edits that are not on disk yet."""
        with self._ready:
            return len(self._waiting)

    @property
    def at_rest(self) -> bool:
        """All is on disk, and everybody who had to hear of it has."""
        return not self._untold

    def flush(self, seconds: float = 10.0) -> bool:
        """Wait until all is on disk. False when an edit is stuck or it takes longer."""
        with self._ready:
            if self._waiting:
                self._stuck = False
                self._ready.notify_all()
            self._ready.wait_for(lambda: not self._waiting or self._stuck, seconds)
            return not self._waiting

    def settle(self) -> None:
        """Tell now what still waits in the window's event queue."""
        QCoreApplication.sendPostedEvents(self)

    def close(self) -> bool:
        """Flush and end the thread. False when something could not be saved."""
        clean = self.flush()
        with self._ready:
            self._closing = True
            self._ready.notify_all()
        self._thread.join(5.0)
        return clean

    def _run(self) -> None:
        while True:
            with self._ready:
                self._ready.wait_for(lambda: self._closing or (self._waiting and not self._stuck))
                if self._closing:
                    return
                edit = self._waiting[0]
            result: Any = None
            error: BaseException | None = None
            try:
                result = edit.write()
            except BaseException as raised:
                error = raised
            kept = isinstance(error, KnownError) and error.code in ENVIRONMENT
            with self._ready:
                if kept:
                    self._stuck = True
                else:
                    self._waiting.pop(0)
                self._ready.notify_all()
            self._outcomes.append((edit, result, error))
            del edit, result, error  # what only the edit still knew must end on the window's thread
            self._told.emit()

    def _tell(self) -> None:
        edit, result, error = self._outcomes.popleft()
        if not (isinstance(error, KnownError) and error.code in ENVIRONMENT):
            self._untold -= 1
        if error is None:
            if not self._untold:  # said first: the pages look again only after it
                self.saved.emit(vietnam_now())
            changes = (
                result if isinstance(result, Changes) else result[0] if isinstance(result, tuple) else None
            )
            if isinstance(changes, Changes) and changes:
                self.changed.emit(changes)
            if edit.done is not None:
                edit.done(result)
        elif isinstance(error, KnownError):
            self.failed.emit(error)
            if edit.failed is not None:
                edit.failed(error)
        else:
            self.failed.emit(KnownError("window.edit_crashed"))
            sys.excepthook(type(error), error, error.__traceback__)
