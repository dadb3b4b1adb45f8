"""The one connection that writes: one transaction at a time, in the order in which they were asked for."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cchc_desktop.domain.changes import Changes
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.store import journal
from cchc_desktop.store.change import Change, RoundState, Spot
from cchc_desktop.store.database import Connection, FileIdentity, identity, make_durable
from cchc_desktop.store.faults import from_os, from_sqlite

SAME_STEP_SECONDS = 5.0
"""Quick edits of the same single field within this time are one undo step."""


class Writer:
    """Runs each piece of work in one transaction of its own, on the thread that brings it.

    A thread of the writer's own would cost every edit two switches of threads, a tenth of the whole.
    """

    def __init__(self, connection: Connection, path: Path, file: FileIdentity, actor: str) -> None:
        """`file` is what lay at `path` when the connection was opened."""
        self._connection, self._path, self._folder, self._actor = connection, path, path.parent, actor
        self._frame = connection.cursor()
        self._file = file
        self._guard = threading.Lock()
        self._at_work: int | None = None
        self._waiting: deque[threading.Lock] = deque()
        # Ours alone, as the lock is; should another hand have written, the journal's trigger refuses ours.
        self._head: journal.Head | None = None
        self._durable = False
        self._rounds: dict[str, RoundState] = {}
        self._last_spot: Spot | None = None
        self._last_step, self._last_at = 0, 0.0
        self._closed = False

    def submit(self, work: Callable[[Change], Any]) -> tuple[Changes, Any]:
        """Run `work` when it is its turn; done when it is on the disk. Its exception, or the disk's, is
        raised here.
        """
        self._take_turn()
        try:
            return self._transaction(work)
        except sqlite3.Error as error:
            raise from_sqlite(error, self._folder) from error
        except OSError as error:
            raise from_os(error, self._folder) from error
        finally:
            self._give_turn()

    def close(self) -> None:
        """Let those who wait finish, and take no more. The connection stays open for its owner to close."""
        with self._guard:
            if self._closed:
                return
            if self._at_work == threading.get_ident():
                raise BugError("closed inside a write")
            self._closed = True
            if self._at_work is None:
                return
            last = threading.Lock()
            last.acquire()
            self._waiting.append(last)
        last.acquire()
        self._give_turn()

    def _take_turn(self) -> None:
        """A bare lock may be had again and again by one busy thread while another waits for it; this not."""
        own = threading.get_ident()
        with self._guard:
            if self._closed:
                raise BugError("the profile is closed")
            if self._at_work is None:
                self._at_work = own
                return
            if self._at_work == own:
                raise BugError("a write inside a write")
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        try:
            turn.acquire()
        except BaseException:  # Ctrl+C while waiting: nobody may wait for this one for ever
            with self._guard:
                if turn in self._waiting:
                    self._waiting.remove(turn)
                    raise
            self._give_turn()
            raise
        self._at_work = own

    def _give_turn(self) -> None:
        with self._guard:
            if self._waiting:
                self._at_work = 0  # of the one who is called now
                self._waiting.popleft().release()
            else:
                self._at_work = None

    def _transaction(self, work: Callable[[Change], Any]) -> tuple[Changes, Any]:
        connection, execute = self._connection, self._frame.execute
        if not self._durable:
            make_durable(connection)
            self._durable = True
        execute("BEGIN IMMEDIATE")
        try:
            head = self._head or journal.head(connection)
            change = Change(connection, self._actor, self._joined_step, head, self._rounds)
            result = work(change)
            self._check_still_there()
            execute("COMMIT")
        except BaseException:
            self._head = None
            self._rounds.clear()
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
            gone = identity(self._path) != self._file
        except FileNotFoundError:
            gone = True
        if gone:
            raise KnownError("store.folder_gone", folder=str(self._folder))

    def _joined_step(self, spot: Spot | None) -> int | None:
        """The last step, when this is more typing into the very field that it changed."""
        recent = time.monotonic() - self._last_at <= SAME_STEP_SECONDS
        return self._last_step if recent and spot is not None and spot == self._last_spot else None
