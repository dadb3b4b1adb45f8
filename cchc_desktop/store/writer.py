"""The one thread that owns the connection that writes; everyone else hands it work and waits."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from cchc_desktop.domain.changes import Changes
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.store import journal
from cchc_desktop.store.change import Change, Spot
from cchc_desktop.store.database import Connection
from cchc_desktop.store.faults import from_os, from_sqlite

SAME_STEP_SECONDS = 5.0
"""Quick edits of the same single field within this time are one undo step."""


class _Job:
    __slots__ = ("_done", "failure", "result", "work")

    def __init__(self, work: Callable[[Change], Any]) -> None:
        self.work = work
        self.result: Any = None
        self.failure: BaseException | None = None
        # A bare lock wakes the waiting thread quicker than an Event does.
        self._done = threading.Lock()
        self._done.acquire()

    def wait(self) -> None:
        self._done.acquire()

    def finish(self) -> None:
        self._done.release()


def _identity(path: Path) -> tuple[int, int]:
    state = os.stat(path)  # noqa: PTH116 - once per edit, and the quicker way
    return state.st_dev, state.st_ino


class Writer:
    """Runs each job in one transaction of its own, in the order in which they came."""

    def __init__(self, connection: Connection, path: Path, actor: str) -> None:
        self._connection, self._path, self._folder, self._actor = connection, path, path.parent, actor
        self._file = _identity(path)
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        # Ours alone, as the lock is; should another hand have written, the journal's trigger refuses ours.
        self._head: journal.Head | None = None
        self._last_spot: Spot | None = None
        self._last_step, self._last_at = 0, 0.0
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="cchc-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Change], Any]) -> Any:
        """Run `work` and wait until it is on the disk. Its exception, or the disk's, is raised here."""
        if self._closed:
            raise BugError("the profile is closed")
        if threading.current_thread() is self._thread:
            raise BugError("a write inside a write")
        job = _Job(work)
        self._jobs.put(job)
        job.wait()
        if job.failure is not None:
            raise job.failure
        return job.result

    def close(self) -> None:
        """Finish what was handed in, then stop. The connection stays open for its owner to close."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job.result = self._transaction(job)
            except sqlite3.Error as error:
                job.failure = from_sqlite(error, self._folder)
                job.failure.__cause__ = error
            except OSError as error:
                job.failure = from_os(error, self._folder)
                job.failure.__cause__ = error
            except BaseException as error:  # it belongs to the caller; the thread lives on
                job.failure = error
            job.finish()
            del job

    def _transaction(self, job: _Job) -> tuple[Changes, Any]:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            head = self._head or journal.head(connection)
            change = Change(connection, self._actor, self._joined_step, head)
            result = job.work(change)
            self._check_still_there()
            connection.execute("COMMIT")
        except BaseException:
            self._head = None
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        self._head = change.head
        changes = change.changes
        if changes:
            self._last_spot = change.spot
            self._last_step, self._last_at = change.step, time.monotonic()
        return changes, result

    def _check_still_there(self) -> None:
        """SQLite would go on writing to a file that has been deleted or moved away, and lose it all."""
        try:
            gone = _identity(self._path) != self._file
        except FileNotFoundError:
            gone = True
        if gone:
            raise KnownError("store.folder_gone", folder=str(self._folder))

    def _joined_step(self, spot: Spot | None) -> int | None:
        """The last step, when this is more typing into the very field that it changed."""
        recent = time.monotonic() - self._last_at <= SAME_STEP_SECONDS
        return self._last_step if recent and spot is not None and spot == self._last_spot else None
